import { type BrokerOrderId } from '@qts/core';

/** Width of `ODNO` on the wire: ten digits, padded with zeros. */
const odnoWidth = 10;

/**
 * An order number as compared: KIS pads it with zeros in most answers, with spaces in some and not at all in old paper
 * replies. `undefined` when the text is not a number, or only zeros (paper's way of saying "none").
 */
export function orderIdOfOdno(odno: string): BrokerOrderId | undefined {
  const bare = odno.trim().replace(/^0+/, '');
  return /^[0-9]{1,10}$/.test(bare) ? (bare as BrokerOrderId) : undefined;
}

/** An order number as sent. */
export function odnoOfOrderId(brokerOrderId: BrokerOrderId): string {
  return brokerOrderId.padStart(odnoWidth, '0');
}

/**
 * What makes an order number unique: numbers restart every day and are given per branch.
 * Two rows with one key are one order.
 */
export function kisOrderKey(order: {
  readonly tradingDate: string;
  readonly branch: string;
  readonly brokerOrderId: string;
}): string {
  return `${order.tradingDate}/${order.branch}/${order.brokerOrderId}`;
}
