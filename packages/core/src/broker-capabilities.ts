import { type OrderType, type TimeInForce, type TradingSession, type Venue } from './order-terms.ts';

/** One combination of terms that a broker's API can carry. */
export interface OrderTermsCapability {
  readonly orderType: OrderType;
  readonly timeInForce: TimeInForce;
  readonly venues: readonly Venue[];
  readonly sessions: readonly TradingSession[];
  /** First and last trading date on which the broker takes it, inclusive. Absent: unbounded. */
  readonly effectiveFrom?: string;
  readonly effectiveTo?: string;
}

/** What a broker can do, as data. The engine refuses the rest before anything is sent. */
export interface BrokerCapabilities {
  readonly brokerId: string;
  /**
   * Whose account orders reach: a real one, the broker's 모의투자, or a simulated venue on this machine. Only an adapter
   * that cannot leave the machine may say `SIMULATED`: a live account needs the live gate's approval, a simulated none.
   */
  readonly environment: 'LIVE' | 'PAPER' | 'SIMULATED';
  readonly orderTerms: readonly OrderTermsCapability[];
  /** Whether the broker offers a query of sellable quantity, of open orders, of the market calendar, … */
  readonly queries: Readonly<Record<string, boolean>>;
  /**
   * How many orders may be open so that all can be canceled within 30 s, by the broker's rate of cancels on the date on
   * which the adapter was made. Absent: nobody knows, and the default of the risk limit holds.
   */
  readonly openOrdersMax?: number;
}
