import { createDivisionFinder, orderDivision, type OrderDivision, type OrderTerms } from '@qts/broker-kit';
import { type OrderType, type TradingSession, type Venue } from '@qts/core';
import { type KiwoomEnvironment } from './rest/operation.ts';

/**
 * `trde_tp` (매매구분): the one code in which Kiwoom carries order type, condition and, for some, the session. Orders carry
 * the code, lists come back with its Korean name: the table is read in both directions.
 *
 * Source: Kiwoom's enumeration of `trde_tp` (guide of 2025); which session and venue takes which type is KRX's and NXT's
 * rule. 40, 46 and 47 (GTP) stand in a newer guide only, without their meaning one by one: not offered.
 */
export type KiwoomOrderDivision = OrderDivision;

/** NXT opened, and with it smart order routing, mid-point and stop-limit orders. */
const nxtOpening = '2025-03-04';
/** The KRX after-market began; the KRX single-price market had its last day on 2026-09-11. */
const afterMarketOpening = '2026-09-14';
const singlePriceMarketLastDay = '2026-09-11';

const regular = ['REGULAR'] as const;
const krxOnly = { KRX: regular };
const withoutNxt = { KRX: regular, SOR: regular };
const withoutSor = { KRX: regular, NXT: regular };
const everywhere = { KRX: regular, NXT: regular, SOR: regular };
/** In the KRX after-market Kiwoom takes 0, 6 and 7 under the same codes; a market order is refused there (reported). */
const withAfterMarket = { ...everywhere, KRX: ['REGULAR', 'AFTER_MARKET'] } as const;
/** NXT's pre- and after-market take limit orders only (reported). */
const limitOffers = { ...withAfterMarket, NXT: ['PRE_MARKET', 'REGULAR', 'AFTER_MARKET'] } as const;

/** A code of KRX that names its session itself. */
function sessionDivision(
  code: string,
  korean: string,
  orderType: OrderType,
  session: TradingSession,
  dates: Pick<OrderDivision, 'effectiveFrom' | 'effectiveTo'> = {},
): KiwoomOrderDivision {
  return { ...orderDivision(code, korean, orderType, 'DAY', { KRX: [session] }, dates), session };
}

/** Every division that this API takes or took. */
export const kiwoomOrderDivisions: readonly KiwoomOrderDivision[] = [
  orderDivision('0', '보통', 'LIMIT', 'DAY', limitOffers),
  orderDivision('3', '시장가', 'MARKET', 'DAY', withoutNxt),
  orderDivision('5', '조건부지정가', 'CONDITIONAL_LIMIT', 'DAY', krxOnly),
  orderDivision('6', '최유리지정가', 'BEST_LIMIT', 'DAY', withAfterMarket),
  orderDivision('7', '최우선지정가', 'PRIORITY_LIMIT', 'DAY', withAfterMarket),
  orderDivision('10', '보통(IOC)', 'LIMIT', 'IOC', everywhere),
  orderDivision('13', '시장가(IOC)', 'MARKET', 'IOC', everywhere),
  orderDivision('16', '최유리(IOC)', 'BEST_LIMIT', 'IOC', everywhere),
  orderDivision('20', '보통(FOK)', 'LIMIT', 'FOK', everywhere),
  orderDivision('23', '시장가(FOK)', 'MARKET', 'FOK', everywhere),
  orderDivision('26', '최유리(FOK)', 'BEST_LIMIT', 'FOK', everywhere),
  orderDivision('28', '스톱지정가', 'STOP_LIMIT', 'DAY', withoutSor, { effectiveFrom: nxtOpening }),
  orderDivision('29', '중간가', 'MIDPOINT', 'DAY', withoutSor, { effectiveFrom: nxtOpening }),
  orderDivision('30', '중간가(IOC)', 'MIDPOINT', 'IOC', withoutSor, { effectiveFrom: nxtOpening }),
  orderDivision('31', '중간가(FOK)', 'MIDPOINT', 'FOK', withoutSor, { effectiveFrom: nxtOpening }),
  sessionDivision('61', '장시작전시간외', 'CLOSING_PRICE', 'PRE_OPEN_CLOSING_PRICE'),
  sessionDivision('62', '시간외단일가', 'AFTER_HOURS_SINGLE_PRICE', 'AFTER_HOURS_SINGLE_PRICE', {
    effectiveTo: singlePriceMarketLastDay,
  }),
  sessionDivision('81', '장마감후시간외', 'CLOSING_PRICE', 'POST_CLOSE_CLOSING_PRICE'),
];

/** The date from which a venue exists. */
const venueEffectiveFrom: Readonly<Record<Venue, string | undefined>> = {
  KRX: undefined,
  NXT: nxtOpening,
  SOR: nxtOpening,
};

/** The first trading date of one offer of a division; `undefined` when it has always been there. */
export function effectiveFromOf(
  { effectiveFrom }: KiwoomOrderDivision,
  venue: Venue,
  session: TradingSession,
): string | undefined {
  if (venue === 'KRX' && session === 'AFTER_MARKET') return afterMarketOpening;
  return effectiveFrom ?? venueEffectiveFrom[venue];
}

/** Where and when a server takes orders at all: the mock server knows KRX only, and no after-market (reported). */
export function isOffered(environment: KiwoomEnvironment, venue: Venue, session: TradingSession): boolean {
  return environment === 'LIVE' || (venue === 'KRX' && session !== 'AFTER_MARKET');
}

/** Names are compared without spaces and brackets: `보통(IOC)` is documented, `보통IOC` would mean the same. */
const byName: ReadonlyMap<string, KiwoomOrderDivision> = new Map(
  kiwoomOrderDivisions.map((division) => [bareName(division.korean), division]),
);

function bareName(name: string): string {
  return name.replace(/[\s()]/g, '');
}

/** The division that carries these terms on a trading date (`YYYY-MM-DD`), or `undefined` when Kiwoom has none. */
export const findOrderDivision: (terms: OrderTerms, tradingDate: string) => OrderDivision | undefined =
  createDivisionFinder(kiwoomOrderDivisions, effectiveFromOf);

/** The division of a name in a list, or `undefined` for a name that this table does not have. */
export function divisionOfName(name: string): KiwoomOrderDivision | undefined {
  return byName.get(bareName(name));
}

/**
 * The session of an order that Kiwoom shows us. Most types do not name one: the time of the order tells. On KRX what came
 * in from 15:40 on is the after-market's, of which the regular session takes nothing; on NXT and SOR the pre-market ends at
 * 08:50 and the after-market begins at 15:30 KST.
 *
 * @param orderTime `HH:MM:SS`, Korean time.
 */
export function sessionOfOrder(division: KiwoomOrderDivision, venue: Venue, orderTime: string): TradingSession {
  if (division.session !== undefined) return division.session;
  if (venue === 'KRX') return orderTime < '15:40:00' ? 'REGULAR' : 'AFTER_MARKET';
  if (orderTime < '08:50:00') return 'PRE_MARKET';
  return orderTime < '15:30:00' ? 'REGULAR' : 'AFTER_MARKET';
}
