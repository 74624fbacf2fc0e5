import { type Krw, type Shares, type Signal, type SymbolCode } from '@qts/core';
import { type StrategyFactory } from '@qts/pipeline';
import { readNumbers } from './parameters.ts';

/** The range in which a symbol traded after the open, and whether its one entry of the day was made. */
interface OpeningRange {
  high: number;
  entered: boolean;
}

const minuteMs = 60_000;

/**
 * Sample: opening-range breakout. Watches the first minutes of the day, buys once per symbol when the price leaves the
 * range upwards, and sells at market when it falls below a stop, or before the close. A demonstration of the interface,
 * not advice.
 */
export const makeBreakout: StrategyFactory = (parameters) => {
  const { rangeMinutes, orderValueKrw, stopPercent, flatMinutes } = readNumbers('breakout', parameters, {
    rangeMinutes: { fallback: 30, minimum: 1, maximum: 180 },
    orderValueKrw: { fallback: 5_000_000, minimum: 10_000, maximum: 1_000_000_000 },
    stopPercent: { fallback: 1, minimum: 0.1, maximum: 20 },
    flatMinutes: { fallback: 15, minimum: 1, maximum: 180 },
  });
  const ranges = new Map<SymbolCode, OpeningRange>();
  let rangeEndsAtMs = 0;
  let flatAtMs = Infinity;

  return {
    name: 'breakout',

    startDay({ opensAtMs, closesAtMs }) {
      ranges.clear();
      rangeEndsAtMs = opensAtMs + rangeMinutes * minuteMs;
      flatAtMs = closesAtMs - flatMinutes * minuteMs;
    },

    evaluate({ market, position }): Signal {
      const { symbol, lastPriceKrw, takenAtMs, tickKrw, upperLimitKrw } = market;
      const hold = (reason: string): Signal => ({ action: 'HOLD', symbol, reason });
      const range = ranges.get(symbol) ?? { high: 0, entered: false };
      ranges.set(symbol, range);

      if (takenAtMs < rangeEndsAtMs) {
        range.high = Math.max(range.high, lastPriceKrw);
        return hold('measuring the opening range');
      }
      if (position.sellableQuantity > 0) {
        const quantity = position.sellableQuantity;
        const averageKrw = position.costKrw / position.quantity;
        if (takenAtMs >= flatAtMs) return { action: 'SELL', symbol, quantity, reason: 'flat before the close' };
        if (lastPriceKrw <= averageKrw * (1 - stopPercent / 100)) {
          return { action: 'SELL', symbol, quantity, reason: 'below the stop' };
        }
        return hold('in position');
      }
      if (range.entered || takenAtMs >= flatAtMs || lastPriceKrw <= range.high) return hold('inside the range');

      const quantity = Math.floor(orderValueKrw / lastPriceKrw) as Shares;
      if (quantity === 0) return hold('one share is worth more than an order');
      range.entered = true;
      // One tick over the last price, so that the order crosses the spread and rests if the price runs away.
      const limitPriceKrw = Math.min(lastPriceKrw + tickKrw, upperLimitKrw) as Krw;
      return { action: 'BUY', symbol, quantity, limitPriceKrw, reason: `above the opening high ${range.high}` };
    },
  };
};
