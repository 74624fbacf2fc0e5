import { type EpochMs, type Krw, type Shares } from './values.ts';

/** Cumulative figures of an order. */
export interface OrderFigures {
  /** Executed quantity. */
  readonly filledQuantity: Shares;
  /** Sum of price × quantity over the fills, won; 0 while no price of a fill is known. */
  readonly filledAmountKrw: Krw;
  readonly canceledQuantity: Shares;
  readonly rejectedQuantity: Shares;
}

/** What one source of cumulative figures said. */
export interface OrderReading {
  /** When the latest read began. */
  readonly asOfMs: EpochMs;
  readonly latest: OrderFigures;
  /** The most it ever said, figure by figure. */
  readonly highest: OrderFigures;
}

export const noFigures: OrderFigures = {
  filledQuantity: 0 as Shares,
  filledAmountKrw: 0 as Krw,
  canceledQuantity: 0 as Shares,
  rejectedQuantity: 0 as Shares,
};

/** The larger figures. The amount goes with the larger filled quantity; of equal quantities the larger amount. */
export function joinFigures(a: OrderFigures, b: OrderFigures): OrderFigures {
  const fuller =
    b.filledQuantity > a.filledQuantity ||
    (b.filledQuantity === a.filledQuantity && b.filledAmountKrw > a.filledAmountKrw)
      ? b
      : a;
  return {
    filledQuantity: fuller.filledQuantity,
    filledAmountKrw: fuller.filledAmountKrw,
    canceledQuantity: larger(a.canceledQuantity, b.canceledQuantity),
    rejectedQuantity: larger(a.rejectedQuantity, b.rejectedQuantity),
  };
}

/** Readings of all sources of both, by source. */
export function joinReadings(
  a: Readonly<Record<string, OrderReading>>,
  b: Readonly<Record<string, OrderReading>>,
): Readonly<Record<string, OrderReading>> {
  const sources = Object.keys(b);
  if (sources.length === 0) return a;
  const joined = new Map(Object.entries(a));
  for (const source of sources) {
    const [mine, theirs] = [joined.get(source), b[source]];
    if (theirs !== undefined) joined.set(source, mine === undefined ? theirs : joinReading(mine, theirs));
  }
  return Object.fromEntries([...joined].sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** Whether the latest read says less than an earlier one did. */
export function hasShrunk({ latest, highest }: OrderReading): boolean {
  return (
    latest.filledQuantity < highest.filledQuantity ||
    latest.canceledQuantity < highest.canceledQuantity ||
    latest.rejectedQuantity < highest.rejectedQuantity
  );
}

function joinReading(a: OrderReading, b: OrderReading): OrderReading {
  const newer = b.asOfMs > a.asOfMs ? b : a;
  return {
    asOfMs: newer.asOfMs,
    latest: a.asOfMs === b.asOfMs ? joinFigures(a.latest, b.latest) : newer.latest,
    highest: joinFigures(a.highest, b.highest),
  };
}

function larger(a: Shares, b: Shares): Shares {
  return a > b ? a : b;
}
