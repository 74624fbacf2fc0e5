import {
  type BookUpdate,
  type Clock,
  type EpochMs,
  type MarketEvent,
  type StreamControl,
  type SymbolCode,
  type Trade,
  isStreamControl,
} from '@qts/core';
import { type SymbolQuality, worstState } from './symbol-quality.ts';
import { type VolumeVerdict, checkVolume } from './volume-check.ts';

/** Default for price-taking logic on liquid names in continuous trading (execution-safety 15), ms. */
export const staleAfterMsDefault = 3_000;

export interface QualityWatchSettings {
  readonly clock: Pick<Clock, 'nowMs' | 'monotonicMs'>;
  /** After how long without news a symbol is stale, ms; default {@link staleAfterMsDefault}. `Infinity` in a break. */
  readonly staleAfterMs?: (symbol: SymbolCode, nowMs: EpochMs) => number;
}

/** Keeps, per symbol, what its data is worth. */
export interface QualityWatch {
  /**
   * Folds an event of a stream in. For a trade it answers what the day's volume says: a trade that is `REPEATED` must not
   * be counted again, a `HOLE` was noted.
   */
  observe(event: MarketEvent | StreamControl): VolumeVerdict | undefined;
  qualityOf(symbol: SymbolCode): SymbolQuality;
  /** Symbols of which something was heard. */
  symbols(): readonly SymbolCode[];
}

/** The facts of one symbol. */
interface Facts {
  heardMonotonicMs: number | undefined;
  exchangeAtMs: EpochMs | undefined;
  accumulatedVolume: number | undefined;
  missedQuantity: number;
  gap: boolean;
  crossed: boolean;
  halted: boolean;
  viActive: boolean;
}

/** Makes a watch over the events of one broker's stream; one per stream. */
export function createQualityWatch({
  clock,
  staleAfterMs = () => staleAfterMsDefault,
}: QualityWatchSettings): QualityWatch {
  const bySymbol = new Map<SymbolCode, Facts>();

  function factsOf(symbol: SymbolCode): Facts {
    let facts = bySymbol.get(symbol);
    if (facts === undefined) {
      facts = {
        heardMonotonicMs: undefined,
        exchangeAtMs: undefined,
        accumulatedVolume: undefined,
        missedQuantity: 0,
        gap: false,
        crossed: false,
        halted: false,
        viActive: false,
      };
      bySymbol.set(symbol, facts);
    }
    return facts;
  }

  function hear(facts: Facts, { receivedMonotonicMs, exchangeAtMs }: Trade | BookUpdate): void {
    facts.heardMonotonicMs = receivedMonotonicMs;
    if (exchangeAtMs !== undefined) facts.exchangeAtMs = exchangeAtMs;
  }

  function observeTrade(trade: Trade): VolumeVerdict {
    const facts = factsOf(trade.symbol);
    hear(facts, trade);
    if (trade.halted !== undefined) facts.halted = trade.halted;
    const verdict = checkVolume(facts.accumulatedVolume, trade.quantity, trade.accumulatedVolume);
    if (verdict.kind === 'HOLE') {
      facts.gap = true;
      facts.missedQuantity += verdict.missedQuantity;
    }
    if (verdict.kind !== 'REPEATED' && trade.accumulatedVolume !== undefined) {
      facts.accumulatedVolume = trade.accumulatedVolume;
    }
    return verdict;
  }

  /** A gap of a connection is a gap of all that it carried; a symbol of which nothing was heard has none to repair. */
  function setGap(event: StreamControl, gap: boolean): void {
    for (const [symbol, facts] of bySymbol) {
      if (event.subscriptions.length > 0 && !event.subscriptions.some((name) => name.includes(symbol))) continue;
      facts.gap = gap;
      if (!gap) facts.missedQuantity = 0;
    }
  }

  return {
    observe(event) {
      if (isStreamControl(event)) {
        if (event.kind === 'connection-lost' || event.kind === 'gap') setGap(event, true);
        else if (event.kind === 'backfilled' && event.complete) setGap(event, false);
        return undefined;
      }
      switch (event.kind) {
        case 'trade':
          return observeTrade(event);
        case 'book': {
          const facts = factsOf(event.symbol);
          hear(facts, event);
          const [bid] = event.bids;
          const [ask] = event.asks;
          facts.crossed = bid !== undefined && ask !== undefined && bid.priceKrw >= ask.priceKrw;
          return undefined;
        }
        case 'market-status': {
          const touched = event.symbol === undefined ? [...bySymbol.values()] : [factsOf(event.symbol)];
          for (const facts of touched) {
            if (event.halted !== undefined) facts.halted = event.halted;
            if (event.viActive !== undefined) facts.viActive = event.viActive;
          }
          return undefined;
        }
        case 'quote-read': {
          // A read is whole: what was missed before it is in its volume.
          const facts = factsOf(event.symbol);
          facts.heardMonotonicMs = event.receivedMonotonicMs;
          facts.halted = event.quote.halted;
          if (event.quote.volume >= (facts.accumulatedVolume ?? 0)) {
            facts.accumulatedVolume = event.quote.volume;
            facts.gap = false;
            facts.missedQuantity = 0;
          }
          return undefined;
        }
        case 'expected-match':
          return undefined;
      }
    },

    qualityOf(symbol) {
      const facts = bySymbol.get(symbol);
      const nowMs = clock.nowMs();
      if (facts === undefined)
        return { state: 'SILENT', ageMs: undefined, exchangeAgeMs: undefined, missedQuantity: 0 };
      const { heardMonotonicMs, exchangeAtMs, missedQuantity } = facts;
      const ageMs = heardMonotonicMs === undefined ? undefined : clock.monotonicMs() - heardMonotonicMs;
      return {
        state: worstState({ ...facts, ageMs, staleAfterMs: staleAfterMs(symbol, nowMs) }),
        ageMs,
        exchangeAgeMs: exchangeAtMs === undefined ? undefined : nowMs - exchangeAtMs,
        missedQuantity,
      };
    },

    symbols: () => [...bySymbol.keys()],
  };
}
