import {
  type Clock,
  type MarketDataStream,
  type MarketEvent,
  type OrderStream,
  type StreamControl,
  type SymbolCode,
  isStreamControl,
} from '@qts/core';
import { type QualityState, createQualityWatch } from '@qts/market-data';
import { createPacedLines } from './paced-lines.ts';
import { type WatchLine, type WatchedQuote, controlLine, orderLine, qualityLine, quoteLine } from './watch-lines.ts';

/** How often qualities are looked at, ms: a symbol that becomes stale sends nothing. */
const lookMs = 1_000;

export interface WatchStreamsSettings {
  readonly market: MarketDataStream;
  /** News of own orders, too. Absent: quotes alone. */
  readonly orders?: OrderStream;
  readonly symbols: readonly SymbolCode[];
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Leaves out what reads by REST told: a recording is not to be mixed with them. */
  readonly framesAlone: boolean;
  readonly show: (line: WatchLine) => void;
}

/** How a watch ended: by the signal, or because no subscription was left. */
export type WatchEnd = 'asked' | 'nothing-served';

/**
 * Shows what streams tell until the signal aborts: a line for each change of a quote, at most four a second and symbol, and
 * a line for whatever they say of themselves. One subscription that is refused leaves the others as they are.
 *
 * @throws {ValidationError} for a symbol that has no shape of one; nothing was subscribed
 */
export async function watchStreams(settings: WatchStreamsSettings): Promise<WatchEnd> {
  const { clock, symbols, show, signal } = settings;
  const watch = createQualityWatch({ clock });
  const quotes = new Map<SymbolCode, WatchedQuote>(symbols.map((symbol) => [symbol, { symbol }]));
  const lines = createPacedLines(clock, showQuote);
  const states = new Map<SymbolCode, QualityState>();
  const ended = new AbortController();
  const subscriptions = symbols.flatMap((symbol) => [
    { channel: 'TRADES', symbol } as const,
    { channel: 'BOOK', symbol } as const,
  ]);
  const market = settings.market.open(subscriptions, { signal: AbortSignal.any([signal, ended.signal]) });
  let refused = 0;
  let end: WatchEnd = 'asked';

  function showQuote(symbol: SymbolCode): void {
    const quote = quotes.get(symbol);
    if (quote?.priceKrw === undefined) return;
    const quality = watch.qualityOf(symbol);
    states.set(symbol, quality.state);
    show(quoteLine(quote, quality, clock.nowMs()));
  }

  function changed(symbol: SymbolCode, news: Omit<WatchedQuote, 'symbol'>): void {
    const before = quotes.get(symbol);
    if (before === undefined) return;
    const after = { ...before, ...news };
    if (JSON.stringify(after) === JSON.stringify(before)) return;
    quotes.set(symbol, after);
    lines.changed(symbol);
  }

  function hear(event: MarketEvent): void {
    if (settings.framesAlone && event.kind === 'quote-read') return;
    const verdict = watch.observe(event);
    if (event.kind === 'trade' && verdict?.kind !== 'REPEATED') {
      const { symbol, priceKrw, accumulatedVolume } = event;
      changed(symbol, { priceKrw, ...(accumulatedVolume === undefined ? {} : { volume: accumulatedVolume }) });
    } else if (event.kind === 'book') {
      const [bid] = event.bids;
      const [ask] = event.asks;
      changed(event.symbol, {
        ...(bid === undefined ? {} : { bidKrw: bid.priceKrw, bidQuantity: bid.quantity }),
        ...(ask === undefined ? {} : { askKrw: ask.priceKrw, askQuantity: ask.quantity }),
      });
    } else if (event.kind === 'quote-read') {
      changed(event.symbol, { priceKrw: event.quote.lastPriceKrw, volume: event.quote.volume });
    }
  }

  function hearControl(event: StreamControl, isMarket: boolean): void {
    if (isMarket) watch.observe(event);
    if (settings.framesAlone && event.kind === 'backfilled') return;
    show(controlLine(event, clock.nowMs()));
    if (!isMarket || event.kind !== 'subscription-refused') return;
    refused += event.subscriptions.length;
    if (refused < subscriptions.length) return;
    end = 'nothing-served';
    ended.abort();
  }

  function look(): void {
    for (const symbol of watch.symbols()) {
      const quality = watch.qualityOf(symbol);
      const before = states.get(symbol);
      states.set(symbol, quality.state);
      if (before !== undefined && before !== quality.state) show(qualityLine(symbol, quality, clock.nowMs()));
    }
    looking = clock.setTimer(look, lookMs);
  }
  let looking = clock.setTimer(look, lookMs);

  const orders = settings.orders?.open({ signal: AbortSignal.any([signal, ended.signal]) });
  const reading = (async () => {
    for await (const event of orders ?? []) {
      if (isStreamControl(event)) hearControl(event, false);
      else show(orderLine(event, clock.nowMs()));
    }
  })();
  try {
    for await (const event of market) {
      if (isStreamControl(event)) hearControl(event, true);
      else hear(event);
    }
    await reading;
  } finally {
    looking.cancel();
    lines.close();
    ended.abort();
  }
  return end;
}
