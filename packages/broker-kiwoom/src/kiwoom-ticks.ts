import { type Krw } from '@qts/core';
import { type KiwoomMarketCode } from './rest/ka10100.ts';

/** From this price on (inclusive) the tick holds, up to the next band. */
interface TickBand {
  readonly fromPriceKrw: number;
  readonly tickKrw: number;
}

/** Shares on every board, since 2023-01-25. */
const shareBands: readonly TickBand[] = [
  { fromPriceKrw: 0, tickKrw: 1 },
  { fromPriceKrw: 2_000, tickKrw: 5 },
  { fromPriceKrw: 5_000, tickKrw: 10 },
  { fromPriceKrw: 20_000, tickKrw: 50 },
  { fromPriceKrw: 50_000, tickKrw: 100 },
  { fromPriceKrw: 200_000, tickKrw: 500 },
  { fromPriceKrw: 500_000, tickKrw: 1_000 },
];
/** ETFs and ETNs, since December 2023. */
const fundBands: readonly TickBand[] = [
  { fromPriceKrw: 0, tickKrw: 1 },
  { fromPriceKrw: 2_000, tickKrw: 5 },
];
/** ELWs: stated to stay at 5 won in 2022; a later change is not known. */
const warrantBands: readonly TickBand[] = [{ fromPriceKrw: 0, tickKrw: 5 }];

/**
 * The exchange's ticks by Kiwoom's market codes. Kiwoom tells no tick, and a quote has to: so the exchange's rule is here,
 * for the markets whose rule is known. Funds that trade like shares (REITs, infrastructure, mutual) are assumed to have
 * the ticks of shares.
 */
const bandsOfMarket: Readonly<Partial<Record<string, readonly TickBand[]>>> = {
  '0': shareBands,
  '10': shareBands,
  '50': shareBands,
  '2': shareBands,
  '4': shareBands,
  '6': shareBands,
  '8': fundBands,
  '60': fundBands,
  '70': fundBands,
  '90': fundBands,
  '3': warrantBands,
} satisfies Partial<Record<KiwoomMarketCode, readonly TickBand[]>>;

/** The tick at a price on a market, or `undefined` for a market whose rule is not known. */
export function tickOf(marketCode: string, priceKrw: Krw): Krw | undefined {
  return bandsOfMarket[marketCode]?.findLast(({ fromPriceKrw }) => fromPriceKrw <= priceKrw)?.tickKrw as
    Krw | undefined;
}
