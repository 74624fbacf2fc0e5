import { ConfigurationError, type EpochMs } from '@qts/core';
import { type TradingWindow, type WindowKind, sessionWindows } from '@qts/krx';

/** The regular session of a trading date, as a trader sees it. */
export interface RegularDay {
  /** Continuous trading, after the latest random end of the opening auction. */
  readonly opensAtMs: EpochMs;
  /** The end of continuous trading. */
  readonly closesAtMs: EpochMs;
  /** When nothing of the regular session can still trade: after the latest random end of the closing auction. */
  readonly endsAtMs: EpochMs;
}

/**
 * The regular session of KRX on a date, by the exchange's dated hours.
 *
 * @throws {ConfigurationError} when the date is no trading day, or is not covered by the rules
 */
export function regularDay(date: string): RegularDay {
  const day = sessionWindows({ venue: 'KRX', tradingDate: date });
  if (!day.ok) throw notTradable(date, day.reason);
  const window = (kind: WindowKind): TradingWindow => {
    const found = day.windows.find((each) => each.kind === kind);
    if (found === undefined) throw notTradable(date, `KRX has no ${kind} on it`);
    return found;
  };
  const closing = window('CLOSING_AUCTION');
  return {
    opensAtMs: window('CONTINUOUS').matchFromMs + window('OPENING_AUCTION').randomEndMsMax,
    closesAtMs: window('CONTINUOUS').matchUntilMs,
    endsAtMs: closing.matchUntilMs + closing.randomEndMsMax,
  };
}

function notTradable(date: string, reason: string): ConfigurationError {
  return new ConfigurationError({
    code: 'NOT_A_TRADING_DAY',
    summary: 'The regular session of the date is not known; nothing was started.',
    facts: { date, reason },
    next: 'Choose a trading day that the rules of @qts/krx cover.',
  });
}
