import { type InstrumentView } from '../../../exchange/contracts.ts';
import { fieldOf, required, stockPath, succeed, type KiwoomOperation, type KiwoomRow } from '../kiwoom-operation.ts';
import { previousCloseKrw, priceChange } from '../kiwoom-quote.ts';
import { quotedIssue } from '../kiwoom-symbols.ts';
import { directedPrice } from '../kiwoom-text.ts';

const thousandShares = 1000;
const hundredMillionKrw = 100_000_000;

/** 주식기본정보요청. */
export const ka10001: KiwoomOperation = {
  apiId: 'ka10001',
  path: stockPath,
  fields: [required('stk_cd', 20)],
  answer(call) {
    const found = quotedIssue(call);
    if (found.kind !== 'FOUND') return found;
    const book = call.context.exchange.getBook(found.view.instrument.symbol);
    return succeed(quoteRow(fieldOf(call, 'stk_cd'), found.view, book?.expectedPriceKrw, book?.expectedQuantity));
  },
};

function quoteRow(
  code: string,
  view: InstrumentView,
  expectedKrw: number | undefined,
  expectedQuantity: number | undefined,
): KiwoomRow {
  const { instrument, lastPriceKrw } = view;
  const { listedShares = 0 } = instrument;
  const price = (priceKrw: number | undefined): string => directedPrice(priceKrw ?? 0, previousCloseKrw(view));
  const change = priceChange(view, lastPriceKrw);
  return {
    stk_cd: code,
    stk_nm: instrument.name,
    // Figures of the company, of the year and of investors are not modelled: empty, as vendor figures often are.
    setl_mm: '',
    fav: '',
    cap: '',
    flo_stk: String(Math.floor(listedShares / thousandShares)),
    crd_rt: '',
    oyr_hgst: '',
    oyr_lwst: '',
    mac: String(Math.floor((listedShares * lastPriceKrw) / hundredMillionKrw)),
    mac_wght: '',
    for_exh_rt: '',
    repl_pric: '',
    per: '',
    eps: '',
    roe: '',
    pbr: '',
    ev: '',
    bps: '',
    sale_amt: '',
    bus_pro: '',
    cup_nga: '',
    '250hgst': '',
    '250lwst': '',
    high_pric: price(view.highPriceKrw),
    open_pric: price(view.openPriceKrw),
    low_pric: price(view.lowPriceKrw),
    upl_pric: price(view.upperLimitKrw),
    lst_pric: price(view.lowerLimitKrw),
    base_pric: String(instrument.basePriceKrw),
    exp_cntr_pric: expectedKrw === undefined ? '' : price(expectedKrw),
    exp_cntr_qty: expectedQuantity === undefined ? '' : String(expectedQuantity),
    '250hgst_pric_dt': '',
    '250hgst_pric_pre_rt': '',
    '250lwst_pric_dt': '',
    '250lwst_pric_pre_rt': '',
    cur_prc: price(lastPriceKrw),
    pre_sig: change.code,
    pred_pre: change.amount,
    flu_rt: change.percent,
    trde_qty: String(view.volume),
    trde_pre: '',
    fav_unit: '',
    dstr_stk: '',
    dstr_rt: '',
  };
}
