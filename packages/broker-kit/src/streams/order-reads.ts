import { type Clock, type OrderList, type Timer } from '@qts/core';

/** Between reads while something is unsettled, and after a read that failed, ms: doubled each time, to the longer one. */
export const againMsMin = 1_000;
const againMsMax = 8_000;

export interface OrderReadsSettings {
  readonly clock: Clock;
  /** Reads all orders of today. */
  readonly listOrders: (signal: AbortSignal) => Promise<OrderList>;
  /** Which hole a read that begins now would fill. */
  readonly epoch: () => number;
  readonly onFailed: (error: unknown) => void;
  /** What a read told, when it began (monotonic ms), and in which epoch. `undefined`: it failed. */
  readonly onRead: (list: OrderList | undefined, startedMs: number, begunIn: number) => void;
  /** Whether something is left that only another read settles. */
  readonly isUnsettled: () => boolean;
  /** Until the next read when all is settled, ms. */
  readonly restMs: () => number;
}

/** Decides when orders are read: one read at a time, soon while something is unsettled, seldom otherwise. */
export interface OrderReads {
  start(): void;
  /** Now, or once more as soon as the read under way has ended. */
  now(): void;
  /** In `ms` at the latest: a sooner one stands. Nothing before the start. */
  within(ms: number): void;
  /** Gives up what is under way and what is planned. */
  stop(): void;
}

/** Makes reads that wait for their start. */
export function createOrderReads(settings: OrderReadsSettings): OrderReads {
  const { clock } = settings;
  let isStarted = false;
  let timer: Timer | undefined;
  let timerDueMs = Number.POSITIVE_INFINITY;
  let reading: AbortController | undefined;
  let againMs = againMsMin;
  let readWanted = false;

  function within(ms: number): void {
    const dueMs = clock.monotonicMs() + ms;
    if (dueMs >= timerDueMs || !isStarted) return;
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
    const begunIn = settings.epoch();
    let list: OrderList | undefined;
    try {
      list = await settings.listOrders(controller.signal);
    } catch (error) {
      // One that was given up is no failure.
      if (controller.signal.aborted) return;
      settings.onFailed(error);
    }
    if (controller.signal.aborted) return;
    reading = undefined;
    settings.onRead(list, startedMs, begunIn);
    plan(list?.complete === true);
  }

  function plan(complete: boolean): void {
    if (readWanted) {
      readWanted = false;
      within(0);
    } else if (!complete || settings.isUnsettled()) {
      within(againMs);
      againMs = Math.min(againMsMax, againMs * 2);
      return;
    }
    againMs = againMsMin;
    within(settings.restMs());
  }

  return {
    start() {
      isStarted = true;
    },
    now: () => void read(),
    within,
    stop() {
      isStarted = false;
      timer?.cancel();
      timerDueMs = Number.POSITIVE_INFINITY;
      reading?.abort();
      reading = undefined;
      readWanted = false;
    },
  };
}
