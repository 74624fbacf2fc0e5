import { type Trade, krw, shares, symbolCode } from '@qts/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBarBuilder } from './bar-builder.ts';

const samsung = symbolCode('005930');
const nineMs = Date.parse('2026-09-14T09:00:00+09:00');

function trade(
  afterMs: number,
  price: number,
  quantity = 1,
): Pick<Trade, 'symbol' | 'priceKrw' | 'quantity' | 'exchangeAtMs' | 'receivedAtMs'> {
  const atMs = nineMs + afterMs;
  return { symbol: samsung, priceKrw: krw(price), quantity: shares(quantity), exchangeAtMs: atMs, receivedAtMs: atMs };
}

describe('minute bars', () => {
  it('open, peak, dip and close as the trades did', () => {
    const builder = createBarBuilder(60_000);
    for (const [price, quantity] of [
      [100, 1],
      [120, 2],
      [90, 3],
      [110, 4],
    ] as const)
      builder.add(trade(0, price, quantity));
    expect(builder.bars(samsung)).toEqual([
      { startMs: nineMs, tradingDate: '2026-09-14', openKrw: 100, highKrw: 120, lowKrw: 90, closeKrw: 110, volume: 10 },
    ]);
  });

  it('begin at whole minutes, and a minute without a trade has none', () => {
    const builder = createBarBuilder(60_000);
    builder.add(trade(59_999, 100));
    builder.add(trade(60_000, 101));
    builder.add(trade(240_500, 102));
    expect(builder.bars(samsung).map(({ startMs }) => (startMs - nineMs) / 60_000)).toEqual([0, 1, 4]);
  });

  it('take a late trade into the minute it belongs to', () => {
    const builder = createBarBuilder(60_000);
    builder.add(trade(10_000, 100));
    builder.add(trade(70_000, 105));
    builder.add(trade(5_000, 90));
    expect(builder.bars(samsung)).toMatchObject([
      { openKrw: 90, closeKrw: 100, volume: 2 },
      { openKrw: 105, volume: 1 },
    ]);
  });

  it('are the same in any order of arrival when no two trades share a second', () => {
    const sequence = fc.uniqueArray(
      fc.record({ second: fc.integer({ min: 0, max: 900 }), price: fc.integer({ min: 1, max: 999 }) }),
      {
        selector: ({ second }) => second,
        minLength: 1,
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(sequence, fc.infiniteStream(fc.nat()), (trades, salts) => {
        const inOrder = createBarBuilder(60_000);
        for (const { second, price } of trades.toSorted((a, b) => a.second - b.second))
          inOrder.add(trade(second * 1_000, price));
        const salted = trades.map((each) => ({ each, salt: salts.next().value as number }));
        const shuffled = createBarBuilder(60_000);
        for (const { each } of salted.toSorted((a, b) => a.salt - b.salt))
          shuffled.add(trade(each.second * 1_000, each.price));
        expect(shuffled.bars(samsung)).toEqual(inOrder.bars(samsung));
      }),
    );
  });
});

describe('other spans', () => {
  it('count from midnight in Korea', () => {
    const builder = createBarBuilder(5 * 60_000);
    builder.add(trade(4 * 60_000, 100));
    builder.add(trade(6 * 60_000, 100));
    expect(builder.bars(samsung).map(({ startMs }) => (startMs - nineMs) / 60_000)).toEqual([0, 5]);
  });

  it('make one bar of a day', () => {
    const builder = createBarBuilder('DAY');
    builder.add(trade(0, 100));
    builder.add(trade(6 * 3_600_000, 101));
    expect(builder.bars(samsung)).toMatchObject([
      { startMs: Date.parse('2026-09-14T00:00:00+09:00'), openKrw: 100, closeKrw: 101, volume: 2 },
    ]);
  });

  it.each([0, 30_000, 90_000, 361 * 60_000, Number.NaN])('are no %j ms', (span) => {
    expect(() => createBarBuilder(span)).toThrow(RangeError);
  });
});
