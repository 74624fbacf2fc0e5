/**
 * An order price grid, written another way than the package does it: as stretches of steps that are walked one by one,
 * with the neighbours of each price found by sweeping. The package computes with remainders; this counts.
 */
export interface PriceGrid {
  /** 1 at each price an order may carry. */
  readonly valid: Uint8Array;
  /** The highest valid price at or below each price; 0 where there is none. */
  readonly below: Int32Array;
  /** The lowest valid price at or above each price; 0 beyond the highest one. */
  readonly above: Int32Array;
  /** The step of the stretch each price lies in. */
  readonly step: Uint16Array;
}

/** `[start, step]` in rising order: from `start` on, prices are `step` apart. */
export type Stretch = readonly [start: number, step: number];

/** Walks the stretches up to `highest`. */
export function walkGrid(stretches: readonly Stretch[], highest: number): PriceGrid {
  const valid = new Uint8Array(highest + 1);
  const step = new Uint16Array(highest + 1);
  stretches.forEach(([start, width], index) => {
    const end = Math.min(stretches[index + 1]?.[0] ?? highest + 1, highest + 1);
    step.fill(width, start, end);
    for (let price = start; price < end; price += width) valid[price] = 1;
  });
  valid[0] = 0;

  const below = new Int32Array(highest + 1);
  const above = new Int32Array(highest + 1);
  for (let price = 1, last = 0; price <= highest; price++) {
    if (valid[price] === 1) last = price;
    below[price] = last;
  }
  for (let price = highest, last = 0; price >= 0; price--) {
    if (valid[price] === 1) last = price;
    above[price] = last;
  }
  return { valid, below, above, step };
}

/** The stretches of each table, typed from the exchange's notices a second time and on purpose not imported. */
// prettier-ignore
export const stretches: Readonly<Record<'shares2023' | 'kospi2010' | 'kosdaq2010' | 'fiveWon' | 'etf2023', readonly Stretch[]>> = {
  shares2023: [[0, 1], [2e3, 5], [5e3, 10], [2e4, 50], [5e4, 100], [2e5, 500], [5e5, 1e3]],
  kospi2010: [[0, 1], [1e3, 5], [5e3, 10], [1e4, 50], [5e4, 100], [1e5, 500], [5e5, 1e3]],
  kosdaq2010: [[0, 1], [1e3, 5], [5e3, 10], [1e4, 50], [5e4, 100]],
  fiveWon: [[0, 5]],
  etf2023: [[0, 1], [2e3, 5]],
};

/** Which table holds where, on the first and the last day of each rule and on a day between. */
// prettier-ignore
export const combinations: readonly {
  readonly table: keyof typeof stretches;
  readonly productClass: 'STOCK' | 'ETF' | 'ETN' | 'ELW';
  readonly market: 'KOSPI' | 'KOSDAQ' | 'KONEX';
  readonly dates: readonly string[];
}[] = [
  { table: 'shares2023', productClass: 'STOCK', market: 'KOSPI', dates: ['2023-01-25', '2025-06-16', '2026-11-20'] },
  { table: 'shares2023', productClass: 'STOCK', market: 'KOSDAQ', dates: ['2023-01-25', '2026-11-20'] },
  { table: 'shares2023', productClass: 'STOCK', market: 'KONEX', dates: ['2023-01-25', '2026-11-20'] },
  { table: 'kospi2010', productClass: 'STOCK', market: 'KOSPI', dates: ['2010-10-04', '2018-11-19', '2023-01-24'] },
  { table: 'kosdaq2010', productClass: 'STOCK', market: 'KOSDAQ', dates: ['2010-10-04', '2018-11-19', '2019-10-17', '2023-01-24'] },
  { table: 'kosdaq2010', productClass: 'STOCK', market: 'KONEX', dates: ['2013-07-01', '2023-01-24'] },
  { table: 'etf2023', productClass: 'ETF', market: 'KOSPI', dates: ['2023-12-18', '2026-01-30'] },
  { table: 'etf2023', productClass: 'ETN', market: 'KOSPI', dates: ['2023-12-18', '2026-11-20'] },
  { table: 'fiveWon', productClass: 'ETF', market: 'KOSPI', dates: ['2010-10-04', '2023-01-25', '2023-12-07', '2023-12-08', '2023-12-17'] },
  { table: 'fiveWon', productClass: 'ETN', market: 'KOSPI', dates: ['2010-10-04', '2023-12-07', '2023-12-17'] },
  { table: 'fiveWon', productClass: 'ELW', market: 'KOSPI', dates: ['2010-10-04', '2026-11-20'] },
];
