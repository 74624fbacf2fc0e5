import { type BookLevel, type BookView } from '../../../exchange/contracts.ts';
import { kstTime6 } from '../../../kst.ts';
import { succeed, type KisOperation, type KisRow } from '../kis-operation.ts';
import { kisPhaseCodes } from '../kis-phases.ts';
import { priceChange, quotedInstrument, quoteFields } from '../kis-quote.ts';

const levels = 10;

/** 주식현재가 호가/예상체결. Broker document: 국내주식 › 기본시세. */
export const inquireAskingPriceExpCcn: KisOperation = {
  name: 'inquire-asking-price-exp-ccn',
  method: 'GET',
  path: '/uapi/domestic-stock/v1/quotations/inquire-asking-price-exp-ccn',
  trIds: { LIVE: ['FHKST01010200'], PAPER: ['FHKST01010200'] },
  retiredTrIds: [],
  ledger: false,
  fields: quoteFields,
  answer(call) {
    const found = quotedInstrument(call);
    if (found.kind !== 'FOUND') return found;
    const { view } = found;
    const { exchange } = call.context;
    const book = exchange.getBook(view.instrument.symbol) ?? emptyBook;
    const phase = kisPhaseCodes[exchange.phases.at(-1) ?? 'CLOSED'];
    const expectedKrw = book.expectedPriceKrw ?? 0;
    const change = expectedKrw === 0 ? { amount: '0', sign: '3', percent: '0.00' } : priceChange(view, expectedKrw);
    return succeed('QUOTE', {
      output1: { aspr_acpt_hour: kstTime6(call.nowMs), ...bookRow(book), new_mkop_cls_code: phase },
      output2: {
        antc_mkop_cls_code: phase,
        stck_prpr: String(view.lastPriceKrw),
        stck_oprc: String(view.openPriceKrw ?? 0),
        stck_hgpr: String(view.highPriceKrw ?? 0),
        stck_lwpr: String(view.lowPriceKrw ?? 0),
        stck_sdpr: String(view.instrument.basePriceKrw),
        antc_cnpr: String(expectedKrw),
        antc_cntg_vrss_sign: change.sign,
        antc_cntg_vrss: change.amount,
        antc_cntg_prdy_ctrt: change.percent,
        antc_vol: String(book.expectedQuantity ?? 0),
        stck_shrn_iscd: view.instrument.symbol,
        vi_cls_code: 'N',
      },
    });
  },
};

const emptyBook: Omit<BookView, 'symbol'> = { asks: [], bids: [], totalAskQuantity: 0, totalBidQuantity: 0 };

function bookRow(book: Omit<BookView, 'symbol'>): KisRow {
  return {
    ...levelFields('askp', book.asks, (level) => level.priceKrw),
    ...levelFields('bidp', book.bids, (level) => level.priceKrw),
    ...levelFields('askp_rsqn', book.asks, (level) => level.quantity),
    ...levelFields('bidp_rsqn', book.bids, (level) => level.quantity),
    // Changes against the quote before are not modelled.
    ...levelFields('askp_rsqn_icdc', [], () => 0),
    ...levelFields('bidp_rsqn_icdc', [], () => 0),
    total_askp_rsqn: String(book.totalAskQuantity),
    total_bidp_rsqn: String(book.totalBidQuantity),
    total_askp_rsqn_icdc: '0',
    total_bidp_rsqn_icdc: '0',
    ovtm_total_askp_icdc: '0',
    ovtm_total_bidp_icdc: '0',
    ovtm_total_askp_rsqn: '0',
    ovtm_total_bidp_rsqn: '0',
    ntby_aspr_rsqn: String(book.totalBidQuantity - book.totalAskQuantity),
  };
}

function levelFields(name: string, rows: readonly BookLevel[], of: (level: BookLevel) => number): KisRow {
  return Object.fromEntries(
    Array.from({ length: levels }, (_, index) => {
      const level = rows[index];
      return [`${name}${index + 1}`, String(level === undefined ? 0 : of(level))];
    }),
  );
}
