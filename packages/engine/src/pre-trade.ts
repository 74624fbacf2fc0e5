import { type SymbolCode } from '@qts/core';
import { portion } from '@qts/krx';
import { type AccountView, type MarketView, type RiskLimits, checkOrder } from '@qts/risk';
import { type PreTradeCheck } from './gateway/order-gateway.ts';
import { type Book } from './orders/book.ts';
import { type OrderTracker } from './orders/order-tracker.ts';

export interface PreTradeSettings {
  readonly market: MarketView;
  readonly limits: RiskLimits;
  readonly tracker: OrderTracker;
  readonly book: Book;
  /** Cash and positions at last prices when the day began, won. */
  readonly openingEquityKrw: number;
}

/**
 * The checks of `@qts/risk` over our own book and open orders. What an unknown order could cost, or could sell, is taken
 * as spent and as gone. Positions without a quote count at cost.
 */
export function createPreTradeCheck(settings: PreTradeSettings): PreTradeCheck {
  const { market, limits } = settings;
  const account = createAccountView(settings);
  return (intent, nowMs) => checkOrder(intent, { nowMs, market, account }, limits);
}

/** The account as the checks see it: a live view that adds up when it is asked. */
export function createAccountView({ market, limits, tracker, book, openingEquityKrw }: PreTradeSettings): AccountView {
  const lastPriceKrw = (symbol: SymbolCode): number | undefined => market.quote(symbol)?.lastPriceKrw;
  const positionsValueKrw = (): number => book.positionsValueKrw(lastPriceKrw);
  const heldValueKrw = (symbol: SymbolCode): number => {
    const position = book.position(symbol);
    if (position === undefined) return 0;
    const priceKrw = lastPriceKrw(symbol);
    return priceKrw === undefined ? position.costKrw : priceKrw * position.quantity;
  };

  return {
    get orderableCashKrw() {
      const reservedKrw = tracker.openBuyValueKrw();
      return book.cashKrw - reservedKrw - portion(reservedKrw, limits.feePartsPerBillion, 1_000_000_000);
    },
    sellableQuantity: (symbol) =>
      Math.max(0, (book.position(symbol)?.quantity ?? 0) - tracker.openSellQuantity(symbol)),
    openOrders: (symbol, side) => tracker.openOrders(symbol, side),
    get openOrdersTotal() {
      return tracker.openOrdersTotal;
    },
    get ordersToday() {
      return tracker.sentCount;
    },
    get equityKrw() {
      return book.cashKrw + positionsValueKrw();
    },
    openingEquityKrw,
    get exposureKrw() {
      return positionsValueKrw() + tracker.openBuyValueKrw();
    },
    symbolExposureKrw: (symbol) => heldValueKrw(symbol) + tracker.openBuyValueKrw(symbol),
  };
}
