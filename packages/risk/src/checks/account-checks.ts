import { portion } from '@qts/krx';
import { type OrderCheck } from '../check-order.ts';
import { deny } from '../risk-decision.ts';

/** Enough cash for the worst price and its fee, or enough shares at this broker: cash long only, never short. */
export const checkAccount: OrderCheck = ({ intent, view: { account }, limits, worstValueKrw }) => {
  const { side, symbol, quantity } = intent;
  if (side === 'SELL') {
    const sellable = account.sellableQuantity(symbol);
    if (quantity <= sellable) return undefined;
    const facts = { symbol, quantity, sellable };
    return deny(
      'G_EXE_SHARES_INSUFFICIENT',
      `${quantity} shares of ${symbol} are more than the ${sellable} for sale`,
      facts,
    );
  }
  const needKrw = worstValueKrw + portion(worstValueKrw, limits.feePartsPerBillion, 1_000_000_000);
  if (needKrw <= account.orderableCashKrw) return undefined;
  const facts = { needKrw, orderableCashKrw: account.orderableCashKrw };
  const message = `${needKrw} won at the worst price are more than the ${account.orderableCashKrw} won at hand`;
  return deny('G_EXE_CASH_INSUFFICIENT', message, facts);
};
