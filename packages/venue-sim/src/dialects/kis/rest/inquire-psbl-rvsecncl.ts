import { kstTime6 } from '../../../kst.ts';
import {
  accountFields,
  fieldOf,
  optional,
  refuseField,
  required,
  type KisContext,
  type KisOperation,
  type KisRow,
} from '../kis-operation.ts';
import { listVisibleOrders, type ListedOrder } from '../kis-order-rows.ts';
import { pageOf } from '../kis-paging.ts';
import { orderNumberText } from '../kis-text.ts';

/** Rows on a page (published). */
const pageSize = 50;

/** 주식정정취소가능주문조회, live only. Broker document: 국내주식 › 주문/계좌. */
export const inquirePsblRvsecncl: KisOperation = {
  name: 'inquire-psbl-rvsecncl',
  method: 'GET',
  path: '/uapi/domestic-stock/v1/trading/inquire-psbl-rvsecncl',
  trIds: { LIVE: ['TTTC0084R'], PAPER: [] },
  retiredTrIds: ['TTTC8036R'],
  ledger: true,
  fields: [
    ...accountFields,
    required('CTX_AREA_FK100', 100),
    required('CTX_AREA_NK100', 100),
    // Required by their document; the ledger itself refuses their absence, with a code of its own.
    optional('INQR_DVSN_1', 1),
    optional('INQR_DVSN_2', 1),
  ],
  answer(call) {
    const side = fieldOf(call, 'INQR_DVSN_2');
    if (fieldOf(call, 'INQR_DVSN_1') === '' || side === '') {
      return { kind: 'GATEWAY', result: 'INQUIRY_FIELD_MISSING' };
    }
    if (!['0', '1', '2'].includes(side)) return refuseField('INQR_DVSN_2');
    const open = listVisibleOrders(call)
      .filter(({ order }) => order.kind !== 'CANCEL' && order.leavesQuantity > 0)
      .filter(({ order }) => side === '0' || (order.side === 'SELL') === (side === '1'))
      .toReversed();
    const search = [fieldOf(call, 'CANO'), fieldOf(call, 'ACNT_PRDT_CD'), fieldOf(call, 'INQR_DVSN_1'), side, ''];
    const page = pageOf(call, open, search.join('^'), pageSize);
    if ('kind' in page) return page;
    return {
      kind: 'SUCCESS',
      success: open.length === 0 ? 'NO_ROWS' : page.success,
      containers: { ...page.cursors, output: page.rows.map((listed) => openOrderRow(call.context, listed)) },
      continuation: page.continuation,
    };
  },
};

function openOrderRow(context: KisContext, listed: ListedOrder): KisRow {
  const { order } = listed;
  return {
    ord_gno_brno: context.branch,
    odno: orderNumberText(order.orderNumber),
    orgn_odno: order.originalOrderNumber === undefined ? '' : orderNumberText(order.originalOrderNumber),
    ord_dvsn_name: listed.divisionName,
    pdno: order.symbol,
    prdt_name: listed.name,
    rvse_cncl_dvsn_name: listed.sideName,
    ord_qty: String(order.quantity),
    ord_unpr: String(order.limitPriceKrw),
    ord_tmd: kstTime6(order.enteredAtMs),
    tot_ccld_qty: String(order.filledQuantity),
    tot_ccld_amt: String(order.filledAmountKrw),
    psbl_qty: String(order.leavesQuantity),
    sll_buy_dvsn_cd: order.side === 'SELL' ? '01' : '02',
    ord_dvsn_cd: listed.divisionCode,
    mgco_aptm_odno: '',
    excg_dvsn_cd: listed.exchangeClass,
    excg_id_dvsn_cd: 'KRX',
    excg_id_dvsn_name: 'KRX',
    stpm_cndt_pric: String(order.stopPriceKrw),
    stpm_efct_occr_yn: '',
  };
}
