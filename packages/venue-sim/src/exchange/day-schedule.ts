import {
  type OrderType,
  type SessionDay,
  type TimeInForce,
  type TradingSession,
  type TradingWindow,
  orderTermsAllowed,
  orderTypes,
  sessionWindows,
  settlementDate,
  timesInForce,
} from '@qts/krx';
import { VenueError } from '../venue-error.ts';
import { type Instrument, type VenuePhase } from './contracts.ts';

/** Phases in which something takes orders. */
export type OpenPhase = Exclude<VenuePhase, 'CLOSED'>;

/** Windows of KRX that this venue runs. The 16:00 single-price session (until 2026-09-11) is not modelled. */
const modelledPhases: readonly string[] = [
  'PRE_OPEN_CLOSING_PRICE',
  'OPENING_AUCTION',
  'CONTINUOUS',
  'CLOSING_AUCTION',
  'POST_CLOSE_CLOSING_PRICE',
  'AFTER_MARKET',
] satisfies readonly OpenPhase[];

/** A window of the day as one class of issues has it. Instants are epoch ms. */
export interface IssueWindow {
  readonly phase: OpenPhase;
  readonly session: TradingSession;
  readonly acceptFromMs: number;
  /** Nominal: an auction runs on for up to `randomEndMsMax`. */
  readonly acceptUntilMs: number;
  readonly randomEndMsMax: number;
  /** From when orders meet. Before, they are collected. */
  readonly matchFromMs: number;
  /** Which conditions each type may carry here. */
  readonly takes: Readonly<Record<OrderType, readonly TimeInForce[]>>;
}

/** The timetable of a trading day, by the rules of `krx` for the date. */
export interface DaySchedule {
  readonly tradingDate: string;
  readonly settlementDate: string;
  /** Whether the date has the single-price session after hours, which this venue does not run. */
  readonly hasAfterHoursSinglePrice: boolean;
  /** The windows an issue takes part in, in order of their start. */
  windowsOf(instrument: Instrument): readonly IssueWindow[];
}

/** @throws {VenueError} `INVALID_SETTING` when `krx` does not know the date as a trading day. */
export function createDaySchedule(tradingDate: string): DaySchedule {
  const day: SessionDay | { readonly ok: false; readonly reason: string } = sessionWindows({
    venue: 'KRX',
    tradingDate,
  });
  if (!day.ok) throw new VenueError('INVALID_SETTING', `tradingDate: ${day.reason} Choose a trading day of KRX.`);
  const settlement = settlementDate({ tradingDate });
  if (!settlement.ok) {
    throw new VenueError(
      'INVALID_SETTING',
      `tradingDate: ${settlement.reason} Choose a day whose settlement is known.`,
    );
  }
  const windowsByClass = new Map<string, readonly IssueWindow[]>();

  const windowsOf = (instrument: Instrument): readonly IssueWindow[] => {
    const { market, productClass } = instrument;
    const key = `${market} ${productClass}`;
    let windows = windowsByClass.get(key);
    if (windows === undefined) {
      windows = day.windows.flatMap((window) => issueWindow(window, instrument, tradingDate) ?? []);
      windowsByClass.set(key, windows);
    }
    if (instrument.afterMarket !== false) return windows;
    return windows.filter((window) => window.phase !== 'AFTER_MARKET');
  };

  return {
    tradingDate,
    settlementDate: settlement.date,
    hasAfterHoursSinglePrice: day.windows.some((window) => window.kind === 'AFTER_HOURS_SINGLE_PRICE'),
    windowsOf,
  };
}

/** A window as a class of issues has it; nothing when it takes no order of that class, or is not modelled. */
function issueWindow(window: TradingWindow, instrument: Instrument, tradingDate: string): IssueWindow | undefined {
  if (!isModelled(window.kind)) return undefined;
  const phase = window.kind;
  const { market, productClass } = instrument;
  const conditionsOf = (orderType: OrderType): readonly TimeInForce[] =>
    timesInForce.filter(
      (timeInForce) =>
        orderTermsAllowed({
          venue: 'KRX',
          tradingDate,
          window: phase,
          orderType,
          timeInForce,
          productClass,
          market,
        }).ok,
    );
  const takes = Object.fromEntries(orderTypes.map((orderType) => [orderType, conditionsOf(orderType)])) as Record<
    OrderType,
    readonly TimeInForce[]
  >;
  if (Object.values(takes).every((conditions) => conditions.length === 0)) return undefined;
  const { session, acceptFromMs, acceptUntilMs, randomEndMsMax, matchFromMs } = window;
  return { phase, session, acceptFromMs, acceptUntilMs, randomEndMsMax, matchFromMs, takes };
}

function isModelled(kind: string): kind is OpenPhase {
  return modelledPhases.includes(kind);
}
