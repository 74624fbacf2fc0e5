import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type VenueSim } from '@qts/venue-sim';
import { expect } from 'vitest';
import { type RunnerBrokerId, type RunnerConfig, parseRunnerConfig } from '../../src/config/runner-config.ts';
import { type DayReport } from '../../src/report/day-report.ts';
import { runSimDay } from '../../src/sim/sim-day.ts';
import { loadStrategy } from '../../src/strategies/load-strategy.ts';

/** A simulated day that a test traded. */
export interface TradedDay {
  readonly report: DayReport;
  readonly venue: VenueSim;
  /** Instants of the cycles' ends. */
  readonly cycleMs: readonly number[];
  /** How long the day went on after the signal aborted, in its own time; `undefined` when it did not abort. */
  readonly windingDownMs: number | undefined;
}

/** Which day to trade, and where a test looks on. Absent: the defaults, sample `reversion`. */
export interface DayToTrade {
  readonly strategy?: string;
  readonly broker?: RunnerBrokerId;
  readonly date?: string;
  readonly seed?: number;
  readonly config?: Readonly<Record<string, object>>;
  /** Sees the venue before the first request; may arrange for `stop` to be called. */
  readonly prepare?: (venue: VenueSim, stop: () => void) => void;
  readonly onCycle?: (count: number, stop: () => void) => void;
}

/** Trades a simulated day in this process. */
export async function trade({
  strategy = 'reversion',
  broker = 'kis',
  date = '2025-10-17',
  seed = 1,
  config,
  ...hooks
}: DayToTrade): Promise<TradedDay> {
  // Answers are lost, and streams are disturbed, where a test says so.
  const sim = { lostAnswers: 0, streamFaults: false, ...config?.['sim'], date, seed };
  const parsed: RunnerConfig = parseRunnerConfig({ ...config, broker, sim }, 'test');
  const folder = mkdtempSync(join(tmpdir(), 'qts-day-'));
  const controller = new AbortController();
  const seen: { venue?: VenueSim; stoppedAtMs?: number } = {};
  const stop = (): void => {
    if (seen.venue !== undefined) seen.stoppedAtMs ??= seen.venue.clock.nowMs();
    controller.abort();
  };
  const cycleMs: number[] = [];
  const report = await runSimDay({
    config: parsed,
    journalFile: join(folder, 'journals', 'sim.sqlite'),
    strategy: await loadStrategy(strategy, parsed.strategy.parameters),
    signal: controller.signal,
    onVenue: (venue) => {
      seen.venue = venue;
      hooks.prepare?.(venue, stop);
    },
    onCycle: (nowMs) => {
      cycleMs.push(nowMs);
      hooks.onCycle?.(cycleMs.length, stop);
    },
  }).finally(() => {
    rmSync(folder, { recursive: true });
  });
  const { venue, stoppedAtMs } = seen;
  if (venue === undefined) throw new Error('The venue was never shown.');
  return {
    report,
    venue,
    cycleMs,
    windingDownMs: stoppedAtMs === undefined ? undefined : venue.clock.nowMs() - stoppedAtMs,
  };
}

/** The first cycle of a day. */
export const opensAtMs = (date: string): number => Date.parse(`${date}T09:00:30+09:00`);

/** What has to hold of every day, however it ended. */
export function expectWhole({ report, venue }: TradedDay): void {
  expect(report.books.lines.filter(({ equal }) => !equal)).toEqual([]);
  expect(report.books.equal).toBe(true);
  expect(report.end.leftOpen).toEqual([]);
  const orders = venue.exchange.listOrders('main').filter(({ kind }) => kind === 'NEW');
  expect(orders.filter(({ leavesQuantity }) => leavesQuantity > 0)).toEqual([]);
  // Every intent is an order or a denial, and every order at the venue came of one intent and one POST.
  const { intents, acts } = report;
  expect(intents.total).toBe(intents.accepted + intents.rejected + intents.notSent + intents.unknown);
  expect(intents.unknown).toBe(0);
  const { accepted = 0, rejected = 0, unknown = 0, 'not-sent': notSent = 0 } = acts;
  expect(intents.total).toBe(accepted + rejected + unknown + notSent);
  const coded = Object.values(intents.byCode).reduce((sum, count) => sum + count, 0);
  expect(coded).toBe(intents.total - intents.accepted);
  expect(intents.accepted).toBe(orders.length);
  expect(venue.requests('order-cash')).toHaveLength(intents.accepted + intents.rejected);
  const counted = Object.values(report.orders.byStatus).reduce((sum, count) => sum + count, 0);
  expect(counted).toBe(report.orders.total);
  expect(report.books.lines.filter(({ item }) => item.startsWith('order '))).toHaveLength(orders.length);
  // Our own arithmetic, from the report alone.
  const { cash, fills, costs } = report;
  expect(cash.closingKrw).toBe(cash.openingKrw - fills.boughtKrw + fills.soldKrw - costs.feesKrw - costs.taxesKrw);
}

/** Calls `stop` when the time of the venue has come to `atMs`. */
export const stopAt =
  (atMs: number): NonNullable<DayToTrade['prepare']> =>
  ({ clock }, stop) => {
    clock.subscribe((nowMs) => {
      if (nowMs >= atMs) stop();
    });
  };
