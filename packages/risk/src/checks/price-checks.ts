import { orderTypePrices } from '@qts/core';
import { type OrderCheck, type OrderUnderCheck } from '../check-order.ts';
import { type Denial, deny } from '../risk-decision.ts';

/** Price present or absent as the type needs, on the tick grid, inside the daily limits, inside the collar. */
export const checkPrices: OrderCheck = (order) => {
  const { intentType, limitPriceKrw, stopPriceKrw } = order.intent;
  return (
    checkPresence('limit price', limitPriceKrw, orderTypePrices[intentType].limit) ??
    checkPresence('stop price', stopPriceKrw, orderTypePrices[intentType].stop) ??
    (limitPriceKrw === undefined ? undefined : checkPrice('limit price', limitPriceKrw, order)) ??
    (stopPriceKrw === undefined ? undefined : checkPrice('stop price', stopPriceKrw, order)) ??
    (limitPriceKrw === undefined ? undefined : checkCollar(limitPriceKrw, order))
  );
};

function checkPresence(name: string, price: number | undefined, needed: boolean): Denial | undefined {
  if (needed && price === undefined) return deny('G_EXE_PRICE_MISSING', `the order type needs a ${name}`, {});
  if (!needed && price !== undefined)
    return deny('G_EXE_PRICE_NOT_ALLOWED', `the order type carries no ${name}`, { price });
  return undefined;
}

function checkPrice(name: string, priceKrw: number, { view, instrument, quote }: OrderUnderCheck): Denial | undefined {
  const ticks = view.market.ticks(instrument);
  if (!ticks.isOnTick(priceKrw)) {
    const facts = { priceKrw, tickKrw: ticks.tickAt(priceKrw) };
    return deny('G_EXE_PRICE_OFF_TICK', `the ${name} ${priceKrw} is not on the tick of ${facts.tickKrw}`, facts);
  }
  const { upperLimitKrw, lowerLimitKrw } = quote;
  if (priceKrw > upperLimitKrw || priceKrw < lowerLimitKrw) {
    const facts = { priceKrw, lowerLimitKrw, upperLimitKrw };
    const message = `the ${name} ${priceKrw} is outside the daily limits ${lowerLimitKrw} to ${upperLimitKrw}`;
    return deny('G_EXE_PRICE_OUTSIDE_LIMITS', message, facts);
  }
  return undefined;
}

function checkCollar(priceKrw: number, { limits, quote: { lastPriceKrw } }: OrderUnderCheck): Denial | undefined {
  const { priceCollarBps } = limits;
  if (Math.abs(priceKrw - lastPriceKrw) * 10_000 <= lastPriceKrw * priceCollarBps) return undefined;
  const facts = { priceKrw, lastPriceKrw, priceCollarBps };
  const message = `the limit price ${priceKrw} is more than ${priceCollarBps} bps from the last trade ${lastPriceKrw}`;
  return deny('G_EXE_PRICE_OUTSIDE_COLLAR', message, facts);
}
