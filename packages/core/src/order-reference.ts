import { type OrderType, type Side, type TimeInForce, type TradingSession, type Venue } from './order-terms.ts';
import { type BrokerOrderId, type SymbolCode, type TradingDate } from './values.ts';

/**
 * All that a broker wants to hear again about an order of its own: a number alone is unique per day and branch only,
 * and a cancel needs more than a number (KIS: branch, order division, venue; Kiwoom: symbol, venue).
 * Plain data, safe to store and to print.
 */
export interface OrderReference {
  readonly brokerId: string;
  readonly tradingDate: TradingDate;
  readonly brokerOrderId: BrokerOrderId;
  readonly symbol: SymbolCode;
  readonly side: Side;
  readonly orderType: OrderType;
  readonly timeInForce: TimeInForce;
  readonly venue: Venue;
  readonly session: TradingSession;
  /** The broker's own facts under its own names, for example `{ KRX_FWDG_ORD_ORGNO: '03930' }`. Never a secret. */
  readonly native: Readonly<Record<string, string>>;
}
