import { tickTable } from '@qts/krx';
import { type Instrument } from '../exchange/contracts.ts';
import { moveToGrid } from './bar-path.ts';
import { type ReplayBar, type ReplayDaily } from './bars.ts';

/** Whether a part of a replayed day was recorded on the market or comes from a model. */
export const replaySources = ['RECORDED', 'MODELLED'] as const;
export type ReplaySource = (typeof replaySources)[number];

/** One part of a replayed day and where it comes from, in a sentence for a report. */
export interface ReplayStatement {
  readonly source: ReplaySource;
  readonly text: string;
}

/** What a day is replayed from, issue by issue. */
export interface ReplayedIssue {
  readonly instrument: Pick<Instrument, 'productClass' | 'market'>;
  readonly bars: readonly ReplayBar[];
  readonly daily?: ReplayDaily;
}

/**
 * Says which part of a day that `scheduleBarReplay` plays is recorded and which is modelled. Every report about such a day
 * carries these sentences. Throws as `tickTable` of krx does when no ticks are held for an issue on the date.
 */
export function describeReplay(
  tradingDate: string,
  barMs: number,
  issues: readonly ReplayedIssue[],
): readonly ReplayStatement[] {
  const bars = issues.flatMap((issue) => issue.bars);
  const withoutVolume = bars.filter(({ volume }) => volume === 0).length;
  const offGrid = issues.reduce((sum, issue) => sum + countOffGrid(tradingDate, issue), 0);
  const closings = issues.filter(({ daily }) => daily !== undefined).length;
  const recorded = (text: string): ReplayStatement => ({ source: 'RECORDED', text });
  const modelled = (text: string): ReplayStatement => ({ source: 'MODELLED', text });

  return [
    recorded(
      `Open, high, low and close of ${count(bars.length, `${barMs / 60_000}-minute bar`)} of ${count(issues.length, 'issue')}, and the volume of ${bars.length - withoutVolume} of them.`,
    ),
    ...(closings === 0 ? [] : [recorded(`The close and the volume of the day of ${count(closings, 'issue')}.`)]),
    modelled(
      'The path inside each bar, how its volume splits into prints, who took, and every order and level of the book.',
    ),
    modelled('The opening auction: its price is the recorded open, its volume an assumed part of the first bar.'),
    ...(withoutVolume === 0
      ? []
      : [modelled(`The volume of ${count(withoutVolume, 'bar')} that the source leaves at zero.`)]),
    ...(offGrid === 0
      ? []
      : [
          modelled(
            `${offGrid} of ${bars.length * 4} recorded prices are mid-point prints off the tick grid; they are replayed at the next tick inside their bar.`,
          ),
        ]),
    ...(closings === 0
      ? [modelled('Nothing trades after the last bar: no row of the day was given.')]
      : [
          modelled(
            `All trading from ${kstMinute(lastEndMs(bars, barMs))} to the closing auction, for which there are no bars: the path leads to the recorded close.`,
          ),
          modelled("The volume of the closing auction: what is left of the day's recorded volume."),
        ]),
  ];
}

function countOffGrid(tradingDate: string, { instrument, bars }: ReplayedIssue): number {
  const ticks = tickTable(instrument.productClass, instrument.market, tradingDate);
  return bars.reduce((sum, bar) => sum + moveToGrid(bar, ticks).movedPrices, 0);
}

function lastEndMs(bars: readonly ReplayBar[], barMs: number): number {
  return bars.reduce((latest, { startMs }) => Math.max(latest, startMs + barMs), 0);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

const kstOffsetMs = 9 * 3_600_000;

function kstMinute(atMs: number): string {
  return new Date(atMs + kstOffsetMs).toISOString().slice(11, 16);
}
