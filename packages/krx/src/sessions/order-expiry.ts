import { type TimeInForce, type TradingSession, type Venue } from '@qts/core';
import { type Confidence, weakestConfidence } from '../rules/confidence.ts';
import { type DatedRule, isInForce } from '../rules/dated-rule.ts';
import { type Denied, deny } from '../rules/denial.ts';
import { type WindowKind } from './session-rules.ts';
import { type SessionQuery, sessionWindows } from './session-windows.ts';

/** Conditions under which an order can rest. IOC and FOK end at entry. */
export type RestingTimeInForce = Extract<TimeInForce, 'DAY' | 'GTP'>;

/** Until when an order of a session lives when nothing fills or cancels it. */
export interface OrderExpiryRule extends DatedRule {
  readonly venue: Venue;
  readonly sessions: readonly TradingSession[];
  readonly timeInForce: RestingTimeInForce;
  /** It ends when this window ends. */
  readonly livesUntilEndOf: WindowKind;
  readonly source: string;
}

/** Expiry per venue. A routed (SOR) order lives where its parts went; only the broker knows. */
export const orderExpiryRules: readonly OrderExpiryRule[] = [
  {
    venue: 'KRX',
    sessions: ['REGULAR'],
    timeInForce: 'DAY',
    livesUntilEndOf: 'CLOSING_AUCTION',
    effectiveFrom: '2016-08-01',
    confidence: 'CONFIRMED',
    source: 'broker notices of 2026-09: unfilled orders do not roll into the after-market',
  },
  {
    venue: 'KRX',
    sessions: ['PRE_OPEN_CLOSING_PRICE'],
    timeInForce: 'DAY',
    livesUntilEndOf: 'PRE_OPEN_CLOSING_PRICE',
    effectiveFrom: '2016-08-01',
    confidence: 'UNCONFIRMED',
    source: 'inference: the session has an order type of its own',
  },
  {
    venue: 'KRX',
    sessions: ['POST_CLOSE_CLOSING_PRICE'],
    timeInForce: 'DAY',
    livesUntilEndOf: 'POST_CLOSE_CLOSING_PRICE',
    effectiveFrom: '2016-08-01',
    confidence: 'UNCONFIRMED',
    source: 'inference: the session has an order type of its own',
  },
  {
    venue: 'KRX',
    sessions: ['AFTER_HOURS_SINGLE_PRICE'],
    timeInForce: 'DAY',
    livesUntilEndOf: 'AFTER_HOURS_SINGLE_PRICE',
    effectiveFrom: '2016-08-01',
    effectiveTo: '2026-09-13',
    confidence: 'UNCONFIRMED',
    source: 'inference: nothing follows it',
  },
  {
    venue: 'KRX',
    sessions: ['AFTER_MARKET'],
    timeInForce: 'DAY',
    livesUntilEndOf: 'AFTER_MARKET',
    effectiveFrom: '2026-09-14',
    confidence: 'CONFIRMED',
    source: 'broker notices of 2026-09',
  },
  {
    venue: 'NXT',
    sessions: ['PRE_MARKET', 'REGULAR', 'AFTER_MARKET'],
    timeInForce: 'DAY',
    livesUntilEndOf: 'AFTER_MARKET',
    effectiveFrom: '2025-03-04',
    confidence: 'CONFIRMED',
    source: 'NXT rules: orders of the pre-market and the main market stay live through the after-market',
  },
  {
    venue: 'NXT',
    sessions: ['PRE_MARKET'],
    timeInForce: 'GTP',
    livesUntilEndOf: 'PRE_MARKET',
    effectiveFrom: '2026-09-14',
    confidence: 'CONFIRMED',
    source: 'broker notices of 2026-09: cancelled in bulk at 08:50',
  },
];

/** When an order ends by itself, nominally; an auction may run on by `randomEndMsMax`. Whether the broker says so is open. */
export function orderExpiry(
  query: SessionQuery & { readonly session: TradingSession; readonly timeInForce: RestingTimeInForce },
):
  | {
      readonly ok: true;
      readonly expiresAtMs: number;
      readonly randomEndMsMax: number;
      readonly confidence: Confidence;
    }
  | Denied {
  const { venue, tradingDate, session, timeInForce } = query;
  const day = sessionWindows(query);
  if (!day.ok) return day;
  const rule = orderExpiryRules.find(
    (each) =>
      each.venue === venue &&
      each.timeInForce === timeInForce &&
      each.sessions.includes(session) &&
      isInForce(each, tradingDate),
  );
  const wanted = `${timeInForce} orders of ${venue} ${session} on ${tradingDate}`;
  if (rule === undefined) return deny('RULE_UNKNOWN', `No expiry rule is held for ${wanted}.`);
  if (!day.windows.some((window) => window.session === session)) {
    return deny('NO_SUCH_WINDOW', `${venue} ${session} does not run on ${tradingDate}.`);
  }
  const last = day.windows.find((window) => window.kind === rule.livesUntilEndOf);
  if (last === undefined) return deny('NO_SUCH_WINDOW', `${rule.livesUntilEndOf} is missing for ${wanted}.`);
  return {
    ok: true,
    expiresAtMs: last.acceptUntilMs,
    randomEndMsMax: last.randomEndMsMax,
    confidence: weakestConfidence(rule.confidence, last.confidence),
  };
}
