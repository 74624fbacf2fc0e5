import { type OrderTerms } from '@qts/broker-kit';
import {
  type CancelRequest,
  type Krw,
  type OrderReference,
  type OrderRequest,
  type ReplaceRequest,
  type TradingDate,
  ValidationError,
} from '@qts/core';
import { findOrderDivision, isOffered, type KiwoomOrderDivision } from './kiwoom-order-divisions.ts';
import { ordNoOfOrderId } from './kiwoom-order-numbers.ts';
import { isKiwoomSymbol } from './kiwoom-symbols.ts';
import { type NewOrderField } from './rest/kt10000.ts';
import { type kt10002 } from './rest/kt10002.ts';
import { type kt10003 } from './rest/kt10003.ts';
import { type KiwoomEnvironment, type KiwoomRequestOf } from './rest/operation.ts';

/** `ord_uv` of a type without a price, and every condition price that is none. */
const noPrice = '';
/** `mdfy_qty` and `cncl_qty`: everything that is still open. */
const allThatRemains = '0';

/**
 * The fields of kt10000 and kt10001. The side is not among them: it is the api-id's.
 *
 * @throws {ValidationError} when Kiwoom has no code for the terms on the date, a price is missing or too many, or the
 *   symbol is not a bare code.
 */
export function toNewOrderFields(
  request: OrderRequest,
  environment: KiwoomEnvironment,
  tradingDate: TradingDate,
): Readonly<Record<NewOrderField, string>> {
  const division = divisionFor(request, environment, tradingDate);
  assertSymbol(request.symbol);
  return {
    dmst_stex_tp: request.venue,
    stk_cd: request.symbol,
    ord_qty: positive('quantity', request.quantity),
    ord_uv: priceText(division, request.limitPriceKrw),
    trde_tp: division.code,
    cond_uv: division.orderType === 'STOP_LIMIT' ? positive('stopPriceKrw', request.stopPriceKrw) : noPrice,
  };
}

/**
 * The fields of kt10002: another price for open shares, and nothing else.
 *
 * @throws {ValidationError} as for a new order; when the terms are not those of the order, since the request has no field
 *   for them; for a type without a price, or with a stop price that a replace request does not carry.
 */
export function toReplaceFields(
  request: ReplaceRequest,
  environment: KiwoomEnvironment,
  tradingDate: TradingDate,
): KiwoomRequestOf<typeof kt10002> {
  const { target } = request;
  const division = divisionFor({ ...request, venue: target.venue }, environment, tradingDate);
  for (const field of ['orderType', 'timeInForce', 'session'] as const) {
    if (request[field] !== target[field]) {
      throw refuse(field, `${target[field]}, as the order has it: kt10002 has no field for another`, request[field]);
    }
  }
  if (!division.carriesPrice || division.orderType === 'STOP_LIMIT') {
    throw refuse('orderType', 'a type with a limit price and no stop price', division.orderType);
  }
  return {
    ...targetFields(target),
    mdfy_qty: request.quantity === undefined ? allThatRemains : positive('quantity', request.quantity),
    mdfy_uv: priceText(division, request.limitPriceKrw),
    mdfy_cond_uv: noPrice,
  };
}

/** The fields of kt10003. Nothing stands in its way but a quantity that is none. */
export function toCancelFields(request: CancelRequest): KiwoomRequestOf<typeof kt10003> {
  return {
    ...targetFields(request.target),
    cncl_qty: request.quantity === undefined ? allThatRemains : positive('quantity', request.quantity),
  };
}

/** A SOR order is replaced and canceled as SOR, a KRX order as KRX (571412): the venue is the order's own. */
function targetFields(
  target: OrderReference,
): Pick<KiwoomRequestOf<typeof kt10003>, 'dmst_stex_tp' | 'orig_ord_no' | 'stk_cd'> {
  return {
    dmst_stex_tp: target.venue,
    orig_ord_no: ordNoOfOrderId(target.brokerOrderId),
    stk_cd: target.symbol,
  };
}

function divisionFor(terms: OrderTerms, environment: KiwoomEnvironment, tradingDate: string): KiwoomOrderDivision {
  const { orderType, timeInForce, session, venue } = terms;
  const division = isOffered(environment, venue, session) ? findOrderDivision(terms, tradingDate) : undefined;
  if (division !== undefined) return division;
  throw refuse(
    'orderType',
    `terms that Kiwoom ${environment} carries on ${tradingDate}`,
    `${orderType} ${timeInForce} in ${session} on ${venue}`,
  );
}

function assertSymbol(symbol: string): void {
  if (!isKiwoomSymbol(symbol)) {
    throw refuse('symbol', 'six characters: the venue is a field of its own, not _NX or _AL behind the code', symbol);
  }
}

function priceText(division: KiwoomOrderDivision, price: Krw | undefined): string {
  if (division.carriesPrice) return positive('limitPriceKrw', price);
  // An order at the closing price that carries one is refused (571357).
  if (price !== undefined) throw refuse('limitPriceKrw', `no price for ${division.orderType}`, String(price));
  return noPrice;
}

function positive(field: string, value: number | undefined): string {
  if (value === undefined || !Number.isSafeInteger(value) || value < 1) {
    throw refuse(field, 'a whole number above 0', String(value ?? 'nothing'));
  }
  return String(value);
}

function refuse(field: string, expected: string, found: string): ValidationError {
  return new ValidationError({
    code: 'ORDER_NOT_CARRIED',
    summary: 'Kiwoom cannot carry this order.',
    facts: { field, expected, found },
    next: 'Nothing was sent. Ask kiwoomCapabilities which terms Kiwoom takes, and correct the request.',
  });
}
