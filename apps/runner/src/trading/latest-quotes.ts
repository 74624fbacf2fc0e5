import { type Quote, type QuoteReader, type SymbolCode } from '@qts/core';

/** Reads quotes and keeps the newest of each symbol, for the checks that may not wait. */
export interface LatestQuotes {
  readonly reader: QuoteReader;
  latest(symbol: SymbolCode): Quote | undefined;
}

/** Wraps a reader so that what the pipeline reads is at hand for the checks before an order. */
export function keepLatestQuotes(quotes: QuoteReader): LatestQuotes {
  const newest = new Map<SymbolCode, Quote>();
  return {
    latest: (symbol) => newest.get(symbol),
    reader: {
      brokerId: quotes.brokerId,
      async getQuote(query, options) {
        const quote = await quotes.getQuote(query, options);
        newest.set(quote.symbol, quote);
        return quote;
      },
      getOrderBook: (query, options) => quotes.getOrderBook(query, options),
      listDailyBars: (query, options) => quotes.listDailyBars(query, options),
      listMinuteBars: (query, options) => quotes.listMinuteBars(query, options),
    },
  };
}
