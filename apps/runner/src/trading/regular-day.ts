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
  const next = nextTradingDay(date);
  const follows = next === undefined ? '' : ` The next trading day is ${next}.`;
  return new ConfigurationError({
    code: 'NOT_A_TRADING_DAY',
    summary: `KRX does not trade on ${date}; nothing was started.`,
    facts: { date, reason },
    next: `Choose a trading day that the rules of @qts/krx cover.${follows}`,
  });
}

/** Longer than any run of holidays. */
const daysAheadMax = 14;

/** The first trading day after a date; `undefined` when the calendar does not say. */
export function nextTradingDay(date: string): string | undefined {
  const dayMs = 86_400_000;
  const startMs = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(startMs)) return undefined;
  for (let ahead = 1; ahead <= daysAheadMax; ahead += 1) {
    const each = new Date(startMs + ahead * dayMs).toISOString().slice(0, 10);
    if (sessionWindows({ venue: 'KRX', tradingDate: each }).ok) return each;
  }
  return undefined;
}
