import { type Exchange, type VenueTrade } from '../exchange/contracts.ts';
import { createTradeTallies, type TradeTally } from './trade-tally.ts';

const minuteMs = 60_000;

/** Trades remembered per issue. Twice as many are kept before the older half goes, so that no trade moves the others. */
const recentTradesMax = 200;

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
  /** The last trades of the issue, newest first; the older ones of a busy day are forgotten. */
  recentTrades(symbol: string): readonly VenueTrade[];
  /** The last price outside the after-market; `undefined` before the first trade of the day. */
  regularPriceKrw(symbol: string): number | undefined;
  /** The day up to the last trade; `undefined` before the first. */
  tally(symbol: string): TradeTally | undefined;
  close(): void;
}

/** Starts to watch `exchange`. */
export function createMarketRecorder(exchange: Exchange): MarketRecorder {
  const bars = new Map<string, MinuteBar[]>();
  const regularPrices = new Map<string, number>();
  const tallies = createTradeTallies();
  const recent = new Map<string, VenueTrade[]>();
  const unsubscribe = exchange.subscribe({
    onTrade(trade) {
      addToRecent(recent, trade);
      addToBars(bars, trade);
      tallies.add(trade);
      if (!exchange.phases.includes('AFTER_MARKET')) regularPrices.set(trade.symbol, trade.priceKrw);
    },
  });
  return {
    minuteBars: (symbol) => bars.get(symbol) ?? [],
    recentTrades: (symbol) => (recent.get(symbol) ?? []).slice(-recentTradesMax).toReversed(),
    regularPriceKrw: (symbol) => regularPrices.get(symbol),
    tally: (symbol) => tallies.read(symbol),
    close: unsubscribe,
  };
}

function addToRecent(recent: Map<string, VenueTrade[]>, trade: VenueTrade): void {
  const trades = recent.get(trade.symbol);
  if (trades === undefined) {
    recent.set(trade.symbol, [trade]);
    return;
  }
  trades.push(trade);
  if (trades.length > 2 * recentTradesMax) trades.splice(0, recentTradesMax);
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
