import { isSettled } from '@qts/core';
import { type OrderTracker, type TrackedOrder } from '@qts/engine';
import { type InvariantId } from './invariants.ts';

/** Watches that orders whose story is over stay as they are (I6). */
export interface SettledWatch {
  watch(tracker: OrderTracker): void;
  look(): void;
}

export function createSettledWatch(report: (invariant: InvariantId, message: string) => void): SettledWatch {
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
          if (isSettled(facts)) stories.set(order, storyOf(order));
        } else if (story !== storyOf(order)) {
          report('I6', `${intentId} was settled as ${story} and became ${storyOf(order)}`);
          stories.set(order, storyOf(order));
        }
      }
    },
  };
}

function storyOf({ status, facts }: TrackedOrder): string {
  const { filledQuantity, filledAmountKrw, canceledQuantity, rejectedQuantity } = facts;
  return `${status} ${filledQuantity} ${filledAmountKrw} ${canceledQuantity} ${rejectedQuantity}`;
}
