import { type CallOptions } from './order-adapter.ts';
import { type OrderType } from './order-terms.ts';
import { type EpochMs, type Krw, type Shares, type SymbolCode } from './values.ts';

/** Cash of an account (예수금), by the day it settles. May be negative after an unsettled overdraft. */
export interface CashBalance {
  /** Deposit today (D+0). */
  readonly depositKrw: Krw;
  /** Expected deposit on D+1 and D+2, after settlement of what was traded. */
  readonly nextDayKrw: Krw;
  readonly settledKrw: Krw;
  readonly readAtMs: EpochMs;
}

/** What may be bought of one issue (주문가능금액), without receivables. */
export interface BuyingPower {
  readonly cashKrw: Krw;
  readonly quantity: Shares;
  readonly readAtMs: EpochMs;
}

/** A holding (보유잔고). */
export interface Position {
  readonly symbol: SymbolCode;
  readonly quantity: Shares;
  /** What may be sold now: holdings less what open sell orders reserve. */
  readonly sellableQuantity: Shares;
  /** What the shares cost, won; the average price is derived from it. */
  readonly costKrw: Krw;
  readonly lastPriceKrw?: Krw;
}

export interface PositionList {
  readonly positions: readonly Position[];
  readonly complete: boolean;
  readonly readAtMs: EpochMs;
}

/** Reads one account at one broker. Throws {@link BrokerError} when it cannot answer. */
export interface AccountReader {
  readonly brokerId: string;
  getCashBalance(options?: CallOptions): Promise<CashBalance>;
  getBuyingPower(
    query: { readonly symbol: SymbolCode; readonly orderType: OrderType; readonly limitPriceKrw?: Krw },
    options?: CallOptions,
  ): Promise<BuyingPower>;
  listPositions(options?: CallOptions): Promise<PositionList>;
  getSellableQuantity(symbol: SymbolCode, options?: CallOptions): Promise<Shares>;
}
