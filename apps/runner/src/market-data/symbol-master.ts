import { type Instrument } from '@qts/venue-sim';
import { readCsvFile } from './csv-file.ts';

/** What is taken from the symbol master. Its prices and share counts are of another day than the recordings. */
export type MasterIssue = Pick<Instrument, 'symbol' | 'name' | 'market' | 'productClass'>;

const masterColumns = [
  'code',
  'isin',
  'name',
  'market',
  'type',
  'base_price',
  'lot',
  'halted',
  'liquidation',
  'administrative',
  'warning',
  'margin_rate',
  'prev_volume',
  'par',
  'listed',
  'shares_thousand',
  'preferred',
  'kospi200',
  'kosdaq150',
  'spac',
  'overheat',
  'ex_type',
] as const;

/** Reads names and markets by symbol. Throws as `readCsvFile` does. */
export function readSymbolMaster(path: string): ReadonlyMap<string, MasterIssue> {
  return new Map(
    readCsvFile(path, masterColumns).map((row) => [
      row.text('code'),
      {
        symbol: row.text('code'),
        name: row.text('name'),
        market: row.oneOf('market', ['KOSPI', 'KOSDAQ', 'KONEX']),
        productClass: row.oneOf('type', ['STOCK', 'ETF', 'ETN']),
      },
    ]),
  );
}
