import {
  type Clock,
  type EventStream,
  type Krw,
  type MarketDataStream,
  type MarketEvent,
  type MarketSubscription,
  type Quote,
  type QuoteReader,
  type StreamControl,
  type SymbolCode,
  type Trade,
  type TradingDate,
  ValidationError,
  streamControlKinds,
} from '@qts/core';
import { type ListedMarket, type ProductClass, tickSize } from '@qts/krx';
import { type QualityState, createQualityWatch } from '@qts/market-data';
import { type LatestQuotes } from '../trading/latest-quotes.ts';
import { planSubscriptions } from './plan-subscriptions.ts';
import { type StreamCounter } from './stream-figures.ts';
import { subscriptionName } from './subscription-names.ts';

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
  /** Registrations that are left for quotes, asked when they are subscribed; default: as many as it takes. */
  readonly room?: () => number;
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
  /**
   * Subscribes the trades of the issues, their books, and their status, as far as there is room; what is left out is told.
   * A symbol whose trades are refused is read by REST from then on.
   */
  start(): void;
  figures(): StreamedQuoteFigures;
  /** Symbols of which something was missed and not read since. */
  unrepaired(): readonly SymbolCode[];
  close(): Promise<void>;
}

/**
 * Keeps the newest quote of each issue: what a read by REST told (limits, base), brought up to date by the trades of the
 * stream alone. Books and status change no quote: they say whether it may be used (`CROSSED`, `HALTED`, `VI`) and that the
 * stream lives. A decision gets a quote only while it is `FRESH` and the stream speaks; otherwise a read repairs it, and is
 * counted.
 */
export function createStreamedQuotes(settings: StreamedQuotesSettings): StreamedQuotes {
  const { quotes, clock, counter, tradingDate, quoteAgeMsMax } = settings;
  const issues = new Map(settings.issues.map((issue) => [issue.symbol, issue]));
  const newest = new Map<SymbolCode, Quote>();
  const lastTrades = new Map<SymbolCode, Trade>();
  const watch = createQualityWatch({ clock, staleAfterMs: () => quoteAgeMsMax });
  /** When the price of a symbol was last heard or read, monotonic ms: a book says nothing of it. */
  const pricedMs = new Map<SymbolCode, number>();
  /** Symbols of which something was refused and no trade came since. */
  const refused = new Set<SymbolCode>();
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
    switch (event.kind) {
      case 'trade':
        heardMs = event.receivedMonotonicMs;
        pricedMs.set(event.symbol, heardMs);
        refused.delete(event.symbol);
        if (verdict?.kind !== 'REPEATED') takeTrade(event);
        break;
      case 'quote-read':
        heardMs = event.receivedMonotonicMs;
        pricedMs.set(event.symbol, heardMs);
        take(event.quote);
        break;
      case 'book':
      case 'market-status':
        heardMs = event.receivedMonotonicMs;
        break;
      case 'subscription-refused':
        for (const symbol of issues.keys()) {
          if (event.subscriptions.some((name) => name.includes(symbol))) refused.add(symbol);
        }
        break;
      // What they say of the data's worth is the watch's business.
      case 'expected-match':
      case 'connected':
      case 'connection-lost':
      case 'gap':
      case 'backfilled':
      case 'drift':
      case 'stale':
      case 'slow-consumer':
        break;
      default:
        event satisfies never;
    }
  }

  function takeTrade(trade: Trade): void {
    lastTrades.set(trade.symbol, trade);
    const quote = newest.get(trade.symbol);
    if (quote !== undefined) newest.set(trade.symbol, withTrade(quote, trade));
  }

  function stateOf(symbol: SymbolCode): QualityState {
    const { state } = watch.qualityOf(symbol);
    if (state !== 'FRESH') return state;
    if (refused.has(symbol)) return 'SILENT';
    const nowMs = clock.monotonicMs();
    const isOld = nowMs - (pricedMs.get(symbol) ?? Number.NEGATIVE_INFINITY) > quoteAgeMsMax;
    return isOld || nowMs - heardMs > silentMsMax ? 'STALE' : 'FRESH';
  }

  /** As the stream has it, while it can be trusted: as old as the last word of the stream, which had nothing newer. */
  function current(symbol: SymbolCode): Quote | undefined {
    const quote = newest.get(symbol);
    if (quote === undefined || opened === undefined || stateOf(symbol) !== 'FRESH') return quote;
    return { ...quote, readAtMs: clock.nowMs() - Math.ceil(clock.monotonicMs() - heardMs) };
  }

  /** Status is not offered everywhere: KIS has none for paper accounts. */
  function open(wanted: readonly MarketSubscription[]): EventStream<MarketEvent | StreamControl> {
    try {
      return settings.stream.open(wanted);
    } catch (error) {
      const others = wanted.filter(({ channel }) => channel !== 'MARKET_STATUS');
      const isRefusal = ValidationError.isInstance(error) && error.code === 'STREAM_NOT_OFFERED';
      if (!isRefusal || others.length === wanted.length) throw error;
      const stream = settings.stream.open(others);
      const status = wanted.filter(({ channel }) => channel === 'MARKET_STATUS');
      tellLeftOut(status, error.code, statusNotOffered);
      return stream;
    }
  }

  function tellLeftOut(leftOut: readonly MarketSubscription[], reason: string, next: string): void {
    const event: StreamControl = {
      kind: 'subscription-refused',
      brokerId: quotes.brokerId,
      subscriptions: leftOut.map(subscriptionName),
      ...{ reason, next, receivedMonotonicMs: clock.monotonicMs(), receivedAtMs: clock.nowMs() },
    };
    counter.note('quotes', event);
    const silent = leftOut.filter(({ channel }) => channel === 'TRADES').map(subscriptionName);
    if (silent.length > 0) hear({ ...event, subscriptions: silent });
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
        pricedMs.set(symbol, stamp.receivedMonotonicMs);
        return take(quote);
      },
      getOrderBook: (query, options) => quotes.getOrderBook(query, options),
      listDailyBars: (query, options) => quotes.listDailyBars(query, options),
      listMinuteBars: (query, options) => quotes.listMinuteBars(query, options),
    },
    start() {
      if (opened !== undefined) return;
      const { wanted, leftOut } = planSubscriptions([...issues.keys()], settings.room?.() ?? Number.POSITIVE_INFINITY);
      opened = open(wanted);
      // Listeners are called in the turn of receipt, so nothing waits and nothing is conflated.
      for (const kind of listenedKinds) opened.on(kind, hear);
      counter.follow('quotes', opened);
      if (leftOut.length > 0) tellLeftOut(leftOut, 'REGISTRATION_LIMIT', budgetSpent);
    },
    figures: () => ({ live, first, repairs: { ...repairs } }),
    unrepaired: () => [...issues.keys()].filter((symbol) => watch.qualityOf(symbol).state === 'GAP'),
    async close() {
      await opened?.close();
    },
  };
}

/** What a quote is kept by; every kind but the expected matches of auctions, which nobody subscribes. */
const listenedKinds = ['trade', 'book', 'market-status', 'quote-read', ...streamControlKinds] as const;

const budgetSpent =
  'The broker’s registrations do not suffice: symbols without trades are read by REST, those without a book are not checked for crossed prices, those without status show halts by trades and reads. Name fewer symbols.';
const statusNotOffered =
  'The broker has no such stream for this account: halts show in trades and reads, volatility interruptions do not.';
