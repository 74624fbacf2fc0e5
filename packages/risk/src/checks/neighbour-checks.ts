import { type OrderCheck } from '../check-order.ts';
import { bindingLimitKrw } from '../order-prices.ts';
import { deny } from '../risk-decision.ts';

/** Our own other orders: none that this one would trade with, and no more of one kind than allowed. */
export const checkNeighbours: OrderCheck = ({ intent, view: { account }, limits }) => {
  const { side, symbol } = intent;
  const limitPriceKrw = bindingLimitKrw(intent);
  const opposite = side === 'BUY' ? 'SELL' : 'BUY';
  for (const order of account.openOrders(symbol, opposite)) {
    if (crosses(side, limitPriceKrw, order.limitPriceKrw)) {
      // The exchange reads a trade with oneself as a wash trade, and protects no client of a broker's API from it.
      return deny('G_EXE_SELF_CROSS', `an open ${opposite} of ${symbol} would trade with this ${side}`, {
        symbol,
        side,
      });
    }
  }
  const sameSide = account.openOrders(symbol, side).size;
  if (sameSide >= limits.openOrdersPerSideMax) {
    const facts = { symbol, side, open: sameSide, openOrdersPerSideMax: limits.openOrdersPerSideMax };
    return deny('G_EXE_OPEN_ORDER_EXISTS', `${sameSide} ${side} orders of ${symbol} are open already`, facts);
  }
  if (account.openOrdersTotal >= limits.openOrdersMax) {
    const facts = { open: account.openOrdersTotal, openOrdersMax: limits.openOrdersMax };
    return deny(
      'G_EXE_OPEN_ORDERS_LIMIT',
      `${account.openOrdersTotal} orders are open: no more could be canceled in time`,
      facts,
    );
  }
  return undefined;
};

/** An order without a price may trade at any. */
function crosses(side: 'BUY' | 'SELL', ours: number | undefined, theirs: number | undefined): boolean {
  if (ours === undefined || theirs === undefined) return true;
  return side === 'BUY' ? ours >= theirs : ours <= theirs;
}
