import {
  type ClientOrderId,
  type ExecutionIntent,
  type IntentType,
  type OrderRequest,
  type OrderType,
  ValidationError,
  orderTypePrices,
  orderTypes,
  sides,
  timesInForce,
  tradingSessions,
  venues,
} from '@qts/core';

/**
 * Looks once more at what decides an order, the last place before a broker: types are gone at run time and an intent
 * may come from JSON. Nothing is coerced: an unknown side is not a sale, an unknown type is not a market order, 1.5
 * shares are not 1, and a limit without a price is not a limit at 0. A `NOOP` needs nothing but its type.
 *
 * @throws {ValidationError} naming the field, what was found and the remedy.
 */
export function checkIntent(intent: ExecutionIntent): void {
  const { intentType } = intent;
  if (intentType === 'NOOP') return;
  if (!isOrderType(intentType)) throw unknownValue('intentType', intentType, [...orderTypes, 'NOOP']);
  if (!sides.includes(intent.side)) throw unknownValue('side', intent.side, sides);
  if (!timesInForce.includes(intent.timeInForce)) throw unknownValue('timeInForce', intent.timeInForce, timesInForce);
  if (!venues.includes(intent.venue)) throw unknownValue('venue', intent.venue, venues);
  if (!tradingSessions.includes(intent.session)) throw unknownValue('session', intent.session, tradingSessions);
  if (!isText(intent.intentId)) throw notUsable('intentId', intent.intentId, 'Give every intent a unique id.');
  if (!isText(intent.symbol)) throw notUsable('symbol', intent.symbol, 'Give the short code of the issue.');
  if (!isPositiveInteger(intent.quantity)) {
    throw notUsable('quantity', intent.quantity, 'Give a whole number of shares, 1 or more; NOOP asks for nothing.');
  }
  const carries = orderTypePrices[intentType];
  checkPrice('limitPriceKrw', intent.limitPriceKrw, carries.limit, intentType);
  checkPrice('stopPriceKrw', intent.stopPriceKrw, carries.stop, intentType);
}

/**
 * Turns a wish to trade into an order, field by field. Pure. `NOOP` is the wish to do nothing: there is no order.
 *
 * @throws {ValidationError} as {@link checkIntent} does. Nothing was sent.
 */
export function intentToOrderRequest(intent: ExecutionIntent, dryRun: boolean): OrderRequest | undefined {
  checkIntent(intent);
  const { intentType, limitPriceKrw, stopPriceKrw } = intent;
  if (intentType === 'NOOP') return undefined;
  return {
    // The one place where our id of the wish becomes our id of the order.
    clientOrderId: intent.intentId as string as ClientOrderId,
    symbol: intent.symbol,
    side: intent.side,
    quantity: intent.quantity,
    orderType: intentType,
    ...(limitPriceKrw === undefined ? undefined : { limitPriceKrw }),
    ...(stopPriceKrw === undefined ? undefined : { stopPriceKrw }),
    timeInForce: intent.timeInForce,
    venue: intent.venue,
    session: intent.session,
    dryRun,
  };
}

function isOrderType(type: IntentType): type is OrderType {
  return Object.hasOwn(orderTypePrices, type);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isPositiveInteger(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}

function checkPrice(field: string, price: number | undefined, carried: boolean, intentType: OrderType): void {
  if (!carried && price !== undefined) {
    throw notUsable(field, price, `Leave it out: ${intentType} carries no such price.`);
  }
  if (carried && (price === undefined || !isPositiveInteger(price))) {
    throw notUsable(field, price, `Give whole won above 0: ${intentType} needs it.`);
  }
}

function unknownValue(field: string, found: unknown, known: readonly string[]): ValidationError {
  return notUsable(field, found, `Use one of: ${known.join(', ')}.`);
}

function notUsable(field: string, found: unknown, next: string): ValidationError {
  return new ValidationError({
    code: 'INTENT_INVALID',
    summary: `The intent's ${field} cannot become an order.`,
    facts: { field, found: found === undefined ? 'nothing' : JSON.stringify(found).slice(0, 80) },
    next,
  });
}
