import { kisOrderRefusals } from '../kis-order-refusals.ts';
import { accountFields, fieldOf, required, succeed, type KisOperation } from '../kis-operation.ts';
import { findInstrument } from '../kis-symbols.ts';
import { percentText, ratioText } from '../kis-text.ts';
import { valueAccount } from '../kis-valuation.ts';

/** 매도가능수량조회, live only. Broker document: 국내주식 › 주문/계좌. The container is `output` (captured). */
export const inquirePsblSell: KisOperation = {
  name: 'inquire-psbl-sell',
  method: 'GET',
  path: '/uapi/domestic-stock/v1/trading/inquire-psbl-sell',
  trIds: { LIVE: ['TTTC8408R'], PAPER: [] },
  retiredTrIds: [],
  ledger: true,
  fields: [...accountFields, required('PDNO', 12)],
  answer(call) {
    const { context, account } = call;
    const view = findInstrument(context.exchange, fieldOf(call, 'PDNO'));
    if (view === undefined) return { kind: 'REFUSED', refusal: kisOrderRefusals.UNKNOWN_SYMBOL[context.environment] };
    const { symbol, name } = view.instrument;
    const valued = valueAccount(context, account).holdings.find(({ holding }) => holding.symbol === symbol);
    const { quantity = 0, costKrw = 0, boughtTodayQuantity = 0, soldTodayQuantity = 0 } = valued?.holding ?? {};
    const { valueKrw = 0, profitKrw = 0, sellableQuantity = 0, priceKrw = view.lastPriceKrw } = valued ?? {};
    return succeed('SELLABLE', {
      output: {
        pdno: symbol,
        prdt_name: name,
        buy_qty: String(boughtTodayQuantity),
        sll_qty: String(soldTodayQuantity),
        cblc_qty: String(quantity),
        nsvg_qty: '0',
        ord_psbl_qty: String(sellableQuantity),
        pchs_avg_pric: ratioText(costKrw, quantity, 4),
        pchs_amt: String(costKrw),
        now_pric: String(priceKrw),
        evlu_amt: String(valueKrw),
        evlu_pfls_amt: String(profitKrw),
        evlu_pfls_rt: percentText(valueKrw, costKrw),
      },
    });
  },
};
