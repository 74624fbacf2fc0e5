import { kstTime6 } from '../../../kst.ts';
import { required, stockPath, type KiwoomOperation, type KiwoomRow } from '../kiwoom-operation.ts';
import { pageOf } from '../kiwoom-paging.ts';
import { previousCloseKrw, priceChange } from '../kiwoom-quote.ts';
import { quotedIssue } from '../kiwoom-symbols.ts';
import { directedPrice, signed } from '../kiwoom-text.ts';
import { messages } from '../kiwoom-operation.ts';

/** 체결정보요청: the last trades, newest first. Best prices are those of now, not of the trade (simulated). */
export const ka10003: KiwoomOperation = {
  apiId: 'ka10003',
  path: stockPath,
  fields: [required('stk_cd', 20)],
  answer(call) {
    const found = quotedIssue(call);
    if (found.kind !== 'FOUND') return found;
    const { view } = found;
    const { exchange, market } = call.context;
    const { symbol } = view.instrument;
    const book = exchange.getBook(symbol);
    const baseKrw = previousCloseKrw(view);
    let volume = view.volume;
    let turnoverKrw = view.turnoverKrw;
    const rows = market.recentTrades(symbol).map((trade): KiwoomRow => {
      const change = priceChange(view, trade.priceKrw);
      const row = {
        tm: kstTime6(trade.atMs),
        cur_prc: directedPrice(trade.priceKrw, baseKrw),
        pred_pre: change.amount,
        pre_rt: change.percent,
        pri_sel_bid_unit: directedPrice(book?.asks[0]?.priceKrw ?? 0, baseKrw),
        pri_buy_bid_unit: directedPrice(book?.bids[0]?.priceKrw ?? 0, baseKrw),
        // The sign says who took; an auction has nobody.
        cntr_trde_qty:
          trade.aggressor === undefined
            ? String(trade.quantity)
            : signed(trade.aggressor === 'BUY' ? trade.quantity : -trade.quantity),
        sign: change.code,
        acc_trde_qty: String(volume),
        acc_trde_prica: String(turnoverKrw),
        cntr_str: '0.00',
        stex_tp: 'KRX',
      };
      volume -= trade.quantity;
      turnoverKrw -= trade.priceKrw * trade.quantity;
      return row;
    });
    const page = pageOf(call, rows);
    return { kind: 'SUCCESS', body: { cntr_infr: page.rows }, message: messages.usual, ...page.next };
  },
};
