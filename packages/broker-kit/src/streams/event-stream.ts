import {
  type Clock,
  type EventStream,
  isStreamControl,
  type Logger,
  type OverflowPolicy,
  type StreamControl,
  type StreamSlowConsumer,
  type StreamStamp,
  type Timer,
} from '@qts/core';
import { createEventQueue, type QueueableEvent } from './event-queue.ts';

/** Lag from which a person, and then the engine, should know (execution-safety 15), ms. */
const alarmMs = 1_000;
const reduceOnlyMs = 5_000;
/** Lag below which a reader has caught up, ms. */
const recoveredMs = 100;

export interface EventStreamSettings {
  readonly brokerId: string;
  readonly clock: Clock;
  readonly logger: Logger | undefined;
  readonly overflow: OverflowPolicy;
  /** Names of what is subscribed, for the events that speak of the stream. */
  readonly subscriptions: readonly string[];
  /** Events that may wait before market data is conflated. */
  readonly queueMax?: number;
  /** Told once, when the reader ends the stream. */
  readonly onClose: () => void;
  readonly signal?: AbortSignal | undefined;
}

/** The writing end of an event stream. */
export interface EventSink<Data extends QueueableEvent> {
  readonly stream: EventStream<Data | StreamControl>;
  push(event: Data | StreamControl): void;
  /** Ends the stream from the inside; what waits can still be read. */
  end(): void;
}

type Listener<Event> = (event: Event) => void;
type Level = StreamSlowConsumer['level'];

/** Makes both ends of a stream. */
export function createEventStream<Data extends QueueableEvent & StreamStamp>(
  settings: EventStreamSettings,
): EventSink<Data> {
  type Event = Data | StreamControl;
  const { clock, logger, overflow, brokerId } = settings;
  const queue = createEventQueue<Event>(overflow, settings.queueMax ?? 10_000);
  const listeners = new Map<string, Set<Listener<Event>>>();
  let reader: ((result: IteratorResult<Event>) => void) | undefined;
  let isRead = false;
  let ended = false;
  let received = 0;
  let delivered = 0;
  let level: Level = 'RECOVERED';
  let watch: Timer | undefined;

  function lagMs(): number {
    const oldest = queue.oldest();
    return oldest === undefined ? 0 : Math.max(0, clock.monotonicMs() - oldest.receivedMonotonicMs);
  }

  function notify(event: Event): void {
    const interested = listeners.get(event.kind);
    if (interested === undefined) return;
    for (const listener of interested) {
      try {
        listener(event);
      } catch (error) {
        logger?.error('stream-listener-threw', { broker: brokerId, event: event.kind, error: nameOf(error) });
      }
    }
  }

  /** Tells a change of level, ahead of everything that waits: news about the queue must not wait in it. */
  function judge(lag: number): void {
    const next: Level | undefined =
      lag >= reduceOnlyMs ? 'REDUCE_ONLY' : lag >= alarmMs ? 'ALARM' : lag < recoveredMs ? 'RECOVERED' : undefined;
    if (next === undefined || next === level || (next === 'ALARM' && level === 'REDUCE_ONLY')) return;
    level = next;
    const event: StreamSlowConsumer = {
      kind: 'slow-consumer',
      brokerId,
      subscriptions: settings.subscriptions,
      reason: next === 'RECOVERED' ? 'CAUGHT_UP' : 'READER_BEHIND',
      next: adviceOf[next],
      level: next,
      lagMs: Math.round(lag),
      queued: queue.size,
      conflated: queue.conflated,
      receivedMonotonicMs: clock.monotonicMs(),
      receivedAtMs: clock.nowMs(),
    };
    logger?.warn('slow-consumer', { broker: brokerId, level: next, lagMs: Math.round(lag), queued: queue.size });
    queue.unshift(event);
    notify(event);
  }

  function watchLag(): void {
    if (watch !== undefined || ended) return;
    watch = clock.setTimer(() => {
      watch = undefined;
      if (queue.size === 0) return;
      judge(lagMs());
      watchLag();
    }, alarmMs);
  }

  function push(event: Event): void {
    if (ended) return;
    received += 1;
    if (listeners.size > 0) notify(event);
    if (reader !== undefined) {
      const read = reader;
      reader = undefined;
      delivered += 1;
      read({ value: event, done: false });
    } else if (isRead || listeners.size === 0) {
      queue.push(event);
      watchLag();
    }
  }

  function end(): void {
    if (ended) return;
    ended = true;
    watch?.cancel();
    settings.signal?.removeEventListener('abort', close);
    reader?.({ value: undefined, done: true });
    reader = undefined;
  }

  function close(): void {
    if (ended) return;
    end();
    settings.onClose();
  }

  const iterator: AsyncIterator<Event> = {
    next() {
      const event = queue.shift();
      if (event !== undefined) {
        delivered += 1;
        if (!isStreamControl(event) && level !== 'RECOVERED') judge(lagMs());
        return Promise.resolve({ value: event, done: false });
      }
      if (ended) return Promise.resolve({ value: undefined, done: true });
      return new Promise((resolve) => {
        reader = resolve;
      });
    },
    return() {
      close();
      queue.clear();
      return Promise.resolve({ value: undefined, done: true });
    },
  };

  settings.signal?.addEventListener('abort', close, { once: true });
  // One that was aborted before tells nobody; its owner has the stream first.
  if (settings.signal?.aborted === true) queueMicrotask(close);
  const stream: EventStream<Event> = {
    overflow,
    on(kind, listener) {
      const known = listeners.get(kind) ?? new Set();
      listeners.set(kind, known);
      known.add(listener as Listener<Event>);
      return () => {
        known.delete(listener as Listener<Event>);
        if (known.size === 0) listeners.delete(kind);
      };
    },
    figures: () => ({ received, delivered, queued: queue.size, conflated: queue.conflated, lagMs: lagMs() }),
    close() {
      close();
      return Promise.resolve();
    },
    [Symbol.asyncIterator]() {
      isRead = true;
      return iterator;
    },
  };
  return { stream, push, end };
}

const adviceOf: Readonly<Record<Level, string>> = {
  ALARM: 'The reader is a second behind. Read faster, or do less for each event.',
  REDUCE_ONLY: 'The reader is five seconds behind: take no new risk on what it says.',
  RECOVERED: 'The reader has caught up.',
};

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
