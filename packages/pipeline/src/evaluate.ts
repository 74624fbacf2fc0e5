import { type EnrichedState, type Signal } from '@qts/core';
import { StageFailure } from './stage-failure.ts';
import { type Strategy } from './strategy.ts';

/**
 * Asks the strategy. A strategy that throws, or that answers for another symbol, is an error of the cycle (FS030).
 *
 * @throws {StageFailure}
 */
export function evaluate(strategy: Strategy, state: EnrichedState): Signal {
  let signal: Signal;
  try {
    signal = strategy.evaluate(state);
  } catch (cause) {
    throw new StageFailure('EVALUATE', 'FS030', 'error', `strategy ${strategy.name} threw`, cause);
  }
  if (signal.symbol !== state.market.symbol) {
    const message = `strategy ${strategy.name} answered for ${signal.symbol} when asked about ${state.market.symbol}`;
    throw new StageFailure('EVALUATE', 'FS030', 'error', message);
  }
  return signal;
}
