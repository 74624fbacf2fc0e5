import {
  type Clock,
  type EventStream,
  type Krw,
  type MarketDataStream,
  type MarketEvent,
  type Quote,
  type QuoteReader,
  type StreamControl,
  type SymbolCode,
  type Trade,
  type TradingDate,
  streamControlKinds,
} from '@qts/core';
import { type ListedMarket, type ProductClass, tickSize } from '@qts/krx';
import { type QualityState, createQualityWatch } from '@qts/market-data';
import { type LatestQuotes } from '../trading/latest-quotes.ts';
import { type StreamCounter } from './stream-figures.ts';

/**
 * When nothing of any symbol was heard for longer, the stream itself is doubted, ms: below the 3 s after which the checks
 * before an order call a quote stale (execution-safety 15), so that what is decided on can still be sent.
 */
const silentMsMax = 2_000;

/** An issue, as far as its tick depends on it. */
export interface StreamedIssue {
  readonly symbol: SymbolCode;
  readonly market: ListedMarket;
  readonly productClass: ProductClass;
}

export interface StreamedQuotesSettings {
  readonly quotes: QuoteReader;
  readonly stream: MarketDataStream;
  readonly issues: readonly StreamedIssue[];
  readonly tradingDate: TradingDate;
  readonly clock: Clock;
  /** News of a symbol that is older is not decided on, ms. */
  readonly quoteAgeMsMax: number;
  readonly counter: StreamCounter;
}

/** Where the quotes of decisions came from. */
export interface StreamedQuoteFigures {
  /** Served as the stream had them. */
  readonly live: number;
  /** Read by REST before the stream had any. */
  readonly first: number;
  /** Read by REST because the stream's could not be trusted, by what was wrong with them. */
  readonly repairs: Readonly<Partial<Record<QualityState, number>>>;
}

/** Quotes that a stream keeps up to date. */
export interface StreamedQuotes extends LatestQuotes {
  /** Subscribes the trades of the issues. What is refused is read by REST from then on. */
  start(): void;
  figures(): StreamedQuoteFigures;
  /** Symbols of which something was missed and not read since. */
  unrepaired(): readonly SymbolCode[];
  close(): Promise<void>;
}

/**
 * Keeps the newest quote of each issue: what a read by REST told (limits, base), brought up to date by the trades of the
 * stream. A decision gets it only while it is `FRESH` and the stream speaks; otherwise a read repairs it, and is counted.
 */
export function createStreamedQuotes(settings: StreamedQuotesSettings): StreamedQuotes {
  const { quotes, clock, counter, tradingDate, quoteAgeMsMax } = settings;
  const issues = new Map(settings.issues.map((issue) => [issue.symbol, issue]));
  const newest = new Map<SymbolCode, Quote>();
  const lastTrades = new Map<SymbolCode, Trade>();
  const watch = createQualityWatch({ clock, staleAfterMs: () => quoteAgeMsMax });
  const repairs: Partial<Record<QualityState, number>> = {};
  let live = 0;
  let first = 0;
  let heardMs = Number.NEGATIVE_INFINITY;
  let opened: EventStream<MarketEvent | StreamControl> | undefined;

  function withTrade(quote: Quote, { priceKrw, accumulatedVolume, halted }: Trade): Quote {
    const { market, productClass } = issues.get(quote.symbol) ?? {};
    const isKnown = market !== undefined && productClass !== undefined;
    const { highPriceKrw = priceKrw, lowPriceKrw = priceKrw } = quote;
    return {
      ...quote,
      lastPriceKrw: priceKrw,
      openPriceKrw: quote.openPriceKrw ?? priceKrw,
      highPriceKrw: highPriceKrw > priceKrw ? highPriceKrw : priceKrw,
      lowPriceKrw: lowPriceKrw < priceKrw ? lowPriceKrw : priceKrw,
      tickKrw: isKnown ? (tickSize({ market, productClass, tradingDate, priceKrw }) as Krw) : quote.tickKrw,
      ...(accumulatedVolume === undefined ? {} : { volume: accumulatedVolume }),
      ...(halted === undefined ? {} : { halted }),
    };
  }

  /** A read may have been overtaken by trades that came while it was under way. */
  function take(quote: Quote): Quote {
    const trade = lastTrades.get(quote.symbol);
    const isBehind = (trade?.accumulatedVolume ?? 0) > quote.volume;
    const whole = trade !== undefined && isBehind ? withTrade(quote, trade) : quote;
    newest.set(quote.symbol, whole);
    return whole;
  }

  function hear(event: MarketEvent | StreamControl): void {
    const verdict = watch.observe(event);
    if (event.kind === 'trade') {
      heardMs = event.receivedMonotonicMs;
      if (verdict?.kind === 'REPEATED') return;
      lastTrades.set(event.symbol, event);
      const quote = newest.get(event.symbol);
      if (quote !== undefined) newest.set(event.symbol, withTrade(quote, event));
    } else if (event.kind === 'quote-read') {
      heardMs = event.receivedMonotonicMs;
      take(event.quote);
    }
  }

  function stateOf(symbol: SymbolCode): QualityState {
    const { state } = watch.qualityOf(symbol);
    return state === 'FRESH' && clock.monotonicMs() - heardMs > silentMsMax ? 'STALE' : state;
  }

  /** As the stream has it, while it can be trusted: as old as the last word of the stream, which had nothing newer. */
  function current(symbol: SymbolCode): Quote | undefined {
    const quote = newest.get(symbol);
    if (quote === undefined || opened === undefined || stateOf(symbol) !== 'FRESH') return quote;
    return { ...quote, readAtMs: clock.nowMs() - Math.ceil(clock.monotonicMs() - heardMs) };
  }

  return {
    latest: current,
    reader: {
      brokerId: quotes.brokerId,
      async getQuote(query, options) {
        const { symbol, venue = 'KRX' } = query;
        if (venue !== 'KRX' || !issues.has(symbol)) return quotes.getQuote(query, options);
        const state = stateOf(symbol);
        const known = current(symbol);
        if (known !== undefined && state === 'FRESH' && opened !== undefined) {
          live += 1;
          return known;
        }
        if (known === undefined) first += 1;
        else repairs[state] = (repairs[state] ?? 0) + 1;
        const quote = await quotes.getQuote(query, options);
        const stamp = { receivedMonotonicMs: clock.monotonicMs(), receivedAtMs: clock.nowMs() };
        watch.observe({ kind: 'quote-read', symbol, venue, quote, ...stamp });
        return take(quote);
      },
      getOrderBook: (query, options) => quotes.getOrderBook(query, options),
      listDailyBars: (query, options) => quotes.listDailyBars(query, options),
      listMinuteBars: (query, options) => quotes.listMinuteBars(query, options),
    },
    start() {
      if (opened !== undefined) return;
      opened = settings.stream.open([...issues.keys()].map((symbol) => ({ channel: 'TRADES', symbol })));
      // Listeners are called in the turn of receipt, so nothing waits and nothing is conflated.
      for (const kind of ['trade', 'quote-read', ...streamControlKinds] as const) opened.on(kind, hear);
      counter.follow('quotes', opened);
    },
    figures: () => ({ live, first, repairs: { ...repairs } }),
    unrepaired: () => [...issues.keys()].filter((symbol) => watch.qualityOf(symbol).state === 'GAP'),
    async close() {
      await opened?.close();
    },
  };
}
