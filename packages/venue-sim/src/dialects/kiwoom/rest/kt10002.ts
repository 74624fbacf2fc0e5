import { type VenueOrder } from '../../../exchange/contracts.ts';
import {
  fieldOf,
  optionalNumber,
  orderPath,
  refuse,
  required,
  requiredNumber,
  succeed,
  type KiwoomAnswer,
  type KiwoomCall,
  type KiwoomField,
  type KiwoomOperation,
  type KiwoomVenueCode,
} from '../kiwoom-operation.ts';
import { programChannel, rootOf, sideWord } from '../kiwoom-order-rows.ts';
import { findIssue } from '../kiwoom-symbols.ts';
import { orderNumberText, padded, parseOrderNumber } from '../kiwoom-text.ts';
import { affordableQuantity } from '../kiwoom-valuation.ts';
import { refuseOrder, refuseOutsideMockHours, remember, takeVenue } from './kt10000.ts';

const originalFields: readonly KiwoomField[] = [
  required('dmst_stex_tp', 3, ['KRX', 'NXT', 'SOR']),
  requiredNumber('orig_ord_no', 7),
  required('stk_cd', 12),
];

/** 주식 정정주문: a new price for the open shares. It has no field for the type. */
export const kt10002: KiwoomOperation = {
  apiId: 'kt10002',
  path: orderPath,
  fields: [
    ...originalFields,
    requiredNumber('mdfy_qty', 12),
    requiredNumber('mdfy_uv', 12),
    optionalNumber('mdfy_cond_uv', 12),
  ],
  answer(call) {
    const original = findOriginal(call);
    if (original.kind !== 'ORIGINAL') return original;
    const { order, venue } = original;
    const limitPriceKrw = Number(fieldOf(call, 'mdfy_uv'));
    const result = call.context.exchange.replaceOrder({
      ...original.which,
      ...quantityOf(call, 'mdfy_qty'),
      // An order that was given its price when it came in is a limit order once it is given another (assumed).
      orderType: ['BEST_LIMIT', 'PRIORITY_LIMIT'].includes(order.orderType) ? 'LIMIT' : order.orderType,
      timeInForce: order.timeInForce,
      session: order.session,
      limitPriceKrw,
    });
    if (!result.ok) return refuseOrder(call, result.refusal, () => affordableQuantity(call, limitPriceKrw));
    remember(call, result, venue);
    return succeed(
      {
        ord_no: orderNumberText(result.order.orderNumber),
        base_orig_ord_no: orderNumberText(rootOf(call, result.order)),
        mdfy_qty: padded(result.order.quantity, 12),
        dmst_stex_tp: venue,
      },
      changeMessage(call, `${sideWord(order)}정정`),
    );
  },
};

/** 주식 취소주문. It answers without `dmst_stex_tp` (published). */
export const kt10003: KiwoomOperation = {
  apiId: 'kt10003',
  path: orderPath,
  fields: [...originalFields, requiredNumber('cncl_qty', 12)],
  answer(call) {
    const original = findOriginal(call);
    if (original.kind !== 'ORIGINAL') return original;
    const result = call.context.exchange.cancelOrder({ ...original.which, ...quantityOf(call, 'cncl_qty') });
    if (!result.ok) return refuseOrder(call, result.refusal, () => original.order.leavesQuantity);
    remember(call, result, original.venue);
    return succeed(
      {
        ord_no: orderNumberText(result.order.orderNumber),
        base_orig_ord_no: orderNumberText(rootOf(call, result.order)),
        cncl_qty: padded(result.order.quantity, 12),
      },
      changeMessage(call, `${sideWord(original.order)}취소`),
    );
  },
};

interface Original {
  readonly kind: 'ORIGINAL';
  readonly order: VenueOrder;
  readonly venue: KiwoomVenueCode;
  readonly which: { readonly accountId: string; readonly orderNumber: number };
}

/** The order to act on, or what the broker says when it cannot be. An order of another issue is another order (assumed). */
function findOriginal(call: KiwoomCall): Original | KiwoomAnswer {
  const { context, account } = call;
  const found = findIssue(call, fieldOf(call, 'stk_cd'));
  if (found.kind !== 'FOUND') return found;
  const venue = takeVenue(call);
  if (typeof venue !== 'string') return venue;
  const closed = refuseOutsideMockHours(call, found.view, true);
  if (closed !== undefined) return closed;
  const orderNumber = parseOrderNumber(fieldOf(call, 'orig_ord_no'));
  const order = orderNumber === undefined ? undefined : context.exchange.getOrder(orderNumber);
  const isHere = order?.accountId === account.accountId && order.symbol === found.view.instrument.symbol;
  if (order === undefined || !isHere) return refuseOrder(call, 'NOT_FOUND', () => 0);
  if (order.kind === 'CANCEL') return refuse('ORIGINAL_IS_CANCEL');
  const origin = context.orderOrigins.get(order.orderNumber) ?? { venue: 'KRX', channel: programChannel };
  if (origin.venue !== venue) return refuse('VENUE_OF_ORIGINAL');
  return { kind: 'ORIGINAL', order, venue, which: { accountId: account.accountId, orderNumber: order.orderNumber } };
}

/** `0` means all that is open (published for cancels, in a newer guide for replaces). */
function quantityOf(call: KiwoomCall, name: string): { readonly quantity?: number } {
  const quantity = Number(fieldOf(call, name));
  return quantity === 0 ? {} : { quantity };
}

/** `매수정정 주문입력이 완료되었습니다` (guide); the form of the mock server is assumed after its new orders. */
function changeMessage({ context }: KiwoomCall, what: string): string {
  return context.environment === 'PAPER' ? `모의투자 ${what}주문완료` : `${what} 주문입력이 완료되었습니다`;
}
