import { readCsvFile } from './csv-file.ts';

/** Where a recorded file comes from. `licence` is what the origin states; none grants a licence for the prices themselves. */
export interface ProvenanceRow {
  /** Path in the data folder. */
  readonly file: string;
  /** Empty for files about several issues. */
  readonly symbol: string;
  readonly first: string;
  readonly last: string;
  readonly rows: number;
  readonly originRepository: string;
  readonly originPath: string;
  readonly originCommit: string;
  readonly licence: string;
  /** What was checked when the file was made. */
  readonly checks: string;
}

const provenanceColumns = [
  'file',
  'code',
  'first',
  'last',
  'rows',
  'origin_repository',
  'origin_path',
  'origin_commit',
  'licence',
  'checks',
] as const;

/** Reads `provenance.csv` of the data folder. Throws as `readCsvFile` does. */
export function readProvenance(path: string): readonly ProvenanceRow[] {
  return readCsvFile(path, provenanceColumns).map((row) => ({
    file: row.text('file'),
    symbol: row.text('code'),
    first: row.text('first'),
    last: row.text('last'),
    rows: row.whole('rows', 1),
    originRepository: row.text('origin_repository'),
    originPath: row.text('origin_path'),
    originCommit: row.text('origin_commit'),
    licence: row.text('licence'),
    checks: row.text('checks'),
  }));
}
