import { type CallOptions, type MarketSnapshot, type QuoteReader, type SymbolCode } from '@qts/core';
import { StageFailure } from './stage-failure.ts';

/**
 * Takes the market of one symbol. A quote without a price is no market data (AN010, the symbol is skipped); a broker
 * that cannot answer is the same anomaly, and an error of the cycle.
 *
 * @throws {StageFailure}
 */
export async function extract(quotes: QuoteReader, symbol: SymbolCode, options?: CallOptions): Promise<MarketSnapshot> {
  let quote;
  try {
    quote = await quotes.getQuote({ symbol }, options);
  } catch (cause) {
    throw new StageFailure('EXTRACT', 'AN010', 'error', `no quote for ${symbol}`, cause);
  }
  if (quote.lastPriceKrw <= 0) throw new StageFailure('EXTRACT', 'AN010', 'skip', 'no_market_data');
  return {
    symbol,
    takenAtMs: quote.readAtMs,
    lastPriceKrw: quote.lastPriceKrw,
    basePriceKrw: quote.basePriceKrw,
    upperLimitKrw: quote.upperLimitKrw,
    lowerLimitKrw: quote.lowerLimitKrw,
    tickKrw: quote.tickKrw,
    volume: quote.volume,
    halted: quote.halted,
  };
}
