import { type OrderTerms } from '@qts/broker-kit';
import {
  type CancelRequest,
  type Krw,
  type OrderReference,
  type OrderRequest,
  type ReplaceRequest,
  type Shares,
  type TradingDate,
  ValidationError,
} from '@qts/core';
import { type KisCredentials } from './kis-credentials.ts';
import { findOrderDivision, type KisOrderDivision } from './kis-order-divisions.ts';
import { odnoOfOrderId } from './kis-order-numbers.ts';
import { isKisSymbol } from './kis-symbols.ts';
import { type KisRequestOf } from './rest/operation.ts';
import { type orderCash } from './rest/order-cash.ts';
import { type orderRvsecncl, replaceOrCancelCodes } from './rest/order-rvsecncl.ts';

/** `ORD_UNPR` of a type without a price. */
const noPrice = '0';
/** `ORD_QTY` beside `QTY_ALL_ORD_YN` `Y`: the whole remainder. */
const allThatRemains = '0';

/**
 * The fields of `order-cash`. The side is not among them: it is the TR id's.
 *
 * @throws {ValidationError} when KIS has no code for the terms on the date, or a price is missing or too many.
 */
export function toOrderCashFields(
  request: OrderRequest,
  credentials: KisCredentials,
  tradingDate: TradingDate,
): KisRequestOf<typeof orderCash> {
  const division = divisionFor(request, tradingDate);
  if (!isKisSymbol(request.symbol)) {
    throw refuse('symbol', 'six characters, or seven with a leading Q', request.symbol);
  }
  return {
    CANO: credentials.accountNumber.reveal(),
    ACNT_PRDT_CD: credentials.productCode,
    PDNO: request.symbol,
    SLL_TYPE: '',
    ORD_DVSN: division.code,
    ORD_QTY: quantityText(request.quantity),
    ORD_UNPR: priceText(division, request.limitPriceKrw),
    CNDT_PRIC: division.orderType === 'STOP_LIMIT' ? positive('stopPriceKrw', request.stopPriceKrw) : '',
    EXCG_ID_DVSN_CD: request.venue,
  };
}

/**
 * The fields of a replace. @throws {ValidationError} as for a place; a stop price cannot be carried by a replace request.
 */
export function toReplaceFields(
  request: ReplaceRequest,
  credentials: KisCredentials,
  tradingDate: TradingDate,
): KisRequestOf<typeof orderRvsecncl> {
  const division = divisionFor({ ...request, venue: request.target.venue }, tradingDate);
  if (division.orderType === 'STOP_LIMIT') {
    throw refuse('orderType', 'a type without a stop price: a replace request carries none', division.orderType);
  }
  return {
    ...targetFields(request.target, credentials),
    ORD_DVSN: division.code,
    RVSE_CNCL_DVSN_CD: replaceOrCancelCodes.REPLACE,
    ORD_QTY: request.quantity === undefined ? allThatRemains : quantityText(request.quantity),
    ORD_UNPR: priceText(division, request.limitPriceKrw),
    QTY_ALL_ORD_YN: request.quantity === undefined ? 'Y' : 'N',
    CNDT_PRIC: '',
  };
}

/**
 * The fields of a cancel. Nothing stands in its way but a quantity that is none: `ORD_DVSN` is the one the order was
 * placed with, or the one its terms had on its date.
 */
export function toCancelFields(
  request: CancelRequest,
  credentials: KisCredentials,
): KisRequestOf<typeof orderRvsecncl> {
  const { target } = request;
  return {
    ...targetFields(target, credentials),
    ORD_DVSN: target.native['ORD_DVSN'] ?? findOrderDivision(target, target.tradingDate)?.code ?? '00',
    RVSE_CNCL_DVSN_CD: replaceOrCancelCodes.CANCEL,
    ORD_QTY: request.quantity === undefined ? allThatRemains : quantityText(request.quantity),
    ORD_UNPR: noPrice,
    QTY_ALL_ORD_YN: request.quantity === undefined ? 'Y' : 'N',
    CNDT_PRIC: '',
  };
}

function targetFields(
  target: OrderReference,
  credentials: KisCredentials,
): Pick<
  KisRequestOf<typeof orderRvsecncl>,
  'CANO' | 'ACNT_PRDT_CD' | 'KRX_FWDG_ORD_ORGNO' | 'ORGN_ODNO' | 'EXCG_ID_DVSN_CD'
> {
  return {
    CANO: credentials.accountNumber.reveal(),
    ACNT_PRDT_CD: credentials.productCode,
    KRX_FWDG_ORD_ORGNO: target.native['KRX_FWDG_ORD_ORGNO'] ?? '',
    ORGN_ODNO: odnoOfOrderId(target.brokerOrderId),
    EXCG_ID_DVSN_CD: target.venue,
  };
}

function divisionFor(terms: OrderTerms, tradingDate: string): KisOrderDivision {
  const division = findOrderDivision(terms, tradingDate);
  if (division !== undefined) return division;
  const { orderType, timeInForce, session, venue } = terms;
  throw refuse(
    'orderType',
    `terms that KIS carries on ${tradingDate}`,
    `${orderType} ${timeInForce} in ${session} on ${venue}`,
  );
}

function priceText(division: KisOrderDivision, price: Krw | undefined): string {
  if (division.carriesPrice) return positive('limitPriceKrw', price);
  // A price on a type without one was answered with IGW00007.
  if (price !== undefined) throw refuse('limitPriceKrw', `no price for ${division.orderType}`, String(price));
  return noPrice;
}

function quantityText(quantity: Shares): string {
  return positive('quantity', quantity);
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
    summary: 'KIS cannot carry this order.',
    facts: { field, expected, found },
    next: 'Nothing was sent. Ask kisCapabilities which terms KIS takes, and correct the request.',
  });
}
