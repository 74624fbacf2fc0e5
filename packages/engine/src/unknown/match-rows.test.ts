import {
  type ExecutionIntentInput,
  type OrderReference,
  type OrderSnapshot,
  brokerOrderId,
  krw,
  shares,
  symbolCode,
  tradingDate,
} from '@qts/core';
import { buildExecutionIntent } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { type ClockAhead, sameClock } from '../time/broker-clock.ts';
import { type MatchedRows, haveSameTerms, matchRows } from './match-rows.ts';

const sentAtMs = Date.UTC(2026, 8, 14, 1, 0, 0, 900);
const reference: OrderReference = {
  ...{ brokerId: 'kis', tradingDate: tradingDate('2026-09-14'), brokerOrderId: brokerOrderId('117057') },
  ...{ symbol: symbolCode('005930'), side: 'BUY', orderType: 'LIMIT', timeInForce: 'DAY', venue: 'KRX' },
  ...{ session: 'REGULAR', native: {} },
};
const row: OrderSnapshot = {
  ...{ reference, kind: 'NEW', orderedQuantity: shares(10), limitPriceKrw: krw(70_000), viaApi: true },
  ...{ filledQuantity: shares(0), filledAmountKrw: krw(0), canceledQuantity: shares(0), rejectedQuantity: shares(0) },
  ...{ leavesQuantity: shares(10), orderedAtMs: Date.UTC(2026, 8, 14, 1, 0, 0) },
};
const market: OrderSnapshot = { ...row, reference: { ...reference, orderType: 'MARKET' }, limitPriceKrw: krw(91_000) };

function without(field: 'viaApi' | 'limitPriceKrw'): OrderSnapshot {
  const { [field]: left, ...rest } = row;
  expect(left).toBeDefined();
  return rest;
}

function match(
  rows: readonly OrderSnapshot[],
  {
    intent = {},
    exclusive = false,
    bound = [] as readonly string[],
    clockAhead = sameClock,
  }: {
    readonly intent?: Partial<ExecutionIntentInput>;
    readonly exclusive?: boolean;
    readonly bound?: readonly string[];
    readonly clockAhead?: ClockAhead;
  } = {},
): MatchedRows {
  const terms = {
    intent: buildExecutionIntent(intent),
    sentAtMs,
    exclusive,
    earlyMsMax: 2_000,
    doubtfulEarlyMsMax: 60_000,
    clockAhead,
  };
  return matchRows(terms, rows, (each) => bound.includes(each.brokerOrderId));
}

/** Under which word each row was found. */
const kindOf = (found: MatchedRows): string =>
  Object.entries(found)
    .flatMap(([kind, rows]) => (rows as readonly OrderSnapshot[]).map(() => kind))
    .join(' ');

describe('a row', () => {
  it.each<[string, OrderSnapshot, string]>([
    ['with our terms, our time and our channel', row, 'fitting'],
    ['of a type without a price, whatever price it shows', market, ''],
    ['without an origin', without('viaApi'), 'doubtful'],
    ['that came another way', { ...row, viaApi: false }, 'foreign'],
    ['dated 2 s before we sent', { ...row, orderedAtMs: sentAtMs - 2_000 }, 'fitting'],
    ['dated earlier than a clock may be wrong without doubt', { ...row, orderedAtMs: sentAtMs - 2_001 }, 'doubtful'],
    ['of others, dated earlier', { ...row, viaApi: false, orderedAtMs: sentAtMs - 2_001 }, ''],
    ['dated a minute before we sent', { ...row, orderedAtMs: sentAtMs - 62_001 }, ''],
    ['dated much later', { ...row, orderedAtMs: sentAtMs + 120_000 }, 'fitting'],
    ['of a cancel', { ...row, kind: 'CANCEL' }, ''],
    ['of a replace', { ...row, kind: 'REPLACE' }, ''],
    ['of another quantity', { ...row, orderedQuantity: shares(11) }, ''],
    ['of another price', { ...row, limitPriceKrw: krw(70_100) }, ''],
    ['without a price', without('limitPriceKrw'), ''],
    ...(
      [
        { symbol: symbolCode('000660') },
        { side: 'SELL' },
        { orderType: 'BEST_LIMIT' },
        { timeInForce: 'IOC' },
        { venue: 'NXT' },
        { tradingDate: tradingDate('2026-09-15') },
      ] as const
    ).map((fields): [string, OrderSnapshot, string] => [
      `of another ${Object.keys(fields).join()}`,
      { ...row, reference: { ...reference, ...fields } },
      '',
    ]),
  ])('%s', (_, given, kind) => {
    expect(kindOf(match([given]))).toBe(kind);
  });

  it('that is bound to an order is nobody else’s', () => {
    expect(kindOf(match([row], { bound: ['117057'] }))).toBe('');
  });

  it('that comes twice counts once, as it was read last', () => {
    const later = { ...row, filledQuantity: shares(3) };
    expect(match([row, later]).fitting).toEqual([later]);
  });

  it('of any origin fits on an account that nobody else trades', () => {
    expect(kindOf(match([{ ...row, viaApi: false }], { exclusive: true }))).toBe('fitting');
  });

  it.each(['KRX', 'NXT', 'SOR'] as const)('of a smart order may be on %s', (venue) => {
    expect(kindOf(match([{ ...row, reference: { ...reference, venue } }], { intent: { venue: 'SOR' } }))).toBe(
      'fitting',
    );
  });

  it.each([
    ['ours, by a clock that is 10 s behind', -10_000, -10_000, sentAtMs - 10_900, 'fitting'],
    ['earlier than that', -10_000, -10_000, sentAtMs - 12_001, 'doubtful'],
    ['of before ours, by a clock that is 10 s ahead', 10_000, 10_000, sentAtMs + 5_000, 'doubtful'],
    ['ours, by a clock that is 10 s ahead', 10_000, 10_000, sentAtMs + 9_100, 'fitting'],
    ['ours, by one of two measures', -10_000, 0, sentAtMs - 10_900, 'doubtful'],
    ['of before ours, by one of two measures', 0, 10_000, sentAtMs, 'doubtful'],
  ])('is %s', (_, leastMs, mostMs, orderedAtMs, kind) => {
    expect(kindOf(match([{ ...row, orderedAtMs }], { clockAhead: { leastMs, mostMs } }))).toBe(kind);
  });

  it('of others is left out only when it is too early by every measure', () => {
    const foreign = { ...row, viaApi: false, orderedAtMs: sentAtMs - 10_900 };
    expect(kindOf(match([foreign], { clockAhead: { leastMs: -10_000, mostMs: 0 } }))).toBe('foreign');
    expect(kindOf(match([foreign]))).toBe('');
  });

  it('of a market order fits whatever price the list shows', () => {
    expect(kindOf(match([market], { intent: { intentType: 'MARKET', limitPriceKrw: undefined } }))).toBe('fitting');
  });

  it('comes sorted by time, then by number', () => {
    const at = (number: string, orderedAtMs: number): OrderSnapshot => ({
      ...{ ...row, orderedAtMs, reference: { ...reference, brokerOrderId: brokerOrderId(number) } },
    });
    const found = match([at('9', sentAtMs + 1), at('8', sentAtMs), at('7', sentAtMs)]).fitting;
    expect(found.map((each) => each.reference.brokerOrderId)).toEqual(['7', '8', '9']);
  });
});

describe('two intents', () => {
  const intent = buildExecutionIntent();
  it.each<[string, Partial<ExecutionIntentInput>, boolean]>([
    ['that are equal', { intentId: 'other', session: 'AFTER_MARKET' }, true],
    ['of which one is routed by the broker', { venue: 'SOR' }, true],
    ['on two exchanges', { venue: 'NXT' }, false],
    ['of two prices', { limitPriceKrw: 70_100 }, false],
    ['of two quantities', { quantity: 11 }, false],
    ['of two types', { intentType: 'MARKET', limitPriceKrw: undefined }, false],
  ])('%s look the same: %s', (_, fields, same) => {
    expect(haveSameTerms(intent, buildExecutionIntent(fields))).toBe(same);
  });
});
