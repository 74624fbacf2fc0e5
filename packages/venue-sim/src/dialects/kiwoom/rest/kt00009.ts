import {
  accountPath,
  fieldOf,
  messages,
  refuse,
  required,
  type KiwoomCall,
  type KiwoomOperation,
  type KiwoomRow,
} from '../kiwoom-operation.ts';
import { orderTypeName } from '../kiwoom-order-types.ts';
import { acceptanceWord, averagePriceKrw, kindWord, ledgerSideName, type ListedOrder } from '../kiwoom-order-rows.ts';
import { pageOf } from '../kiwoom-paging.ts';
import { kstTimeColons, orderNumberText, padded } from '../kiwoom-text.ts';
import { confirmedQuantity, ledgerCodeOf, ledgerListFields, listLedgerOrders } from './kt00007.ts';

const width = 10;
const amountWidth = 12;

/** `mrkt_tp` by market; 3 and 4 are markets that this venue does not have. */
const marketCodes = { KOSPI: '1', KOSDAQ: '2', KONEX: '' } as const;

/** 계좌별주문체결현황요청: every order of the day with its last fill, and the day's sums. */
export const kt00009: KiwoomOperation = {
  apiId: 'kt00009',
  path: accountPath,
  fields: [...ledgerListFields, required('mrkt_tp', 1, ['0', '1', '2', '3', '4']), required('qry_tp', 1, ['0', '1'])],
  answer(call) {
    const market = fieldOf(call, 'mrkt_tp');
    const matching = listLedgerOrders(call, 'OLDEST_FIRST')
      .filter(({ fills }) => fieldOf(call, 'qry_tp') === '0' || fills.length > 0)
      .filter((listed) => market === '0' || marketOf(call, listed) === market);
    if (matching.length === 0) return refuse('NO_DATA');
    const page = pageOf(call, matching);
    const total = (side: 'BUY' | 'SELL'): number =>
      matching.reduce((sum, { order }) => sum + (order.side === side ? order.filledAmountKrw : 0), 0);
    return {
      kind: 'SUCCESS',
      body: {
        sell_grntl_engg_amt: padded(total('SELL'), amountWidth),
        buy_engg_amt: padded(total('BUY'), amountWidth),
        engg_amt: padded(total('SELL') + total('BUY'), amountWidth),
        acnt_ord_cntr_prst_array: page.rows.map((listed) => stateRow(call, listed)),
      },
      message: messages.query,
      ...page.next,
    };
  },
};

function marketOf({ context }: KiwoomCall, { order }: ListedOrder): string {
  const instrument = context.exchange.getInstrument(order.symbol)?.instrument;
  return instrument === undefined ? '' : marketCodes[instrument.market];
}

function stateRow(call: KiwoomCall, listed: ListedOrder): KiwoomRow {
  const { order, name, origin, fills } = listed;
  const last = fills.at(-1);
  return {
    stk_bond_tp: '1',
    ord_no: orderNumberText(order.orderNumber),
    stk_cd: ledgerCodeOf(call, listed),
    trde_tp: orderTypeName(order),
    io_tp_nm: ledgerSideName(order),
    ord_qty: padded(order.quantity, width),
    ord_uv: padded(order.limitPriceKrw, width),
    cnfm_qty: padded(confirmedQuantity(listed), width),
    rsrv_oppo: '',
    cntr_no: orderNumberText(last?.fillNumber),
    acpt_tp: acceptanceWord(order),
    orig_ord_no: orderNumberText(order.originalOrderNumber),
    stk_nm: name,
    setl_tp: '삼일결제',
    crd_deal_tp: '보통매매',
    cntr_qty: padded(order.filledQuantity, width),
    cntr_uv: padded(averagePriceKrw(order), width),
    comm_ord_tp: origin.channel,
    mdfy_cncl_tp: kindWord(order),
    cntr_tm: last === undefined ? '' : kstTimeColons(last.atMs),
    dmst_stex_tp: origin.venue,
    cond_uv: padded(order.stopPriceKrw, width),
  };
}
