import { describe, expect, it } from 'vitest';
import { expectWhole, opensAtMs, stopAt, trade } from './trade-day.ts';

describe('a simulated day', () => {
  const days = [
    { strategy: 'reversion', date: '2025-10-17', seed: 1 },
    { strategy: 'breakout', date: '2025-10-17', seed: 2 },
    { strategy: 'reversion', date: '2025-10-20', seed: 3 },
    { strategy: 'breakout', date: '2025-10-22', seed: 4 },
  ] as const;

  it.each(days)('ends with equal books: $strategy on $date, seed $seed', async (wanted) => {
    const day = await trade(wanted);
    expectWhole(day);
    const { report, cycleMs } = day;
    expect(report).toMatchObject({
      simulated: true,
      mode: 'sim',
      tradingDate: wanted.date,
      strategy: wanted.strategy,
      seed: wanted.seed,
      end: { reason: 'done', errors: 0 },
      safety: { state: 'NORMAL', lastFailSafeCode: null },
    });
    // A whole day of several symbols, not a part of one.
    expect(Math.floor(((cycleMs[0] ?? 0) - opensAtMs(wanted.date)) / 1_000)).toBe(0);
    expect(report.end.cycles).toBe(380);
    expect(report.fills.orders).toBeGreaterThan(5);
    expect(new Set(day.venue.exchange.listFills('main').map(({ symbol }) => symbol)).size).toBeGreaterThan(2);
    // Both samples go home flat.
    expect(report.positions).toEqual([]);
    expect(report.data.real.length).toBeGreaterThan(0);
    expect(report.data.modelled.length).toBeGreaterThan(0);
  });

  it('counts part fills, and cancels of what is left of them', async () => {
    const day = await trade({
      date: '2025-10-16',
      seed: 5,
      config: {
        // Orders larger than what the book shows: they take part of it, rest, and are canceled after a minute.
        strategy: { parameters: { window: 5, deviations: 0.5, orderValueKrw: 800_000_000 } },
        limits: { orderValueKrwMax: 2_000_000_000, orderQuantityMax: 1_000_000 },
        trading: { restingOrderMsMax: 60_000 },
        sim: { cashKrw: 20_000_000_000 },
      },
    });
    expectWhole(day);
    const orders = day.venue.exchange.listOrders('main').filter(({ kind }) => kind === 'NEW');
    const fills = day.venue.exchange.listFills('main');
    const inParts = orders.filter(
      ({ orderNumber }) => fills.filter((fill) => fill.orderNumber === orderNumber).length > 1,
    );
    const cut = orders.filter(({ filledQuantity, canceledQuantity }) => filledQuantity > 0 && canceledQuantity > 0);
    expect(inParts.length).toBeGreaterThan(5);
    expect(cut.length).toBeGreaterThan(0);
    expect(day.report.fills.quantity).toBe(fills.reduce((sum, { quantity }) => sum + quantity, 0));
    expect(day.report.orders.byStatus.CANCELED).toBe(orders.filter((order) => order.canceledQuantity > 0).length);
  });

  it('is the same day for the same seed, and another for another', async () => {
    const config = { symbols: ['005930', '000660', '035720'] };
    const first = await trade({ seed: 7, config });
    const again = await trade({ seed: 7, config });
    const other = await trade({ seed: 8, config });
    expect(again.report).toEqual(first.report);
    expect(again.venue.requests().map(({ operation, atMs }) => [operation, atMs])).toEqual(
      first.venue.requests().map(({ operation, atMs }) => [operation, atMs]),
    );
    const { seed, ...figures } = first.report;
    expect(seed).toBe(7);
    expect(other.report).not.toMatchObject(figures);
  });

  it('accounts for intents that its own limits deny', async () => {
    const day = await trade({ config: { limits: { ordersPerDayMax: 10 } } });
    expectWhole(day);
    const { intents } = day.report;
    expect(intents).toMatchObject({ accepted: 10, rejected: 0, byCode: { G_EXE_DAILY_ORDER_LIMIT: intents.notSent } });
    expect(intents.notSent).toBeGreaterThan(0);
    expect(day.report.orders.total).toBe(10);
  });

  it('asks the venue for at most 18 answers in any second of the day, however fast the loop', async () => {
    const { venue, report } = await trade({
      config: { loop: { intervalMs: 100 } },
      prepare: stopAt(opensAtMs('2025-10-17') + 30_000),
    });
    expect(report.end.reason).toBe('stopped');
    const times = venue.requests().map(({ atMs }) => atMs);
    const busiest = Math.max(
      ...times.map((fromMs) => times.filter((atMs) => atMs >= fromMs && atMs < fromMs + 1_000).length),
    );
    expect(busiest).toBeLessThanOrEqual(18);
    // It did run into the limit: a slower loop would prove nothing.
    expect(busiest).toBeGreaterThanOrEqual(14);
    expect(venue.requests().filter(({ status }) => status !== 200)).toEqual([]);
  });
});
