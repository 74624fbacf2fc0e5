import { kstTime6 } from '../../../kst.ts';
import {
  accountPath,
  fieldOf,
  messages,
  optional,
  refuse,
  required,
  type KiwoomCall,
  type KiwoomOperation,
  type KiwoomRow,
} from '../kiwoom-operation.ts';
import { orderTypeName } from '../kiwoom-order-types.ts';
import {
  listVisibleOrders,
  matchesSide,
  matchesVenue,
  signedSideName,
  venueFields,
  type ListedOrder,
} from '../kiwoom-order-rows.ts';
import { pageOf } from '../kiwoom-paging.ts';
import { bareCode, meansSymbol } from '../kiwoom-symbols.ts';
import { directedPrice, orderNumberText } from '../kiwoom-text.ts';

/** 미체결요청: what is open, newest first. */
export const ka10075: KiwoomOperation = {
  apiId: 'ka10075',
  path: accountPath,
  fields: [
    required('all_stk_tp', 1, ['0', '1']),
    required('trde_tp', 1, ['0', '1', '2']),
    optional('stk_cd', 6),
    required('stex_tp', 1, ['0', '1', '2']),
  ],
  answer(call) {
    const code = fieldOf(call, 'all_stk_tp') === '1' ? fieldOf(call, 'stk_cd') : '';
    const open = listVisibleOrders(call)
      .filter(({ order }) => order.kind !== 'CANCEL' && order.leavesQuantity > 0)
      .filter(({ order }) => matchesSide(fieldOf(call, 'trde_tp'), order) && meansSymbol(code, order.symbol))
      .filter(({ origin }) => matchesVenue(fieldOf(call, 'stex_tp'), origin))
      .toReversed();
    // Captured: live refuses with 571758, the mock server answers an empty list.
    if (open.length === 0 && call.context.environment === 'LIVE') return refuse('NO_OPEN_ORDERS');
    const page = pageOf(call, open);
    return {
      kind: 'SUCCESS',
      body: { oso: page.rows.map((listed) => openRow(call, listed)) },
      message: messages.orderList,
      ...page.next,
    };
  },
};

function openRow(
  { context, account }: KiwoomCall,
  { order, name, previousCloseKrw, origin, fills }: ListedOrder,
): KiwoomRow {
  const view = context.exchange.getInstrument(order.symbol);
  const book = context.exchange.getBook(order.symbol);
  const price = (priceKrw: number | undefined): string => directedPrice(priceKrw ?? 0, previousCloseKrw);
  const last = fills.at(-1);
  const total = (of: (fill: (typeof fills)[number]) => number): string =>
    String(fills.reduce((sum, fill) => sum + of(fill), 0));
  return {
    acnt_no: account.accountNumber,
    ord_no: orderNumberText(order.orderNumber),
    mang_empno: '',
    stk_cd: bareCode({ symbol: order.symbol }),
    tsk_tp: '',
    // 접수 is the only one in samples; the others are assumed.
    ord_stt: fills.length > 0 ? '체결' : order.kind === 'REPLACE' ? '확인' : '접수',
    stk_nm: name,
    ord_qty: String(order.quantity),
    ord_pric: String(order.limitPriceKrw),
    oso_qty: String(order.leavesQuantity),
    cntr_tot_amt: String(order.filledAmountKrw),
    orig_ord_no: orderNumberText(order.originalOrderNumber),
    io_tp_nm: signedSideName(order),
    trde_tp: orderTypeName(order),
    tm: kstTime6(order.enteredAtMs),
    cntr_no: last === undefined ? '' : String(last.fillNumber),
    cntr_pric: String(last?.priceKrw ?? 0),
    cntr_qty: String(order.filledQuantity),
    cur_prc: price(view?.lastPriceKrw),
    sel_bid: price(book?.asks[0]?.priceKrw),
    buy_bid: price(book?.bids[0]?.priceKrw),
    unit_cntr_pric: last === undefined ? '' : String(last.priceKrw),
    unit_cntr_qty: last === undefined ? '' : String(last.quantity),
    tdy_trde_cmsn: total(({ feeKrw }) => feeKrw),
    tdy_trde_tax: total(({ taxKrw }) => taxKrw),
    ind_invsr: '',
    ...venueFields(origin),
  };
}
