import { type BookLevel } from '../../../exchange/contracts.ts';
import { kstTime6 } from '../../../kst.ts';
import { quotePath, required, succeed, type KiwoomOperation } from '../kiwoom-operation.ts';
import { previousCloseKrw } from '../kiwoom-quote.ts';
import { quotedIssue } from '../kiwoom-symbols.ts';
import { directedPrice } from '../kiwoom-text.ts';

const levelCount = 10;

/** 주식호가요청: ten levels; the tenth ask comes first. Changes of quantities are not modelled. */
export const ka10004: KiwoomOperation = {
  apiId: 'ka10004',
  path: quotePath,
  fields: [required('stk_cd', 20)],
  answer(call) {
    const found = quotedIssue(call);
    if (found.kind !== 'FOUND') return found;
    const baseKrw = previousCloseKrw(found.view);
    const book = call.context.exchange.getBook(found.view.instrument.symbol);
    return succeed(
      Object.fromEntries([
        ['bid_req_base_tm', kstTime6(call.nowMs)],
        ...levels('sel', book?.asks ?? [], baseKrw).toReversed(),
        ...levels('buy', book?.bids ?? [], baseKrw),
        ['tot_sel_req_jub_pre', '0'],
        ['tot_sel_req', String(book?.totalAskQuantity ?? 0)],
        ['tot_buy_req', String(book?.totalBidQuantity ?? 0)],
        ['tot_buy_req_jub_pre', '0'],
        ['ovt_sel_req_pre', '0'],
        ['ovt_sel_req', '0'],
        ['ovt_buy_req', '0'],
        ['ovt_buy_req_pre', '0'],
      ]),
    );
  },
};

/** Price, quantity and change of each level, nearest first. The first level has names of its own. */
function levels(
  side: 'sel' | 'buy',
  rows: readonly BookLevel[],
  baseKrw: number,
): readonly (readonly [string, string])[] {
  return Array.from({ length: levelCount }, (_, index) => {
    const { priceKrw, quantity } = rows[index] ?? { priceKrw: 0, quantity: 0 };
    const first = index === 0;
    const name = `${side}_${index + 1}th_pre`;
    return [
      [first ? `${side}_fpr_bid` : `${name}_bid`, directedPrice(priceKrw, baseKrw)],
      [first ? `${side}_fpr_req` : `${name}_req`, String(quantity)],
      [`${name}_req_pre`, '0'],
    ] as const;
  }).flat();
}
