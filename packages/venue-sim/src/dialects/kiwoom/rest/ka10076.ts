import { kstTime6 } from '../../../kst.ts';
import {
  accountPath,
  fieldOf,
  messages,
  optional,
  optionalNumber,
  required,
  type KiwoomCall,
  type KiwoomOperation,
  type KiwoomRow,
} from '../kiwoom-operation.ts';
import { orderTypeName } from '../kiwoom-order-types.ts';
import {
  averagePriceKrw,
  listVisibleOrders,
  matchesSide,
  matchesVenue,
  signedSideName,
  venueFields,
  type ListedOrder,
} from '../kiwoom-order-rows.ts';
import { pageOf } from '../kiwoom-paging.ts';
import { bareCode, meansSymbol } from '../kiwoom-symbols.ts';
import { orderNumberText, parseOrderNumber } from '../kiwoom-text.ts';

/** 체결요청: what has filled today, newest order first. */
export const ka10076: KiwoomOperation = {
  apiId: 'ka10076',
  path: accountPath,
  fields: [
    optional('stk_cd', 6),
    required('qry_tp', 1, ['0', '1']),
    required('sell_tp', 1, ['0', '1', '2']),
    optionalNumber('ord_no', 10),
    required('stex_tp', 1, ['0', '1', '2']),
  ],
  answer(call) {
    const code = fieldOf(call, 'qry_tp') === '1' ? fieldOf(call, 'stk_cd') : '';
    // A cursor: only older numbers come back (published).
    const before = parseOrderNumber(fieldOf(call, 'ord_no')) ?? Infinity;
    const rows = listVisibleOrders(call)
      .filter(({ order, fills }) => fills.length > 0 && order.orderNumber < before)
      .filter(({ order }) => matchesSide(fieldOf(call, 'sell_tp'), order) && meansSymbol(code, order.symbol))
      .filter(({ origin }) => matchesVenue(fieldOf(call, 'stex_tp'), origin))
      .toReversed()
      .flatMap((listed) => fillRows(call, listed));
    const page = pageOf(call, rows);
    return { kind: 'SUCCESS', body: { cntr: page.rows }, message: messages.orderList, ...page.next };
  },
};

/** What a row says was filled. */
interface Part {
  readonly priceKrw: number;
  readonly quantity: number;
  readonly feeKrw: number;
  readonly taxKrw: number;
}

function fillRows({ context }: KiwoomCall, listed: ListedOrder): readonly KiwoomRow[] {
  const { order, fills } = listed;
  if (context.fillRows === 'PER_FILL') return fills.toReversed().map((fill) => fillRow(listed, fill));
  const total = (of: (fill: Part) => number): number => fills.reduce((sum, fill) => sum + of(fill), 0);
  return [
    fillRow(listed, {
      priceKrw: averagePriceKrw(order),
      quantity: order.filledQuantity,
      feeKrw: total(({ feeKrw }) => feeKrw),
      taxKrw: total(({ taxKrw }) => taxKrw),
    }),
  ];
}

function fillRow({ order, name, origin }: ListedOrder, { priceKrw, quantity, feeKrw, taxKrw }: Part): KiwoomRow {
  return {
    ord_no: orderNumberText(order.orderNumber),
    stk_nm: name,
    io_tp_nm: signedSideName(order),
    ord_pric: String(order.limitPriceKrw),
    ord_qty: String(order.quantity),
    cntr_pric: String(priceKrw),
    cntr_qty: String(quantity),
    oso_qty: String(order.leavesQuantity),
    tdy_trde_cmsn: String(feeKrw),
    tdy_trde_tax: String(taxKrw),
    ord_stt: '체결',
    trde_tp: orderTypeName(order),
    orig_ord_no: orderNumberText(order.originalOrderNumber),
    ord_tm: kstTime6(order.enteredAtMs),
    stk_cd: bareCode({ symbol: order.symbol }),
    ...venueFields(origin),
  };
}
