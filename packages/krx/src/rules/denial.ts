/** Why a rule says no, or that it does not know. A denial is ours: nothing has left the process. */
export const denialCodes = [
  'DATE_NOT_COVERED', // the rules or the calendar do not reach this trading date
  'MARKET_CLOSED', // not a trading day
  'NO_OPEN_WINDOW', // a trading day, but nothing takes orders at this time
  'NO_SUCH_WINDOW', // the venue has no such window on this date
  'TERMS_NOT_ALLOWED', // this type and condition is not taken in this window
  'PRODUCT_NOT_ALLOWED', // this class or market is not taken in this window, or not with these terms
  'RULE_UNKNOWN', // no source tells the rule for this combination
  'ORDER_TOO_LARGE', // above the exchange's limit for one order
] as const;
export type DenialCode = (typeof denialCodes)[number];

/** A refusal with its reason, for a person to read. */
export interface Denied {
  readonly ok: false;
  readonly code: DenialCode;
  readonly reason: string;
}

/** Builds a {@link Denied}. */
export function deny(code: DenialCode, reason: string): Denied {
  return { ok: false, code, reason };
}
