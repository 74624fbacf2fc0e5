import { type EnrichedState, type EpochMs, type Signal, type SymbolCode } from '@qts/core';

/**
 * What a user writes, in one file: looks at the state of one symbol and wishes for something, or for nothing.
 *
 * `evaluate` is called once per cycle and symbol, in the order of the configuration. It may keep state of its own; it
 * does no input or output, and it takes time from `state.market.takenAtMs` only, so that a day can be played again.
 * What it wishes is not yet an order: risk is weighed after it. If it throws, the cycle of that symbol ends with FS030.
 */
export interface Strategy {
  readonly name: string;
  evaluate(state: EnrichedState): Signal;
  /** Called before the first cycle of a day, if present. */
  startDay?(day: TradingDayView): void;
}

/** What a strategy may know of the day before it starts. */
export interface TradingDayView {
  /** Regular session: first and last instant of continuous trading. */
  readonly opensAtMs: EpochMs;
  readonly closesAtMs: EpochMs;
  readonly symbols: readonly SymbolCode[];
}

/** Numbers, words and switches from the `strategy.parameters` of the configuration. */
export type StrategyParameters = Readonly<Record<string, string | number | boolean>>;

/** Makes a strategy. Throws {@link ValidationError} for a parameter that it does not know or cannot use. */
export type StrategyFactory = (parameters: StrategyParameters) => Strategy;
