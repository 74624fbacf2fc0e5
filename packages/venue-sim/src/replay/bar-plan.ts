import { type Side, type TickTable } from '@qts/krx';
import { type SeededRandom } from '../exchange/seeded-random.ts';
import { type PriceRange, moveToGrid, pathThrough, share, waypointsOf } from './bar-path.ts';
import { type ReplayBar, type ReplayDaily } from './bars.ts';

/** Instants of the day that a plan needs, epoch ms. */
export interface ReplayHours {
  /** Continuous trading, the random end of the opening auction left out. */
  readonly continuousFromMs: number;
  readonly continuousUntilMs: number;
}

export interface BarPlanInput {
  /** Bars of one day in order of time, all inside continuous trading. */
  readonly bars: readonly ReplayBar[];
  readonly barMs: number;
  /** The day's own row. Without it nothing is modelled after the last bar. */
  readonly daily?: ReplayDaily;
  readonly hours: ReplayHours;
  readonly ticks: TickTable;
  readonly tradesPerMinute: number;
  readonly random: SeededRandom;
}

export interface PlannedTrade {
  readonly atMs: number;
  readonly priceKrw: number;
  readonly quantity: number;
  readonly aggressor: Side;
}

/** One bar as it is to be traded. */
export interface PlannedBar extends PriceRange {
  readonly startMs: number;
  readonly endMs: number;
  readonly volume: number;
  readonly prices: 'RECORDED' | 'MODELLED';
  readonly volumes: 'RECORDED' | 'MODELLED';
  /** Of the four recorded prices, those that were half a tick off the grid and were moved to it. */
  readonly movedPrices: number;
  /** What the opening auction trades of the volume: at the open, and only in the first bar. */
  readonly auctionQuantity: number;
  readonly trades: readonly PlannedTrade[];
}

/** A day of one issue as it is to be traded. */
export interface BarPlan {
  readonly bars: readonly PlannedBar[];
  /** The closing auction: the recorded close, and what is left of the recorded volume after all that is modelled. */
  readonly closing?: { readonly priceKrw: number; readonly quantity: number };
}

/** Shares in percent of what a day's bars do not tell. All assumed; the recorded totals hold whatever they are. */
const assumed = {
  /** Of the first bar's volume, what the opening auction trades. */
  openingAuction: 25,
  /** Of the volume that the bars lack, what the first bar gets when the source gives it none. */
  absentFirstBar: 45,
  /** Of the rest, what is traded before the closing auction. */
  beforeClosingAuction: 45,
} as const;

/** One print of the auction in the first bar counts as a trade of it. */
const auctionPrints = 1;

/** Continuous trading ends with this much silence, so that no planned trade falls into the auction. */
const silenceBeforeCloseMs = 2_000;

/**
 * Plans a day: for each bar a path that visits its prices and trades its volume, and after the last bar a modelled end
 * up to the recorded close. Pure; the same input and seed give the same plan.
 *
 * @throws {RangeError} when bars are out of order, overlap, lie outside of continuous trading, or have prices that
 * contradict each other.
 */
export function planBars(input: BarPlanInput): BarPlan {
  const { bars, barMs, daily, hours } = input;
  checkBars(input);
  const recorded = bars.reduce((sum, bar) => sum + bar.volume, 0);
  const missing = Math.max(0, (daily?.volume ?? recorded) - recorded);
  const firstGets = bars[0]?.volume === 0 ? percent(missing, assumed.absentFirstBar) : 0;
  const late = percent(missing - firstGets, assumed.beforeClosingAuction);

  const planned = bars.map((bar, index) => planRecorded(input, bar, index === 0, index === 0 ? firstGets : 0));
  const lastEndMs = (bars.at(-1)?.startMs ?? hours.continuousFromMs) + barMs;
  if (daily === undefined || bars.length === 0) return { bars: planned };
  const untilMs = hours.continuousUntilMs;
  if (lastEndMs < untilMs) planned.push(planLate(input, daily, planned, lastEndMs, untilMs, late));
  const traded = planned.reduce((sum, bar) => sum + bar.volume, 0);
  return { bars: planned, closing: { priceKrw: daily.closeKrw, quantity: Math.max(1, daily.volume - traded) } };
}

function planRecorded(input: BarPlanInput, bar: ReplayBar, isFirst: boolean, modelledVolume: number): PlannedBar {
  const { range, movedPrices } = moveToGrid(bar, input.ticks);
  const waypoints = waypointsOf(range, input.random);
  // A bar that moves must trade at least once at each of its prices, whatever the source says of its volume.
  const volume = Math.max(bar.volume + modelledVolume, waypoints.length + (isFirst ? auctionPrints : 0));
  const auctionQuantity = isFirst ? Math.max(1, percent(volume, assumed.openingAuction)) : 0;
  return {
    ...range,
    startMs: bar.startMs,
    endMs: bar.startMs + input.barMs,
    volume,
    prices: 'RECORDED',
    volumes: volume === bar.volume ? 'RECORDED' : 'MODELLED',
    movedPrices,
    auctionQuantity,
    trades: planTrades(input, waypoints, bar.startMs, bar.startMs + input.barMs, volume - auctionQuantity),
  };
}

/** From the last bar to the close, over those extremes of the day that no bar has shown. */
function planLate(
  input: BarPlanInput,
  daily: ReplayDaily,
  earlier: readonly PlannedBar[],
  startMs: number,
  endMs: number,
  volume: number,
): PlannedBar {
  const openKrw = earlier.at(-1)?.closeKrw ?? daily.openKrw;
  const { closeKrw } = daily;
  // The extremes of the day may be mid-point prints too; the plan shows what an order can trade.
  const { range: day } = moveToGrid(daily, input.ticks);
  const isHighDue = day.highKrw > Math.max(...earlier.map((bar) => bar.highKrw));
  const isLowDue = day.lowKrw < Math.min(...earlier.map((bar) => bar.lowKrw));
  const highKrw = Math.max(openKrw, closeKrw, ...(isHighDue ? [day.highKrw] : []));
  const lowKrw = Math.min(openKrw, closeKrw, ...(isLowDue ? [day.lowKrw] : []));
  const range = { openKrw, highKrw, lowKrw, closeKrw };
  const waypoints = waypointsOf(range, input.random);
  const quantity = Math.max(volume, waypoints.length);
  return {
    ...range,
    startMs,
    endMs,
    volume: quantity,
    prices: 'MODELLED',
    volumes: 'MODELLED',
    movedPrices: 0,
    auctionQuantity: 0,
    trades: planTrades(input, waypoints, startMs, endMs, quantity),
  };
}

function planTrades(
  { hours, ticks, tradesPerMinute, random }: BarPlanInput,
  waypoints: readonly number[],
  startMs: number,
  endMs: number,
  volume: number,
): readonly PlannedTrade[] {
  const fromMs = Math.max(startMs, hours.continuousFromMs);
  const untilMs = Math.min(endMs, hours.continuousUntilMs - silenceBeforeCloseMs);
  const wanted = Math.round(((endMs - startMs) / 60_000) * tradesPerMinute);
  const path = pathThrough(waypoints, Math.min(Math.max(wanted, waypoints.length), volume), ticks, random);
  // Every trade gets one share, the rest by drawn weights.
  const sizes = share(
    volume - path.length,
    path.map(() => 50 + random.wholeUpTo(100)),
  );
  const times = path.map(() => fromMs + random.wholeUpTo(untilMs - fromMs - 1)).sort((a, b) => a - b);
  let previousKrw = path[0] ?? 0;
  return path.map((priceKrw, index) => {
    const aggressor = sideOfMove(priceKrw - previousKrw, random);
    previousKrw = priceKrw;
    return { atMs: times[index] ?? fromMs, priceKrw, quantity: 1 + (sizes[index] ?? 0), aggressor };
  });
}

/** Who takes: a rise is bought, a fall is sold, and where the price stands it is drawn. */
function sideOfMove(moveKrw: number, random: SeededRandom): Side {
  if (moveKrw !== 0) return moveKrw > 0 ? 'BUY' : 'SELL';
  return random.wholeUpTo(1) === 0 ? 'BUY' : 'SELL';
}

function checkBars({ bars, barMs, hours }: BarPlanInput): void {
  let freeFromMs = -Infinity;
  for (const bar of bars) {
    const { startMs, openKrw, highKrw, lowKrw, closeKrw, volume } = bar;
    if (startMs < freeFromMs) refuse(bar, 'overlaps the bar before it');
    // The opening print belongs to the first bar, whose start is the hour, not the end of the auction.
    if (startMs + barMs <= hours.continuousFromMs || startMs + barMs > hours.continuousUntilMs) {
      refuse(bar, 'lies outside of continuous trading');
    }
    const isOrdered = lowKrw <= Math.min(openKrw, closeKrw) && highKrw >= Math.max(openKrw, closeKrw) && lowKrw > 0;
    if (!isOrdered || !Number.isSafeInteger(volume) || volume < 0) refuse(bar, 'contradicts itself');
    freeFromMs = startMs + barMs;
  }
}

function refuse({ startMs }: ReplayBar, what: string): never {
  throw new RangeError(`The bar that begins at ${startMs} ${what}. Give the bars of one trading day in order of time.`);
}

function percent(total: number, part: number): number {
  return Math.floor((total * part) / 100);
}
