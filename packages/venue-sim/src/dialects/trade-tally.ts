import { type Side } from '@qts/krx';
import { type VenueTrade } from '../exchange/contracts.ts';

/** The day of an issue up to and including one of its trades. Prices won, quantities shares. */
export interface TradeTally {
  readonly volume: number;
  readonly turnoverKrw: number;
  readonly openKrw: number;
  readonly highKrw: number;
  readonly lowKrw: number;
  readonly openAtMs: number;
  readonly highAtMs: number;
  readonly lowAtMs: number;
  /** Trades by who took; those of auctions are in neither. */
  readonly takenBy: Readonly<Record<Side, Taken>>;
}

interface Taken {
  readonly count: number;
  readonly volume: number;
}

/** Keeps the tallies of a day. */
export interface TradeTallies {
  add(trade: VenueTrade): void;
  /** A copy, which later trades leave as it is; `undefined` before the first trade. */
  read(symbol: string): TradeTally | undefined;
}

type Running = {
  -readonly [Name in Exclude<keyof TradeTally, 'takenBy'>]: TradeTally[Name];
} & { readonly takenBy: Record<Side, { count: number; volume: number }> };

export function createTradeTallies(): TradeTallies {
  const tallies = new Map<string, Running>();
  return {
    add(trade) {
      const tally = tallies.get(trade.symbol);
      if (tally === undefined) tallies.set(trade.symbol, begin(trade));
      else addTo(tally, trade);
    },
    read(symbol) {
      const tally = tallies.get(symbol);
      if (tally === undefined) return undefined;
      return { ...tally, takenBy: { BUY: { ...tally.takenBy.BUY }, SELL: { ...tally.takenBy.SELL } } };
    },
  };
}

function begin(trade: VenueTrade): Running {
  const { priceKrw, atMs } = trade;
  const tally: Running = {
    volume: 0,
    turnoverKrw: 0,
    openKrw: priceKrw,
    highKrw: priceKrw,
    lowKrw: priceKrw,
    openAtMs: atMs,
    highAtMs: atMs,
    lowAtMs: atMs,
    takenBy: { BUY: { count: 0, volume: 0 }, SELL: { count: 0, volume: 0 } },
  };
  addTo(tally, trade);
  return tally;
}

function addTo(tally: Running, { priceKrw, quantity, atMs, aggressor }: VenueTrade): void {
  tally.volume += quantity;
  tally.turnoverKrw += priceKrw * quantity;
  if (priceKrw > tally.highKrw) {
    tally.highKrw = priceKrw;
    tally.highAtMs = atMs;
  }
  if (priceKrw < tally.lowKrw) {
    tally.lowKrw = priceKrw;
    tally.lowAtMs = atMs;
  }
  if (aggressor === undefined) return;
  const taken = tally.takenBy[aggressor];
  taken.count += 1;
  taken.volume += quantity;
}
