import { type Clock, type MarketDataStream, type MarketEvent, type SymbolCode, isStreamControl } from '@qts/core';
import { type BrokerDifference, type BrokerPrice, createBrokerMerge, createQualityWatch } from '@qts/market-data';
import { createPacedLines } from './paced-lines.ts';
import { type WatchLine, controlLine, differenceLine, mergedLine } from './watch-lines.ts';

export interface WatchBrokersSettings {
  /** Streams of several brokers over one clock. */
  readonly markets: readonly MarketDataStream[];
  readonly symbols: readonly SymbolCode[];
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly show: (line: WatchLine) => void;
}

/** What a watch of several brokers came to. */
export interface WatchBrokersEnd {
  /** Whether every subscription of every broker was refused. */
  readonly nothingServed: boolean;
  /** How often each broker was the first to tell a price or a volume. */
  readonly firsts: Readonly<Record<string, number>>;
  readonly differences: number;
}

/**
 * Shows the trades of the same symbols by several brokers until the signal aborts: the fresher one counts, and where they
 * differ is told, as is whatever the streams say of themselves.
 *
 * @throws {ValidationError} for a symbol that has no shape of one; nothing was subscribed
 */
export async function watchBrokers(settings: WatchBrokersSettings): Promise<WatchBrokersEnd> {
  const { clock, symbols, show, markets } = settings;
  const ended = new AbortController();
  const signal = AbortSignal.any([settings.signal, ended.signal]);
  const firsts: Record<string, number> = Object.fromEntries(markets.map(({ brokerId }) => [brokerId, 0]));
  const qualities = new Map(markets.map(({ brokerId }) => [brokerId, createQualityWatch({ clock })]));
  /** What counts, by whoever told it first. */
  const newest = new Map<SymbolCode, BrokerPrice>();
  let differences = 0;
  let served = symbols.length * markets.length;
  const merge = createBrokerMerge({
    clock,
    onDifference(difference: BrokerDifference) {
      differences += 1;
      show(differenceLine(difference, clock.nowMs()));
    },
  });
  const lines = createPacedLines(clock, (symbol) => {
    const price = newest.get(symbol);
    const quality = qualities.get(price?.brokerId ?? '')?.qualityOf(symbol);
    if (price !== undefined && quality !== undefined) show(mergedLine(price, quality, clock.nowMs()));
  });

  function add(price: BrokerPrice): void {
    const before = newest.get(price.symbol);
    // The other broker has told as much: nothing new.
    const isNews = before?.priceKrw !== price.priceKrw || before.accumulatedVolume !== price.accumulatedVolume;
    if (!merge.add(price) || !isNews) return;
    newest.set(price.symbol, price);
    firsts[price.brokerId] = (firsts[price.brokerId] ?? 0) + 1;
    lines.changed(price.symbol);
  }

  function hear(brokerId: string, event: MarketEvent): void {
    const verdict = qualities.get(brokerId)?.observe(event);
    if (event.kind === 'trade' && verdict?.kind !== 'REPEATED') add({ brokerId, ...event });
    else if (event.kind === 'quote-read') {
      const { symbol, venue, quote, receivedMonotonicMs } = event;
      const { lastPriceKrw: priceKrw, volume: accumulatedVolume } = quote;
      add({ brokerId, symbol, venue, priceKrw, accumulatedVolume, receivedMonotonicMs });
    }
  }

  async function follow(market: MarketDataStream): Promise<void> {
    const { brokerId } = market;
    const subscriptions = symbols.map((symbol) => ({ channel: 'TRADES', symbol }) as const);
    for await (const event of market.open(subscriptions, { signal })) {
      if (!isStreamControl(event)) {
        hear(brokerId, event);
        continue;
      }
      qualities.get(brokerId)?.observe(event);
      show(controlLine(event, clock.nowMs()));
      if (event.kind === 'subscription-refused') served -= event.subscriptions.length;
      if (served <= 0) ended.abort();
    }
  }

  try {
    await Promise.all(markets.map(follow));
  } finally {
    ended.abort();
    lines.close();
  }
  return { nothingServed: served <= 0, firsts, differences };
}
