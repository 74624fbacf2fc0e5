import { createDivisionFinder, orderDivision, type OrderDivision, type OrderTerms } from '@qts/broker-kit';
import { type OrderType, type TimeInForce, type TradingSession, type Venue } from '@qts/core';

/**
 * `ORD_DVSN` (주문구분): the one code in which KIS carries order type, condition and, for some, the session.
 * The table is read in both directions: terms → code when we send, code → terms when a list or a notice comes back.
 *
 * Source: KIS enumeration of ORD_DVSN (published), 27–29 and 41–47 by the broker's notice of 2026-09-09 (one source);
 * which session takes which type is KRX's and NXT's rule.
 */
export type KisOrderDivision = OrderDivision;

/** NXT opened, and with it smart order routing, mid-point and stop-limit orders. */
const nxtOpening = '2025-03-04';
/** The KRX after-market and NXT's GTP orders began; the KRX single-price market had its last day on 2026-09-11. */
const afterMarketOpening = '2026-09-14';
const singlePriceMarketLastDay = '2026-09-11';

const regular = ['REGULAR'] as const;
const krxOnly = { KRX: regular };
const withoutNxt = { KRX: regular, SOR: regular };
const withoutSor = { KRX: regular, NXT: regular };
const everywhere = { KRX: regular, NXT: regular, SOR: regular };
/** A limit order is the only type that is certain in NXT's pre- and after-market (APBK3013 names two more). */
const limitOffers = { ...everywhere, NXT: ['PRE_MARKET', 'REGULAR', 'AFTER_MARKET'] } as const;

/** A code that names its session itself. */
function sessionDivision(
  code: string,
  korean: string,
  orderType: OrderType,
  timeInForce: TimeInForce,
  venue: Venue,
  session: TradingSession,
  dates: Pick<OrderDivision, 'effectiveFrom' | 'effectiveTo'> = {},
): KisOrderDivision {
  return { ...orderDivision(code, korean, orderType, timeInForce, { [venue]: [session] }, dates), session };
}

/** Every division that this API takes or took. */
export const kisOrderDivisions: readonly KisOrderDivision[] = [
  orderDivision('00', '지정가', 'LIMIT', 'DAY', limitOffers),
  orderDivision('01', '시장가', 'MARKET', 'DAY', withoutNxt),
  orderDivision('02', '조건부지정가', 'CONDITIONAL_LIMIT', 'DAY', krxOnly),
  orderDivision('03', '최유리지정가', 'BEST_LIMIT', 'DAY', everywhere),
  orderDivision('04', '최우선지정가', 'PRIORITY_LIMIT', 'DAY', everywhere),
  sessionDivision('05', '장전 시간외', 'CLOSING_PRICE', 'DAY', 'KRX', 'PRE_OPEN_CLOSING_PRICE'),
  sessionDivision('06', '장후 시간외', 'CLOSING_PRICE', 'DAY', 'KRX', 'POST_CLOSE_CLOSING_PRICE'),
  sessionDivision('07', '시간외 단일가', 'AFTER_HOURS_SINGLE_PRICE', 'DAY', 'KRX', 'AFTER_HOURS_SINGLE_PRICE', {
    effectiveTo: singlePriceMarketLastDay,
  }),
  orderDivision('11', 'IOC지정가', 'LIMIT', 'IOC', everywhere),
  orderDivision('12', 'FOK지정가', 'LIMIT', 'FOK', everywhere),
  orderDivision('13', 'IOC시장가', 'MARKET', 'IOC', everywhere),
  orderDivision('14', 'FOK시장가', 'MARKET', 'FOK', everywhere),
  orderDivision('15', 'IOC최유리', 'BEST_LIMIT', 'IOC', everywhere),
  orderDivision('16', 'FOK최유리', 'BEST_LIMIT', 'FOK', everywhere),
  orderDivision('21', '중간가', 'MIDPOINT', 'DAY', withoutSor, { effectiveFrom: nxtOpening }),
  orderDivision('22', '스톱지정가', 'STOP_LIMIT', 'DAY', withoutSor, { effectiveFrom: nxtOpening }),
  orderDivision('23', '중간가IOC', 'MIDPOINT', 'IOC', withoutSor, { effectiveFrom: nxtOpening }),
  orderDivision('24', '중간가FOK', 'MIDPOINT', 'FOK', withoutSor, { effectiveFrom: nxtOpening }),
  sessionDivision('27', 'NXT GTP지정가', 'LIMIT', 'GTP', 'NXT', 'PRE_MARKET', { effectiveFrom: afterMarketOpening }),
  sessionDivision('28', 'NXT GTP최유리', 'BEST_LIMIT', 'GTP', 'NXT', 'PRE_MARKET', {
    effectiveFrom: afterMarketOpening,
  }),
  sessionDivision('29', 'NXT GTP최우선', 'PRIORITY_LIMIT', 'GTP', 'NXT', 'PRE_MARKET', {
    effectiveFrom: afterMarketOpening,
  }),
  sessionDivision('41', 'KRX애프터마켓지정가', 'LIMIT', 'DAY', 'KRX', 'AFTER_MARKET', {
    effectiveFrom: afterMarketOpening,
  }),
  sessionDivision('42', 'KRX애프터마켓지정가IOC', 'LIMIT', 'IOC', 'KRX', 'AFTER_MARKET', {
    effectiveFrom: afterMarketOpening,
  }),
  sessionDivision('43', 'KRX애프터마켓지정가FOK', 'LIMIT', 'FOK', 'KRX', 'AFTER_MARKET', {
    effectiveFrom: afterMarketOpening,
  }),
  sessionDivision('44', 'KRX애프터마켓최유리지정가', 'BEST_LIMIT', 'DAY', 'KRX', 'AFTER_MARKET', {
    effectiveFrom: afterMarketOpening,
  }),
  sessionDivision('45', 'KRX애프터마켓최유리지정가IOC', 'BEST_LIMIT', 'IOC', 'KRX', 'AFTER_MARKET', {
    effectiveFrom: afterMarketOpening,
  }),
  sessionDivision('46', 'KRX애프터마켓최유리지정가FOK', 'BEST_LIMIT', 'FOK', 'KRX', 'AFTER_MARKET', {
    effectiveFrom: afterMarketOpening,
  }),
  sessionDivision('47', 'KRX애프터마켓최우선지정가', 'PRIORITY_LIMIT', 'DAY', 'KRX', 'AFTER_MARKET', {
    effectiveFrom: afterMarketOpening,
  }),
];

/**
 * Codes that a list may show and that this API cannot have placed: treasury stock, block and basket orders of the
 * account's owner (08 09 10 51 52 62 63 67 69 72 77 79 80, published for queries only).
 */
export const kisForeignOrderDivisions: ReadonlySet<string> = new Set(
  '08 09 10 51 52 62 63 67 69 72 77 79 80'.split(' '),
);

/** The date from which a venue exists. */
export const kisVenueEffectiveFrom: Readonly<Record<Venue, string | undefined>> = {
  KRX: undefined,
  NXT: nxtOpening,
  SOR: nxtOpening,
};

const byCode: ReadonlyMap<string, KisOrderDivision> = new Map(
  kisOrderDivisions.map((division) => [division.code, division]),
);

/** The division that carries these terms on a trading date (`YYYY-MM-DD`), or `undefined` when KIS has none. */
export const findOrderDivision: (terms: OrderTerms, tradingDate: string) => OrderDivision | undefined =
  createDivisionFinder(kisOrderDivisions, ({ effectiveFrom }, venue) => effectiveFrom ?? kisVenueEffectiveFrom[venue]);

/** The division of a wire code, or `undefined` for a code that this table does not have. */
export function getOrderDivision(code: string): KisOrderDivision | undefined {
  return byCode.get(code);
}

/**
 * The session of an order that KIS shows us. Most codes do not name one: on KRX they are the regular session's; on NXT
 * and SOR the time of the order tells (pre-market until 08:50, after-market from 15:30 KST).
 *
 * @param orderTime `HHMMSS`, Korean time.
 */
export function sessionOfOrder(division: KisOrderDivision, venue: Venue, orderTime: string): TradingSession {
  if (division.session !== undefined) return division.session;
  if (venue === 'KRX') return 'REGULAR';
  if (orderTime < '085000') return 'PRE_MARKET';
  return orderTime < '153000' ? 'REGULAR' : 'AFTER_MARKET';
}
