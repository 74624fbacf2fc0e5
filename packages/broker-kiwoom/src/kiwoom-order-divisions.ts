import { orderTypePrices, type OrderType, type TimeInForce, type TradingSession, type Venue } from '@qts/core';
import { type KiwoomEnvironment } from './rest/operation.ts';

/**
 * `trde_tp` (매매구분): the one code in which Kiwoom carries order type, condition and, for some, the session. Orders carry
 * the code, lists come back with its Korean name: the table is read in both directions.
 *
 * Source: Kiwoom's enumeration of `trde_tp` (guide of 2025); which session and venue takes which type is KRX's and NXT's
 * rule. 40, 46 and 47 (GTP) stand in a newer guide only, without their meaning one by one: not offered.
 */
export interface KiwoomOrderDivision {
  /** The wire code: one digit where the guide shows one. `00` and `03` are the older OCX forms and are refused. */
  readonly code: string;
  /** The broker's own name, as lists have it. */
  readonly korean: string;
  readonly orderType: OrderType;
  readonly timeInForce: TimeInForce;
  /** Whether `ord_uv` carries a price; else it is empty. */
  readonly carriesPrice: boolean;
  /**
   * Where and when we send it. A combination that is absent here is not offered, although Kiwoom might take it: for NXT's
   * pre- and after-market and for SOR outside the regular session only what is evident is offered.
   */
  readonly offered: Readonly<Partial<Record<Venue, readonly TradingSession[]>>>;
  /** The session that the code itself names. Absent: the venue's clock tells. */
  readonly session?: TradingSession;
  /** First and last trading date on which Kiwoom takes it, inclusive. */
  readonly effectiveFrom?: string;
  readonly effectiveTo?: string;
}

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

type Dates = Pick<KiwoomOrderDivision, 'effectiveFrom' | 'effectiveTo'>;

/** A code that leaves the session to the venue's clock. */
function division(
  code: string,
  korean: string,
  orderType: OrderType,
  timeInForce: TimeInForce,
  offered: KiwoomOrderDivision['offered'],
  dates: Dates = {},
): KiwoomOrderDivision {
  const carriesPrice = orderTypePrices[orderType].limit;
  return { code, korean, orderType, timeInForce, carriesPrice, offered, ...dates };
}

/** A code of KRX that names its session itself. */
function sessionDivision(
  code: string,
  korean: string,
  orderType: OrderType,
  session: TradingSession,
  dates: Dates = {},
): KiwoomOrderDivision {
  return { ...division(code, korean, orderType, 'DAY', { KRX: [session] }, dates), session };
}

/** Every division that this API takes or took. */
export const kiwoomOrderDivisions: readonly KiwoomOrderDivision[] = [
  division('0', '보통', 'LIMIT', 'DAY', limitOffers),
  division('3', '시장가', 'MARKET', 'DAY', withoutNxt),
  division('5', '조건부지정가', 'CONDITIONAL_LIMIT', 'DAY', krxOnly),
  division('6', '최유리지정가', 'BEST_LIMIT', 'DAY', withAfterMarket),
  division('7', '최우선지정가', 'PRIORITY_LIMIT', 'DAY', withAfterMarket),
  division('10', '보통(IOC)', 'LIMIT', 'IOC', everywhere),
  division('13', '시장가(IOC)', 'MARKET', 'IOC', everywhere),
  division('16', '최유리(IOC)', 'BEST_LIMIT', 'IOC', everywhere),
  division('20', '보통(FOK)', 'LIMIT', 'FOK', everywhere),
  division('23', '시장가(FOK)', 'MARKET', 'FOK', everywhere),
  division('26', '최유리(FOK)', 'BEST_LIMIT', 'FOK', everywhere),
  division('28', '스톱지정가', 'STOP_LIMIT', 'DAY', withoutSor, { effectiveFrom: nxtOpening }),
  division('29', '중간가', 'MIDPOINT', 'DAY', withoutSor, { effectiveFrom: nxtOpening }),
  division('30', '중간가(IOC)', 'MIDPOINT', 'IOC', withoutSor, { effectiveFrom: nxtOpening }),
  division('31', '중간가(FOK)', 'MIDPOINT', 'FOK', withoutSor, { effectiveFrom: nxtOpening }),
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

const byTerms: ReadonlyMap<string, KiwoomOrderDivision> = new Map(
  kiwoomOrderDivisions.flatMap((division) =>
    Object.entries(division.offered).flatMap(([venue, sessions]) =>
      sessions.map((session) => [keyOfTerms({ ...division, venue: venue as Venue, session }), division] as const),
    ),
  ),
);

/** Names are compared without spaces and brackets: `보통(IOC)` is documented, `보통IOC` would mean the same. */
const byName: ReadonlyMap<string, KiwoomOrderDivision> = new Map(
  kiwoomOrderDivisions.map((division) => [bareName(division.korean), division]),
);

/** The terms that choose an order division. */
export interface KiwoomOrderTerms {
  readonly orderType: OrderType;
  readonly timeInForce: TimeInForce;
  readonly session: TradingSession;
  readonly venue: Venue;
}

function keyOfTerms(terms: KiwoomOrderTerms): string {
  return `${terms.orderType} ${terms.timeInForce} ${terms.session} ${terms.venue}`;
}

function bareName(name: string): string {
  return name.replace(/[\s()]/g, '');
}

/** The division that carries these terms on a trading date (`YYYY-MM-DD`), or `undefined` when Kiwoom has none. */
export function findOrderDivision(terms: KiwoomOrderTerms, tradingDate: string): KiwoomOrderDivision | undefined {
  const division = byTerms.get(keyOfTerms(terms));
  if (division === undefined) return undefined;
  const from = effectiveFromOf(division, terms.venue, terms.session);
  if (from !== undefined && tradingDate < from) return undefined;
  if (division.effectiveTo !== undefined && tradingDate > division.effectiveTo) return undefined;
  return division;
}

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
