import { orderSizeAllowed, orderSizeRules } from '@qts/krx';
import { type OrderCheck, type OrderUnderCheck } from '../check-order.ts';
import { type Denial, deny } from '../risk-decision.ts';
import { denied } from './market-checks.ts';

/** Up to this value no rule of the exchange limits an order: the rule need not be asked. */
const freeUpToKrw = Math.min(...orderSizeRules.map(({ reliefUpToKrw }) => reliefUpToKrw));

/** Quantity and value of one order: ours, then the exchange's. */
export const checkSize: OrderCheck = (order) => {
  const { limits, worstValueKrw } = order;
  const { quantity } = order.intent;
  if (!Number.isSafeInteger(quantity) || quantity < 1) {
    return deny('G_EXE_QTY_NONPOSITIVE', `${quantity} is not a whole number of shares of 1 or more`, { quantity });
  }
  const { orderQuantityMax, orderValueMaxKrw } = limits;
  if (quantity > orderQuantityMax) {
    const facts = { quantity, orderQuantityMax };
    return deny('G_EXE_QTY_ABOVE_LIMIT', `${quantity} shares are more than ${orderQuantityMax}`, facts);
  }
  if (worstValueKrw > orderValueMaxKrw) {
    const facts = { worstValueKrw, orderValueMaxKrw };
    return deny('G_EXE_VALUE_ABOVE_LIMIT', `${worstValueKrw} won are more than ${orderValueMaxKrw}`, facts);
  }
  return worstValueKrw > freeUpToKrw ? checkExchangeLimit(order) : undefined;
};

/** 1 % of the listed shares and 100 bn won, with the exceptions that `@qts/krx` knows. */
function checkExchangeLimit({
  intent,
  view,
  instrument,
  worstPriceKrw: priceKrw,
}: OrderUnderCheck): Denial | undefined {
  const { quantity } = intent;
  const { listedShares, marketCapKrw } = instrument;
  if (listedShares === undefined) {
    const message = `the exchange's size limit cannot be told: the symbol master has no listed shares`;
    return deny('G_EXE_QTY_ABOVE_LIMIT', message, { quantity });
  }
  const { tradingDate } = view.market;
  const value = marketCapKrw === undefined ? undefined : { marketValueKrw: marketCapKrw };
  const size = orderSizeAllowed({ tradingDate, quantity, priceKrw, listedShares, ...value });
  return size.ok ? undefined : denied(size);
}
