import {
  type Bar,
  type EpochMs,
  type SymbolCode,
  type Trade,
  type TradingDate,
  krw,
  kstDate,
  kstEpochMs,
  shares,
  timeOfDayMs,
} from '@qts/core';

/** Length of a bar, or the whole day. */
export type BarSpan = number | 'DAY';

/**
 * Builds bars of one span from trades, as brokers' charts show them: a bar begins at a whole multiple of its span since
 * midnight in Korea, and a span without a trade has none.
 *
 * A trade belongs to the bar of the second in which it happened at the exchange; one that does not say when counts when
 * it was received. A trade that comes late changes the bar it belongs to.
 */
export interface BarBuilder {
  /** Counts a trade. Whoever hears trades twice asks a quality watch first. */
  add(trade: Pick<Trade, 'symbol' | 'priceKrw' | 'quantity' | 'exchangeAtMs' | 'receivedAtMs'>): void;
  /** Bars of a symbol, oldest first, the running one included. */
  bars(symbol: SymbolCode): readonly Bar[];
}

interface OpenBar {
  readonly startMs: EpochMs;
  readonly tradingDate: TradingDate;
  /** When the first and the last trade happened, to place one that comes late. */
  firstAtMs: number;
  lastAtMs: number;
  openKrw: number;
  highKrw: number;
  lowKrw: number;
  closeKrw: number;
  volume: number;
}

const minuteMs = 60_000;

/**
 * Makes a builder of minute bars, of bars of several minutes, or of day bars.
 *
 * @throws {RangeError} when the span is not a whole number of minutes from 1 minute to 6 hours, or `DAY`
 */
export function createBarBuilder(span: BarSpan): BarBuilder {
  if (span !== 'DAY' && (!Number.isInteger(span / minuteMs) || span < minuteMs || span > 360 * minuteMs)) {
    throw new RangeError(`A bar lasts whole minutes, 1 to 360 of them, or a DAY; found ${String(span)} ms.`);
  }
  const bySymbol = new Map<SymbolCode, OpenBar[]>();
  const midnight = timeOfDayMs('00:00');

  function startOf(atMs: EpochMs, tradingDate: TradingDate): EpochMs {
    const dayStartMs = kstEpochMs(tradingDate, midnight);
    return span === 'DAY' ? dayStartMs : dayStartMs + Math.floor((atMs - dayStartMs) / span) * span;
  }

  return {
    add({ symbol, priceKrw, quantity, exchangeAtMs, receivedAtMs }) {
      const atMs = exchangeAtMs ?? receivedAtMs;
      const tradingDate = kstDate(atMs);
      const startMs = startOf(atMs, tradingDate);
      const bars = bySymbol.get(symbol) ?? [];
      bySymbol.set(symbol, bars);
      const index = bars.findLastIndex((bar) => bar.startMs <= startMs);
      const found = bars[index];
      if (found?.startMs !== startMs) {
        const price = { openKrw: priceKrw, highKrw: priceKrw, lowKrw: priceKrw, closeKrw: priceKrw };
        bars.splice(index + 1, 0, {
          startMs,
          tradingDate,
          firstAtMs: atMs,
          lastAtMs: atMs,
          ...price,
          volume: quantity,
        });
        return;
      }
      found.highKrw = Math.max(found.highKrw, priceKrw);
      found.lowKrw = Math.min(found.lowKrw, priceKrw);
      found.volume += quantity;
      if (atMs < found.firstAtMs) {
        found.firstAtMs = atMs;
        found.openKrw = priceKrw;
      }
      if (atMs >= found.lastAtMs) {
        found.lastAtMs = atMs;
        found.closeKrw = priceKrw;
      }
    },

    bars: (symbol) =>
      (bySymbol.get(symbol) ?? []).map(({ startMs, tradingDate, openKrw, highKrw, lowKrw, closeKrw, volume }) => ({
        startMs,
        tradingDate,
        openKrw: krw(openKrw),
        highKrw: krw(highKrw),
        lowKrw: krw(lowKrw),
        closeKrw: krw(closeKrw),
        volume: shares(volume),
      })),
  };
}
