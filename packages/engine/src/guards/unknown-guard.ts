import { type Clock, type SymbolCode, type Timer } from '@qts/core';
import { type OrderGateway } from '../gateway/order-gateway-contract.ts';
import { type OrderTracker } from '../orders/order-tracker-contract.ts';
import { type TradingStates } from './trading-state.ts';

export interface UnknownGuardSettings {
  readonly gateway: Pick<OrderGateway, 'watch'>;
  readonly tracker: Pick<OrderTracker, 'hasUnknown'>;
  readonly trading: Pick<TradingStates, 'restrictAs' | 'lift'>;
  readonly clock: Clock;
}

/** How many unknown orders within which time restrict, and how long it must be quiet after the last was resolved. */
const limit = { count: 2, withinMs: 60_000, quietMs: 30_000 } as const;
const source = 'unknown-guard';

/**
 * | Unknown orders and replaces | Effect                                          | Ends                                   |
 * | --------------------------- | ----------------------------------------------- | -------------------------------------- |
 * | 1                           | its symbol is frozen (the tracker and gateway)  | when it is resolved                    |
 * | 2 within 60 s               | the broker is `REDUCE_ONLY`                     | all resolved and 30 s without another  |
 *
 * (execution-safety 12.) An order that waits for a person's decision is not resolved.
 */
export function createUnknownGuard({ gateway, tracker, trading, clock }: UnknownGuardSettings): { close(): void } {
  const restrict = trading.restrictAs(source, 'AUTOMATIC');
  const symbols = new Set<SymbolCode>();
  let seenAtMs: number[] = [];
  let quiet: Timer | undefined;
  let isClosed = false;

  function note(symbol: SymbolCode | undefined): void {
    const nowMs = clock.monotonicMs();
    if (symbol !== undefined) symbols.add(symbol);
    seenAtMs = [...seenAtMs.filter((each) => nowMs - each < limit.withinMs), nowMs];
    if (seenAtMs.length >= limit.count) {
      restrict('REDUCE_ONLY', { code: 'FS042', why: `${seenAtMs.length} orders became unknown within a minute` });
    }
    wait();
  }

  /** Looks again after a quiet time; another unknown order begins it anew. */
  function wait(): void {
    quiet?.cancel();
    if (isClosed) return;
    quiet = clock.setTimer(() => {
      quiet = undefined;
      for (const symbol of symbols) if (!tracker.hasUnknown(symbol)) symbols.delete(symbol);
      if (symbols.size === 0) trading.lift(source);
      // An end is heard of; only what nobody tells (a replace that a list bound) has to be looked for.
      else wait();
    }, limit.quietMs);
  }

  gateway.watch({
    placeUnknown: ({ intent }) => {
      note(intent.symbol);
    },
    replaceUnknown: ({ target }) => {
      note(target.symbol);
    },
    placeSettled: () => {
      if (symbols.size > 0) wait();
    },
  });
  return {
    close() {
      isClosed = true;
      quiet?.cancel();
    },
  };
}
