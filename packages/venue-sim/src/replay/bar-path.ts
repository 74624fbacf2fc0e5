import { type TickTable } from '@qts/krx';
import { type SeededRandom } from '../exchange/seeded-random.ts';

/** Four prices of a stretch of time, in won. */
export interface PriceRange {
  readonly openKrw: number;
  readonly highKrw: number;
  readonly lowKrw: number;
  readonly closeKrw: number;
}

/** Prices on the tick grid, and how many of the four had to be moved there. */
export interface RangeOnGrid {
  readonly range: PriceRange;
  readonly movedPrices: number;
}

/**
 * Moves a recorded bar to the tick grid. Mid-point orders print half a tick off the grid since 2025-03-04, and no order
 * of this venue can repeat that: highs go down and lows up to the next tick, so the range never widens; opens and closes
 * go down, and stay inside.
 */
export function moveToGrid(bar: PriceRange, ticks: TickTable): RangeOnGrid {
  const highKrw = ticks.floor(bar.highKrw);
  // A bar between two ticks has no price on the grid inside of it: it becomes the tick below.
  const lowKrw = Math.min(ticks.ceil(bar.lowKrw), highKrw);
  const inside = (priceKrw: number): number => Math.min(Math.max(ticks.floor(priceKrw), lowKrw), highKrw);
  const range = { openKrw: inside(bar.openKrw), highKrw, lowKrw, closeKrw: inside(bar.closeKrw) };
  const names = ['openKrw', 'highKrw', 'lowKrw', 'closeKrw'] as const;
  return { range, movedPrices: names.filter((name) => range[name] !== bar[name]).length };
}

/** Prices that a path must show in this order: open, both extremes in a drawn order, close. Repeats are left out. */
export function waypointsOf({ openKrw, highKrw, lowKrw, closeKrw }: PriceRange, random: SeededRandom): number[] {
  const extremes = random.wholeUpTo(1) === 0 ? [highKrw, lowKrw] : [lowKrw, highKrw];
  return [openKrw, ...extremes, closeKrw].filter((priceKrw, index, all) => priceKrw !== all[index - 1]);
}

/**
 * A path of `count` prices on the grid that visits the waypoints in order, begins at the first and ends at the last, and
 * never leaves their range. Between two waypoints it goes straight, give or take a tick that is drawn.
 * With fewer prices than waypoints it is the waypoints.
 */
export function pathThrough(
  waypoints: readonly number[],
  count: number,
  ticks: TickTable,
  random: SeededRandom,
): readonly number[] {
  const lowKrw = Math.min(...waypoints);
  const highKrw = Math.max(...waypoints);
  const grid: number[] = [];
  for (let priceKrw = lowKrw; priceKrw <= highKrw; priceKrw = ticks.nextUp(priceKrw)) grid.push(priceKrw);
  const stops = waypoints.map((priceKrw) => grid.indexOf(priceKrw));
  const between = Math.max(0, count - stops.length);
  const distances = stops.slice(1).map((stop, index) => Math.abs(stop - (stops[index] ?? stop)) + 1);
  const steps = share(between, distances);

  const path: number[] = [];
  const visit = (index: number): void => {
    const priceKrw = grid[Math.min(Math.max(index, 0), grid.length - 1)];
    if (priceKrw !== undefined) path.push(priceKrw);
  };
  for (const [leg, stop] of stops.entries()) {
    if (leg > 0) {
      const from = stops[leg - 1] ?? stop;
      const inside = steps[leg - 1] ?? 0;
      for (let step = 1; step <= inside; step += 1) {
        visit(Math.round(from + ((stop - from) * step) / (inside + 1)) + random.wholeUpTo(2) - 1);
      }
    }
    visit(stop);
  }
  // One waypoint only: the price stands still.
  if (stops.length === 1) for (let step = 1; step < count; step += 1) visit(0);
  return path;
}

/** Splits a whole number by weights, exactly: what rounding leaves over goes to the first parts. Weights above 0. */
export function share(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const parts = weights.map((weight) => Math.floor((total * weight) / sum));
  let left = total - parts.reduce((a, b) => a + b, 0);
  for (let index = 0; left > 0 && parts.length > 0; index = (index + 1) % parts.length) {
    parts[index] = (parts[index] ?? 0) + 1;
    left -= 1;
  }
  return parts;
}
