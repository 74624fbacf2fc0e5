import { type VenueFill, type VenueOrder } from '../../exchange/contracts.ts';
import { type KiwoomCall, type KiwoomOrderOrigin } from './kiwoom-operation.ts';

/** `comm_ord_tp` of orders from programs (seen in samples). */
export const programChannel = 'REST API';

/** An order as the broker's lists tell it. */
export interface ListedOrder {
  readonly order: VenueOrder;
  readonly name: string;
  readonly previousCloseKrw: number;
  readonly origin: KiwoomOrderOrigin;
  /** What is left of it, in the list's sense: what the end of a session took is still there. */
  readonly remainingQuantity: number;
  readonly fills: readonly VenueFill[];
}

/**
 * The orders of the caller's account that have become visible, oldest first: one row per order, replace and cancel.
 *
 * The end of a session is not a cancel: nobody confirms it, and what was left stays in the remainder (assumed).
 */
export function listVisibleOrders({ context, account, nowMs, listLagMs }: KiwoomCall): readonly ListedOrder[] {
  const { exchange, orderOrigins } = context;
  const orders = exchange.listOrders(account.accountId);
  const fills = fillsByOrder(exchange.listFills(account.accountId));
  return orders
    .filter((order) => order.enteredAtMs + listLagMs(order.orderNumber) <= nowMs)
    .map((order) => {
      const instrument = exchange.getInstrument(order.symbol)?.instrument;
      return {
        order,
        name: instrument?.name ?? '',
        previousCloseKrw: instrument?.previousCloseKrw ?? instrument?.basePriceKrw ?? 0,
        origin: orderOrigins.get(order.orderNumber) ?? { venue: 'KRX', channel: programChannel },
        remainingQuantity: order.leavesQuantity + expiredQuantity(order, orders),
        fills: fills.get(order.orderNumber) ?? [],
      };
    });
}

function fillsByOrder(fills: readonly VenueFill[]): ReadonlyMap<number, readonly VenueFill[]> {
  const byOrder = new Map<number, VenueFill[]>();
  for (const fill of fills) {
    const known = byOrder.get(fill.orderNumber);
    if (known === undefined) byOrder.set(fill.orderNumber, [fill]);
    else known.push(fill);
  }
  return byOrder;
}

function expiredQuantity(order: VenueOrder, orders: readonly VenueOrder[]): number {
  if (!order.expired) return 0;
  const taken = orders
    .filter(({ originalOrderNumber }) => originalOrderNumber === order.orderNumber)
    .reduce((sum, { quantity }) => sum + quantity, 0);
  return order.canceledQuantity - taken;
}

/** The first order of a chain of replaces and cancels: `base_orig_ord_no`. */
export function rootOf({ context }: KiwoomCall, order: VenueOrder): number {
  let root = order;
  while (root.originalOrderNumber !== undefined) {
    const original = context.exchange.getOrder(root.originalOrderNumber);
    if (original === undefined) return root.originalOrderNumber;
    root = original;
  }
  return root.orderNumber;
}

const kindWords = { NEW: '', REPLACE: '정정', CANCEL: '취소' } as const;

/** `정정`, `취소`, or nothing. */
export function kindWord({ kind }: VenueOrder): string {
  return kindWords[kind];
}

/** `acpt_tp`: 접수 is the only one in samples; 확인 of a replace or cancel and 거부 of a rejected order are assumed. */
export function acceptanceWord({ kind, rejectedQuantity }: VenueOrder): string {
  if (rejectedQuantity > 0) return '거부';
  return kind === 'NEW' ? '접수' : '확인';
}

/** `매수` or `매도`. */
export function sideWord({ side }: Pick<VenueOrder, 'side'>): string {
  return side === 'BUY' ? '매수' : '매도';
}

/** `+매수`, `-매도`, `+매수정정` … as lists of today have it. */
export function signedSideName(order: VenueOrder): string {
  return `${order.side === 'BUY' ? '+' : '-'}${sideWord(order)}${kindWord(order)}`;
}

/** `현금매수`, `매수정정` … as the ledger has it (the second form assumed). */
export function ledgerSideName(order: VenueOrder): string {
  return order.kind === 'NEW' ? `현금${sideWord(order)}` : `${sideWord(order)}${kindWord(order)}`;
}

/** `stex_tp`, its text and `sor_yn` of a row (samples: 1 KRX N, 0 SOR Y). */
export function venueFields({ venue }: KiwoomOrderOrigin): {
  readonly stex_tp: string;
  readonly stex_tp_txt: string;
  readonly sor_yn: string;
} {
  return venue === 'SOR'
    ? { stex_tp: '0', stex_tp_txt: 'SOR', sor_yn: 'Y' }
    : { stex_tp: '1', stex_tp_txt: 'KRX', sor_yn: 'N' };
}

/** Whether a side filter takes the order: 0 all, 1 sells, 2 buys. */
export function matchesSide(filter: string, { side }: VenueOrder): boolean {
  return filter === '0' || (filter === '1') === (side === 'SELL');
}

/** Whether the venue filter of today's lists takes the order: 0 all, 1 KRX, 2 NXT; SOR orders are in 0 alone (assumed). */
export function matchesVenue(filter: string, { venue }: KiwoomOrderOrigin): boolean {
  return filter === '0' || (filter === '1' && venue === 'KRX');
}

/** Average price of what filled, cut down to the won; 0 before the first fill. */
export function averagePriceKrw({ filledAmountKrw, filledQuantity }: VenueOrder): number {
  return filledQuantity === 0 ? 0 : Math.floor(filledAmountKrw / filledQuantity);
}
