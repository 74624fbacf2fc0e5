import { type OrderType, type TimeInForce, type TradingSession, type Venue } from '@qts/core';

/**
 * `ORD_DVSN` (주문구분): the one code in which KIS carries order type, condition and, for some, the session.
 * The table is read in both directions: terms → code when we send, code → terms when a list or a notice comes back.
 *
 * Source: KIS enumeration of ORD_DVSN (published), 27–29 and 41–47 by the broker's notice of 2026-09-09 (one source);
 * which session takes which type is KRX's and NXT's rule.
 */
export interface KisOrderDivision {
  /** The wire code. */
  readonly code: string;
  /** The broker's own name. */
  readonly korean: string;
  readonly orderType: OrderType;
  readonly timeInForce: TimeInForce;
  /** Whether `ORD_UNPR` carries a price; else it is `"0"`. */
  readonly carriesPrice: boolean;
  /**
   * Where and when we send it. A combination that is absent here is not offered, although KIS might take it: for NXT's
   * pre- and after-market and for SOR outside the regular session only what is evident is offered.
   */
  readonly offered: Readonly<Partial<Record<Venue, readonly TradingSession[]>>>;
  /** The session that the code itself names. Absent: the venue's clock tells. */
  readonly session?: TradingSession;
  /** First and last trading date on which KIS takes it, inclusive. */
  readonly effectiveFrom?: string;
  readonly effectiveTo?: string;
}

/** NXT opened, and with it smart order routing, mid-point and stop-limit orders. */
const nxtOpening = '2025-03-04';
/** The KRX after-market and NXT's GTP orders began; the KRX single-price market had its last day on 2026-09-11. */
const afterMarketOpening = '2026-09-14';
const singlePriceMarketLastDay = '2026-09-11';

const regular = ['REGULAR'] as const;
const everywhere = { KRX: regular, NXT: regular, SOR: regular } as const;

/** Every division that this API takes or took. */
export const kisOrderDivisions: readonly KisOrderDivision[] = [
  {
    code: '00',
    korean: '지정가',
    orderType: 'LIMIT',
    timeInForce: 'DAY',
    carriesPrice: true,
    // A limit order is the only type that is certain in NXT's pre- and after-market (APBK3013 names two more).
    offered: { KRX: regular, NXT: ['PRE_MARKET', 'REGULAR', 'AFTER_MARKET'], SOR: regular },
  },
  {
    code: '01',
    korean: '시장가',
    orderType: 'MARKET',
    timeInForce: 'DAY',
    carriesPrice: false,
    offered: { KRX: regular, SOR: regular },
  },
  {
    code: '02',
    korean: '조건부지정가',
    orderType: 'CONDITIONAL_LIMIT',
    timeInForce: 'DAY',
    carriesPrice: true,
    offered: { KRX: regular },
  },
  {
    code: '03',
    korean: '최유리지정가',
    orderType: 'BEST_LIMIT',
    timeInForce: 'DAY',
    carriesPrice: false,
    offered: everywhere,
  },
  {
    code: '04',
    korean: '최우선지정가',
    orderType: 'PRIORITY_LIMIT',
    timeInForce: 'DAY',
    carriesPrice: false,
    offered: everywhere,
  },
  {
    code: '05',
    korean: '장전 시간외',
    orderType: 'CLOSING_PRICE',
    timeInForce: 'DAY',
    carriesPrice: false,
    offered: { KRX: ['PRE_OPEN_CLOSING_PRICE'] },
    session: 'PRE_OPEN_CLOSING_PRICE',
  },
  {
    code: '06',
    korean: '장후 시간외',
    orderType: 'CLOSING_PRICE',
    timeInForce: 'DAY',
    carriesPrice: false,
    offered: { KRX: ['POST_CLOSE_CLOSING_PRICE'] },
    session: 'POST_CLOSE_CLOSING_PRICE',
  },
  {
    code: '07',
    korean: '시간외 단일가',
    orderType: 'AFTER_HOURS_SINGLE_PRICE',
    timeInForce: 'DAY',
    carriesPrice: true,
    offered: { KRX: ['AFTER_HOURS_SINGLE_PRICE'] },
    session: 'AFTER_HOURS_SINGLE_PRICE',
    effectiveTo: singlePriceMarketLastDay,
  },
  {
    code: '11',
    korean: 'IOC지정가',
    orderType: 'LIMIT',
    timeInForce: 'IOC',
    carriesPrice: true,
    offered: everywhere,
  },
  {
    code: '12',
    korean: 'FOK지정가',
    orderType: 'LIMIT',
    timeInForce: 'FOK',
    carriesPrice: true,
    offered: everywhere,
  },
  {
    code: '13',
    korean: 'IOC시장가',
    orderType: 'MARKET',
    timeInForce: 'IOC',
    carriesPrice: false,
    offered: everywhere,
  },
  {
    code: '14',
    korean: 'FOK시장가',
    orderType: 'MARKET',
    timeInForce: 'FOK',
    carriesPrice: false,
    offered: everywhere,
  },
  {
    code: '15',
    korean: 'IOC최유리',
    orderType: 'BEST_LIMIT',
    timeInForce: 'IOC',
    carriesPrice: false,
    offered: everywhere,
  },
  {
    code: '16',
    korean: 'FOK최유리',
    orderType: 'BEST_LIMIT',
    timeInForce: 'FOK',
    carriesPrice: false,
    offered: everywhere,
  },
  {
    code: '21',
    korean: '중간가',
    orderType: 'MIDPOINT',
    timeInForce: 'DAY',
    carriesPrice: false,
    offered: { KRX: regular, NXT: regular },
    effectiveFrom: nxtOpening,
  },
  {
    code: '22',
    korean: '스톱지정가',
    orderType: 'STOP_LIMIT',
    timeInForce: 'DAY',
    carriesPrice: true,
    offered: { KRX: regular, NXT: regular },
    effectiveFrom: nxtOpening,
  },
  {
    code: '23',
    korean: '중간가IOC',
    orderType: 'MIDPOINT',
    timeInForce: 'IOC',
    carriesPrice: false,
    offered: { KRX: regular, NXT: regular },
    effectiveFrom: nxtOpening,
  },
  {
    code: '24',
    korean: '중간가FOK',
    orderType: 'MIDPOINT',
    timeInForce: 'FOK',
    carriesPrice: false,
    offered: { KRX: regular, NXT: regular },
    effectiveFrom: nxtOpening,
  },
  {
    code: '27',
    korean: 'NXT GTP지정가',
    orderType: 'LIMIT',
    timeInForce: 'GTP',
    carriesPrice: true,
    offered: { NXT: ['PRE_MARKET'] },
    session: 'PRE_MARKET',
    effectiveFrom: afterMarketOpening,
  },
  {
    code: '28',
    korean: 'NXT GTP최유리',
    orderType: 'BEST_LIMIT',
    timeInForce: 'GTP',
    carriesPrice: false,
    offered: { NXT: ['PRE_MARKET'] },
    session: 'PRE_MARKET',
    effectiveFrom: afterMarketOpening,
  },
  {
    code: '29',
    korean: 'NXT GTP최우선',
    orderType: 'PRIORITY_LIMIT',
    timeInForce: 'GTP',
    carriesPrice: false,
    offered: { NXT: ['PRE_MARKET'] },
    session: 'PRE_MARKET',
    effectiveFrom: afterMarketOpening,
  },
  {
    code: '41',
    korean: 'KRX애프터마켓지정가',
    orderType: 'LIMIT',
    timeInForce: 'DAY',
    carriesPrice: true,
    offered: { KRX: ['AFTER_MARKET'] },
    session: 'AFTER_MARKET',
    effectiveFrom: afterMarketOpening,
  },
  {
    code: '42',
    korean: 'KRX애프터마켓지정가IOC',
    orderType: 'LIMIT',
    timeInForce: 'IOC',
    carriesPrice: true,
    offered: { KRX: ['AFTER_MARKET'] },
    session: 'AFTER_MARKET',
    effectiveFrom: afterMarketOpening,
  },
  {
    code: '43',
    korean: 'KRX애프터마켓지정가FOK',
    orderType: 'LIMIT',
    timeInForce: 'FOK',
    carriesPrice: true,
    offered: { KRX: ['AFTER_MARKET'] },
    session: 'AFTER_MARKET',
    effectiveFrom: afterMarketOpening,
  },
  {
    code: '44',
    korean: 'KRX애프터마켓최유리지정가',
    orderType: 'BEST_LIMIT',
    timeInForce: 'DAY',
    carriesPrice: false,
    offered: { KRX: ['AFTER_MARKET'] },
    session: 'AFTER_MARKET',
    effectiveFrom: afterMarketOpening,
  },
  {
    code: '45',
    korean: 'KRX애프터마켓최유리지정가IOC',
    orderType: 'BEST_LIMIT',
    timeInForce: 'IOC',
    carriesPrice: false,
    offered: { KRX: ['AFTER_MARKET'] },
    session: 'AFTER_MARKET',
    effectiveFrom: afterMarketOpening,
  },
  {
    code: '46',
    korean: 'KRX애프터마켓최유리지정가FOK',
    orderType: 'BEST_LIMIT',
    timeInForce: 'FOK',
    carriesPrice: false,
    offered: { KRX: ['AFTER_MARKET'] },
    session: 'AFTER_MARKET',
    effectiveFrom: afterMarketOpening,
  },
  {
    code: '47',
    korean: 'KRX애프터마켓최우선지정가',
    orderType: 'PRIORITY_LIMIT',
    timeInForce: 'DAY',
    carriesPrice: false,
    offered: { KRX: ['AFTER_MARKET'] },
    session: 'AFTER_MARKET',
    effectiveFrom: afterMarketOpening,
  },
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

const byTerms: ReadonlyMap<string, KisOrderDivision> = new Map(
  kisOrderDivisions.flatMap((division: KisOrderDivision) =>
    Object.entries(division.offered).flatMap(([venue, sessions]) =>
      sessions.map((session) => [keyOfTerms({ ...division, venue: venue as Venue, session }), division] as const),
    ),
  ),
);

const byCode: ReadonlyMap<string, KisOrderDivision> = new Map(
  kisOrderDivisions.map((division: KisOrderDivision) => [division.code, division]),
);

/** The terms that choose an order division. */
export interface KisOrderTerms {
  readonly orderType: OrderType;
  readonly timeInForce: TimeInForce;
  readonly session: TradingSession;
  readonly venue: Venue;
}

function keyOfTerms(terms: KisOrderTerms): string {
  return `${terms.orderType} ${terms.timeInForce} ${terms.session} ${terms.venue}`;
}

/** The division that carries these terms on a trading date (`YYYY-MM-DD`), or `undefined` when KIS has none. */
export function findOrderDivision(terms: KisOrderTerms, tradingDate: string): KisOrderDivision | undefined {
  const division = byTerms.get(keyOfTerms(terms));
  if (division === undefined) return undefined;
  const from = division.effectiveFrom ?? kisVenueEffectiveFrom[terms.venue];
  if (from !== undefined && tradingDate < from) return undefined;
  if (division.effectiveTo !== undefined && tradingDate > division.effectiveTo) return undefined;
  return division;
}

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
