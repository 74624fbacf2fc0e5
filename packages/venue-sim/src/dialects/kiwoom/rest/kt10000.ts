import { kstDate } from '@qts/krx';
import { type InstrumentView, type VenueRefusal, type VenueResult } from '../../../exchange/contracts.ts';
import { kstInstant } from '../../../kst.ts';
import {
  fieldOf,
  optionalNumber,
  orderPath,
  refuse,
  refuseField,
  required,
  requiredNumber,
  succeed,
  type KiwoomAnswer,
  type KiwoomCall,
  type KiwoomOperation,
  type KiwoomVenueCode,
} from '../kiwoom-operation.ts';
import { kiwoomOrderRefusals } from '../kiwoom-order-refusals.ts';
import { kiwoomOrderTypes, sessionOf } from '../kiwoom-order-types.ts';
import { findIssue } from '../kiwoom-symbols.ts';
import { orderNumberText } from '../kiwoom-text.ts';
import { affordableQuantity } from '../kiwoom-valuation.ts';

const regularPhases = ['OPENING_AUCTION', 'CONTINUOUS', 'CLOSING_AUCTION'];

/** 주식 매수주문. */
export const kt10000: KiwoomOperation = newOrder('kt10000', 'BUY');
/** 주식 매도주문. */
export const kt10001: KiwoomOperation = newOrder('kt10001', 'SELL');

function newOrder(apiId: string, side: 'BUY' | 'SELL'): KiwoomOperation {
  return {
    apiId,
    path: orderPath,
    fields: [
      required('dmst_stex_tp', 3, ['KRX', 'NXT', 'SOR']),
      required('stk_cd', 12),
      requiredNumber('ord_qty', 12),
      optionalNumber('ord_uv', 12),
      required('trde_tp', 2),
      optionalNumber('cond_uv', 12),
    ],
    answer: (call) => place(call, side),
  };
}

function place(call: KiwoomCall, side: 'BUY' | 'SELL'): KiwoomAnswer {
  const quantity = Number(fieldOf(call, 'ord_qty'));
  if (quantity === 0) return refuseField('ord_qty');
  const found = findIssue(call, fieldOf(call, 'stk_cd'));
  if (found.kind !== 'FOUND') return found;
  const { view } = found;
  const venue = takeVenue(call);
  if (typeof venue !== 'string') return venue;
  const type = kiwoomOrderTypes.get(fieldOf(call, 'trde_tp'));
  if (type === undefined) return refuse('ORDER_TYPE_UNKNOWN');
  const { orderType, timeInForce } = type;
  const closed = refuseOutsideMockHours(call, view, type.session === 'REGULAR');
  if (closed !== undefined) return closed;
  const limitPriceKrw = Number(fieldOf(call, 'ord_uv'));
  const { symbol } = view.instrument;
  const result = call.enterOrder({
    accountId: call.account.accountId,
    symbol,
    side,
    orderType,
    timeInForce,
    session: sessionOf(type, view.phases),
    quantity,
    limitPriceKrw,
    stopPriceKrw: Number(fieldOf(call, 'cond_uv')),
  });
  if (!result.ok) {
    const unitKrw = limitPriceKrw === 0 ? view.upperLimitKrw : limitPriceKrw;
    return refuseOrder(call, result.refusal, () =>
      side === 'BUY' ? affordableQuantity(call, unitKrw) : sellableQuantity(call, symbol),
    );
  }
  remember(call, result, venue);
  const word = side === 'BUY' ? '매수' : '매도';
  return succeed(
    { ord_no: orderNumberText(result.order.orderNumber), dmst_stex_tp: venue },
    call.context.environment === 'PAPER' ? `모의투자 ${word}주문완료` : `${word}주문이 완료되었습니다.`,
  );
}

/** Where the order goes: everything ends up on KRX, the only venue here. The mock server takes KRX alone (published). */
export function takeVenue(call: KiwoomCall): KiwoomVenueCode | KiwoomAnswer {
  const { environment, exchange } = call.context;
  const venue = fieldOf(call, 'dmst_stex_tp');
  if (venue !== 'KRX' && environment === 'PAPER') return refuse('VENUE_NOT_ON_MOCK');
  if (venue !== 'KRX' && venue !== 'SOR') return refuse('VENUE_NOT_HERE');
  if (kstDate(call.nowMs) !== exchange.tradingDate) return refuse('NO_SESSION_TODAY');
  return venue;
}

/** The mock server takes orders in the regular session alone: RC4057 before it, RC4058 from its end on. */
export function refuseOutsideMockHours(
  call: KiwoomCall,
  view: InstrumentView,
  regular: boolean,
): KiwoomAnswer | undefined {
  if (call.context.environment === 'LIVE') return undefined;
  if (regular && view.phases.some((phase) => regularPhases.includes(phase))) return undefined;
  const morning = call.nowMs < kstInstant(call.context.exchange.tradingDate, '12:00');
  return refuse(morning ? 'BEFORE_OPEN_ON_MOCK' : 'AFTER_CLOSE_ON_MOCK');
}

/** Words what the exchange refused. */
export function refuseOrder(call: KiwoomCall, refusal: VenueRefusal, quantity: () => number): KiwoomAnswer {
  if (refusal === 'UNKNOWN_SYMBOL' || refusal === 'QUANTITY_NOT_POSITIVE') {
    throw new Error(`The gateway has let an order through that the exchange refuses with ${refusal}.`);
  }
  const { text, ...words } = kiwoomOrderRefusals[refusal][call.context.environment];
  const filled = text.includes('{quantity}') ? text.replace('{quantity}', String(quantity())) : text;
  return { kind: 'REFUSED', refusal: { ...words, text: filled } };
}

/** Keeps what only the broker knows of an order. */
export function remember(
  { context, channel }: KiwoomCall,
  { order }: Extract<VenueResult, { readonly ok: true }>,
  venue: KiwoomVenueCode,
): void {
  context.orderOrigins.set(order.orderNumber, { venue, channel });
}

function sellableQuantity({ context, account }: KiwoomCall, symbol: string): number {
  const holding = context.exchange.getAccount(account.accountId)?.holdings.find((each) => each.symbol === symbol);
  return holding === undefined ? 0 : holding.quantity - holding.reservedQuantity;
}
