import { type Exchange, type VenueTrade } from '../exchange/contracts.ts';

const minuteMs = 60_000;

/** A minute of trading. Prices won, volume shares. */
export interface MinuteBar {
  readonly startMs: number;
  readonly openKrw: number;
  highKrw: number;
  lowKrw: number;
  closeKrw: number;
  volume: number;
  /** Turnover of the day up to the end of the minute. */
  dayTurnoverKrw: number;
}

/** Watches an exchange and remembers what brokers show about the day but an exchange does not keep. */
export interface MarketRecorder {
  /** Minutes in which the issue traded, oldest first. */
  minuteBars(symbol: string): readonly MinuteBar[];
  /** The last price outside the after-market; `undefined` before the first trade of the day. */
  regularPriceKrw(symbol: string): number | undefined;
  close(): void;
}

/** Starts to watch `exchange`. */
export function createMarketRecorder(exchange: Exchange): MarketRecorder {
  const bars = new Map<string, MinuteBar[]>();
  const regularPrices = new Map<string, number>();
  const unsubscribe = exchange.subscribe({
    onTrade(trade) {
      addToBars(bars, trade);
      if (!exchange.phases.includes('AFTER_MARKET')) regularPrices.set(trade.symbol, trade.priceKrw);
    },
  });
  return {
    minuteBars: (symbol) => bars.get(symbol) ?? [],
    regularPriceKrw: (symbol) => regularPrices.get(symbol),
    close: unsubscribe,
  };
}

function addToBars(bars: Map<string, MinuteBar[]>, { symbol, priceKrw, quantity, atMs }: VenueTrade): void {
  const ofSymbol = bars.get(symbol) ?? [];
  bars.set(symbol, ofSymbol);
  const startMs = atMs - (atMs % minuteMs);
  const last = ofSymbol.at(-1);
  const amountKrw = priceKrw * quantity;
  if (last?.startMs === startMs) {
    last.highKrw = Math.max(last.highKrw, priceKrw);
    last.lowKrw = Math.min(last.lowKrw, priceKrw);
    last.closeKrw = priceKrw;
    last.volume += quantity;
    last.dayTurnoverKrw += amountKrw;
    return;
  }
  ofSymbol.push({
    startMs,
    openKrw: priceKrw,
    highKrw: priceKrw,
    lowKrw: priceKrw,
    closeKrw: priceKrw,
    volume: quantity,
    dayTurnoverKrw: (last?.dayTurnoverKrw ?? 0) + amountKrw,
  });
}
