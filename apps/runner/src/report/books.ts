import { type Side } from '@qts/core';

/** The state of an account as one keeper of books has it. Ours and the venue's are brought to this form and compared. */
export interface Books {
  /** Cash when everything traded has settled, won. */
  readonly settledCashKrw: number;
  readonly boughtKrw: number;
  readonly soldKrw: number;
  readonly feesKrw: number;
  readonly taxesKrw: number;
  /** Shares held, by symbol; symbols without shares are left out. */
  readonly positions: ReadonlyMap<string, number>;
  /** Orders by the broker's number, without padding. */
  readonly orders: ReadonlyMap<string, BookOrder>;
}

/** One order in a book. Quantities that a replace or the end of the session took count as canceled. */
export interface BookOrder {
  readonly symbol: string;
  readonly side: Side;
  readonly quantity: number;
  readonly filledQuantity: number;
  readonly filledAmountKrw: number;
  readonly canceledQuantity: number;
}

/** One compared item. */
export interface BookLine {
  readonly item: string;
  readonly ours: number | string;
  readonly venue: number | string;
  readonly equal: boolean;
}

const totals = {
  'cash, settled': 'settledCashKrw',
  bought: 'boughtKrw',
  sold: 'soldKrw',
  fees: 'feesKrw',
  taxes: 'taxesKrw',
} as const satisfies Record<string, keyof Books>;

/** Compares two books item by item: totals, then positions by symbol, then orders by number. */
export function compareBooks(ours: Books, venue: Books): readonly BookLine[] {
  const line = (item: string, mine: number | string, theirs: number | string): BookLine => {
    return { item, ours: mine, venue: theirs, equal: mine === theirs };
  };
  return [
    ...Object.entries(totals).map(([item, field]) => line(item, ours[field], venue[field])),
    ...keysOf(ours.positions, venue.positions).map((symbol) =>
      line(`position ${symbol}`, ours.positions.get(symbol) ?? 0, venue.positions.get(symbol) ?? 0),
    ),
    ...keysOf(ours.orders, venue.orders).map((number) =>
      line(`order ${number}`, describeOrder(ours.orders.get(number)), describeOrder(venue.orders.get(number))),
    ),
  ];
}

function keysOf(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): readonly string[] {
  return [...new Set([...a.keys(), ...b.keys()])].sort((x, y) => x.length - y.length || (x < y ? -1 : 1));
}

function describeOrder(order: BookOrder | undefined): string {
  if (order === undefined) return 'absent';
  const { side, quantity, symbol, filledQuantity, filledAmountKrw, canceledQuantity } = order;
  return `${side} ${quantity} ${symbol}, filled ${filledQuantity} for ${filledAmountKrw}, canceled ${canceledQuantity}`;
}
