import { kstDate8 } from '../../../kst.ts';
import {
  accountPath,
  fieldOf,
  messages,
  optional,
  optionalNumber,
  refuse,
  required,
  type KiwoomCall,
  type KiwoomField,
  type KiwoomOperation,
  type KiwoomRow,
} from '../kiwoom-operation.ts';
import { orderTypeName } from '../kiwoom-order-types.ts';
import {
  acceptanceWord,
  averagePriceKrw,
  kindWord,
  ledgerSideName,
  listVisibleOrders,
  matchesSide,
  type ListedOrder,
} from '../kiwoom-order-rows.ts';
import { pageOf } from '../kiwoom-paging.ts';
import { ledgerCode, meansSymbol } from '../kiwoom-symbols.ts';
import { kstTimeColons, orderNumberText, padded, parseOrderNumber } from '../kiwoom-text.ts';

const width = 10;

/** Filters that the two ledger lists of a day share. */
export const ledgerListFields: readonly KiwoomField[] = [
  optionalNumber('ord_dt', 8),
  required('stk_bond_tp', 1, ['0', '1', '2']),
  required('sell_tp', 1, ['0', '1', '2']),
  optional('stk_cd', 12),
  optionalNumber('fr_ord_no', 7),
  required('dmst_stex_tp', 6, ['%', 'KRX', 'NXT', 'SOR']),
];

/** 계좌별주문체결내역상세요청: every order, replace and cancel of the day. */
export const kt00007: KiwoomOperation = {
  apiId: 'kt00007',
  path: accountPath,
  fields: [...ledgerListFields, required('qry_tp', 1, ['1', '2', '3', '4'])],
  answer(call) {
    const query = fieldOf(call, 'qry_tp');
    const matching = listLedgerOrders(call, query === '2' ? 'NEWEST_FIRST' : 'OLDEST_FIRST').filter(
      ({ order, fills }) =>
        (query !== '3' || (order.kind !== 'CANCEL' && order.leavesQuantity > 0)) && (query !== '4' || fills.length > 0),
    );
    if (matching.length === 0) return refuse('NO_DATA');
    const page = pageOf(call, matching);
    return {
      kind: 'SUCCESS',
      body: { acnt_ord_cntr_prps_dtl: page.rows.map((listed) => detailRow(call, listed)) },
      message: messages.query,
      ...page.next,
    };
  },
};

/**
 * The orders that the filters take. `fr_ord_no` is where the list starts, in its own order (assumed). The venue knows one
 * day: another date has nothing.
 */
export function listLedgerOrders(call: KiwoomCall, order: 'NEWEST_FIRST' | 'OLDEST_FIRST'): readonly ListedOrder[] {
  const date = fieldOf(call, 'ord_dt');
  if ((date !== '' && date !== kstDate8(call.nowMs)) || fieldOf(call, 'stk_bond_tp') === '2') return [];
  const venue = fieldOf(call, 'dmst_stex_tp');
  const start = parseOrderNumber(fieldOf(call, 'fr_ord_no'));
  const matching = listVisibleOrders(call)
    .filter((each) => matchesSide(fieldOf(call, 'sell_tp'), each.order))
    .filter((each) => meansSymbol(fieldOf(call, 'stk_cd'), each.order.symbol))
    .filter(({ origin }) => venue === '%' || origin.venue === venue);
  if (order === 'NEWEST_FIRST') {
    return matching.filter((each) => start === undefined || each.order.orderNumber <= start).toReversed();
  }
  return matching.filter((each) => start === undefined || each.order.orderNumber >= start);
}

/** What a replace or a cancel has had confirmed: all of it, for this venue acts at once. */
export function confirmedQuantity({ order }: ListedOrder): number {
  return order.kind === 'NEW' ? 0 : order.quantity;
}

export function ledgerCodeOf({ context }: KiwoomCall, { order }: ListedOrder): string {
  const instrument = context.exchange.getInstrument(order.symbol)?.instrument;
  return instrument === undefined ? order.symbol : ledgerCode(instrument);
}

function detailRow(call: KiwoomCall, listed: ListedOrder): KiwoomRow {
  const { order, name, origin } = listed;
  const isNew = order.kind === 'NEW';
  return {
    ord_no: orderNumberText(order.orderNumber),
    stk_cd: ledgerCodeOf(call, listed),
    trde_tp: orderTypeName(order),
    crd_tp: '보통매매',
    ord_qty: padded(order.quantity, width),
    ord_uv: padded(order.limitPriceKrw, width),
    cnfm_qty: padded(confirmedQuantity(listed), width),
    acpt_tp: acceptanceWord(order),
    rsrv_tp: '',
    ord_tm: kstTimeColons(order.enteredAtMs),
    ori_ord: orderNumberText(order.originalOrderNumber),
    stk_nm: name,
    io_tp_nm: ledgerSideName(order),
    loan_dt: '',
    cntr_qty: padded(order.filledQuantity, width),
    cntr_uv: padded(averagePriceKrw(order), width),
    ord_remnq: padded(order.kind === 'CANCEL' ? 0 : listed.remainingQuantity, width),
    comm_ord_tp: origin.channel,
    mdfy_cncl: kindWord(order),
    cnfm_tm: isNew ? '' : kstTimeColons(order.enteredAtMs),
    dmst_stex_tp: origin.venue,
    cond_uv: padded(order.stopPriceKrw, width),
  };
}
