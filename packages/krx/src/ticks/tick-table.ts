import { type Confidence } from '../rules/confidence.ts';
import { type TickBand, type TickRule } from './tick-rules.ts';

/**
 * A tick table that is resolved for one class, market and date. Its functions allocate nothing and check nothing: prices
 * are safe integers of at least 0, except in `isOnTick`, which takes any number. A price is never rounded for an order
 * silently: these are for walking a grid that the caller already stands on, or wants to.
 */
export interface TickTable {
  readonly bands: readonly TickBand[];
  readonly confidence: Confidence;
  readonly effectiveFrom: string;
  readonly effectiveTo?: string;
  /** The tick at a price. A boundary belongs to the upper band: 2,000 won uses 5. */
  tickAt(priceKrw: number): number;
  /** Whether it is a price an order may carry. False for 0, negatives, fractions and `NaN`. */
  isOnTick(priceKrw: number): boolean;
  /** The highest valid price at or below; 0 when there is none. */
  floor(priceKrw: number): number;
  /** The lowest valid price at or above. */
  ceil(priceKrw: number): number;
  /** The lowest valid price above. */
  nextUp(priceKrw: number): number;
  /** The highest valid price below; 0 when there is none. */
  nextDown(priceKrw: number): number;
}

/** Resolves a rule into the fast form. */
export function createTickTable(rule: TickRule): TickTable {
  const { bands, confidence, effectiveFrom, effectiveTo } = rule;
  const lowestTick = bands[0]?.tickKrw ?? 1;

  const tickAt = (priceKrw: number): number => {
    for (let index = bands.length - 1; index > 0; index--) {
      const band = bands[index];
      if (band !== undefined && priceKrw >= band.fromPriceKrw) return band.tickKrw;
    }
    return lowestTick;
  };
  // Each band begins on a multiple of the ticks on both sides of it, so neither rounding leaves its band by more than
  // the boundary, which is valid in both.
  const floor = (priceKrw: number): number => priceKrw - (priceKrw % tickAt(priceKrw));
  const ceil = (priceKrw: number): number => {
    if (priceKrw <= lowestTick) return lowestTick;
    const tick = tickAt(priceKrw);
    const above = priceKrw % tick;
    return above === 0 ? priceKrw : priceKrw + tick - above;
  };

  return {
    bands,
    confidence,
    effectiveFrom,
    ...(effectiveTo === undefined ? {} : { effectiveTo }),
    tickAt,
    isOnTick: (priceKrw) => Number.isSafeInteger(priceKrw) && priceKrw > 0 && priceKrw % tickAt(priceKrw) === 0,
    floor,
    ceil,
    nextUp: (priceKrw) => ceil(priceKrw + 1),
    nextDown: (priceKrw) => (priceKrw <= 1 ? 0 : floor(priceKrw - 1)),
  };
}
