import { type OrderType, type TimeInForce, type Venue } from '@qts/core';
import { type DatedRule } from '../rules/dated-rule.ts';
import { type ListedMarket, type ProductClass } from '../rules/product.ts';
import { type WindowKind } from '../sessions/session-rules.ts';

/** Which windows of a venue take a type with which conditions, or do not. What no row names is refused. */
export interface OrderTermsRule extends DatedRule {
  readonly venue: Venue;
  readonly orderType: OrderType;
  readonly timesInForce: readonly TimeInForce[];
  readonly windows: readonly WindowKind[];
  readonly allowed: boolean;
  readonly source: string;
}

/** Which terms a class of product takes at all. What no row names is refused. */
export interface ProductTermsRule extends DatedRule {
  readonly productClasses: readonly ProductClass[];
  readonly markets: readonly ListedMarket[];
  readonly orderTypes: readonly OrderType[];
  readonly timesInForce: readonly TimeInForce[];
  readonly source: string;
}

const rulesFrom = '2016-08-01';
const newTypesFrom = '2025-03-04';
const afterMarketFrom = '2026-09-14';

const exchangePages = 'exchange pages on order types';
const exchangeAndBrokerCodes = 'exchange pages on order types and both broker code tables';
const oneTable = "one place: a broker's table of types by session";
const inference = 'inference';
const afterMarketNotices = 'broker notices of 2026-09';
const kisCodes = 'code table of KIS, 2026-09-09';

type Row = readonly [
  orderType: OrderType,
  timesInForce: readonly TimeInForce[],
  windows: readonly WindowKind[],
  allowed: boolean,
  effectiveFrom: string,
  confidence: OrderTermsRule['confidence'],
  source: string,
];

const toRules = (venue: Venue, rows: readonly Row[]): readonly OrderTermsRule[] =>
  rows.map(([orderType, timesInForce, windows, allowed, effectiveFrom, confidence, source]) => ({
    venue,
    orderType,
    timesInForce,
    windows,
    allowed,
    effectiveFrom,
    confidence,
    source,
  }));

const day: readonly TimeInForce[] = ['DAY'];
const atOnce: readonly TimeInForce[] = ['IOC', 'FOK'];
const yes = true;
const no = false;

// prettier-ignore
const krx: readonly Row[] = [
  ['LIMIT', day, ['OPENING_AUCTION', 'CONTINUOUS', 'CLOSING_AUCTION'], yes, rulesFrom, 'CONFIRMED', exchangeAndBrokerCodes],
  ['LIMIT', atOnce, ['CONTINUOUS'], yes, rulesFrom, 'CONFIRMED', exchangeAndBrokerCodes],
  ['LIMIT', day, ['AFTER_MARKET'], yes, afterMarketFrom, 'CONFIRMED', afterMarketNotices],
  ['LIMIT', atOnce, ['AFTER_MARKET'], yes, afterMarketFrom, 'SINGLE_SOURCE', kisCodes],
  ['MARKET', day, ['CONTINUOUS'], yes, rulesFrom, 'CONFIRMED', exchangeAndBrokerCodes],
  ['MARKET', atOnce, ['CONTINUOUS'], yes, rulesFrom, 'CONFIRMED', exchangeAndBrokerCodes],
  ['MARKET', day, ['OPENING_AUCTION', 'CLOSING_AUCTION'], yes, rulesFrom, 'SINGLE_SOURCE', exchangePages],
  ['MARKET', day, ['AFTER_MARKET'], no, afterMarketFrom, 'CONFIRMED', afterMarketNotices],
  ['CONDITIONAL_LIMIT', day, ['CONTINUOUS'], yes, rulesFrom, 'CONFIRMED', exchangeAndBrokerCodes],
  ['CONDITIONAL_LIMIT', day, ['OPENING_AUCTION'], yes, rulesFrom, 'SINGLE_SOURCE', exchangePages],
  ['CONDITIONAL_LIMIT', day, ['CLOSING_AUCTION'], no, rulesFrom, 'SINGLE_SOURCE', exchangePages],
  ['CONDITIONAL_LIMIT', day, ['AFTER_MARKET'], no, afterMarketFrom, 'CONFIRMED', afterMarketNotices],
  ['BEST_LIMIT', ['DAY', 'IOC', 'FOK'], ['CONTINUOUS'], yes, rulesFrom, 'CONFIRMED', exchangeAndBrokerCodes],
  ['BEST_LIMIT', day, ['OPENING_AUCTION'], no, rulesFrom, 'CONFIRMED', exchangePages],
  ['BEST_LIMIT', day, ['CLOSING_AUCTION'], no, rulesFrom, 'SINGLE_SOURCE', oneTable],
  ['BEST_LIMIT', day, ['AFTER_MARKET'], yes, afterMarketFrom, 'CONFIRMED', afterMarketNotices],
  ['BEST_LIMIT', atOnce, ['AFTER_MARKET'], yes, afterMarketFrom, 'SINGLE_SOURCE', kisCodes],
  ['PRIORITY_LIMIT', day, ['CONTINUOUS'], yes, rulesFrom, 'CONFIRMED', exchangeAndBrokerCodes],
  ['PRIORITY_LIMIT', day, ['OPENING_AUCTION'], no, rulesFrom, 'CONFIRMED', exchangePages],
  ['PRIORITY_LIMIT', day, ['CLOSING_AUCTION'], no, rulesFrom, 'UNCONFIRMED', inference],
  ['PRIORITY_LIMIT', day, ['AFTER_MARKET'], yes, afterMarketFrom, 'CONFIRMED', afterMarketNotices],
  ['MIDPOINT', ['DAY', 'IOC', 'FOK'], ['CONTINUOUS'], yes, newTypesFrom, 'CONFIRMED', exchangeAndBrokerCodes],
  ['MIDPOINT', day, ['OPENING_AUCTION', 'CLOSING_AUCTION'], no, newTypesFrom, 'UNCONFIRMED', inference],
  ['MIDPOINT', day, ['AFTER_MARKET'], no, afterMarketFrom, 'CONFIRMED', afterMarketNotices],
  ['STOP_LIMIT', day, ['CONTINUOUS'], yes, newTypesFrom, 'CONFIRMED', exchangeAndBrokerCodes],
  ['STOP_LIMIT', day, ['AFTER_MARKET'], no, afterMarketFrom, 'SINGLE_SOURCE', afterMarketNotices],
  ['CLOSING_PRICE', day, ['PRE_OPEN_CLOSING_PRICE', 'POST_CLOSE_CLOSING_PRICE'], yes, rulesFrom, 'CONFIRMED', exchangeAndBrokerCodes],
  ['AFTER_HOURS_SINGLE_PRICE', day, ['AFTER_HOURS_SINGLE_PRICE'], yes, rulesFrom, 'CONFIRMED', exchangeAndBrokerCodes],
];

// The pre- and after-market take limit orders only until an exchange text says more (a broker client reports so).
// prettier-ignore
const nxt: readonly Row[] = [
  ['LIMIT', ['DAY', 'IOC', 'FOK'], ['CONTINUOUS'], yes, newTypesFrom, 'CONFIRMED', exchangeAndBrokerCodes],
  ['LIMIT', day, ['PRE_MARKET', 'AFTER_MARKET'], yes, newTypesFrom, 'SINGLE_SOURCE', 'a client of Kiwoom reports limit only'],
  ['LIMIT', ['GTP'], ['PRE_MARKET'], yes, afterMarketFrom, 'CONFIRMED', afterMarketNotices],
  ['BEST_LIMIT', ['GTP'], ['PRE_MARKET'], yes, afterMarketFrom, 'CONFIRMED', afterMarketNotices],
  ['PRIORITY_LIMIT', ['GTP'], ['PRE_MARKET'], yes, afterMarketFrom, 'CONFIRMED', afterMarketNotices],
  ['MARKET', day, ['CONTINUOUS', 'PRE_MARKET', 'AFTER_MARKET'], no, newTypesFrom, 'CONFIRMED', exchangeAndBrokerCodes],
  ['MARKET', atOnce, ['CONTINUOUS'], yes, newTypesFrom, 'CONFIRMED', exchangeAndBrokerCodes],
  ['CONDITIONAL_LIMIT', day, ['CONTINUOUS', 'PRE_MARKET', 'AFTER_MARKET'], no, newTypesFrom, 'CONFIRMED', exchangeAndBrokerCodes],
  ['BEST_LIMIT', ['DAY', 'IOC', 'FOK'], ['CONTINUOUS'], yes, newTypesFrom, 'CONFIRMED', exchangeAndBrokerCodes],
  ['PRIORITY_LIMIT', day, ['CONTINUOUS'], yes, newTypesFrom, 'CONFIRMED', exchangeAndBrokerCodes],
  ['MIDPOINT', ['DAY', 'IOC', 'FOK'], ['CONTINUOUS'], yes, newTypesFrom, 'CONFIRMED', exchangeAndBrokerCodes],
  ['STOP_LIMIT', day, ['CONTINUOUS'], yes, newTypesFrom, 'CONFIRMED', exchangeAndBrokerCodes],
];

// Routed orders are taken while both venues trade continuously.
// prettier-ignore
const sor: readonly Row[] = [
  ['LIMIT', ['DAY', 'IOC', 'FOK'], ['CONTINUOUS'], yes, newTypesFrom, 'CONFIRMED', 'both broker code tables'],
  ['MARKET', ['DAY', 'IOC', 'FOK'], ['CONTINUOUS'], yes, newTypesFrom, 'CONFIRMED', 'both broker code tables'],
  ['BEST_LIMIT', ['DAY', 'IOC', 'FOK'], ['CONTINUOUS'], yes, newTypesFrom, 'CONFIRMED', 'both broker code tables'],
  ['PRIORITY_LIMIT', day, ['CONTINUOUS'], yes, newTypesFrom, 'CONFIRMED', 'both broker code tables'],
  ['CONDITIONAL_LIMIT', day, ['CONTINUOUS'], no, newTypesFrom, 'CONFIRMED', 'both broker code tables'],
  ['MIDPOINT', ['DAY', 'IOC', 'FOK'], ['CONTINUOUS'], no, newTypesFrom, 'CONFIRMED', 'both broker code tables'],
  ['STOP_LIMIT', day, ['CONTINUOUS'], no, newTypesFrom, 'CONFIRMED', 'both broker code tables'],
];

/** Order type × condition × window, per venue, with its dates. */
export const orderTermsRules: readonly OrderTermsRule[] = [
  ...toRules('KRX', krx),
  ...toRules('NXT', nxt),
  ...toRules('SOR', sor),
];

/** What each class of product takes. */
export const productTermsRules: readonly ProductTermsRule[] = [
  {
    productClasses: ['STOCK'],
    markets: ['KOSPI', 'KOSDAQ'],
    orderTypes: [
      'LIMIT',
      'MARKET',
      'CONDITIONAL_LIMIT',
      'BEST_LIMIT',
      'PRIORITY_LIMIT',
      'MIDPOINT',
      'STOP_LIMIT',
      'CLOSING_PRICE',
      'AFTER_HOURS_SINGLE_PRICE',
    ],
    timesInForce: ['DAY', 'IOC', 'FOK', 'GTP'],
    effectiveFrom: rulesFrom,
    confidence: 'CONFIRMED',
    source: exchangePages,
  },
  {
    // No source says whether the types of 2025-03-04 (mid-point, stop) are open to ETF and ETN.
    productClasses: ['ETF', 'ETN'],
    markets: ['KOSPI'],
    orderTypes: [
      'LIMIT',
      'MARKET',
      'CONDITIONAL_LIMIT',
      'BEST_LIMIT',
      'PRIORITY_LIMIT',
      'CLOSING_PRICE',
      'AFTER_HOURS_SINGLE_PRICE',
    ],
    timesInForce: ['DAY', 'IOC', 'FOK'],
    effectiveFrom: rulesFrom,
    confidence: 'CONFIRMED',
    source: exchangePages,
  },
  {
    productClasses: ['ELW'],
    markets: ['KOSPI'],
    orderTypes: ['LIMIT'],
    timesInForce: ['DAY'],
    effectiveFrom: rulesFrom,
    confidence: 'SINGLE_SOURCE',
    source: 'exchange page on ELW: limit orders only',
  },
  {
    productClasses: ['STOCK'],
    markets: ['KONEX'],
    orderTypes: ['LIMIT', 'MARKET', 'CLOSING_PRICE'],
    timesInForce: ['DAY'],
    effectiveFrom: rulesFrom,
    confidence: 'CONFIRMED',
    source: "exchange page on KONEX and a broker's page: limit and market only",
  },
];
