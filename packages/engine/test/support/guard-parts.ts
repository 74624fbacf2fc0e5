import { type FakeClock, createFakeClock } from '@qts/core/testing';
import {
  type TradingStates,
  type UnknownWatcher,
  createOrderTracker,
  createSafetyLayer,
  createTradingStates,
} from '../../src/index.ts';

/** A person who ends a stop. */
export const by = { requestedBy: 'kim', reason: 'looked at it' };

/** What a guard stands between: who tells it, and what it restricts. */
export interface GuardParts {
  readonly clock: FakeClock;
  readonly trading: TradingStates;
  readonly watchers: UnknownWatcher[];
  readonly gateway: { watch(watcher: UnknownWatcher): void };
}

export function guardParts(): GuardParts {
  const clock = createFakeClock();
  const safety = createSafetyLayer({ clock });
  const trading = createTradingStates({ clock, safety, tracker: createOrderTracker() });
  const watchers: UnknownWatcher[] = [];
  return { clock, trading, watchers, gateway: { watch: (watcher) => void watchers.push(watcher) } };
}
