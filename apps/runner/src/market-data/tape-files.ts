import { join } from 'node:path';
import { type Tape, type TapeBook, type TapePhase, type TapeRow, type TapeTrade } from '@qts/venue-sim';
import { type CsvRow, readCsvFile } from './csv-file.ts';
import { findDataFolder } from './data-folder.ts';

/** The recorded tape of this repository: one KOSDAQ share, opening to 13:00. See apps/runner/data/README.md. */
export const recordedTape = {
  symbol: '257370',
  /** Its name on that day; it was changed later. */
  name: '명성티엔에스',
  market: 'KOSDAQ',
  tradingDate: '2018-11-19',
  /** The price of all trades in the closing-price session before the open, which is the previous close. */
  basePriceKrw: 20_200,
  tradesFile: 'ticks/257370_2018-11-19_0730-1300_trades.csv',
  bookFile: 'ticks/257370_2018-11-19_0730-1300_book.csv.gz',
} as const;

const tradeColumns = ['seq', 'ts', 'phase', 'price', 'qty', 'side', 'cum_volume'] as const;
const levels = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
type LevelColumn = `${'ask' | 'askq' | 'bid' | 'bidq'}${(typeof levels)[number]}`;
const levelColumns = (['ask', 'askq', 'bid', 'bidq'] as const).flatMap((field) =>
  levels.map((level): LevelColumn => `${field}${level}`),
);
const bookColumns = ['seq', 'ts', ...levelColumns, 'ask_total', 'bid_total'] as const;
type BookColumn = (typeof bookColumns)[number];

/** Words of the files for the phase of a trade. */
const phases = {
  PRE_CLOSE: 'PRE_OPEN_CLOSING_PRICE',
  AUCTION: 'AUCTION',
  CONT: 'CONTINUOUS',
  POST_CLOSE: 'POST_CLOSE_CLOSING_PRICE',
} as const satisfies Record<string, TapePhase>;
const phaseWords = Object.keys(phases) as (keyof typeof phases)[];

/**
 * Reads the recorded tape, trades and books merged by their common sequence.
 *
 * @throws {ConfigurationError} that names file, line and column when a row is not as it should be.
 */
export function loadRecordedTape(dataFolder: string = findDataFolder()): Tape {
  return {
    symbol: recordedTape.symbol,
    tradingDate: recordedTape.tradingDate,
    rows: mergeBySequence(
      readTapeTrades(join(dataFolder, recordedTape.tradesFile)),
      readTapeBooks(join(dataFolder, recordedTape.bookFile)),
    ),
  };
}

/** Reads trades, and checks that their quantities add up to the running volume of the source. */
export function readTapeTrades(path: string): readonly TapeTrade[] {
  let volume = 0;
  return readCsvFile(path, tradeColumns).map((row) => {
    const side = row.oneOf('side', ['B', 'S', 'A']);
    const quantity = row.whole('qty', 1);
    volume += quantity;
    if (row.whole('cum_volume', 0) !== volume) row.refuse('cum_volume', `the sum of all quantities so far, ${volume}`);
    return {
      kind: 'TRADE',
      sequence: row.whole('seq', 0),
      atMs: row.instantMs('ts'),
      phase: phases[row.oneOf('phase', phaseWords)],
      priceKrw: row.whole('price', 1),
      quantity,
      ...(side === 'A' ? {} : { aggressor: side === 'B' ? 'BUY' : 'SELL' }),
    };
  });
}

/** Reads books; levels that the row does not show are left out. */
export function readTapeBooks(path: string): readonly TapeBook[] {
  return readCsvFile(path, bookColumns).map((row) => ({
    kind: 'BOOK',
    sequence: row.whole('seq', 0),
    atMs: row.instantMs('ts'),
    asks: readLevels(row, 'ask', 1),
    bids: readLevels(row, 'bid', -1),
  }));
}

function readLevels(row: CsvRow<BookColumn>, side: 'ask' | 'bid', direction: 1 | -1): TapeBook['asks'] {
  const shown: { priceKrw: number; quantity: number }[] = [];
  for (const level of levels) {
    const priceKrw = row.whole(`${side}${level}`, 0);
    const quantity = row.whole(`${side}q${level}`, 0);
    if ((priceKrw === 0) !== (quantity === 0)) row.refuse(`${side}q${level}`, 'a quantity where there is a price');
    if (priceKrw === 0) continue;
    const previous = shown.at(-1);
    if (shown.length !== level - 1 || (previous !== undefined && (priceKrw - previous.priceKrw) * direction <= 0)) {
      row.refuse(`${side}${level}`, 'levels from the best price on, without a gap');
    }
    shown.push({ priceKrw, quantity });
  }
  return shown;
}

/** Merges by sequence. Both files are in that order; whoever replays the tape checks the result. */
function mergeBySequence(trades: readonly TapeTrade[], books: readonly TapeBook[]): readonly TapeRow[] {
  return [...trades, ...books].sort((a, b) => a.sequence - b.sequence);
}
