import { type TradingSession, type Venue } from '@qts/core';
import { type DatedRule } from '../rules/dated-rule.ts';
import { type ListedMarket, type ProductClass } from '../rules/product.ts';

/**
 * Kinds of window in a venue's day. Several may take orders at once: a day is a set of windows, never one
 * open-or-closed flag.
 *
 * - `PRE_MARKET` 프리마켓 · `PRE_OPEN_CLOSING_PRICE` 장전 시간외 종가 · `OPENING_AUCTION` 시가 단일가
 * - `CONTINUOUS` 접속매매 · `CLOSING_AUCTION` 종가 단일가 · `POST_CLOSE_CLOSING_PRICE` 장후 시간외 종가
 * - `AFTER_HOURS_SINGLE_PRICE` 시간외 단일가 · `AFTER_MARKET` 애프터마켓
 */
export const windowKinds = [
  'PRE_MARKET',
  'PRE_OPEN_CLOSING_PRICE',
  'OPENING_AUCTION',
  'CONTINUOUS',
  'CLOSING_AUCTION',
  'POST_CLOSE_CLOSING_PRICE',
  'AFTER_HOURS_SINGLE_PRICE',
  'AFTER_MARKET',
] as const;
export type WindowKind = (typeof windowKinds)[number];

/** Which trading session of an order (`OrderRequest.session`) a window belongs to. */
export const sessionOfWindow: Readonly<Record<WindowKind, TradingSession>> = {
  PRE_MARKET: 'PRE_MARKET',
  PRE_OPEN_CLOSING_PRICE: 'PRE_OPEN_CLOSING_PRICE',
  OPENING_AUCTION: 'REGULAR',
  CONTINUOUS: 'REGULAR',
  CLOSING_AUCTION: 'REGULAR',
  POST_CLOSE_CLOSING_PRICE: 'POST_CLOSE_CLOSING_PRICE',
  AFTER_HOURS_SINGLE_PRICE: 'AFTER_HOURS_SINGLE_PRICE',
  AFTER_MARKET: 'AFTER_MARKET',
};

/**
 * How orders meet: continuously by price and time, once at the end at one price, at one price every `intervalMs`, or at
 * a fixed price by time alone.
 */
export const matchingMethods = ['CONTINUOUS', 'CALL_AUCTION', 'PERIODIC_CALL_AUCTION', 'FIXED_PRICE'] as const;
export type MatchingMethod = (typeof matchingMethods)[number];

/** Which prices a window takes. `NEAR_CLOSE`: within 10 % of today's close and inside the daily limits. */
export const windowPrices = ['DAILY_LIMITS', 'PREVIOUS_CLOSE', 'TODAY_CLOSE', 'NEAR_CLOSE'] as const;
export type WindowPrices = (typeof windowPrices)[number];

/** What the symbol master must say of an issue before the window takes it. The caller checks; this package has no master. */
export const symbolConditions = [
  'NXT_TRADABLE',
  'NOT_NXT_TRADABLE',
  'NOT_ADMINISTRATIVE',
  'NOT_INVESTMENT_WARNING',
  'NOT_ULTRA_ILLIQUID',
] as const;
export type SymbolCondition = (typeof symbolConditions)[number];

/** One window of a venue's ordinary day. Times are Korean, `HH:MM` or `HH:MM:SS`; an end is exclusive. */
export interface SessionRule extends DatedRule {
  readonly venue: Venue;
  readonly window: WindowKind;
  readonly accept: readonly [from: string, until: string];
  /** When orders meet. For a call auction both are its nominal end. */
  readonly match: readonly [from: string, until: string];
  readonly method: MatchingMethod;
  readonly prices: WindowPrices;
  /** The real end is drawn between the nominal end and this much later, per issue. 0: it ends on time. */
  readonly randomEndMsMax: number;
  /** Distance of the single prices of a `PERIODIC_CALL_AUCTION`. */
  readonly intervalMs?: number;
  readonly productClasses: readonly ProductClass[];
  readonly markets: readonly ListedMarket[];
  readonly symbolConditions: readonly SymbolCondition[];
  readonly source: string;
}

const everyClass: readonly ProductClass[] = ['STOCK', 'ETF', 'ETN', 'ELW'];
const offHoursClasses: readonly ProductClass[] = ['STOCK', 'ETF', 'ETN'];
const everyMarket: readonly ListedMarket[] = ['KOSPI', 'KOSDAQ', 'KONEX'];
const bigMarkets: readonly ListedMarket[] = ['KOSPI', 'KOSDAQ'];

/** Since when the regular session ends at 15:30. Older hours are not held. */
const closesAtHalfPastThree = '2016-08-01';

const callAuction = { method: 'CALL_AUCTION', prices: 'DAILY_LIMITS', randomEndMsMax: 30_000 } as const;
const continuous = { method: 'CONTINUOUS', prices: 'DAILY_LIMITS', randomEndMsMax: 0 } as const;
const fixedPrice = { method: 'FIXED_PRICE', randomEndMsMax: 0 } as const;
const regular = { productClasses: everyClass, markets: everyMarket, symbolConditions: [] } as const;

/** KRX before the open: both windows were an hour long until 2019-04-26. */
const krxBeforeTheOpen: readonly SessionRule[] = [
  {
    venue: 'KRX',
    window: 'PRE_OPEN_CLOSING_PRICE',
    effectiveFrom: closesAtHalfPastThree,
    effectiveTo: '2019-04-28',
    confidence: 'CONFIRMED',
    accept: ['07:30', '08:30'],
    match: ['07:30', '08:30'],
    ...fixedPrice,
    prices: 'PREVIOUS_CLOSE',
    productClasses: offHoursClasses,
    markets: bigMarkets,
    symbolConditions: [],
    source: 'press of 2019-04-03 and 2019-04-29; recorded trades of 2018-11-19 from 07:30:00',
  },
  {
    venue: 'KRX',
    window: 'PRE_OPEN_CLOSING_PRICE',
    effectiveFrom: '2019-04-29',
    confidence: 'CONFIRMED',
    accept: ['08:30', '08:40'],
    match: ['08:30', '08:40'],
    ...fixedPrice,
    prices: 'PREVIOUS_CLOSE',
    productClasses: offHoursClasses,
    markets: bigMarkets,
    symbolConditions: [],
    source: 'exchange rules; press of 2019-04-29 and 2026-01-14. A broker lists no such window for KONEX',
  },
  {
    venue: 'KRX',
    window: 'OPENING_AUCTION',
    effectiveFrom: closesAtHalfPastThree,
    effectiveTo: '2019-04-28',
    confidence: 'CONFIRMED',
    accept: ['08:00', '09:00'],
    match: ['09:00', '09:00'],
    ...callAuction,
    ...regular,
    source: 'press of 2019-04-03 and 2019-04-29',
  },
  {
    venue: 'KRX',
    window: 'OPENING_AUCTION',
    effectiveFrom: '2019-04-29',
    confidence: 'CONFIRMED',
    accept: ['08:30', '09:00'],
    match: ['09:00', '09:00'],
    ...callAuction,
    ...regular,
    source: 'exchange rules; press of 2019-04-29 and 2026-01-14 (a note of KIS says 08:20, one place only)',
  },
];

const krxRegular: readonly SessionRule[] = [
  {
    venue: 'KRX',
    window: 'CONTINUOUS',
    effectiveFrom: closesAtHalfPastThree,
    confidence: 'CONFIRMED',
    accept: ['09:00', '15:20'],
    match: ['09:00', '15:20'],
    ...continuous,
    ...regular,
    source: 'exchange rules',
  },
  {
    venue: 'KRX',
    window: 'CLOSING_AUCTION',
    effectiveFrom: closesAtHalfPastThree,
    confidence: 'CONFIRMED',
    accept: ['15:20', '15:30'],
    match: ['15:30', '15:30'],
    ...callAuction,
    ...regular,
    source: 'exchange rules; recorded closing prints 0 to 30 s after 15:30',
  },
];

const krxAfterTheClose: readonly SessionRule[] = [
  {
    venue: 'KRX',
    window: 'POST_CLOSE_CLOSING_PRICE',
    effectiveFrom: closesAtHalfPastThree,
    confidence: 'CONFIRMED',
    accept: ['15:30', '16:00'],
    match: ['15:40', '16:00'],
    ...fixedPrice,
    prices: 'TODAY_CLOSE',
    productClasses: offHoursClasses,
    markets: everyMarket,
    symbolConditions: [],
    source: 'exchange rules; recorded prints from 15:40:00 on 2019-10-17',
  },
  {
    venue: 'KRX',
    window: 'AFTER_HOURS_SINGLE_PRICE',
    effectiveFrom: closesAtHalfPastThree,
    effectiveTo: '2025-03-03',
    confidence: 'CONFIRMED',
    accept: ['16:00', '18:00'],
    match: ['16:10', '18:00'],
    method: 'PERIODIC_CALL_AUCTION',
    prices: 'NEAR_CLOSE',
    randomEndMsMax: 0,
    intervalMs: 600_000,
    productClasses: offHoursClasses,
    markets: bigMarkets,
    symbolConditions: [],
    source: 'exchange rules',
  },
  {
    venue: 'KRX',
    window: 'AFTER_HOURS_SINGLE_PRICE',
    effectiveFrom: '2025-03-04',
    effectiveTo: '2026-09-13',
    confidence: 'CONFIRMED',
    accept: ['16:00', '18:00'],
    match: ['16:10', '18:00'],
    method: 'PERIODIC_CALL_AUCTION',
    prices: 'NEAR_CLOSE',
    randomEndMsMax: 0,
    intervalMs: 600_000,
    productClasses: offHoursClasses,
    markets: bigMarkets,
    symbolConditions: ['NOT_NXT_TRADABLE'],
    source: 'press of 2025-02 and 2026-09; last used on 2026-09-11',
  },
  {
    venue: 'KRX',
    window: 'AFTER_MARKET',
    effectiveFrom: '2026-09-14',
    confidence: 'CONFIRMED',
    accept: ['16:00', '20:00'],
    match: ['16:00', '20:00'],
    ...continuous,
    productClasses: ['STOCK'],
    markets: bigMarkets,
    symbolConditions: ['NOT_ADMINISTRATIVE', 'NOT_INVESTMENT_WARNING', 'NOT_ULTRA_ILLIQUID'],
    source: 'broker notices of 2026-09; the symbol conditions and KONEX in one place only',
  },
];

const nxtIssues = {
  productClasses: ['STOCK'],
  markets: bigMarkets,
  symbolConditions: ['NXT_TRADABLE'],
} as const;

const nxt: readonly SessionRule[] = [
  {
    venue: 'NXT',
    window: 'PRE_MARKET',
    effectiveFrom: '2025-03-04',
    confidence: 'CONFIRMED',
    accept: ['08:00', '08:50'],
    match: ['08:00', '08:50'],
    ...continuous,
    ...nxtIssues,
    source: 'NXT rules. No opening auction: first prints at a daily limit happened, use a collar',
  },
  {
    venue: 'NXT',
    window: 'CONTINUOUS',
    effectiveFrom: '2025-03-04',
    confidence: 'CONFIRMED',
    accept: ['09:00:30', '15:20'],
    match: ['09:00:30', '15:20'],
    ...continuous,
    ...nxtIssues,
    source: 'NXT rules',
  },
  {
    venue: 'NXT',
    window: 'POST_CLOSE_CLOSING_PRICE',
    effectiveFrom: '2025-03-04',
    confidence: 'CONFIRMED',
    accept: ['15:00', '16:00'],
    match: ['15:30', '16:00'],
    ...fixedPrice,
    prices: 'TODAY_CLOSE',
    ...nxtIssues,
    source: 'NXT rules (종가매매)',
  },
  {
    venue: 'NXT',
    window: 'AFTER_MARKET',
    effectiveFrom: '2025-03-04',
    confidence: 'CONFIRMED',
    accept: ['15:30', '20:00'],
    match: ['15:40', '20:00'],
    ...continuous,
    ...nxtIssues,
    source: 'NXT rules; entry from 15:30 in one place only, do not rely on a fill before 15:40',
  },
];

/** The router is the broker's; no exchange text gives its hours. Only the hours both venues share are taken. */
const sor: readonly SessionRule[] = [
  {
    venue: 'SOR',
    window: 'CONTINUOUS',
    effectiveFrom: '2025-03-04',
    confidence: 'UNCONFIRMED',
    accept: ['09:00:30', '15:20'],
    match: ['09:00:30', '15:20'],
    ...continuous,
    productClasses: ['STOCK'],
    markets: bigMarkets,
    symbolConditions: [],
    source: 'inference: while KRX and NXT both trade continuously',
  },
];

/** Every window of every venue, with its dates. */
export const sessionRules: readonly SessionRule[] = [
  ...krxBeforeTheOpen,
  ...krxRegular,
  ...krxAfterTheClose,
  ...nxt,
  ...sor,
];
