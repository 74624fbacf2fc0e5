import { type BrokerOrderId, type Clock, type OrderNotice, type Timer } from '@qts/core';

/** Notices that wait for their number, at most, and for how long, ms (execution-safety 5.8). */
export const heldNoticesMax = 1_000;
export const heldNoticeMs = 30_000;

/** Notices of numbers that are nobody's yet: the answer that names them may still come. */
export interface HeldNotices {
  hold(notice: OrderNotice): void;
  /** Takes out what `isReady` names, in the order in which it came. */
  take(isReady: (notice: OrderNotice) => boolean): readonly OrderNotice[];
  has(number: BrokerOrderId): boolean;
  list(): readonly OrderNotice[];
  readonly size: number;
  close(): void;
}

/** @param onExpired hears of a notice that waited too long, or had to make room */
export function createHeldNotices(clock: Clock, onExpired: (notice: OrderNotice) => void): HeldNotices {
  let held: readonly { readonly notice: OrderNotice; readonly untilMs: number }[] = [];
  let timer: Timer | undefined;

  function schedule(): void {
    const [first] = held;
    if (timer !== undefined || first === undefined) return;
    timer = clock.setTimer(
      () => {
        timer = undefined;
        const nowMs = clock.monotonicMs();
        const late = held.filter(({ untilMs }) => untilMs <= nowMs);
        held = held.filter(({ untilMs }) => untilMs > nowMs);
        schedule();
        for (const { notice } of late) onExpired(notice);
      },
      Math.max(0, first.untilMs - clock.monotonicMs()),
    );
  }

  return {
    hold(notice) {
      const oldest = held.length >= heldNoticesMax ? held[0] : undefined;
      if (oldest !== undefined) held = held.slice(1);
      held = [...held, { notice, untilMs: clock.monotonicMs() + heldNoticeMs }];
      schedule();
      if (oldest !== undefined) onExpired(oldest.notice);
    },
    take(isReady) {
      const ready = held.filter(({ notice }) => isReady(notice));
      if (ready.length > 0) held = held.filter((each) => !ready.includes(each));
      return ready.map(({ notice }) => notice);
    },
    has: (number) => held.some(({ notice }) => notice.brokerOrderId === number),
    list: () => held.map(({ notice }) => notice),
    get size() {
      return held.length;
    },
    close() {
      timer?.cancel();
      timer = undefined;
      held = [];
    },
  };
}
