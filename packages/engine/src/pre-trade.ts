import { type SymbolCode } from '@qts/core';
import { portion } from '@qts/krx';
import { type AccountView, type MarketView, type RiskLimits, checkOrder } from '@qts/risk';
import { type PreTradeCheck } from './gateway/order-gateway-contract.ts';
import { type Book } from './orders/book.ts';
import { type ExternalExposure } from './reconciliation/external-orders.ts';
import { type ProvisionalExposure } from './order-feed/order-feed-contract.ts';
import { type OrderTracker } from './orders/order-tracker-contract.ts';
import { type BrokerClock, sameClock } from './time/broker-clock.ts';

export interface PreTradeSettings {
  readonly market: MarketView;
  readonly limits: RiskLimits;
  /**
   * What the broker can cancel within 30 s: `openOrdersMax` of its capabilities. It stands in the place of the limit of that
   * name, whose default is for a broker of which nobody knows.
   */
  readonly openOrdersMax?: number | undefined;
  readonly tracker: OrderTracker;
  readonly book: Book;
  /** Cash and positions at last prices when the day began, won. */
  readonly openingEquityKrw: number;
  /** What others trade in the account: it binds the same cash, shares and limits. Default: nobody does. */
  readonly external?: ExternalExposure;
  /** Fills that were noticed and not read yet: they make less possible, never more. Default: none are. */
  readonly provisional?: Pick<ProvisionalExposure, 'openBuyValueKrw' | 'openSellQuantity'>;
  /** What the broker's clock is ahead of ours: sessions have to be open by both. Default: its clock is ours. */
  readonly brokerClock?: Pick<BrokerClock, 'sessionTimes'>;
}

/**
 * The checks of `@qts/risk` over our own book and open orders. What an unknown order could cost, or could sell, is taken
 * as spent and as gone. Positions without a quote count at cost.
 */
export function createPreTradeCheck(settings: PreTradeSettings): PreTradeCheck {
  const { market, brokerClock, openOrdersMax = settings.limits.openOrdersMax } = settings;
  const limits = { ...settings.limits, openOrdersMax };
  const account = createAccountView(settings);
  return (intent, nowMs) => {
    const clockAhead = brokerClock?.sessionTimes() ?? sameClock;
    return checkOrder(intent, { nowMs, clockAhead, market, account }, limits);
  };
}

const nobodyElse: ExternalExposure = {
  openBuyValueKrw: () => 0,
  openSellQuantity: () => 0,
  netQuantity: () => 0,
  netCashKrw: 0,
};

const nothingNoticed = { openBuyValueKrw: () => 0, openSellQuantity: () => 0 };

/** The account as the checks see it: a live view that adds up when it is asked. */
export function createAccountView(settings: PreTradeSettings): AccountView {
  const { market, limits, tracker, book, openingEquityKrw, external = nobodyElse } = settings;
  const { provisional = nothingNoticed } = settings;
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
      const reservedKrw = tracker.openBuyValueKrw() + external.openBuyValueKrw() + provisional.openBuyValueKrw();
      // What others sold is cash, too, and not ours to spend.
      return (
        book.cashKrw +
        Math.min(0, external.netCashKrw) -
        reservedKrw -
        portion(reservedKrw, limits.feePartsPerBillion, 1_000_000_000)
      );
    },
    sellableQuantity(symbol) {
      const held = (book.position(symbol)?.quantity ?? 0) + Math.min(0, external.netQuantity(symbol));
      const soldByOthers = external.openSellQuantity(symbol) + provisional.openSellQuantity(symbol);
      return Math.max(0, held - tracker.openSellQuantity(symbol) - soldByOthers);
    },
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
      const boughtByOthersKrw = Math.max(0, -external.netCashKrw);
      const openKrw = tracker.openBuyValueKrw() + external.openBuyValueKrw() + provisional.openBuyValueKrw();
      return positionsValueKrw() + openKrw + boughtByOthersKrw;
    },
    symbolExposureKrw(symbol) {
      const boughtByOthers = Math.max(0, external.netQuantity(symbol)) * (lastPriceKrw(symbol) ?? 0);
      const noticedKrw = provisional.openBuyValueKrw(symbol);
      const openKrw = tracker.openBuyValueKrw(symbol) + external.openBuyValueKrw(symbol) + noticedKrw;
      return heldValueKrw(symbol) + openKrw + boughtByOthers;
    },
  };
}
