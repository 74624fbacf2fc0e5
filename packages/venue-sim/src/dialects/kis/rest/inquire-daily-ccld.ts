import { type VenueFill } from '../../../exchange/contracts.ts';
import { kstDate8, kstTime6 } from '../../../kst.ts';
import {
  accountFields,
  fieldOf,
  optional,
  programChannel,
  refuseField,
  required,
  type KisCall,
  type KisContext,
  type KisOperation,
  type KisRow,
} from '../kis-operation.ts';
import { listVisibleOrders, type ListedOrder } from '../kis-order-rows.ts';
import { pageOf } from '../kis-paging.ts';
import { orderNumberText, parseOrderNumber, ratioText } from '../kis-text.ts';

/** Rows on a page (captured live and on paper). */
const pageSizes = { LIVE: 100, PAPER: 15 } as const;

/** Ids for orders older than three months: this venue knows one day, so their list is empty. */
const olderTrIds = ['CTSC9215R', 'VTSC9215R'];

/** 주식일별주문체결조회. Broker document: 국내주식 › 주문/계좌. */
export const inquireDailyCcld: KisOperation = {
  name: 'inquire-daily-ccld',
  method: 'GET',
  path: '/uapi/domestic-stock/v1/trading/inquire-daily-ccld',
  trIds: { LIVE: ['TTTC0081R', 'CTSC9215R'], PAPER: ['VTTC0081R', 'VTSC9215R'] },
  retiredTrIds: ['TTTC8001R', 'CTSC9115R', 'VTTC8001R', 'VTSC9115R'],
  ledger: true,
  fields: [
    ...accountFields,
    required('INQR_STRT_DT', 8),
    required('INQR_END_DT', 8),
    required('SLL_BUY_DVSN_CD', 2, ['00', '01', '02']),
    optional('PDNO', 12),
    required('ORD_GNO_BRNO', 5),
    optional('ODNO', 10),
    required('CCLD_DVSN', 2, ['00', '01', '02']),
    required('INQR_DVSN', 2, ['00', '01']),
    required('INQR_DVSN_1', 1, ['', '1', '2']),
    required('INQR_DVSN_3', 2, ['00', '01', '02', '03', '04', '05', '06', '07']),
    required('EXCG_ID_DVSN_CD', 3, ['', 'KRX', 'NXT', 'SOR', 'ALL']),
    required('CTX_AREA_FK100', 100),
    required('CTX_AREA_NK100', 100),
  ],
  answer(call) {
    const { context } = call;
    for (const name of ['INQR_STRT_DT', 'INQR_END_DT']) {
      if (!/^\d{8}$/.test(fieldOf(call, name))) return refuseField(name);
    }
    // Paper has KRX alone.
    if (context.environment === 'PAPER' && !['', 'KRX'].includes(fieldOf(call, 'EXCG_ID_DVSN_CD'))) {
      return refuseField('EXCG_ID_DVSN_CD');
    }
    const matching = listVisibleOrders(call).filter(matcherOf(call));
    const ordered = fieldOf(call, 'INQR_DVSN') === '00' ? matching.toReversed() : matching;
    const page = pageOf(call, ordered, searchCursor(call), pageSizes[context.environment]);
    if ('kind' in page) return page;
    return {
      kind: 'SUCCESS',
      success: matching.length === 0 ? 'NO_ROWS' : page.success,
      containers: {
        ...page.cursors,
        output1: page.rows.map((listed) => orderRow(context, listed)),
        output2: totals(matching, call),
      },
      continuation: page.continuation,
    };
  },
};

/** The search, in the broker's order (captured; which of the two-digit fields stands where is assumed). */
function searchCursor(call: KisCall): string {
  const symbol = fieldOf(call, 'PDNO');
  return [
    fieldOf(call, 'CANO'),
    fieldOf(call, 'ACNT_PRDT_CD'),
    fieldOf(call, 'INQR_STRT_DT'),
    fieldOf(call, 'INQR_END_DT'),
    symbol === '' ? '' : `00000A${symbol}`,
    fieldOf(call, 'INQR_DVSN'),
    fieldOf(call, 'SLL_BUY_DVSN_CD'),
    fieldOf(call, 'CCLD_DVSN'),
    '',
  ].join('!^');
}

function matcherOf(call: KisCall): (listed: ListedOrder) => boolean {
  const { context, trId } = call;
  const date = context.exchange.tradingDate.replaceAll('-', '');
  const inRange = fieldOf(call, 'INQR_STRT_DT') <= date && date <= fieldOf(call, 'INQR_END_DT');
  const onVenue = ['', 'KRX', 'ALL'].includes(fieldOf(call, 'EXCG_ID_DVSN_CD'));
  const branch = fieldOf(call, 'ORD_GNO_BRNO');
  const cash = ['00', '01'].includes(fieldOf(call, 'INQR_DVSN_3'));
  const anyKind = fieldOf(call, 'INQR_DVSN_1') === '';
  if (
    !inRange ||
    !onVenue ||
    !cash ||
    !anyKind ||
    olderTrIds.includes(trId) ||
    !['', context.branch].includes(branch)
  ) {
    return () => false;
  }
  const side = { '00': undefined, '01': 'SELL', '02': 'BUY' }[fieldOf(call, 'SLL_BUY_DVSN_CD')];
  const symbol = fieldOf(call, 'PDNO').replace(/^00000A|^A/, '');
  const orderNumber = parseOrderNumber(fieldOf(call, 'ODNO'));
  const fills = fieldOf(call, 'CCLD_DVSN');
  return ({ order, remainingQuantity }) =>
    (side === undefined || order.side === side) &&
    (symbol === '' || order.symbol === symbol) &&
    (orderNumber === undefined || order.orderNumber === orderNumber) &&
    (fills !== '01' || order.filledQuantity > 0) &&
    (fills !== '02' || remainingQuantity > 0);
}

function orderRow(context: KisContext, listed: ListedOrder): KisRow {
  const { order } = listed;
  const origin = context.orderOrigins.get(order.orderNumber);
  const live = context.environment === 'LIVE';
  return {
    ord_dt: kstDate8(order.enteredAtMs),
    ord_gno_brno: context.branch,
    odno: orderNumberText(order.orderNumber),
    // Captured: a fresh order points at nothing on live and at zeros on paper.
    orgn_odno:
      order.originalOrderNumber === undefined ? (live ? '' : '0000000000') : orderNumberText(order.originalOrderNumber),
    ord_dvsn_name: listed.divisionName,
    sll_buy_dvsn_cd: order.side === 'SELL' ? '01' : '02',
    sll_buy_dvsn_cd_name: listed.sideName,
    pdno: order.symbol,
    prdt_name: listed.name,
    ord_qty: String(order.quantity),
    ord_unpr: String(order.limitPriceKrw),
    ord_tmd: kstTime6(order.enteredAtMs),
    tot_ccld_qty: String(order.filledQuantity),
    avg_prvs: averagePrice(order.filledAmountKrw, order.filledQuantity),
    cncl_yn: listed.canceled ? 'Y' : live ? '' : 'N',
    tot_ccld_amt: String(order.filledAmountKrw),
    loan_dt: '',
    ordr_empno: origin?.channel ?? programChannel,
    ord_dvsn_cd: listed.divisionCode,
    cncl_cfrm_qty: String(listed.canceledQuantity),
    rmn_qty: String(listed.remainingQuantity),
    rjct_qty: String(order.rejectedQuantity),
    ccld_cndt_name: listed.condition,
    inqr_ip_addr: origin?.address ?? '',
    cpbc_ordp_ord_rcit_dvsn_cd: '',
    cpbc_ordp_infm_mthd_dvsn_cd: '',
    infm_tmd: '',
    ctac_tlno: '',
    prdt_type_cd: '',
    excg_dvsn_cd: listed.exchangeClass,
    cpbc_ordp_mtrl_dvsn_cd: '',
    ord_orgno: '00000',
    rsvn_ord_end_dt: '',
    excg_id_dvsn_cd: 'KRX',
    stpm_cndt_pric: String(order.stopPriceKrw),
    stpm_efct_occr_dtmd: '',
  };
}

/** `avg_prvs`: whole won where it is whole (captured), else four decimals (assumed). */
function averagePrice(amountKrw: number, quantity: number): string {
  if (quantity === 0) return '0';
  return amountKrw % quantity === 0 ? String(amountKrw / quantity) : ratioText(amountKrw, quantity, 4);
}

/** Totals over every matching row, not over the page. */
function totals(listed: readonly ListedOrder[], { context, account }: KisCall): KisRow {
  const numbers = new Set(listed.map(({ order }) => order.orderNumber));
  const fills = context.exchange.listFills(account.accountId).filter(({ orderNumber }) => numbers.has(orderNumber));
  const filledQuantity = sum(fills, ({ quantity }) => quantity);
  const filledAmountKrw = sum(fills, ({ priceKrw, quantity }) => priceKrw * quantity);
  return {
    tot_ord_qty: String(listed.reduce((total, { order }) => total + order.quantity, 0)),
    tot_ccld_qty: String(filledQuantity),
    tot_ccld_amt: String(filledAmountKrw),
    prsm_tlex_smtl: String(sum(fills, ({ feeKrw, taxKrw }) => feeKrw + taxKrw)),
    pchs_avg_pric: ratioText(filledAmountKrw, filledQuantity, 4),
  };
}

function sum(fills: readonly VenueFill[], of: (fill: VenueFill) => number): number {
  return fills.reduce((total, fill) => total + of(fill), 0);
}
