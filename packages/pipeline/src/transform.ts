import { type AccountSnapshot, type EnrichedState, type MarketSnapshot, type PositionSnapshot } from '@qts/core';
import { StageFailure } from './stage-failure.ts';

/** Prices remembered per symbol: a day of one-minute cycles with room to spare; older ones fall out. */
export const priceHistoryMax = 512;

const flat = { quantity: 0, sellableQuantity: 0, costKrw: 0, openBuyQuantity: 0 } as PositionSnapshot;

/**
 * Joins market, account and the symbol's past.
 *
 * @param history prices of earlier cycles, newest last; the present one is appended
 * @throws {StageFailure} FS020 when a figure is not a number, FS050 when equity is zero or less
 */
export function transform(market: MarketSnapshot, account: AccountSnapshot, history: number[]): EnrichedState {
  const figures = [market.lastPriceKrw, market.upperLimitKrw, market.lowerLimitKrw, market.volume, account.equityKrw];
  if (!figures.every(Number.isFinite)) {
    throw new StageFailure('TRANSFORM', 'FS020', 'error', `a figure of ${market.symbol} is not a number`);
  }
  if (account.equityKrw <= 0) throw new StageFailure('TRANSFORM', 'FS050', 'error', 'equity is zero or less');
  history.push(market.lastPriceKrw);
  if (history.length > priceHistoryMax) history.shift();
  return { market, account, position: account.positions.get(market.symbol) ?? flat, priceHistoryKrw: history };
}
