import { type NewOrder, type VenueRefusal, type VenueResult } from './contracts.ts';
import { type OrderRecord } from './order-record.ts';

/** Why shares cannot be taken out of an order by a replace or a cancel, or nothing. */
export function takeRefusal(
  original: OrderRecord,
  accountId: string | undefined,
  quantity: number,
): VenueRefusal | undefined {
  if (original.accountId !== accountId) return 'WRONG_ACCOUNT';
  if (original.leavesQuantity === 0) return 'NOTHING_LEFT';
  if (!isWholePositive(quantity)) return 'QUANTITY_NOT_POSITIVE';
  return quantity > original.leavesQuantity ? 'QUANTITY_ABOVE_REMAINING' : undefined;
}

/** Whether it is a number of shares that an order can have. */
export function isWholePositive(quantity: number): boolean {
  return Number.isSafeInteger(quantity) && quantity > 0;
}

/** The answer to an order that is not taken. */
export function refuseOrder(
  refusal: VenueRefusal,
  order: Pick<NewOrder, 'symbol' | 'orderType' | 'timeInForce' | 'session' | 'limitPriceKrw' | 'quantity'>,
): VenueResult {
  const { symbol, orderType, timeInForce, session, limitPriceKrw, quantity } = order;
  const terms = `${orderType} ${timeInForce}, ${session}, ${quantity} shares at ${limitPriceKrw}`;
  return { ok: false, refusal, detail: `${symbol} (${terms}): ${meanings[refusal]}.` };
}

/** The answer to a replace or a cancel of an order that cannot give what is asked. */
export function refuseTaking(refusal: VenueRefusal, orderNumber: number, quantity: number): VenueResult {
  return { ok: false, refusal, detail: `Order ${orderNumber} (${quantity} shares): ${meanings[refusal]}.` };
}

const meanings: Readonly<Record<VenueRefusal, string>> = {
  UNKNOWN_SYMBOL: 'the symbol is not listed here',
  HALTED_SYMBOL: 'the issue is halted and takes cancels only',
  MARKET_CLOSED: 'nothing takes orders at this time',
  TYPE_NOT_ALLOWED_NOW: 'this type, condition or session is not taken at this time',
  OFF_TICK: 'the price is not on the tick',
  OUTSIDE_PRICE_LIMIT: 'the price is outside the daily limits',
  PRICE_MISSING: 'the type needs a price',
  PRICE_NOT_ALLOWED: 'the type does not take this price',
  QUANTITY_NOT_POSITIVE: 'the quantity is not a whole number above 0',
  QUANTITY_ABOVE_LIMIT: 'the quantity is more than one order may have',
  INSUFFICIENT_CASH: 'it may cost more than the account can use',
  INSUFFICIENT_HOLDINGS: 'the account cannot sell that many',
  OWN_SIDE_EMPTY: 'a priority limit needs a price on its own side',
  NOT_FOUND: 'there is no such order',
  NOTHING_LEFT: 'nothing of it is left',
  QUANTITY_ABOVE_REMAINING: 'less than that is left',
  WRONG_ACCOUNT: 'it belongs to another account',
  CANCEL_NOT_ALLOWED_NOW: 'cancels are not taken at this time',
  NOT_SUPPORTED: 'this venue does not model it',
};
