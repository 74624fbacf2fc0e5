import { join } from 'node:path';
import { ConfigurationError } from '@qts/core';
import {
  type BarReplay,
  type Exchange,
  type Instrument,
  type ReplayBar,
  type ReplayDaily,
  describeReplay,
  scheduleBarReplay,
} from '@qts/venue-sim';
import { readBarFile, readDailyFile, recordedBarMs } from './bar-files.ts';
import { findDataFolder } from './data-folder.ts';
import { type ProvenanceRow, readProvenance } from './provenance.ts';
import { readSymbolMaster } from './symbol-master.ts';

/** The day that `npm start` replays unless told otherwise: all of its 09:00 bars have a volume. */
export const defaultReplayDate = '2025-10-17';

/** A recorded day, ready to be listed on an exchange and replayed. */
export interface ReplayDay {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** One per symbol asked for, in that order. The base price is the close of the trading day before. */
  readonly instruments: readonly Instrument[];
  readonly barMs: number;
  /** Bars of the day by symbol. */
  readonly bars: ReadonlyMap<string, readonly ReplayBar[]>;
  /** The day's own row by symbol. */
  readonly dailies: ReadonlyMap<string, ReplayDaily>;
  /** Rows of earlier days by symbol, oldest first: history for a strategy, as it was known before the open. */
  readonly history: ReadonlyMap<string, readonly ReplayDaily[]>;
  /** Where each file that was read comes from. */
  readonly origins: readonly ProvenanceRow[];
  /** For reports: what of the replayed day was recorded and where, and what is modelled. Sentences. */
  readonly provenance: { readonly real: readonly string[]; readonly modelled: readonly string[] };
  /**
   * Schedules the day on an exchange of the same date that lists {@link ReplayDay.instruments} and has not begun.
   * Same seed, same day. `compare` makes the replays count what the exchange trades.
   */
  schedule(exchange: Exchange, seed: number, compare?: boolean): readonly BarReplay[];
}

export interface ReplayDayQuery {
  readonly date: string;
  readonly symbols: readonly string[];
  /** Default: the data of this app. */
  readonly dataFolder?: string;
}

/**
 * Loads a recorded day.
 *
 * @throws {ConfigurationError} `MARKET_DATA_ABSENT` for a symbol or a day that is not recorded here, and what
 * `readCsvFile` throws for a file that is not as it should be.
 */
export function loadReplayDay({ date, symbols, dataFolder = findDataFolder() }: ReplayDayQuery): ReplayDay {
  if (symbols.length === 0) absent('No symbol was given.', { date });
  const master = readSymbolMaster(join(dataFolder, 'master/symbols.csv'));
  const origins = readProvenance(join(dataFolder, 'provenance.csv'));
  const instruments: Instrument[] = [];
  const bars = new Map<string, readonly ReplayBar[]>();
  const dailies = new Map<string, ReplayDaily>();
  const history = new Map<string, readonly ReplayDaily[]>();
  const files = ['master/symbols.csv'];

  for (const symbol of new Set(symbols)) {
    const barFile = `bars-5m/${symbol}.csv`;
    const dailyFile = `daily/${symbol}.csv`;
    const issue = master.get(symbol);
    const isRecorded = [barFile, dailyFile].every((file) => origins.some((origin) => origin.file === file));
    if (issue === undefined || !isRecorded) {
      const recorded = origins.flatMap(({ file, symbol: each }) => (file.startsWith('bars-5m/') ? [each] : []));
      absent('No bars are recorded for this symbol.', { symbol, recorded: recorded.join(', ') });
    }
    const allBars = readBarFile(join(dataFolder, barFile));
    const rows = readDailyFile(join(dataFolder, dailyFile));
    const ofDay = allBars.get(date);
    const daily = rows.find((row) => row.tradingDate === date);
    const before = rows.filter((row) => row.tradingDate < date);
    const previous = before.at(-1);
    if (ofDay === undefined || daily === undefined || previous === undefined) {
      absent('No bars are recorded for this day.', { symbol, date, recorded: [...allBars.keys()].join(', ') });
    }
    instruments.push({
      symbol,
      name: issue.name,
      market: issue.market,
      productClass: issue.productClass,
      // None of these shares had a change of base in the recorded days, so the base is the previous close.
      basePriceKrw: previous.closeKrw,
      previousCloseKrw: previous.closeKrw,
    });
    bars.set(symbol, ofDay);
    dailies.set(symbol, daily);
    history.set(symbol, before);
    files.push(barFile, dailyFile);
  }
  const used = origins.filter(({ file }) => files.includes(file));
  return {
    date,
    instruments,
    barMs: recordedBarMs,
    bars,
    dailies,
    history,
    origins: used,
    provenance: provenanceOf(date, instruments, bars, dailies, used),
    schedule: (exchange, seed, compare = false) =>
      instruments.map(({ symbol }) =>
        scheduleBarReplay(exchange, {
          ...replayedIssue(symbol, bars, dailies),
          symbol,
          barMs: recordedBarMs,
          seed,
          compare,
        }),
      ),
  };
}

function replayedIssue(
  symbol: string,
  bars: ReplayDay['bars'],
  dailies: ReplayDay['dailies'],
): { readonly bars: readonly ReplayBar[]; readonly daily?: ReplayDaily } {
  const daily = dailies.get(symbol);
  return { bars: bars.get(symbol) ?? [], ...(daily === undefined ? {} : { daily }) };
}

function provenanceOf(
  date: string,
  instruments: readonly Instrument[],
  bars: ReplayDay['bars'],
  dailies: ReplayDay['dailies'],
  origins: readonly ProvenanceRow[],
): ReplayDay['provenance'] {
  const issues = instruments.map((instrument) => ({ instrument, ...replayedIssue(instrument.symbol, bars, dailies) }));
  const statements = describeReplay(date, recordedBarMs, issues);
  const textsOf = (source: 'RECORDED' | 'MODELLED'): string[] =>
    statements.filter((statement) => statement.source === source).map(({ text }) => text);
  const sources = new Map<string, number>();
  for (const { originRepository, originCommit } of origins) {
    const source = `${originRepository} at ${originCommit}`;
    sources.set(source, (sources.get(source) ?? 0) + 1);
  }
  return {
    real: [
      ...textsOf('RECORDED'),
      ...[...sources].map(
        ([source, count]) =>
          `${count === 1 ? 'One file' : `${count} files`} from ${source}, a public repository without a data licence.`,
      ),
    ],
    modelled: textsOf('MODELLED'),
  };
}

function absent(summary: string, facts: Readonly<Record<string, string>>): never {
  throw new ConfigurationError({
    code: 'MARKET_DATA_ABSENT',
    summary,
    facts,
    next: 'Choose what is recorded; apps/runner/data/README.md lists it.',
  });
}
