/**
 * The terms of an order, in KRX's English words. Each broker maps them to its own codes in one table and
 * declares in its capabilities which of them it can carry.
 */

/** Sides of an order: 매수, 매도. */
export const sides = ['BUY', 'SELL'] as const;
export type Side = (typeof sides)[number];

/**
 * Order types (호가유형).
 *
 * - `LIMIT` 지정가 · `MARKET` 시장가 · `CONDITIONAL_LIMIT` 조건부지정가 (a limit that joins the closing auction as market)
 * - `BEST_LIMIT` 최유리지정가 (limit at the best opposite price at entry)
 * - `PRIORITY_LIMIT` 최우선지정가 (limit at the best own-side price at entry)
 * - `MIDPOINT` 중간가 · `STOP_LIMIT` 스톱지정가
 * - `CLOSING_PRICE` 시간외종가 (the closing-price sessions before the open and after the close)
 * - `AFTER_HOURS_SINGLE_PRICE` 시간외단일가 (abolished: last used 2026-09-11)
 */
export const orderTypes = [
  'LIMIT',
  'MARKET',
  'CONDITIONAL_LIMIT',
  'BEST_LIMIT',
  'PRIORITY_LIMIT',
  'MIDPOINT',
  'STOP_LIMIT',
  'CLOSING_PRICE',
  'AFTER_HOURS_SINGLE_PRICE',
] as const;
export type OrderType = (typeof orderTypes)[number];

/** Which prices each order type carries: exactly these, no more and no fewer. */
export const orderTypePrices: Readonly<Record<OrderType, { readonly limit: boolean; readonly stop: boolean }>> = {
  LIMIT: { limit: true, stop: false },
  MARKET: { limit: false, stop: false },
  CONDITIONAL_LIMIT: { limit: true, stop: false },
  BEST_LIMIT: { limit: false, stop: false },
  PRIORITY_LIMIT: { limit: false, stop: false },
  MIDPOINT: { limit: false, stop: false },
  STOP_LIMIT: { limit: true, stop: true },
  CLOSING_PRICE: { limit: false, stop: false },
  AFTER_HOURS_SINGLE_PRICE: { limit: true, stop: false },
};

/**
 * How long an order lives: `DAY` (its session), `IOC` (fill what is possible now, cancel the rest), `FOK` (all now or
 * nothing), `GTP` (good till the NXT pre-market ends at 08:50; from 2026-09-14).
 */
export const timesInForce = ['DAY', 'IOC', 'FOK', 'GTP'] as const;
export type TimeInForce = (typeof timesInForce)[number];

/** Where an order goes: 한국거래소, 넥스트레이드, or the broker's smart order routing (최선주문집행). */
export const venues = ['KRX', 'NXT', 'SOR'] as const;
export type Venue = (typeof venues)[number];

/**
 * The trading session an order is meant for. One venue may have several open at once, and brokers have codes of their
 * own for some (KIS 05 and 06 for the closing-price sessions, 41–47 for the KRX after-market).
 */
export const tradingSessions = [
  'PRE_MARKET',
  'PRE_OPEN_CLOSING_PRICE',
  'REGULAR',
  'POST_CLOSE_CLOSING_PRICE',
  'AFTER_HOURS_SINGLE_PRICE',
  'AFTER_MARKET',
] as const;
export type TradingSession = (typeof tradingSessions)[number];
