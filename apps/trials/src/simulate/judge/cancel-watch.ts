import { type OrderReference } from '@qts/core';
import { type VirtualTime } from '../world/virtual-time.ts';
import { type InvariantId } from './invariants.ts';

/** Watches that no cancel waits for its first byte (I8). */
export interface CancelWatch {
  /** Answers a name for the cancel. */
  began(target: OrderReference): number;
  leaves(orderNumber: number): void;
  ended(id: number): void;
  /** The order that a cancel named. */
  orderNumberOf(id: number): number;
  /** The process is another one. */
  forget(): void;
  /** After every event. */
  look(): void;
  readonly longestMs: number;
}

/** A refused token is a wait of a minute, ms. */
const waitMsMax = 75_000;

export function createCancelWatch(
  time: VirtualTime,
  report: (invariant: InvariantId, message: string) => void,
): CancelWatch {
  const cancels = new Map<number, { readonly orderNumber: number; readonly beganAtMs: number }>();
  const waiting = new Set<number>();
  let longestMs = 0;

  const orderNumberOf = (id: number): number => cancels.get(id)?.orderNumber ?? 0;
  const waitedMs = (id: number): number => time.nowMs - (cancels.get(id)?.beganAtMs ?? time.nowMs);

  return {
    began({ brokerOrderId }) {
      const id = cancels.size + 1;
      cancels.set(id, { orderNumber: Number(brokerOrderId), beganAtMs: time.nowMs });
      waiting.add(id);
      return id;
    },
    leaves(orderNumber) {
      for (const id of waiting) {
        if (orderNumberOf(id) !== orderNumber) continue;
        waiting.delete(id);
        longestMs = Math.max(longestMs, waitedMs(id));
        return;
      }
    },
    ended: (id) => void waiting.delete(id),
    orderNumberOf,
    forget() {
      waiting.clear();
    },
    look() {
      for (const id of waiting) {
        const ms = waitedMs(id);
        if (ms <= waitMsMax) continue;
        waiting.delete(id);
        report('I8', `a cancel of order ${orderNumberOf(id)} waited for ${ms} ms`);
      }
    },
    get longestMs() {
      return longestMs;
    },
  };
}
