import { type EpochMs } from '../values.ts';

/** When something was received. Age is measured by the monotonic clock; the wall clock is for people and journals. */
export interface StreamStamp {
  /** Monotonic ms of receipt, by the clock that the stream was given. */
  readonly receivedMonotonicMs: number;
  readonly receivedAtMs: EpochMs;
}

/** What came from an exchange also says when it happened there, as far as the wire tells: both brokers tell whole seconds. */
export interface ExchangeStamp extends StreamStamp {
  /** Absent when the wire gives no time or one that cannot be read. */
  readonly exchangeAtMs?: EpochMs;
}
