import { type TradingSession, type Venue, venues } from '@qts/core';
import { type SpecialHoursKind } from '../calendar/calendar-types.ts';
import { type TradingCalendar, krxCalendar } from '../calendar/trading-calendar.ts';
import { checkOneOf } from '../rules/checks.ts';
import { type Confidence, weakestConfidence } from '../rules/confidence.ts';
import { isInForce } from '../rules/dated-rule.ts';
import { type Denied, deny } from '../rules/denial.ts';
import { formatTimeOfDay, kstDate, kstInstantMs, kstTimeOfDayMs, timeOfDay } from '../rules/kst-time.ts';
import {
  type MatchingMethod,
  type SessionRule,
  type SymbolCondition,
  type WindowKind,
  type WindowPrices,
  sessionOfWindow,
  sessionRules,
} from './session-rules.ts';
import { specialHoursRules } from './special-hours.ts';

/** A window of one day. Instants are epoch ms; an end is exclusive. */
export interface TradingWindow {
  readonly venue: Venue;
  readonly kind: WindowKind;
  /** The trading session of the orders it takes. */
  readonly session: TradingSession;
  readonly method: MatchingMethod;
  readonly prices: WindowPrices;
  readonly acceptFromMs: number;
  readonly acceptUntilMs: number;
  /** When orders meet. For a call auction both are its nominal end. */
  readonly matchFromMs: number;
  readonly matchUntilMs: number;
  /** The real end is drawn between the nominal end and this much later, per issue; until then the auction takes orders. */
  readonly randomEndMsMax: number;
  /** Distance of the single prices of a `PERIODIC_CALL_AUCTION`. */
  readonly intervalMs?: number;
  /** What the symbol master must say of an issue before the window takes it. */
  readonly symbolConditions: readonly SymbolCondition[];
  readonly confidence: Confidence;
}

/** A window that the venue has on other days, and why it is left out on this one. */
export interface WithheldWindow {
  readonly kind: WindowKind;
  readonly reason: string;
}

/** The windows of a venue on a trading day, in order of their start. */
export interface SessionDay {
  readonly ok: true;
  readonly venue: Venue;
  readonly tradingDate: string;
  readonly specialHours?: SpecialHoursKind;
  readonly windows: readonly TradingWindow[];
  readonly withheld: readonly WithheldWindow[];
}

/** A venue on a trading date. */
export interface SessionQuery {
  readonly venue: Venue;
  /** `YYYY-MM-DD`: the trading date of the order, never "today" of the host. */
  readonly tradingDate: string;
  /** Default: the calendar this package knows. */
  readonly calendar?: TradingCalendar;
}

/**
 * The windows of a venue's day, special hours applied. Denies on a closed day, on a day the calendar does not reach, and
 * where the venue does not exist yet. Allocates: ask once a day and keep the answer.
 */
export function sessionWindows(query: SessionQuery): SessionDay | Denied {
  const { venue, tradingDate, calendar = krxCalendar } = query;
  checkOneOf('venue', venue, venues);
  const day = calendar.tradingDay(tradingDate);
  if (day.status === 'UNKNOWN') return deny('DATE_NOT_COVERED', day.reason);
  if (day.status === 'CLOSED') return deny('MARKET_CLOSED', `${tradingDate} is closed: ${day.reason}.`);

  const rules = sessionRules.filter((rule) => rule.venue === venue && isInForce(rule, tradingDate));
  if (rules.length === 0) return deny('DATE_NOT_COVERED', `No sessions of ${venue} are held for ${tradingDate}.`);

  const windows: TradingWindow[] = [];
  const withheld: WithheldWindow[] = [];
  for (const rule of rules) {
    const placed = placeOnDay(rule, tradingDate, day.specialHours, day.confidence);
    if ('reason' in placed) withheld.push(placed);
    else windows.push(placed);
  }
  windows.sort((left, right) => left.acceptFromMs - right.acceptFromMs || left.acceptUntilMs - right.acceptUntilMs);
  const { specialHours } = day;
  return { ok: true, venue, tradingDate, ...(specialHours === undefined ? {} : { specialHours }), windows, withheld };
}

/**
 * The windows that take orders at an instant: never an empty list. Goes by nominal ends: in the seconds in which an
 * auction may run on (`randomEndMsMax`) only the exchange knows whether it still does.
 */
export function openWindows(
  query: SessionQuery & {
    /** Epoch ms. On another day than `tradingDate` nothing is open. */
    readonly atMs: number;
  },
): { readonly ok: true; readonly windows: readonly TradingWindow[] } | Denied {
  const day = sessionWindows(query);
  return day.ok ? openWindowsOf(day, query.atMs) : day;
}

/** {@link openWindows} of a day that the caller keeps. */
export function openWindowsOf(
  day: SessionDay,
  atMs: number,
): { readonly ok: true; readonly windows: readonly TradingWindow[] } | Denied {
  const windows = day.windows.filter((window) => window.acceptFromMs <= atMs && atMs < window.acceptUntilMs);
  if (windows.length > 0) return { ok: true, windows };
  const next = day.windows.find((window) => window.acceptFromMs > atMs);
  const at = `${kstDate(atMs)} ${formatTimeOfDay(kstTimeOfDayMs(atMs))}`;
  const hint =
    next === undefined
      ? 'nothing follows on this day'
      : `${next.kind} follows at ${formatTimeOfDay(kstTimeOfDayMs(next.acceptFromMs))}`;
  return deny('NO_OPEN_WINDOW', `${day.venue} takes no orders for ${day.tradingDate} at ${at}; ${hint}.`);
}

const minuteMs = 60_000;

function placeOnDay(
  rule: SessionRule,
  tradingDate: string,
  specialHours: SpecialHoursKind | undefined,
  dayConfidence: Confidence,
): TradingWindow | WithheldWindow {
  let startShiftMs = 0;
  let endShiftMs = 0;
  let confidence = weakestConfidence(rule.confidence, dayConfidence);
  if (specialHours !== undefined) {
    const special = specialHoursRules.find(
      (each) => each.kind === specialHours && each.venue === rule.venue && each.windows.includes(rule.window),
    );
    if (special === undefined) {
      return { kind: rule.window, reason: `No hours are held for ${rule.venue} ${rule.window} on a ${specialHours}.` };
    }
    if (special.change.kind === 'WITHHELD') {
      return { kind: rule.window, reason: `${rule.venue} ${rule.window} ${special.change.reason} (${specialHours}).` };
    }
    startShiftMs = special.change.startMinutes * minuteMs;
    endShiftMs = special.change.endMinutes * minuteMs;
    confidence = weakestConfidence(confidence, special.confidence);
  }
  const at = (text: string, shiftMs: number): number => kstInstantMs(tradingDate, timeOfDay(text) + shiftMs);
  return {
    venue: rule.venue,
    kind: rule.window,
    session: sessionOfWindow[rule.window],
    method: rule.method,
    prices: rule.prices,
    acceptFromMs: at(rule.accept[0], startShiftMs),
    acceptUntilMs: at(rule.accept[1], endShiftMs),
    matchFromMs: at(rule.match[0], startShiftMs),
    matchUntilMs: at(rule.match[1], endShiftMs),
    randomEndMsMax: rule.randomEndMsMax,
    ...(rule.intervalMs === undefined ? {} : { intervalMs: rule.intervalMs }),
    symbolConditions: rule.symbolConditions,
    confidence,
  };
}
