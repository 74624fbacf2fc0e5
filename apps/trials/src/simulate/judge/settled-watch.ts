import { isSettled } from '@qts/core';
import { type OrderTracker, type TrackedOrder } from '@qts/engine';
import { type InvariantId } from './invariants.ts';

/** Watches that orders whose story is over stay as they are (I6). */
export interface SettledWatch {
  watch(tracker: OrderTracker): void;
  look(): void;
}

/** @param isExact whether the broker tells at once what was paid to the won; where it does not, that may become known later */
export function createSettledWatch(
  report: (invariant: InvariantId, message: string) => void,
  isExact: boolean,
): SettledWatch {
  let tracker: OrderTracker | undefined;
  let stories = new Map<TrackedOrder, string>();

  return {
    watch(started) {
      tracker = started;
      stories = new Map();
    },
    look() {
      for (const order of tracker?.list() ?? []) {
        const { facts, intentId } = order;
        const story = stories.get(order);
        if (story === undefined) {
          if (isSettled(facts)) stories.set(order, storyOf(order, isExact));
        } else if (story !== storyOf(order, isExact)) {
          report('I6', `${intentId} was settled as ${story} and became ${storyOf(order, isExact)}`);
          stories.set(order, storyOf(order, isExact));
        }
      }
    },
  };
}

function storyOf({ status, facts }: TrackedOrder, isExact: boolean): string {
  const { filledQuantity, filledAmountKrw, canceledQuantity, rejectedQuantity } = facts;
  return `${status} ${filledQuantity} ${isExact ? filledAmountKrw : ''} ${canceledQuantity} ${rejectedQuantity}`;
}
