import { type Krw, type Shares, type Signal } from '@qts/core';
import { type StrategyFactory } from '@qts/pipeline';
import { readNumbers } from './parameters.ts';

const minuteMs = 60_000;

/**
 * Sample: reversion to the mean. Rests a limit buy below the price when it has fallen well below its recent mean, and a
 * limit sale when it is back at the mean; sells at market before the close. Shows resting orders, part fills and
 * cancels. A demonstration of the interface, not advice.
 */
export const makeReversion: StrategyFactory = (parameters) => {
  const { window, deviations, orderValueKrw, flatMinutes } = readNumbers('reversion', parameters, {
    window: { fallback: 20, minimum: 5, maximum: 240 },
    deviations: { fallback: 2, minimum: 0.1, maximum: 10 },
    orderValueKrw: { fallback: 3_000_000, minimum: 10_000, maximum: 1_000_000_000 },
    flatMinutes: { fallback: 15, minimum: 1, maximum: 180 },
  });
  let flatAtMs = Infinity;

  return {
    name: 'reversion',

    startDay({ closesAtMs }) {
      flatAtMs = closesAtMs - flatMinutes * minuteMs;
    },

    evaluate({ market, position, priceHistoryKrw }): Signal {
      const { symbol, lastPriceKrw, takenAtMs, tickKrw, lowerLimitKrw } = market;
      const hold = (reason: string): Signal => ({ action: 'HOLD', symbol, reason });
      const quantity = position.sellableQuantity;
      if (takenAtMs >= flatAtMs) {
        return quantity > 0
          ? { action: 'SELL', symbol, quantity, reason: 'flat before the close' }
          : hold('done for today');
      }
      if (priceHistoryKrw.length < window) return hold('collecting prices');

      const recent = priceHistoryKrw.slice(-window);
      const mean = recent.reduce((sum, price) => sum + price, 0) / window;
      const deviation = Math.sqrt(recent.reduce((sum, price) => sum + (price - mean) ** 2, 0) / window);
      if (quantity > 0 && lastPriceKrw >= mean) {
        return { action: 'SELL', symbol, quantity, limitPriceKrw: lastPriceKrw, reason: 'back at the mean' };
      }
      const flat = position.quantity === 0 && position.openBuyQuantity === 0;
      if (!flat || lastPriceKrw > mean - deviations * deviation || deviation === 0) return hold('near the mean');

      const wanted = Math.floor(orderValueKrw / lastPriceKrw) as Shares;
      if (wanted === 0) return hold('one share is worth more than an order');
      const limitPriceKrw = Math.max(lastPriceKrw - tickKrw, lowerLimitKrw) as Krw;
      return { action: 'BUY', symbol, quantity: wanted, limitPriceKrw, reason: 'far below the mean' };
    },
  };
};
