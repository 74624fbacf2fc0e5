import { type Measured } from '../measure/ratios.ts';

export const benchmarkNames = ['order-path', 'matching', 'parse', 'streams', 'journal', 'limiter'] as const;
export type BenchmarkName = (typeof benchmarkNames)[number];

/** One line of the report: what was measured, and its ratio to what was measured beside it. */
export interface Figure {
  readonly benchmark: BenchmarkName;
  /** What was done, with the id of its definition, for example `B6, 5,000 resting`. */
  readonly workload: string;
  readonly contender: string;
  readonly role: 'floor' | 'peer' | 'ours';
  /** Median: microseconds, or operations a second. */
  readonly value: number;
  readonly unit: 'us' | 'op/s';
  /** 99th percentile in the same unit, where single operations were timed. */
  readonly p99?: number;
  /** Median of p99 ÷ the floor's p99. */
  readonly p99Ratio?: number;
  readonly ratioTo: string;
  /** Whether a smaller or a larger ratio is the better one. */
  readonly better: 'LOWER' | 'HIGHER';
  /** Median of the per-round ratios, with its quartiles. */
  readonly ratio: number;
  readonly ratioP25: number;
  readonly ratioP75: number;
  /** The ratio that it must keep, and the one that is aimed at. */
  readonly target?: Target;
}

export interface Target {
  readonly must: number;
  readonly goal: number;
}

/** Lines of contenders that were timed beside a floor. `targets` go by the contender's name. */
export function figuresOf(
  benchmark: BenchmarkName,
  workload: string,
  measured: readonly Measured[],
  targets: Readonly<Record<string, Target>> = {},
): readonly Figure[] {
  const floor = measured.find(({ role }) => role === 'floor')?.name ?? '';
  return measured.map(({ name, role, p50Us, p99Us, p99Ratio, ratio, ratioP25, ratioP75 }) => {
    const target = targets[name];
    return {
      ...{ benchmark, workload, contender: name, role, value: p50Us, unit: 'us', p99: p99Us, p99Ratio },
      ...{ ratioTo: floor, better: 'LOWER', ratio, ratioP25, ratioP75 },
      ...(target === undefined ? {} : { target }),
    };
  });
}

/** Where a figure stands to its target; empty without one. */
export function verdictOf({ ratio, better, target }: Figure): '' | 'goal' | 'must' | 'missed' {
  if (target === undefined) return '';
  const reaches = (bound: number): boolean => (better === 'LOWER' ? ratio <= bound : ratio >= bound);
  if (reaches(target.goal)) return 'goal';
  return reaches(target.must) ? 'must' : 'missed';
}
