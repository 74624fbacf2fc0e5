import { type ReplayBar, type ReplayDaily } from '@qts/venue-sim';
import { type CsvRow, readCsvFile } from './csv-file.ts';

/** Length of a recorded bar. */
export const recordedBarMs = 300_000;

const priceColumns = ['open', 'high', 'low', 'close', 'volume'] as const;
type PriceColumn = (typeof priceColumns)[number];

type Prices = Omit<ReplayBar, 'startMs'>;

/** Reads bars by Korean date, in order of time. Throws as `readCsvFile` does, and for bars out of order or off the clock. */
export function readBarFile(path: string): ReadonlyMap<string, readonly ReplayBar[]> {
  const days = new Map<string, ReplayBar[]>();
  let freeFromMs = -Infinity;
  for (const row of readCsvFile(path, ['ts', ...priceColumns])) {
    const startMs = row.instantMs('ts');
    if (startMs < freeFromMs || startMs % recordedBarMs !== 0) {
      row.refuse('ts', 'five-minute bars in order of time, each at the start of its five minutes');
    }
    freeFromMs = startMs + recordedBarMs;
    const date = row.text('ts').slice(0, 'YYYY-MM-DD'.length);
    const bar = { startMs, ...readPrices(row) };
    const day = days.get(date);
    if (day === undefined) days.set(date, [bar]);
    else day.push(bar);
  }
  return days;
}

/** Reads rows of trading days, oldest first. Throws as `readCsvFile` does, and for days out of order. */
export function readDailyFile(path: string): readonly ReplayDaily[] {
  let previous = '';
  return readCsvFile(path, ['date', ...priceColumns, 'turnover']).map((row) => {
    const tradingDate = row.date('date');
    if (tradingDate <= previous) row.refuse('date', `a day after ${previous}`);
    previous = tradingDate;
    return { tradingDate, ...readPrices(row) };
  });
}

function readPrices(row: CsvRow<PriceColumn>): Prices {
  const openKrw = row.whole('open', 1);
  const highKrw = row.whole('high', 1);
  const lowKrw = row.whole('low', 1);
  const closeKrw = row.whole('close', 1);
  if (highKrw < Math.max(openKrw, lowKrw, closeKrw)) row.refuse('high', 'the highest of the four prices');
  if (lowKrw > Math.min(openKrw, closeKrw)) row.refuse('low', 'the lowest of the four prices');
  return { openKrw, highKrw, lowKrw, closeKrw, volume: row.whole('volume', 0) };
}
