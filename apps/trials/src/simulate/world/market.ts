import { type Exchange, type Instrument } from '@qts/venue-sim';
import { type Draw } from './draw.ts';

/** The trading day of every run: one whose rules `@qts/krx` holds. */
export const simulatedDate = '2026-11-20';
/** The form in which the brokers' lists take it. */
export const listDate: string = simulatedDate.replaceAll('-', '');

/** Three issues on three ticks. Names and prices are invented (`simulated`). */
export const simulatedInstruments: readonly [Instrument, Instrument, Instrument] = [
  { symbol: '005930', name: '모의하나', market: 'KOSPI', productClass: 'STOCK', basePriceKrw: 70_000 },
  { symbol: '000660', name: '모의둘', market: 'KOSPI', productClass: 'STOCK', basePriceKrw: 210_000 },
  { symbol: '035720', name: '모의셋', market: 'KOSDAQ', productClass: 'STOCK', basePriceKrw: 40_000 },
];
const ticksKrw = [100, 500, 50] as const;

const levelsAtStart = 4;

/** A market that moves by itself: a book at the start, then an order every so often around a price that wanders. */
export function prepareMarket(exchange: Exchange, draw: Draw, startMs: number, untilMs: number): void {
  for (const [index, { symbol, basePriceKrw }] of simulatedInstruments.entries()) {
    const tickKrw = ticksKrw[index] ?? 100;
    const everyMs = draw.whole(900, 4_000);
    let midKrw = basePriceKrw;

    const place = (side: 'BUY' | 'SELL', quantity: number, limitPriceKrw: number): void => {
      exchange.placeOrder({
        ...{ symbol, side, quantity, limitPriceKrw, orderType: 'LIMIT', timeInForce: 'DAY', session: 'REGULAR' },
        stopPriceKrw: 0,
      });
    };
    const move = (): void => {
      if (draw.chance(0.3)) midKrw += draw.chance(0.5) ? tickKrw : -tickKrw;
      const side = draw.chance(0.5) ? 'BUY' : 'SELL';
      place(side, draw.whole(1, 30), midKrw + draw.whole(-2, 2) * tickKrw);
      if (exchange.nowMs + everyMs < untilMs) exchange.schedule(exchange.nowMs + everyMs, move);
    };

    exchange.schedule(startMs - 5_000, () => {
      for (let level = 1; level <= levelsAtStart; level += 1) {
        place('BUY', draw.whole(5, 60), basePriceKrw - level * tickKrw);
        place('SELL', draw.whole(5, 60), basePriceKrw + level * tickKrw);
      }
      place('BUY', 1, basePriceKrw + tickKrw);
      exchange.schedule(exchange.nowMs + draw.whole(1, everyMs), move);
    });
  }
}

/** A price at which nothing trades, inside the limits of the day. */
const farBelowKrw = 30_000;

/** What others placed in the account before the run: it holds back cash and fills pages of lists. */
export function placeByOthers(
  exchange: Exchange,
  startMs: number,
  accountId: string,
  { heldByOthersKrw, otherOrders }: { readonly heldByOthersKrw: number; readonly otherOrders: number },
): void {
  const place = (quantity: number): void => {
    exchange.placeOrder({
      ...{ accountId, symbol: '035720', side: 'BUY', quantity, limitPriceKrw: farBelowKrw, stopPriceKrw: 0 },
      ...{ orderType: 'LIMIT', timeInForce: 'DAY', session: 'REGULAR' },
    });
  };
  exchange.schedule(startMs - 4_000, () => {
    const heldQuantity = Math.floor(heldByOthersKrw / farBelowKrw);
    if (heldQuantity > 0) place(heldQuantity);
    for (let each = 0; each < otherOrders; each += 1) place(1);
  });
}
