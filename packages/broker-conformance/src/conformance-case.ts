import { type BrokerCapabilities, type OrderType, type TimeInForce, type TradingSession, type Venue } from '@qts/core';
import { type BenchSettings, type ConformanceBench } from './conformance-target.ts';

/** One promise of the contract, and how it is put to the test. */
export interface ConformanceCase {
  /** `SUBMIT-010`. Never used again for anything else. */
  readonly id: string;
  /** What holds, in the present tense. */
  readonly promise: string;
  /** Why somebody's money depends on it. */
  readonly reason: string;
  /** Why the broker cannot be asked for it, read from what it declares; `undefined` when it can. */
  readonly cannot?: (capabilities: BrokerCapabilities) => string | undefined;
  readonly bench?: BenchSettings;
  readonly run: (bench: ConformanceBench) => Promise<void>;
}

/** Skips a case where the broker does not declare these terms. */
export function needsTerms(
  orderType: OrderType,
  timeInForce: TimeInForce = 'DAY',
  venue: Venue = 'KRX',
  session: TradingSession = 'REGULAR',
): NonNullable<ConformanceCase['cannot']> {
  return ({ orderTerms }) =>
    orderTerms.some(
      (row) =>
        row.orderType === orderType &&
        row.timeInForce === timeInForce &&
        row.venues.includes(venue) &&
        row.sessions.includes(session),
    )
      ? undefined
      : `declares no ${orderType} ${timeInForce} on ${venue} in ${session}`;
}
