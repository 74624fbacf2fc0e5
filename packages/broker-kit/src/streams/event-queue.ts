import { isStreamControl, type OverflowPolicy } from '@qts/core';

/** What can wait: market data has a symbol and a venue, by which it is conflated. */
export interface QueueableEvent {
  readonly kind: string;
  readonly symbol?: string;
  readonly venue?: string;
}

/** First in, first out, with a policy for too much. */
export interface EventQueue<Event extends QueueableEvent> {
  readonly size: number;
  /** Events that a newer one replaced so far. */
  readonly conflated: number;
  push(event: Event): void;
  /** Ahead of everything that waits. */
  unshift(event: Event): void;
  shift(): Event | undefined;
  /** What has waited longest; news about the queue itself does not count. */
  oldest(): Event | undefined;
  clear(): void;
}

/**
 * A queue. `NEVER_DROP` grows as it must. `CONFLATE_PER_SYMBOL`, once full, keeps the newest of each kind, symbol and
 * venue, in order, and every control event: so it never holds more than `max` and one for each symbol and kind.
 */
export function createEventQueue<Event extends QueueableEvent>(policy: OverflowPolicy, max: number): EventQueue<Event> {
  let waiting: Event[] = [];
  /** Where the oldest is: taking it from the front of an array would move all the others. */
  let head = 0;
  let conflated = 0;

  function conflate(): void {
    const seen = new Set<string>();
    const kept: Event[] = [];
    for (let index = waiting.length - 1; index >= head; index -= 1) {
      const event = waiting[index];
      if (event === undefined) continue;
      const key = `${event.kind} ${event.symbol ?? ''} ${event.venue ?? ''}`;
      if (!isStreamControl(event) && seen.has(key)) {
        conflated += 1;
      } else {
        seen.add(key);
        kept.push(event);
      }
    }
    waiting = kept.reverse();
    head = 0;
  }

  return {
    get size() {
      return waiting.length - head;
    },
    get conflated() {
      return conflated;
    },
    push(event) {
      if (policy === 'CONFLATE_PER_SYMBOL' && waiting.length - head >= max) conflate();
      waiting.push(event);
    },
    unshift(event) {
      if (head > 0) {
        head -= 1;
        waiting[head] = event;
      } else {
        waiting.unshift(event);
      }
    },
    shift() {
      if (head >= waiting.length) return undefined;
      const event = waiting[head];
      head += 1;
      if (head === waiting.length) {
        waiting = [];
        head = 0;
      } else if (head >= 1_024 && head * 2 >= waiting.length) {
        waiting = waiting.slice(head);
        head = 0;
      }
      return event;
    },
    oldest() {
      let index = head;
      while (waiting[index]?.kind === 'slow-consumer') index += 1;
      return waiting[index];
    },
    clear() {
      waiting = [];
      head = 0;
    },
  };
}
