import { type OrderList, type OrderReference, type OrderSnapshot, UnexpectedResponseError } from '@qts/core';

/**
 * The order of a reference in a list of its date and symbol; `undefined` when a complete list does not have it.
 *
 * @param isSame tells two orders of one number apart, where a broker's numbers need it.
 * @throws {UnexpectedResponseError} `ORDER_LIST_INCOMPLETE` when it was not found, and the list was not complete.
 */
export function orderInList(
  { orders, complete }: OrderList,
  reference: OrderReference,
  environment: 'LIVE' | 'PAPER',
  isSame: (listed: OrderReference, reference: OrderReference) => boolean = () => true,
): OrderSnapshot | undefined {
  const { tradingDate, symbol, brokerOrderId } = reference;
  const found = orders.find(
    (each) => each.reference.brokerOrderId === brokerOrderId && isSame(each.reference, reference),
  );
  if (found !== undefined || complete) return found;
  throw new UnexpectedResponseError({
    code: 'ORDER_LIST_INCOMPLETE',
    summary: 'The order was not found, and the list was not complete.',
    facts: { environment, tradingDate, symbol, brokerOrderId },
    next: 'This proves nothing about the order. Read again.',
  });
}
