import { type Figure } from '../report/figure.ts';

/** A line of the report, before it is told which benchmark it belongs to. */
export type JournalRow = Omit<Figure, 'benchmark'>;

export interface JournalBenchmarkOptions {
  /** Fewer rounds and smaller journals: shows that it runs, not how fast. */
  readonly quick: boolean;
  /** An empty folder of its own, mode 0700, on the disk that is to be measured. */
  readonly directory: string;
  readonly tell: (line: string) => void;
}

/** A figure without the name of its benchmark. */
export function toRow(figure: Figure): JournalRow {
  const row: { -readonly [Name in keyof Figure]?: Figure[Name] } = { ...figure };
  delete row.benchmark;
  return row as JournalRow;
}
