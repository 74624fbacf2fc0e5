/** One line of a benchmark's result. */
export interface BenchmarkRow {
  /** Benchmark of the performance reference, for example `B6`. */
  readonly id: string;
  readonly contender: string;
  /** `peer`: what people use today; `ours`. */
  readonly role: 'peer' | 'ours';
  /** What was done, for example `5,000 resting`. */
  readonly workload: string;
  readonly operationsPerSecond: number;
  /** What the ratio compares with. */
  readonly ratioTo: string;
  /** Median of the per-round ratios, with its quartiles; higher is better unless `ratioTo` says time. */
  readonly ratio: number;
  readonly ratioP25: number;
  readonly ratioP75: number;
}
