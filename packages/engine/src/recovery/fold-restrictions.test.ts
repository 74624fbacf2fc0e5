import { type JournalRecord, krw, symbolCode } from '@qts/core';
import { buildExecutionIntent, createFakeClock } from '@qts/core/testing';
import { createMemoryJournal } from '@qts/storage';
import { createSimulatedJournalStore } from '@qts/storage/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRejectRateGuard } from '../guards/reject-rate-guard.ts';
import { createRepeatThrottle } from '../guards/repeat-throttle.ts';
import { type Restriction, type TradingStates, createTradingStates } from '../guards/trading-state.ts';
import { type UnknownWatcher } from '../gateway/order-gateway-contract.ts';
import { createOrderTracker } from '../orders/order-tracker.ts';
import { createSafetyLayer } from '../safety/safety-layer.ts';
import { foldJournal } from './fold-journal.ts';

const by = { requestedBy: 'kim', reason: 'looked at it' };
const samsung = symbolCode('005930');
const buy = buildExecutionIntent({ intentId: 'buy', metadata: { strategy: 'a' } });
const allow = (): { allowed: true; worstPriceKrw: ReturnType<typeof krw> } => ({
  allowed: true,
  worstPriceKrw: krw(1),
});

/** What a process comes up with whose journal ends with these records. */
async function restart(records: Iterable<JournalRecord>): Promise<{
  readonly states: TradingStates;
  readonly throttle: ReturnType<typeof createRepeatThrottle>;
}> {
  const folded = await foldJournal(records);
  const clock = createFakeClock();
  const parts = { clock, safety: createSafetyLayer({ clock }), tracker: createOrderTracker() };
  return {
    states: createTradingStates({ ...parts, restored: folded.restrictions }),
    throttle: createRepeatThrottle({ restored: folded.throttled }),
  };
}

const byOperator = (all: readonly Restriction[]): readonly Restriction[] =>
  all.filter(({ reset }) => reset === 'OPERATOR');

describe('a restriction that an operator ends', () => {
  it('is in force after a restart that cuts the journal anywhere, and ends when a person has resumed it', async () => {
    const clock = createFakeClock();
    const store = createSimulatedJournalStore();
    const journal = store.open();
    const parts = { clock, safety: createSafetyLayer({ clock }), tracker: createOrderTracker() };
    const trading = createTradingStates({ ...parts, journal });
    const watchers: UnknownWatcher[] = [];
    createRejectRateGuard({ gateway: { watch: (watcher) => void watchers.push(watcher) }, trading });
    const refused = { intentId: buy.intentId, accepted: false, broker: 'kis', message: 'm', timestampMs: 1 } as const;
    for (let count = 0; count < 10; count++) {
      for (const each of watchers) each.placeAnswered?.(buy, { ...refused, outcome: 'REJECTED', code: 'FS040' });
    }
    trading.restrictAs('reconciliation', 'OPERATOR')('REDUCE_ONLY', { code: 'FS070', why: 'D4', symbol: samsung });
    trading.restrictAs('unknown-guard', 'AUTOMATIC')('HALTED', { code: 'FS042', why: 'two unknown' });
    trading.resume('reject-rate-guard', by);
    trading.lift('unknown-guard');
    trading.resume('reconciliation', by, samsung);
    trading.resume('reconciliation', by);
    const records = [...store.durable, ...store.unsynced];
    const seen: (readonly string[])[] = [];
    for (let cut = 0; cut <= records.length; cut++) {
      const { states } = await restart(records.slice(0, cut));
      seen.push(states.restrictions().map(({ source, state, symbol = '*' }) => `${source} ${state} ${symbol}`));
    }
    const guard = 'reject-rate-guard REDUCE_ONLY *';
    const account = 'reconciliation REDUCE_ONLY *';
    const symbol = 'reconciliation HALTED 005930';
    const all = [guard, account, symbol];
    expect(seen).toEqual([
      [],
      [guard],
      [guard, account],
      all,
      all,
      [account, symbol],
      [account, symbol],
      [account],
      [],
    ]);
    const { states } = await restart(records.slice(0, 3));
    expect(states.admit(buy)).toMatchObject({ code: 'G_EXE_SYMBOL_FROZEN' });
    expect(states.resume('reject-rate-guard', by)).toHaveLength(1);
  });

  it('is what the process before had, whatever was restricted, lifted and resumed', async () => {
    const source = fc.constantFrom('a', 'b');
    const symbol = fc.constantFrom(undefined, '005930', '000660');
    const steps = fc.array(
      fc.oneof(
        fc.record({
          kind: fc.constant('RESTRICT'),
          ...{ source, symbol, to: fc.constantFrom('REDUCE_ONLY', 'HALTED') },
          reset: fc.constantFrom('OPERATOR', 'AUTOMATIC'),
        }),
        fc.record({ kind: fc.constant('LIFT'), source }),
        fc.record({ kind: fc.constant('RESUME'), source, symbol }),
      ),
      { maxLength: 15 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const clock = createFakeClock();
        const journal = createMemoryJournal();
        const parts = { clock, safety: createSafetyLayer({ clock }), tracker: createOrderTracker() };
        const trading = createTradingStates({ ...parts, journal });
        for (const step of all) {
          const named = 'symbol' in step && step.symbol !== undefined ? symbolCode(step.symbol) : undefined;
          if (step.kind === 'LIFT') trading.lift(step.source);
          if (step.kind === 'RESUME') trading.resume(step.source, by, named);
          if ('reset' in step) {
            const cause = {
              code: 'FS070',
              why: 'w',
              ...(named === undefined ? undefined : { symbol: named }),
            } as const;
            trading.restrictAs(step.source, step.reset)(step.to, cause);
          }
        }
        const { states } = await restart(journal.records);
        expect(states.restrictions()).toEqual(byOperator(trading.restrictions()));
      }),
    );
  });
});

describe('a strategy that was stopped for repeating itself', () => {
  it('stays stopped over a restart, alone, until a person resumes it', async () => {
    const clock = createFakeClock();
    const journal = createMemoryJournal();
    const throttle = createRepeatThrottle({ ordersMax: 1, record: { journal, clock } });
    const check = throttle.wrap(allow);
    for (let count = 0; count < 4; count++) check(buy, clock.nowMs());
    expect(journal.records.map(({ type }) => type)).toEqual(['trading-restricted']);
    const next = await restart(journal.records);
    const checkAgain = next.throttle.wrap(allow);
    expect(checkAgain(buy, clock.nowMs() + 86_400_000)).toMatchObject({ code: 'G_EXE_REPEAT_THROTTLED' });
    const other = buildExecutionIntent({ metadata: { strategy: 'b' } });
    expect(checkAgain(other, clock.nowMs()).allowed).toBe(true);
    expect(next.states.state()).toBe('ACTIVE');

    throttle.resume({ strategy: 'a', symbol: samsung, side: 'BUY' }, by);
    throttle.resume({ strategy: 'a', symbol: samsung, side: 'BUY' }, by);
    expect(journal.records.map(({ type }) => type)).toEqual(['trading-restricted', 'trading-resumed']);
    expect((await restart(journal.records)).throttle.stopped).toEqual([]);
  });
});
