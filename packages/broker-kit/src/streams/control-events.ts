import { type Clock, type StreamControl, type StreamStamp } from '@qts/core';

/** A control event before it is known whose it is, and when it was told. */
export type ControlDraft = StreamControl extends infer Event
  ? Event extends unknown
    ? Omit<Event, keyof StreamStamp | 'brokerId' | 'subscriptions'>
    : never
  : never;

/** The stamp of what happens now, and not on the wire. */
export function stampNow(clock: Pick<Clock, 'monotonicMs' | 'nowMs'>): StreamStamp {
  return { receivedMonotonicMs: clock.monotonicMs(), receivedAtMs: clock.nowMs() };
}
