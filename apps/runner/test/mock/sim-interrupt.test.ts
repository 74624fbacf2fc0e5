import { type ExchangeListener, type VenueSim } from '@qts/venue-sim';
import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../../src/sim/seeded.ts';
import { type DayToTrade, expectWhole, opensAtMs, stopAt, trade } from './trade-day.ts';

/** One seed for all moments below: another one tries others, and a failure can be had again. */
const random = createSeededRandom(20_251_017);
const between = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
const some = (count: number, low: number, high: number): readonly number[] =>
  Array.from({ length: count }, () => between(low, high));

const opens = opensAtMs('2025-10-17');

/** Calls `stop` when the exchange tells for the n-th time: the answer to our request is still on its way then. */
const atNth =
  (event: 'onOrder' | 'onFill', n: number) =>
  ({ exchange }: VenueSim, stop: () => void): void => {
    let count = 0;
    const listener: ExchangeListener = {
      [event]: () => {
        count += 1;
        if (count === n) stop();
      },
    };
    exchange.subscribe(listener);
  };

/** Calls `stop` at the end of a cycle. */
const atCycle =
  (wanted: number) =>
  (count: number, stop: () => void): void => {
    if (count === wanted) stop();
  };

const moments: readonly (readonly [string, DayToTrade])[] = [
  [
    'before the first request',
    {
      prepare: (_, stop) => {
        stop();
      },
    },
  ],
  ['while it waits for the open', { prepare: stopAt(opens - 600_000) }],
  ...[1, ...some(4, 2, 60)].map(
    (n) => [`while order event ${n} is on its way`, { prepare: atNth('onOrder', n) }] as const,
  ),
  ...[1, ...some(2, 2, 30)].map((n) => [`at fill ${n}`, { prepare: atNth('onFill', n) }] as const),
  ...some(3, 1, 200).map((n) => [`after cycle ${n}`, { onCycle: atCycle(n) }] as const),
  ...some(4, 0, 15_000).map((n) => [`${n} s after the open`, { prepare: stopAt(opens + n * 1_000) }] as const),
  ['in the closing auction, after the last cycle', { prepare: stopAt(Date.parse('2025-10-17T15:25:00+09:00')) }],
];

describe('Ctrl-C in a simulated day', () => {
  it.each(moments)('leaves nothing open and equal books: %s', async (_, hooks) => {
    const day = await trade({ seed: between(1, 1_000), ...hooks });
    expectWhole(day);
    const { end, safety } = day.report;
    expect(end).toMatchObject({ reason: 'stopped', errors: 0 });
    // Being asked to stop is no trouble.
    expect(safety).toEqual({ state: 'NORMAL', lastFailSafeCode: null });
    expect(day.windingDownMs).toBeLessThan(10_000);
  });

  it('cancels what rests', async () => {
    const { report, venue } = await trade({ prepare: atNth('onOrder', 1) });
    expect(report.intents).toMatchObject({ total: 1, accepted: 1 });
    expect(venue.requests('order-rvsecncl')).toHaveLength(1);
    expect(report.orders).toEqual({ total: 1, byStatus: { CANCELED: 1 } });
  });

  it('begins no order that was only decided', async () => {
    const day = await trade({
      onCycle: atCycle(1),
      config: { strategy: { parameters: { window: 5, deviations: 0.1 } } },
    });
    expect(day.venue.requests('order-cash')).toEqual([]);
  });
});
