import { kisOrderDivisions } from '../kis-order-divisions.ts';
import { kisOrderRefusals } from '../kis-order-refusals.ts';
import {
  accountFields,
  fieldOf,
  refuseField,
  required,
  succeed,
  type KisCall,
  type KisOperation,
} from '../kis-operation.ts';
import { findInstrument } from '../kis-symbols.ts';
import { parseDigits } from '../kis-text.ts';

/** 매수가능조회. Broker document: 국내주식 › 주문/계좌. */
export const inquirePsblOrder: KisOperation = {
  name: 'inquire-psbl-order',
  method: 'GET',
  path: '/uapi/domestic-stock/v1/trading/inquire-psbl-order',
  trIds: { LIVE: ['TTTC8908R'], PAPER: ['VTTC8908R'] },
  retiredTrIds: [],
  ledger: true,
  fields: [
    ...accountFields,
    required('PDNO', 12),
    required('ORD_UNPR', 19),
    required('ORD_DVSN', 2),
    required('CMA_EVLU_AMT_ICLD_YN', 1, ['Y', 'N']),
    required('OVRS_ICLD_YN', 1, ['Y', 'N']),
  ],
  answer(call) {
    const { context, account } = call;
    const division = kisOrderDivisions.get(fieldOf(call, 'ORD_DVSN'));
    if (division === undefined) return refuseField('ORD_DVSN');
    const symbol = fieldOf(call, 'PDNO');
    if (symbol !== '' && findInstrument(context.exchange, symbol) === undefined) {
      return { kind: 'REFUSED', refusal: kisOrderRefusals.UNKNOWN_SYMBOL[context.environment] };
    }
    const unitKrw = calculationPriceKrw(call, division.orderType === 'LIMIT');
    if (unitKrw === undefined) return refuseField('ORD_UNPR');
    const orderableKrw = Math.max(0, context.exchange.getAccount(account.accountId)?.orderableKrw ?? 0);
    const quantity = affordableQuantity(orderableKrw, unitKrw, account.terms.feePartsPerBillion);
    // A cash account: with and without receivables are the same (assumed).
    return succeed('QUERY', {
      output: {
        ord_psbl_cash: String(orderableKrw),
        ord_psbl_sbst: '0',
        ruse_psbl_amt: '0',
        fund_rpch_chgs: '0',
        psbl_qty_calc_unpr: String(unitKrw),
        nrcvb_buy_amt: String(orderableKrw),
        nrcvb_buy_qty: String(quantity),
        max_buy_amt: String(orderableKrw),
        max_buy_qty: String(quantity),
        cma_evlu_amt: '0',
        ovrs_re_use_amt_wcrc: '0',
        ord_psbl_frcr_amt_wcrc: '0',
      },
    });
  },
};

/**
 * The price that quantities are computed with: the one given for a limit, else the upper limit, at which a market order
 * reserves its cash (published). 0 when no issue is named: amounts only.
 */
function calculationPriceKrw(call: KisCall, limit: boolean): number | undefined {
  const view = findInstrument(call.context.exchange, fieldOf(call, 'PDNO'));
  if (view === undefined) return 0;
  const given = fieldOf(call, 'ORD_UNPR');
  if (!limit) return view.upperLimitKrw;
  return given === '' ? 0 : parseDigits(given);
}

/** The largest quantity whose amount and fee fit into the cash. */
function affordableQuantity(cashKrw: number, unitKrw: number, feePartsPerBillion: number): number {
  if (unitKrw === 0) return 0;
  const costKrw = (quantity: number): bigint => {
    const amount = BigInt(unitKrw) * BigInt(quantity);
    return amount + (amount * BigInt(feePartsPerBillion)) / 1_000_000_000n;
  };
  let quantity = Math.floor(cashKrw / unitKrw);
  // The fee is a small part: the first guess is at most a few shares too high, so jump by the shortfall.
  while (quantity > 0 && costKrw(quantity) > BigInt(cashKrw)) {
    quantity -= Math.max(1, Math.floor(Number(costKrw(quantity) - BigInt(cashKrw)) / unitKrw));
  }
  return quantity;
}
