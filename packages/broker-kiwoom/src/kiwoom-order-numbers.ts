import { type BrokerOrderId } from '@qts/core';

/** Width of `ord_no` on the wire: seven digits, padded with zeros. */
const ordNoWidth = 7;

/**
 * An order number as compared: without its zeros, whatever the padding it came with (a documented sample has five
 * digits). `undefined` when the text is not a number, or only zeros (the list's way of saying "none").
 */
export function orderIdOfOrdNo(ordNo: string): BrokerOrderId | undefined {
  const bare = ordNo.trim().replace(/^0+/, '');
  return /^[0-9]{1,7}$/.test(bare) ? (bare as BrokerOrderId) : undefined;
}

/** An order number as sent. */
export function ordNoOfOrderId(brokerOrderId: BrokerOrderId): string {
  return brokerOrderId.padStart(ordNoWidth, '0');
}

/** What makes an order number unique: numbers restart every day. Two rows with one key are one order. */
export function kiwoomOrderKey(order: { readonly tradingDate: string; readonly brokerOrderId: string }): string {
  return `${order.tradingDate}/${order.brokerOrderId}`;
}
