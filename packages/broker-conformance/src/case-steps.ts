import {
  type CancelResponse,
  type OrderList,
  type OrderReference,
  type OrderRequest,
  type OrderRequestInput,
  type OrderResponse,
  type OrderSnapshot,
  type ReplaceRequest,
  type SymbolCode,
  type TradingDate,
  krw,
  shares,
  symbolCode,
  tradingDate,
} from '@qts/core';
import { buildOrderRequest } from '@qts/core/testing';
import { checkThat } from './check.ts';
import { type ConformanceBench, type VenueTruth, conformanceDate } from './conformance-target.ts';

/** Words that cases share. */
export const samsung: SymbolCode = symbolCode('005930');
export const hynix: SymbolCode = symbolCode('000660');
export const halted: SymbolCode = symbolCode('035420');
export const today: TradingDate = tradingDate(conformanceDate);

/** A limit order that rests: 10 shares of 005930 to buy at 69,900, 100 won under the base price. */
export function order(changes: Partial<OrderRequestInput> = {}): OrderRequest {
  return buildOrderRequest({
    symbol: samsung,
    side: 'BUY',
    quantity: shares(10),
    orderType: 'LIMIT',
    limitPriceKrw: krw(69_900),
    dryRun: false,
    ...changes,
  });
}

/** A limit order to sell 10 of the shares that the account holds; it rests. */
export function sellOrder(changes: Partial<OrderRequestInput> = {}): OrderRequest {
  return order({ symbol: hynix, side: 'SELL', limitPriceKrw: krw(201_000), ...changes });
}

export function place(bench: ConformanceBench, request: OrderRequest): Promise<OrderResponse> {
  return bench.settle(bench.broker.orders.placeOrder(request));
}

/** Places an order that has to be accepted. */
export async function placed(bench: ConformanceBench, request: OrderRequest = order()): Promise<OrderReference> {
  const response = await place(bench, request);
  checkThat(response.outcome === 'ACCEPTED', 'the order is accepted', response);
  return response.reference;
}

export function cancel(
  bench: ConformanceBench,
  target: OrderReference,
  changes: { readonly quantity?: number; readonly dryRun?: boolean } = {},
): Promise<CancelResponse> {
  const { quantity, dryRun = false } = changes;
  const request = { target, dryRun, ...(quantity === undefined ? undefined : { quantity: shares(quantity) }) };
  return bench.settle(bench.broker.orders.cancelOrder(request));
}

/** Changes the price of a limit order to 69,800, and its remainder where a quantity is given. */
export function replace(
  bench: ConformanceBench,
  target: OrderReference,
  changes: Partial<ReplaceRequest> = {},
): Promise<OrderResponse> {
  const { clientOrderId } = order();
  const terms = { orderType: 'LIMIT', timeInForce: 'DAY', session: 'REGULAR', dryRun: false } as const;
  return bench.settle(
    bench.broker.orders.replaceOrder({ clientOrderId, target, limitPriceKrw: krw(69_800), ...terms, ...changes }),
  );
}

export function list(
  bench: ConformanceBench,
  query: Omit<Parameters<ConformanceBench['broker']['orders']['listOrders']>[0], 'tradingDate'> = {},
): Promise<OrderList> {
  return bench.settle(bench.broker.orders.listOrders({ tradingDate: today, ...query }));
}

/** The broker's word on an order that has to be on its list. */
export async function read(bench: ConformanceBench, reference: OrderReference): Promise<OrderSnapshot> {
  const found = await bench.settle(bench.broker.orders.getOrder(reference));
  checkThat(found !== undefined, 'the order is on the list');
  return found;
}

/** New orders as the venue has them. */
export function newOrders(bench: ConformanceBench): readonly VenueTruth[] {
  return bench.venue.orders().filter(({ kind }) => kind === 'NEW');
}

/** Somebody sells, or buys, what rests of an order of ours. */
export function tradeAgainst(
  bench: ConformanceBench,
  { symbol, side, limitPriceKrw }: OrderRequest,
  quantity: number,
): void {
  bench.venue.placeOfMarket({
    symbol,
    side: side === 'BUY' ? 'SELL' : 'BUY',
    quantity,
    priceKrw: limitPriceKrw ?? 0,
  });
}
