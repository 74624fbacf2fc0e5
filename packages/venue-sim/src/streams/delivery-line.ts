import { type Exchange } from '../exchange/contracts.ts';

/**
 * Calls things at instants of the exchange, in order and one after the other: what a call sets off waits until the call is
 * done, so that a client who acts on a frame does not get the next one in the middle of its work.
 */
export interface DeliveryLine {
  readonly isDelivering: boolean;
  /** Calls `deliver` at `atMs`; those of one instant in the order in which they were added. */
  at(atMs: number, deliver: () => void): void;
  /** Calls `deliver` at once, behind what is being delivered. */
  now(deliver: () => void): void;
}

/** Makes a line on which nothing waits. One event of the exchange stands for all that is due at one instant. */
export function createDeliveryLine(exchange: Exchange): DeliveryLine {
  const waiting = new Map<number, (() => void)[]>();
  let ready: (() => void)[] = [];
  let delivering = false;
  const drain = (): void => {
    if (delivering) return;
    delivering = true;
    try {
      while (ready.length > 0) {
        const batch = ready;
        ready = [];
        for (const deliver of batch) deliver();
      }
    } finally {
      delivering = false;
    }
  };
  return {
    get isDelivering() {
      return delivering;
    },
    at(atMs, deliver) {
      const due = waiting.get(atMs);
      if (due !== undefined) {
        due.push(deliver);
        return;
      }
      const list = [deliver];
      waiting.set(atMs, list);
      exchange.schedule(atMs, () => {
        waiting.delete(atMs);
        for (const each of list) ready.push(each);
        drain();
      });
    },
    now(deliver) {
      ready.push(deliver);
      drain();
    },
  };
}
