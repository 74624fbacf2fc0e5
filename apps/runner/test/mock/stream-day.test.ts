import { describe, expect, it } from 'vitest';
import { type TradedDay, stopAt, trade } from './trade-day.ts';

/** A simulated day whose streams are disturbed on purpose, over real sockets in simulated time. */

const brokers = ['kis', 'kiwoom'] as const;
const date = '2025-10-17';
const at = (time: string): number => Date.parse(`${date}T${time}+09:00`);

function streamsOf({ report }: TradedDay): NonNullable<TradedDay['report']['streams']> {
  if (report.streams === null) throw new Error('The day had no streams.');
  return report.streams;
}

describe.each(brokers)('a disturbed day at %s', (broker) => {
  it('counts every fill once, reports and repairs every gap, and ends with equal books', async () => {
    const day = await trade({ broker, config: { sim: { streamFaults: true } } });
    const { report, venue } = day;
    const streams = streamsOf(day);
    expect(report.books.lines.filter(({ equal }) => !equal)).toEqual([]);
    expect(report.end).toMatchObject({ reason: 'done', errors: 0, leftOpen: [] });
    expect(report.orderProof).toMatchObject({ duplicates: 0, lost: 0 });
    const filled = venue.exchange.listFills('main').reduce((sum, { quantity }) => sum + quantity, 0);
    expect(report.fills.quantity).toBe(filled);
    expect(filled).toBeGreaterThan(0);
    // Four connections are cut or go silent at least, and every hole was read.
    expect(streams.gaps.quotes).toBeGreaterThanOrEqual(4);
    expect(streams.gaps.orders).toBeGreaterThanOrEqual(4);
    expect(streams.backfills).toEqual(streams.gaps);
    expect(streams.unrepaired).toEqual([]);
    expect(streams.drifts).toBeGreaterThan(0);
    expect(streams.stales).toBeGreaterThan(0);
    const struck = Object.keys(report.streamFaults ?? {});
    expect(struck).toEqual(
      expect.arrayContaining(['W02-cut', 'W03-half-open', 'W05-duplicate', 'W08-gap-over-reconnect']),
    );
    // The stream carries the runner; reads repair.
    const reads = Object.values(streams.quotes.repairs).reduce((sum, count) => sum + count, 0);
    expect(reads).toBeGreaterThan(0);
    // A read asks wherever nothing of any symbol was heard for two seconds: seven issues are quiet at times.
    expect(reads).toBeLessThan(streams.quotes.live / 10);
    expect(streams.trades).toBeGreaterThan(10_000);
    expect(streams.notices).toBeGreaterThan(report.orders.total);
    expect(streams.lag?.p99Ms).toBeLessThan(2_000);
  });

  it('is the same day for the same seed', async () => {
    const wanted = {
      broker,
      seed: 11,
      config: { symbols: ['005930', '000660'], sim: { streamFaults: true, lostAnswers: 2 } },
      prepare: stopAt(at('10:25:00')),
    };
    const first = await trade(wanted);
    const again = await trade(wanted);
    expect(again.report).toEqual(first.report);
    expect(again.venue.streams().map(({ framesSent, faults }) => [framesSent, faults])).toEqual(
      first.venue.streams().map(({ framesSent, faults }) => [framesSent, faults]),
    );
    expect(streamsOf(first).gaps.quotes).toBeGreaterThan(0);
  });
});

describe('a calm day', () => {
  it('has no gap, and reads no quote by REST while the stream is fresh', async () => {
    const day = await trade({ prepare: stopAt(at('09:30:00')) });
    const streams = streamsOf(day);
    expect(day.report.streamFaults).toBeNull();
    expect(streams).toMatchObject({ gaps: { quotes: 0, orders: 0 }, lost: 0, drifts: 0, refused: 0, unrepaired: [] });
    expect(streams.quotes.live).toBeGreaterThan(150);
    const { cycleMs, venue } = day;
    const reads = venue.requests('inquire-price').filter(({ atMs }) => atMs > (cycleMs[0] ?? Infinity));
    // Two silent seconds of seven issues are few, and make a read each.
    expect(reads.length).toBeLessThan(30);
  });

  it('goes on by reads alone when streams are not wanted', async () => {
    const { report, venue } = await trade({
      config: { streams: { enabled: false } },
      prepare: stopAt(at('09:10:00')),
    });
    expect(report.streams).toBeNull();
    expect(venue.streams()).toEqual([]);
    expect(venue.requests('inquire-price').length).toBeGreaterThan(50);
  });
});
