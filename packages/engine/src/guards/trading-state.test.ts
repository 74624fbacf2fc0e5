import { type SymbolCode, krw, symbolCode } from '@qts/core';
import { buildExecutionIntent, createFakeClock } from '@qts/core/testing';
import { createMemoryJournal } from '@qts/storage';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOrderTracker } from '../orders/order-tracker.ts';
import { createSafetyLayer } from '../safety/safety-layer.ts';
import { type TradingStates, createTradingStates, tradingStates } from './trading-state.ts';

const samsung = symbolCode('005930');
const hynix = symbolCode('000660');
const buy = buildExecutionIntent({ intentId: 'buy' });
const sell = (quantity: number): ReturnType<typeof buildExecutionIntent> =>
  buildExecutionIntent({ intentId: `sell-${quantity}`, side: 'SELL', quantity });
const by = { requestedBy: 'kim', reason: 'looked at it' };
const cause = { code: 'FS070', why: 'positions differ' } as const;

function start(held = 0): {
  readonly trading: TradingStates;
  readonly safety: ReturnType<typeof createSafetyLayer>;
  readonly tracker: ReturnType<typeof createOrderTracker>;
  readonly journal: ReturnType<typeof createMemoryJournal>;
} {
  const clock = createFakeClock();
  const safety = createSafetyLayer({ clock });
  const tracker = createOrderTracker();
  const journal = createMemoryJournal();
  const heldQuantity = (symbol: SymbolCode): number => (symbol === samsung ? held : 0);
  return {
    trading: createTradingStates({ clock, safety, tracker, journal, heldQuantity }),
    ...{ safety, tracker, journal },
  };
}

describe('createTradingStates', () => {
  it('lets everything leave while nothing restricts', () => {
    const { trading } = start();
    expect(trading.state()).toBe('ACTIVE');
    expect(trading.admit(buy)).toBeUndefined();
    expect(trading.refuseReplace(samsung, false)).toBeUndefined();
  });

  it('takes no buy, and no sale of more than is surely held, in REDUCE_ONLY', () => {
    const { trading } = start(10);
    trading.restrictAs('reject-rate', 'OPERATOR')('REDUCE_ONLY', cause);
    expect(trading.state()).toBe('REDUCE_ONLY');
    expect(trading.admit(buy)).toMatchObject({ code: 'G_EXE_REDUCE_ONLY' });
    expect(trading.admit(sell(10))).toBeUndefined();
    expect(trading.admit(sell(11))).toMatchObject({ code: 'G_EXE_REDUCE_ONLY' });
    expect(trading.refuseReplace(samsung, true)).toBeUndefined();
    expect(trading.refuseReplace(samsung, false)).toMatchObject({ code: 'G_EXE_REDUCE_ONLY' });
  });

  it('counts what other open sales may sell, and not the order itself once it is on its way', () => {
    const { trading, tracker } = start(10);
    trading.restrictAs('x', 'OPERATOR')('REDUCE_ONLY', cause);
    const onItsWay = sell(6);
    tracker.beginPlace(onItsWay, krw(70_000), 0);
    expect(trading.admit(onItsWay)).toBeUndefined();
    expect(trading.admit(sell(4))).toBeUndefined();
    expect(trading.admit(sell(5))).toMatchObject({ code: 'G_EXE_REDUCE_ONLY' });
  });

  it('takes no order at all in HALTED', () => {
    const { trading } = start(10);
    trading.restrictAs('reconciliation', 'OPERATOR')('HALTED', { ...cause, code: 'FS045' });
    expect(trading.state()).toBe('HALTED');
    expect(trading.admit(sell(1))).toMatchObject({ code: 'G_EXE_TRADING_HALTED' });
    expect(trading.refuseReplace(samsung, true)).toMatchObject({ code: 'G_EXE_TRADING_HALTED' });
  });

  it('freezes the symbol of a cause and restricts the account', () => {
    const { trading } = start(10);
    trading.restrictAs('reconciliation', 'OPERATOR')('REDUCE_ONLY', { ...cause, symbol: samsung });
    expect([trading.state(), trading.state(samsung), trading.state(hynix)]).toEqual([
      'REDUCE_ONLY',
      'HALTED',
      'REDUCE_ONLY',
    ]);
    expect(trading.admit(sell(1))).toMatchObject({ code: 'G_EXE_SYMBOL_FROZEN' });
  });

  it.each([
    ['a fail-safe', 'HALTED', (safety) => safety.record({ code: 'FS042', message: 'm', stage: 'ACT' })],
    ['an anomaly', 'ACTIVE', (safety) => safety.record({ code: 'AN050', message: 'm', stage: 'ACT' })],
    [
      'the kill switch',
      'HALTED',
      (safety) => {
        safety.setKillSwitch(true, by);
      },
    ],
    [
      'safe mode',
      'REDUCE_ONLY',
      (safety) => {
        safety.setSafeMode(true, by);
      },
    ],
  ] as const satisfies readonly (readonly [
    string,
    string,
    (safety: ReturnType<typeof createSafetyLayer>) => unknown,
  ])[])('is, after %s, %s', (_, expected, happens) => {
    const { trading, safety } = start();
    happens(safety);
    expect(trading.state()).toBe(expected);
  });

  it('lets safe mode change an order to a smaller one only', () => {
    const { trading, safety } = start();
    safety.setSafeMode(true, by);
    expect(trading.refuseReplace(samsung, true)).toBeUndefined();
    expect(trading.refuseReplace(samsung, false)).toMatchObject({ code: 'G_EXE_SAFE_MODE_ON' });
  });

  it('lets a source lift its own automatic restriction, and a person any', () => {
    const { trading } = start();
    trading.restrictAs('unknown-guard', 'AUTOMATIC')('REDUCE_ONLY', cause);
    trading.restrictAs('reject-rate', 'OPERATOR')('REDUCE_ONLY', cause);
    trading.lift('reject-rate');
    trading.lift('unknown-guard');
    expect(trading.restrictions().map(({ source }) => source)).toEqual(['reject-rate']);
    expect(trading.resume('reject-rate', by)).toHaveLength(1);
    expect(trading.state()).toBe('ACTIVE');
    expect(trading.resume('reject-rate', by)).toEqual([]);
  });

  it('releases one symbol alone', () => {
    const { trading } = start();
    const restrict = trading.restrictAs('reconciliation', 'OPERATOR');
    restrict('REDUCE_ONLY', { ...cause, symbol: samsung });
    restrict('REDUCE_ONLY', { ...cause, symbol: hynix });
    trading.resume('reconciliation', by, samsung);
    expect([trading.state(), trading.state(samsung), trading.state(hynix)]).toEqual([
      'REDUCE_ONLY',
      'REDUCE_ONLY',
      'HALTED',
    ]);
  });

  it.each(['requestedBy', 'reason'] as const)('resumes nothing without a %s', (field) => {
    const { trading } = start();
    trading.restrictAs('x', 'OPERATOR')('HALTED', cause);
    expect(() => trading.resume('x', { ...by, [field]: '  ' })).toThrow(
      expect.objectContaining({ code: 'OPERATOR_UNNAMED', facts: expect.objectContaining({ field }) as unknown }),
    );
    expect(trading.state()).toBe('HALTED');
  });

  it('writes each restriction and each end down once, with the state before and after', () => {
    const { trading, journal } = start();
    const restrict = trading.restrictAs('x', 'OPERATOR');
    restrict('HALTED', cause);
    restrict('HALTED', cause);
    restrict('REDUCE_ONLY', cause);
    trading.resume('x', by);
    expect(journal.records.map(({ type, body }) => [type, body])).toMatchObject([
      ['trading-restricted', { source: 'x', state: 'HALTED', code: 'FS070', reset: 'OPERATOR' }],
      ['trading-resumed', { ...by, before: 'HALTED', after: 'ACTIVE' }],
    ]);
  });

  it('is the strictest of what is in force, whatever the order of restricting', () => {
    const states = fc.constantFrom('REDUCE_ONLY', 'HALTED');
    const asked = fc.array(fc.record({ source: fc.constantFrom('a', 'b', 'c'), to: states }), { maxLength: 12 });
    fc.assert(
      fc.property(asked, (all) => {
        const { trading } = start();
        for (const { source, to } of all) trading.restrictAs(source, 'AUTOMATIC')(to, cause);
        const strictest = Math.max(0, ...all.map(({ to }) => tradingStates.indexOf(to)));
        expect(trading.state()).toBe(tradingStates[strictest]);
        for (const { source } of all) trading.lift(source);
        expect(trading.state()).toBe('ACTIVE');
      }),
    );
  });
});
