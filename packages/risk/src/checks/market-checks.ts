import { type FailsafeCode, type Quote } from '@qts/core';
import { type DenialCode, type Denied, type SessionDay, type TradingWindow } from '@qts/krx';
import { type OrderIntent } from '../check-order.ts';
import { type Denial, deny } from '../risk-decision.ts';
import { type RiskLimits } from '../risk-limits.ts';
import { type InstrumentFacts, type RiskView } from '../risk-view.ts';

/** What the market says no with, in the words of our registry. */
const codeOfDenial = {
  DATE_NOT_COVERED: 'G_EXE_CALENDAR_UNKNOWN',
  MARKET_CLOSED: 'G_EXE_MARKET_CLOSED',
  NO_OPEN_WINDOW: 'G_EXE_SESSION_CLOSED',
  NO_SUCH_WINDOW: 'G_EXE_SESSION_CLOSED',
  TERMS_NOT_ALLOWED: 'G_EXE_TYPE_NOT_ALLOWED',
  PRODUCT_NOT_ALLOWED: 'G_EXE_TYPE_NOT_ALLOWED',
  RULE_UNKNOWN: 'G_EXE_TYPE_NOT_ALLOWED',
  ORDER_TOO_LARGE: 'G_EXE_QTY_ABOVE_LIMIT',
} as const satisfies Record<DenialCode, FailsafeCode>;

/** Passes a denial of the market's rules on under our code. */
export function denied({ code, reason }: Denied): Denial {
  return deny(codeOfDenial[code], reason, { rule: code });
}

/** What later checks need of the market, or why it takes no such order now. */
export function checkMarket(
  intent: OrderIntent,
  view: RiskView,
  limits: RiskLimits,
): { readonly instrument: InstrumentFacts; readonly window: TradingWindow; readonly quote: Quote } | Denial {
  const { market, nowMs } = view;
  const day = market.sessionDay(intent.venue);
  if (!day.ok) return denied(day);

  const { symbol } = intent;
  if (symbol.length === 0) return deny('G_EXE_SYMBOL_EMPTY', 'the symbol is empty', {});
  const instrument = market.instrument(symbol);
  if (instrument === undefined)
    return deny('G_EXE_SYMBOL_UNKNOWN', `${symbol} is not in today's symbol master`, { symbol });

  const window = openWindow(day, intent, view, limits.sessionGuardMs);
  if ('allowed' in window) return window;
  const missing = window.symbolConditions.find((condition) => !instrument.conditions.includes(condition));
  if (missing !== undefined) {
    const facts = { symbol, window: window.kind, condition: missing };
    return deny(
      'G_EXE_TYPE_NOT_ALLOWED',
      `${window.kind} asks for ${missing}, which the symbol master does not say`,
      facts,
    );
  }
  const terms = market.terms(window, intent.intentType, intent.timeInForce, instrument);
  if (!terms.ok) return denied(terms);

  const quote = market.quote(symbol);
  if (quote === undefined) return deny('G_EXE_QUOTE_MISSING', `there is no quote of ${symbol}`, { symbol });
  if (quote.halted) return deny('G_EXE_SYMBOL_HALTED', `${symbol} is halted`, { symbol });
  if (!market.limitsAgree(instrument, quote)) {
    const { basePriceKrw, upperLimitKrw, lowerLimitKrw } = quote;
    const facts = { symbol, basePriceKrw, upperLimitKrw, lowerLimitKrw };
    return deny('GR040', `the quoted daily limits of ${symbol} are not those of its base price`, facts);
  }
  const ageMs = nowMs - quote.readAtMs;
  if (window.method === 'CONTINUOUS' && ageMs > limits.quoteAgeMsMax) {
    return deny('G_EXE_QUOTE_STALE', `the quote of ${symbol} is ${ageMs} ms old`, { symbol, ageMs });
  }
  return { instrument, window, quote };
}

/**
 * The window of the intent's session that is open now and stays open for the guard band: by our clock, and by the broker's
 * where that is known to be another.
 */
function openWindow(
  day: SessionDay,
  { session }: OrderIntent,
  { nowMs, clockAhead = { leastMs: 0, mostMs: 0 } }: RiskView,
  guardMs: number,
): TradingWindow | Denial {
  const earliestMs = nowMs + clockAhead.leastMs;
  const latestMs = nowMs + clockAhead.mostMs;
  let closing: TradingWindow | undefined;
  for (const window of day.windows) {
    if (window.session !== session || earliestMs < window.acceptFromMs || earliestMs >= window.acceptUntilMs) continue;
    if (latestMs < window.acceptUntilMs - guardMs) return window;
    closing = window;
  }
  const facts = { venue: day.venue, session };
  return closing === undefined
    ? deny('G_EXE_SESSION_CLOSED', `${day.venue} takes no orders of session ${session} now`, facts)
    : deny(
        'G_EXE_SESSION_CLOSED',
        `${closing.kind} ends in ${closing.acceptUntilMs - latestMs} ms: too close to its end`,
        facts,
      );
}
