import { ValidationError } from '@qts/core';
import { checkDate, checkOneOf, checkWholeNumber } from '../rules/checks.ts';
import { isInForce } from '../rules/dated-rule.ts';
import { type ListedMarket, type ProductClass, listedMarkets, productClasses } from '../rules/product.ts';
import { type TickTable, createTickTable } from './tick-table.ts';
import { tickRules } from './tick-rules.ts';

/** What decides which tick table holds. */
export interface TickQuery {
  readonly productClass: ProductClass;
  readonly market: ListedMarket;
  /** `YYYY-MM-DD`: the trading date of the order, never "today" of the host. */
  readonly tradingDate: string;
}

/** A {@link TickQuery} about a price. */
export interface TickPriceQuery extends TickQuery {
  /** Won, a safe integer of at least 0. */
  readonly priceKrw: number;
}

const tables = tickRules.map((rule) => ({ rule, table: createTickTable(rule) }));

/**
 * The tick table of a class and market on a date, in the form for hot paths: look it up once per issue and day, then
 * call its functions.
 *
 * @throws {ValidationError} `KRX_TICKS_NOT_COVERED` when no table is held for the combination (before 2010-10-04, an ETF
 * on KOSDAQ, …), `KRX_DATE_INVALID` or `KRX_VALUE_UNKNOWN` for a bad argument.
 */
export function tickTable(productClass: ProductClass, market: ListedMarket, tradingDate: string): TickTable {
  checkDate('tradingDate', tradingDate);
  checkOneOf('productClass', productClass, productClasses);
  checkOneOf('market', market, listedMarkets);
  const found = tables.find(
    ({ rule }) =>
      rule.productClasses.includes(productClass) && rule.markets.includes(market) && isInForce(rule, tradingDate),
  );
  if (found !== undefined) return found.table;
  throw new ValidationError({
    code: 'KRX_TICKS_NOT_COVERED',
    summary: 'No tick table is held for this class, market and date.',
    facts: { productClass, market, tradingDate },
    next: 'See krxRuleTables for what is covered; an issue without a table is not tradable here.',
  });
}

/** The tick (호가가격단위) of an order at this price, in won. Throws as {@link tickTable} does, and on a bad price. */
export function tickSize(query: TickPriceQuery): number {
  return tableFor(query).tickAt(query.priceKrw);
}

/**
 * Whether an order may carry this price. Never for judging a fill: mid-point trades print off the grid since 2025-03-04.
 * A price that is no positive safe integer is not on tick; nothing is thrown for it.
 */
export function isOnTick(query: TickPriceQuery): boolean {
  return tickTable(query.productClass, query.market, query.tradingDate).isOnTick(query.priceKrw);
}

/** The highest valid price at or below; 0 when there is none. */
export function floorToTick(query: TickPriceQuery): number {
  return tableFor(query).floor(query.priceKrw);
}

/** The lowest valid price at or above. */
export function ceilToTick(query: TickPriceQuery): number {
  return tableFor(query).ceil(query.priceKrw);
}

/** The lowest valid price above. */
export function nextTickUp(query: TickPriceQuery): number {
  return tableFor(query).nextUp(query.priceKrw);
}

/** The highest valid price below; 0 when there is none. */
export function nextTickDown(query: TickPriceQuery): number {
  return tableFor(query).nextDown(query.priceKrw);
}

function tableFor(query: TickPriceQuery): TickTable {
  checkWholeNumber('priceKrw', query.priceKrw, 0);
  return tickTable(query.productClass, query.market, query.tradingDate);
}
