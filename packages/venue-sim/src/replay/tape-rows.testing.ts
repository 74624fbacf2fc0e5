import { type Side } from '@qts/krx';
import { type Tape, type TapeBook, type TapePhase, type TapeRow, type TapeTrade } from './tape.ts';

/** Made-up rows for tests: a share at 9,000 won with a tick of 10 on the table of 2018, on 2018-11-19. */

/** 09:01 of 2018-11-19 in Korea; rows stand one millisecond apart unless they say otherwise. */
const startMs = Date.parse('2018-11-19T09:01:00+09:00');
const bestAskKrw = 9_000;
const tickKrw = 10;

interface Levels {
  /** Quantities from 9,000 up; 0 for a level that is absent. */
  readonly asks?: readonly number[];
  /** Quantities from 8,990 down. */
  readonly bids?: readonly number[];
  readonly extraBid?: { readonly priceKrw: number; readonly quantity: number };
}

export function bookAt(sequence: number, { asks = [], bids = [], extraBid }: Levels): TapeBook {
  const levels = (quantities: readonly number[], fromKrw: number, stepKrw: number): TapeBook['asks'] =>
    quantities
      .map((quantity, index) => ({ priceKrw: fromKrw + index * stepKrw, quantity }))
      .filter(({ quantity }) => quantity > 0);
  const below = levels(bids, bestAskKrw - tickKrw, -tickKrw);
  return {
    kind: 'BOOK',
    sequence,
    atMs: startMs + sequence,
    asks: levels(asks, bestAskKrw, tickKrw),
    bids: extraBid === undefined ? below : [extraBid, ...below],
  };
}

interface Traded {
  readonly priceKrw: number;
  readonly quantity: number;
  readonly aggressor?: Side;
  readonly phase?: TapePhase;
  /** Milliseconds after 09:01; default the sequence. */
  readonly atMs?: number;
}

export function tradeAt(sequence: number, { phase = 'CONTINUOUS', atMs = sequence, ...rest }: Traded): TapeTrade {
  return { kind: 'TRADE', sequence, atMs: startMs + atMs, phase, ...rest };
}

export function tapeOf(...rows: readonly TapeRow[]): Tape {
  return { symbol: '257370', tradingDate: '2018-11-19', rows };
}
