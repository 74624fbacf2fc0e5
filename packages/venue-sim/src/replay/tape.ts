import { type Side } from '@qts/krx';
import { type BookLevel } from '../exchange/contracts.ts';

/**
 * A recorded tape: trades and order books of one issue on one day, in the order in which the venue sent them. Prices
 * are won, quantities shares, times epoch ms.
 */
export interface Tape {
  readonly symbol: string;
  /** `YYYY-MM-DD`. */
  readonly tradingDate: string;
  /** By rising `sequence`; times never fall. */
  readonly rows: readonly TapeRow[];
}

export type TapeRow = TapeTrade | TapeBook;

/** When a recorded trade was made. */
export const tapePhases = ['PRE_OPEN_CLOSING_PRICE', 'AUCTION', 'CONTINUOUS', 'POST_CLOSE_CLOSING_PRICE'] as const;
export type TapePhase = (typeof tapePhases)[number];

export interface TapeTrade {
  readonly kind: 'TRADE';
  /** Number of the message; common to trades and books. A gap is a message of another kind. */
  readonly sequence: number;
  readonly atMs: number;
  readonly phase: TapePhase;
  readonly priceKrw: number;
  readonly quantity: number;
  /** The side that took. Absent in a call auction. */
  readonly aggressor?: Side;
}

/**
 * The book as it was shown, best level first: up to ten levels a side in continuous trading, three before an auction's
 * print. What lies beyond the last level shown is not known.
 */
export interface TapeBook {
  readonly kind: 'BOOK';
  readonly sequence: number;
  readonly atMs: number;
  readonly asks: readonly BookLevel[];
  readonly bids: readonly BookLevel[];
}
