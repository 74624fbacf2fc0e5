import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { ConfigurationError } from '@qts/core';

/**
 * Recorded market data on disk: UTF-8, one header line, commas, no quotes; gzip when the name ends in `.gz`. Read whole
 * and checked field by field, because a wrong row would be replayed as if it were the market.
 */

/** One row of a file. Each getter throws a {@link ConfigurationError} that names file, line and column. */
export interface CsvRow<Column extends string> {
  /** As an editor counts: the header is line 1. */
  readonly line: number;
  text(column: Column): string;
  /** A safe integer of at least `minimum`. */
  whole(column: Column, minimum: number): number;
  /** A day written `YYYY-MM-DD`. */
  date(column: Column): string;
  /** An instant written in ISO form with `+09:00`, as epoch ms. */
  instantMs(column: Column): number;
  oneOf<Word extends string>(column: Column, words: readonly Word[]): Word;
  /** Refuses the row: `expected` says what the column should hold. */
  refuse(column: Column, expected: string): never;
}

/**
 * Reads a file that has exactly these columns, in any order.
 *
 * @throws {ConfigurationError} `MARKET_DATA_UNREADABLE` when the file cannot be read, `MARKET_DATA_INVALID` for a header
 * or a row of another shape. Fields are checked when they are taken.
 */
export function readCsvFile<Column extends string>(
  path: string,
  columns: readonly Column[],
): readonly CsvRow<Column>[] {
  const [header = '', ...lines] = readText(path).split('\n');
  if (lines.at(-1) === '') lines.pop();
  const names = header.split(',');
  const positions = new Map(names.map((name, index) => [name, index]));
  const missing = columns.filter((column) => !positions.has(column));
  if (missing.length > 0 || names.length !== columns.length) {
    refuse(path, 1, undefined, header, `a header with exactly: ${columns.join(',')}`);
  }
  return lines.map((text, index) => {
    const line = index + 2;
    const fields = text.split(',');
    if (fields.length !== names.length || text.includes('"')) {
      refuse(path, line, undefined, text, `${names.length} fields between commas, without quotes`);
    }
    return rowOf(path, line, fields, positions);
  });
}

function rowOf<Column extends string>(
  path: string,
  line: number,
  fields: readonly string[],
  positions: ReadonlyMap<string, number>,
): CsvRow<Column> {
  const text = (column: Column): string => fields[positions.get(column) ?? -1] ?? '';
  const refuseField = (column: Column, expected: string): never => refuse(path, line, column, text(column), expected);
  return {
    line,
    text,
    whole(column, minimum) {
      const found = text(column);
      const value = Number(found);
      if (!/^-?\d+$/.test(found) || !Number.isSafeInteger(value) || value < minimum) {
        refuseField(column, `a whole number of at least ${minimum}`);
      }
      return value;
    },
    date(column) {
      const found = text(column);
      const isDate = /^\d{4}-\d{2}-\d{2}$/.test(found) && !Number.isNaN(Date.parse(`${found}T00:00:00Z`));
      if (!isDate) refuseField(column, 'a day as YYYY-MM-DD');
      return found;
    },
    instantMs(column) {
      const found = text(column);
      const atMs = Date.parse(found);
      if (!/^\d{4}-\d{2}-\d{2}T[\d:.]+\+09:00$/.test(found) || Number.isNaN(atMs)) {
        refuseField(column, 'a Korean time as YYYY-MM-DDTHH:MM:SS+09:00');
      }
      return atMs;
    },
    oneOf(column, words) {
      const found = text(column);
      const word = words.find((each) => each === found);
      return word ?? refuseField(column, `one of ${words.join(', ')}`);
    },
    refuse: refuseField,
  };
}

function readText(path: string): string {
  try {
    const bytes = readFileSync(path);
    return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch (cause) {
    throw new ConfigurationError({
      code: 'MARKET_DATA_UNREADABLE',
      summary: 'A file of market data cannot be read.',
      facts: { file: path },
      next: 'Check that the file is there; apps/runner/data/README.md lists what belongs in the folder.',
      cause,
    });
  }
}

/** Found text is shown up to this length: enough to recognise a row. */
const foundLengthMax = 80;

function refuse(path: string, line: number, column: string | undefined, found: string, expected: string): never {
  throw new ConfigurationError({
    code: 'MARKET_DATA_INVALID',
    summary: 'A row of market data is not as it should be.',
    facts: { file: path, line, column, found: found.slice(0, foundLengthMax), expected },
    next: 'Restore the file from the repository, or correct the row. Nothing was loaded.',
  });
}
