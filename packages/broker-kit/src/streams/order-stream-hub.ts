import {
  type Clock,
  type Logger,
  type OrderEvent,
  type OrderList,
  type OrderState,
  type OrderStream,
  type Shares,
  type StreamControl,
  type StreamDrift,
  type StreamStamp,
  type Timer,
} from '@qts/core';
import { type Registration } from '../websocket/registration-book.ts';
import { type StreamSession } from '../websocket/stream-session.ts';
import { type StreamRefusal } from '../websocket/stream-protocol.ts';
import { createEventStream, type EventSink } from './event-stream.ts';
import { type ChangedOrder, createOrderBookKeeping, type OrderNoticeDraft } from './order-book-keeping.ts';

/** From a notice to the read that confirms it, ms: notices of the moment share one read (execution-safety 7). */
const confirmMs = 800;
/** Between reads while something is unconfirmed, and after a read that failed, ms. */
const againMsMin = 1_000;
const againMsMax = 8_000;
/** Between reads while no notices come at all: connecting, refused, failed. */
const pollMs = 10_000;
/** A subscription that was refused for now is asked for again after this, ms. */
const askAgainMs = 60_000;
/** Without notices for so long, a read looks whether there should have been some, ms. */
const watchMs = 60_000;
/** Notices may come later than the read that knows; after this they are missing, ms. */
const noticeLagMs = 3_000;
/** A list may lag behind notices; a fill that it does not show after this is none, ms. 5.3 s is the most measured. */
const settleMs = 15_000;

export interface OrderStreamHubSettings {
  readonly brokerId: string;
  readonly clock: Clock;
  readonly logger: Logger | undefined;
  readonly session: StreamSession;
  /** What has to be registered for notices. */
  readonly registration: Registration;
  /** Reads all orders of today. */
  readonly listOrders: (signal: AbortSignal) => Promise<OrderList>;
}

/** One account's order stream, and the end into which its codec pours notices. */
export interface OrderStreamHub {
  readonly stream: OrderStream;
  notice(draft: OrderNoticeDraft): void;
  /** A notice that cannot be read: the reads decide. `renew` asks the broker for fresh keys. */
  unreadable(reason: string, facts: StreamDrift['facts'], renew: boolean): void;
  close(): void;
}

type Plain<Event> = Event extends unknown ? Omit<Event, keyof StreamStamp | 'brokerId' | 'subscriptions'> : never;

/**
 * Makes an order stream whole: notices as they come, reads behind them, and after every hole a read before anything that
 * came later. While there are no notices, reads go on alone.
 */
export function createOrderStreamHub(settings: OrderStreamHubSettings): OrderStreamHub {
  const { brokerId, clock, logger, session, registration } = settings;
  const sinks = new Set<EventSink<OrderEvent>>();
  const books = createOrderBookKeeping();
  const held: OrderNoticeDraft[] = [];
  let stopListening: (() => void) | undefined;
  let timer: Timer | undefined;
  let timerDueMs = Number.POSITIVE_INFINITY;
  let reading: AbortController | undefined;
  let againMs = againMsMin;
  let isLive = false;
  let everLive = false;
  /** The hole that no read has filled yet: since when, by the wall clock. */
  let gapSinceMs: number | undefined;
  let holds = false;
  let readWanted = false;
  /** Counts what makes an earlier read worthless for the gap: only a read that begins afterwards fills it. */
  let epoch = 0;
  let toldIncomplete = false;
  let readStartedAtMs = 0;
  let staleTimes = 0;
  let noticedAtMs = 0;
  let askAgainAtMs = Number.POSITIVE_INFINITY;

  const stamp = (): StreamStamp => ({ receivedMonotonicMs: clock.monotonicMs(), receivedAtMs: clock.nowMs() });

  function emit(event: OrderEvent | StreamControl): void {
    for (const sink of sinks) sink.push(event);
  }

  function tell(event: Plain<StreamControl>): void {
    emit({ ...event, brokerId, subscriptions: [registration.name], ...stamp() });
  }

  function stateOf({ snapshot, provisionalQuantity }: ChangedOrder): OrderState {
    return {
      kind: 'order-state',
      brokerId,
      snapshot,
      readStartedAtMs,
      provisionalQuantity: provisionalQuantity as Shares,
      ...stamp(),
    };
  }

  /** Reads in `ms` at the latest: a sooner one stands. */
  function readWithin(ms: number): void {
    const dueMs = clock.monotonicMs() + ms;
    if (dueMs >= timerDueMs || stopListening === undefined) return;
    timer?.cancel();
    timerDueMs = dueMs;
    timer = clock.setTimer(() => {
      timerDueMs = Number.POSITIVE_INFINITY;
      void read();
    }, ms);
  }

  async function read(): Promise<void> {
    if (reading !== undefined) {
      readWanted = true;
      return;
    }
    const controller = new AbortController();
    reading = controller;
    const startedMs = clock.monotonicMs();
    const begunIn = epoch;
    let list: OrderList | undefined;
    try {
      list = await settings.listOrders(controller.signal);
    } catch (error) {
      // One that was given up is no failure.
      if (controller.signal.aborted) return;
      logger?.warn('order-read-failed', { broker: brokerId, error: error instanceof Error ? error.name : 'UNKNOWN' });
    }
    if (controller.signal.aborted) return;
    reading = undefined;
    const repaired = list === undefined ? 0 : take(list, startedMs);
    if (begunIn === epoch && isLive) finishGap(list?.complete === true, repaired);
    if (list !== undefined) judge(startedMs);
    askAgain();
    plan(list?.complete === true);
  }

  function take(list: OrderList, startedMs: number): number {
    readStartedAtMs = list.readStartedAtMs;
    const changed = books.read(list.orders, startedMs);
    for (const each of changed) emit(stateOf(each));
    return changed.length;
  }

  function finishGap(complete: boolean, repaired: number): void {
    if (gapSinceMs === undefined) return;
    if (complete || !toldIncomplete) {
      tell({
        kind: 'backfilled',
        sinceMs: gapSinceMs,
        repaired,
        complete,
        reason: complete ? 'READ_BY_REST' : 'READ_FAILED',
        next: complete ? 'Nothing to do.' : 'The gap stands; the read is repeated. Take no new risk meanwhile.',
      });
    }
    toldIncomplete = !complete;
    if (complete) {
      gapSinceMs = undefined;
      books.forgive();
    }
    release();
  }

  function release(): void {
    holds = false;
    for (const draft of held.splice(0)) deliver(draft, true);
  }

  /** What the reads say of the notices: fills that are none, and notices that never came. */
  function judge(startedMs: number): void {
    const { changed, wrong } = books.giveUp(startedMs - settleMs);
    for (const { brokerOrderId, quantity } of wrong) {
      tell({
        kind: 'drift',
        reason: 'NOTICE_NOT_CONFIRMED',
        facts: { brokerOrderId, quantity },
        next: 'A fill was noticed that no read shows: it was told twice, or wrongly. The reads count.',
      });
    }
    for (const each of changed) emit(stateOf(each));
    if (!isLive || gapSinceMs !== undefined) return;
    if (books.unnoticed(startedMs - noticeLagMs).length === 0) {
      if (books.unnoticed(startedMs).length > 0) readWithin(noticeLagMs);
      return;
    }
    staleTimes += 1;
    tell({
      kind: 'stale',
      reason: 'FILLS_WITHOUT_NOTICE',
      quietMs: Math.round(clock.monotonicMs() - noticedAtMs),
      next: 'A read shows fills that were not noticed. The subscription is made anew; reads go on.',
    });
    books.forgive();
    if (staleTimes % 2 === 1) session.renew(registration.key);
    else session.reconnect('FILLS_WITHOUT_NOTICE');
  }

  function plan(complete: boolean): void {
    if (readWanted) {
      readWanted = false;
      readWithin(0);
    } else if (!complete || gapSinceMs !== undefined || books.hasProvisional) {
      readWithin(againMs);
      againMs = Math.min(againMsMax, againMs * 2);
      return;
    }
    againMs = againMsMin;
    readWithin(isLive ? watchMs : pollMs);
  }

  function deliver(draft: OrderNoticeDraft, isOverlap: boolean): void {
    noticedAtMs = draft.receivedMonotonicMs;
    const provisionalQuantity = books.notice(draft, isOverlap);
    if (provisionalQuantity === undefined) {
      logger?.info('notice-repeated', { broker: brokerId, brokerOrderId: draft.brokerOrderId });
      return;
    }
    emit({ ...draft, provisionalQuantity: provisionalQuantity as Shares });
    if (draft.type !== 'ACCEPTED') readWithin(confirmMs);
  }

  function openGap(sinceMs: number, reason: string, next: string): void {
    epoch += 1;
    holds = isLive;
    if (gapSinceMs !== undefined) return;
    gapSinceMs = sinceMs;
    tell({ kind: 'gap', sinceMs, reason, next });
  }

  function refuse(refusal: StreamRefusal): void {
    isLive = false;
    const { reason, nativeCode, nativeMessage, next } = refusal;
    if (refusal.retry === 'LATER') askAgainAtMs = clock.monotonicMs() + askAgainMs;
    tell({
      kind: 'subscription-refused',
      reason,
      ...(nativeCode === undefined ? {} : { nativeCode }),
      ...(nativeMessage === undefined ? {} : { nativeMessage }),
      next: `${next} Until then orders are read every ${pollMs / 1_000} s.`,
    });
    release();
    readWithin(0);
  }

  function askAgain(): void {
    if (clock.monotonicMs() < askAgainAtMs) return;
    askAgainAtMs = Number.POSITIVE_INFINITY;
    const refusal = session.register(registration);
    if (refusal !== undefined) refuse(refusal);
  }

  function start(): void {
    stopListening = session.listen({
      confirmed({ key }) {
        if (key !== registration.key) return;
        isLive = true;
        noticedAtMs = clock.monotonicMs();
        tell({ kind: 'connected', reason: everLive ? 'CONNECTED_AGAIN' : 'CONNECTED', next: 'Nothing to do.' });
        if (!everLive) gapSinceMs = clock.nowMs();
        openGap(clock.nowMs(), 'SUBSCRIBED_AGAIN', 'Orders are read by REST at once.');
        everLive = true;
        if (reading !== undefined) readWanted = true;
        else void read();
      },
      refused({ key }, refusal) {
        if (key === registration.key) refuse(refusal);
      },
      settled: () => undefined,
      lost({ reason, next, retryInMs, alarm, heardAtMs }) {
        const wasLive = isLive;
        isLive = false;
        tell({ kind: 'connection-lost', reason, next, alarm, ...(retryInMs === undefined ? {} : { retryInMs }) });
        if (wasLive) {
          const agoMs = clock.monotonicMs() - (heardAtMs ?? clock.monotonicMs());
          openGap(clock.nowMs() - agoMs, reason, 'Orders are read by REST until notices come again.');
        }
        release();
        readWithin(againMsMin);
      },
    });
    const refusal = session.register(registration);
    if (refusal !== undefined)
      queueMicrotask(() => {
        refuse(refusal);
      });
    readWithin(pollMs);
  }

  function stop(): void {
    stopListening?.();
    stopListening = undefined;
    timer?.cancel();
    timerDueMs = Number.POSITIVE_INFINITY;
    reading?.abort();
    reading = undefined;
    isLive = false;
    everLive = false;
    gapSinceMs = undefined;
    readWanted = false;
    askAgainAtMs = Number.POSITIVE_INFINITY;
    held.length = 0;
    session.release(registration.key);
  }

  return {
    stream: {
      brokerId,
      open(options = {}) {
        const sink = createEventStream<OrderEvent>({
          brokerId,
          clock,
          logger,
          overflow: 'NEVER_DROP',
          subscriptions: [registration.name],
          signal: options.signal,
          onClose() {
            sinks.delete(sink);
            if (sinks.size === 0) stop();
          },
        });
        sinks.add(sink);
        if (stopListening === undefined) start();
        // Another reader begins with what is known; after it has the stream.
        else
          queueMicrotask(() => {
            for (const each of books.all()) sink.push(stateOf(each));
          });
        return sink.stream;
      },
    },
    notice(draft) {
      if (stopListening === undefined) return;
      if (holds) held.push(draft);
      else deliver(draft, false);
    },
    unreadable(reason, facts, renew) {
      if (stopListening === undefined) return;
      // Under a flood of them one read fills one hole; the first has said it all.
      const isFirst = gapSinceMs === undefined;
      if (isFirst) {
        tell({ kind: 'drift', reason, facts, next: 'The notice is not guessed at; orders are read by REST at once.' });
      }
      openGap(clock.nowMs(), reason, 'Orders are read by REST at once.');
      if (renew && isFirst) session.renew(registration.key);
      readWithin(isFirst ? 0 : againMsMin);
    },
    close() {
      for (const sink of sinks) sink.end();
      sinks.clear();
      if (stopListening !== undefined) stop();
    },
  };
}
