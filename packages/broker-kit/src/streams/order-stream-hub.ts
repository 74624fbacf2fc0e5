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
} from '@qts/core';
import { type Registration } from '../websocket/registration-book.ts';
import { type StreamSession } from '../websocket/stream-session.ts';
import { type StreamRefusal } from '../websocket/stream-protocol.ts';
import { type ControlDraft, stampNow } from './control-events.ts';
import { createEventStream, type EventSink } from './event-stream.ts';
import { type ChangedOrder, createOrderBookKeeping, type OrderNoticeDraft } from './order-book-keeping.ts';
import { createOrderGap } from './order-gap.ts';
import { againMsMin, createOrderReads } from './order-reads.ts';

/** From a notice to the read that confirms it, ms: notices of the moment share one read (execution-safety 7). */
const confirmMs = 800;
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

/**
 * Makes an order stream whole: notices as they come, reads behind them, and after every hole a read before anything that
 * came later. While there are no notices, reads go on alone.
 */
export function createOrderStreamHub(settings: OrderStreamHubSettings): OrderStreamHub {
  const { brokerId, clock, logger, session, registration } = settings;
  const sinks = new Set<EventSink<OrderEvent>>();
  const books = createOrderBookKeeping();
  let stopListening: (() => void) | undefined;
  let isLive = false;
  let everLive = false;
  let readStartedAtMs = 0;
  let staleTimes = 0;
  let noticedAtMs = 0;
  let askAgainAtMs = Number.POSITIVE_INFINITY;

  const gap = createOrderGap({
    tell,
    onFilled() {
      books.forgive();
    },
    onReleased(draft) {
      deliver(draft, true);
    },
  });
  const reads = createOrderReads({
    clock,
    listOrders: settings.listOrders,
    epoch: () => gap.epoch,
    isUnsettled: () => gap.isOpen || books.hasProvisional,
    restMs: () => (isLive ? watchMs : pollMs),
    onFailed(error) {
      logger?.warn('order-read-failed', { broker: brokerId, error: error instanceof Error ? error.name : 'UNKNOWN' });
    },
    onRead(list, startedMs, begunIn) {
      const repaired = list === undefined ? 0 : take(list, startedMs);
      if (begunIn === gap.epoch && isLive) gap.fill(list?.complete === true, repaired);
      if (list !== undefined) judge(startedMs);
      askAgain();
    },
  });

  function emit(event: OrderEvent | StreamControl): void {
    for (const sink of sinks) sink.push(event);
  }

  function tell(event: ControlDraft): void {
    emit({ ...event, brokerId, subscriptions: [registration.name], ...stampNow(clock) });
  }

  function stateOf({ snapshot, provisionalQuantity }: ChangedOrder): OrderState {
    return {
      kind: 'order-state',
      brokerId,
      snapshot,
      readStartedAtMs,
      provisionalQuantity: provisionalQuantity as Shares,
      ...stampNow(clock),
    };
  }

  function take(list: OrderList, startedMs: number): number {
    readStartedAtMs = list.readStartedAtMs;
    const changed = books.read(list.orders, startedMs);
    for (const each of changed) emit(stateOf(each));
    return changed.length;
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
    if (!isLive || gap.isOpen) return;
    if (books.unnoticed(startedMs - noticeLagMs).length === 0) {
      if (books.unnoticed(startedMs).length > 0) reads.within(noticeLagMs);
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

  function deliver(draft: OrderNoticeDraft, isOverlap: boolean): void {
    noticedAtMs = draft.receivedMonotonicMs;
    const provisionalQuantity = books.notice(draft, isOverlap);
    if (provisionalQuantity === undefined) {
      logger?.info('notice-repeated', { broker: brokerId, brokerOrderId: draft.brokerOrderId });
      return;
    }
    emit({ ...draft, provisionalQuantity: provisionalQuantity as Shares });
    if (draft.type !== 'ACCEPTED') reads.within(confirmMs);
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
    gap.release();
    reads.within(0);
  }

  function askAgain(): void {
    if (clock.monotonicMs() < askAgainAtMs) return;
    askAgainAtMs = Number.POSITIVE_INFINITY;
    const refusal = session.register(registration);
    if (refusal !== undefined) refuse(refusal);
  }

  function start(): void {
    reads.start();
    stopListening = session.listen({
      confirmed({ key }) {
        if (key !== registration.key) return;
        isLive = true;
        noticedAtMs = clock.monotonicMs();
        tell({ kind: 'connected', reason: everLive ? 'CONNECTED_AGAIN' : 'CONNECTED', next: 'Nothing to do.' });
        if (!everLive) gap.begin(clock.nowMs());
        gap.open(clock.nowMs(), 'SUBSCRIBED_AGAIN', 'Orders are read by REST at once.', true);
        everLive = true;
        reads.now();
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
          gap.open(clock.nowMs() - agoMs, reason, 'Orders are read by REST until notices come again.', false);
        }
        gap.release();
        reads.within(againMsMin);
      },
    });
    const refusal = session.register(registration);
    if (refusal !== undefined)
      queueMicrotask(() => {
        refuse(refusal);
      });
    reads.within(pollMs);
  }

  function stop(): void {
    stopListening?.();
    stopListening = undefined;
    reads.stop();
    isLive = false;
    everLive = false;
    gap.drop();
    askAgainAtMs = Number.POSITIVE_INFINITY;
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
      if (!gap.hold(draft)) deliver(draft, false);
    },
    unreadable(reason, facts, renew) {
      if (stopListening === undefined) return;
      // Under a flood of them one read fills one hole; the first has said it all.
      const isFirst = !gap.isOpen;
      if (isFirst) {
        tell({ kind: 'drift', reason, facts, next: 'The notice is not guessed at; orders are read by REST at once.' });
      }
      gap.open(clock.nowMs(), reason, 'Orders are read by REST at once.', isLive);
      if (renew && isFirst) session.renew(registration.key);
      reads.within(isFirst ? 0 : againMsMin);
    },
    close() {
      for (const sink of sinks) sink.end();
      sinks.clear();
      if (stopListening !== undefined) stop();
    },
  };
}
