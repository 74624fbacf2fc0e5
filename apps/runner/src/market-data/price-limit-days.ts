import { readCsvFile } from './csv-file.ts';

/** A day on which a share traded at a daily limit. Limits were computed by the origin's checker and met exactly by the market. */
export interface PriceLimitDay {
  readonly date: string;
  readonly symbol: string;
  /** The previous close. */
  readonly baseKrw: number;
  readonly upperKrw: number;
  readonly lowerKrw: number;
  readonly highKrw: number;
  readonly lowKrw: number;
  /** Which limit was hit: `U` the upper, `L` the lower. */
  readonly hit: 'U' | 'L';
}

const limitColumns = [
  'date',
  'code',
  'base',
  'upper',
  'lower',
  'open',
  'high',
  'low',
  'close',
  'hit',
  'closed_at_limit',
] as const;

/** Reads `cases/price-limit-days.csv`. Throws as `readCsvFile` does. */
export function readPriceLimitDays(path: string): readonly PriceLimitDay[] {
  return readCsvFile(path, limitColumns).map((row) => ({
    date: row.date('date'),
    symbol: row.text('code'),
    baseKrw: row.whole('base', 1),
    upperKrw: row.whole('upper', 1),
    lowerKrw: row.whole('lower', 1),
    highKrw: row.whole('high', 1),
    lowKrw: row.whole('low', 1),
    hit: row.oneOf('hit', ['U', 'L']),
  }));
}
