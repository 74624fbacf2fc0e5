import { findUnreached } from './coverage.ts';
import { type Violation } from './judge/invariants.ts';
import { type Counts, type RunOptions, type RunResult, runSchedule } from './run-schedule.ts';
import { drawSchedule } from './draw/draw-schedule.ts';
import { type Schedule } from './schedule.ts';
import { shrinkSchedule } from './shrink.ts';

/** A seed that broke something, and the smallest schedule that still does. */
export interface FailedSeed {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly shrunk: Schedule;
}

/** What a range of seeds came to. */
export interface SimulationReport {
  readonly seeds: { readonly from: number; readonly to: number };
  readonly run: number;
  readonly totals: Counts;
  readonly longestUnknownMs: number;
  readonly longestCancelMs: number;
  readonly longestQuietMs: number;
  readonly longestFrozenMs: number;
  readonly virtualMs: number;
  /** Seeds that were run twice and gave the same hash. */
  readonly repeated: number;
  /** One hash over all seeds of the range. */
  readonly hash: string;
  readonly failed: readonly FailedSeed[];
}

export interface SimulationSettings {
  readonly from: number;
  readonly to: number;
  /** Every how manieth seed is run twice. Default 50. */
  readonly repeatEvery?: number;
  /** After so many failed seeds the range ends early. Default 3. */
  readonly failuresMax?: number;
  /** Told now and then. */
  readonly onProgress?: (done: number, failed: number) => void;
  readonly options?: RunOptions;
}

const progressEvery = 100;

/** Runs a range of seeds. A failed seed is shrunk at once. */
export async function simulate(settings: SimulationSettings): Promise<SimulationReport> {
  const { from, to, repeatEvery = 50, failuresMax = 3, onProgress, options = {} } = settings;
  const totals: Record<string, number> = {};
  const failed: FailedSeed[] = [];
  let longestUnknownMs = 0;
  let longestCancelMs = 0;
  let longestQuietMs = 0;
  let longestFrozenMs = 0;
  let virtualMs = 0;
  let repeated = 0;
  let run = 0;
  let hash = 0n;

  for (let seed = from; seed <= to && failed.length < failuresMax; seed += 1) {
    const schedule = drawSchedule(seed);
    const result = await runSchedule(schedule, options);
    const violations = [...result.violations];
    if (seed % repeatEvery === 0) {
      const again = await runSchedule(schedule, options);
      repeated += 1;
      if (again.hash !== result.hash) violations.push(unequal(result, again));
    }
    run += 1;
    for (const [name, times] of Object.entries(result.counts)) totals[name] = (totals[name] ?? 0) + times;
    longestUnknownMs = Math.max(longestUnknownMs, result.longestUnknownMs);
    longestCancelMs = Math.max(longestCancelMs, result.longestCancelMs);
    longestQuietMs = Math.max(longestQuietMs, result.longestQuietMs);
    longestFrozenMs = Math.max(longestFrozenMs, result.longestFrozenMs);
    virtualMs += result.virtualMs;
    hash = BigInt.asUintN(64, hash * 1_099_511_628_211n + BigInt(`0x${result.hash}`));
    const [first] = violations;
    if (first !== undefined) {
      const { schedule: shrunk } = await shrinkSchedule(schedule, first.invariant, options);
      failed.push({ seed, violations, shrunk });
    }
    if (run % progressEvery === 0) onProgress?.(run, failed.length);
    // Other work of the process (a signal, a test reporter) gets its turn between two runs.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return {
    seeds: { from, to },
    ...{ run, totals, longestUnknownMs, longestCancelMs, longestQuietMs, longestFrozenMs },
    ...{ virtualMs, repeated, failed },
    hash: hash.toString(16).padStart(16, '0'),
  };
}

function unequal(one: RunResult, other: RunResult): Violation {
  return { invariant: 'I12', atMs: 0, message: `the first run gave ${one.hash}, the second ${other.hash}` };
}

/** How often everything that can be reached must have been, by the seeds of a range: the longest that fits counts. */
const coverageOf: readonly { readonly fromSeeds: number; readonly least: number }[] = [
  { fromSeeds: 200_000, least: 100 },
  { fromSeeds: 5_000, least: 1 },
];

/** What of the coverage is missing; empty for ranges that are too short to ask for it. */
export function missingCoverage({ run, failed, totals }: SimulationReport): readonly string[] {
  const asked = coverageOf.find(({ fromSeeds }) => run >= fromSeeds);
  return asked === undefined || failed.length > 0 ? [] : findUnreached(totals, asked.least);
}
