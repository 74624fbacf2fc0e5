import { type EpochMs } from '../values.ts';
import { type StreamStamp } from './stream-stamp.ts';

/**
 * Events in which a stream speaks of itself. They come in-band, at the place where they happened, and are never dropped.
 * Each says which subscriptions, why, and what to do.
 */
interface ControlEvent extends StreamStamp {
  readonly brokerId: string;
  /** Names of the subscriptions that it concerns, for example `H0STCNT0 005930`. */
  readonly subscriptions: readonly string[];
  /** Stable, `UPPER_SNAKE`. */
  readonly reason: string;
  /** What to do, in a sentence. */
  readonly next: string;
}

/** Subscriptions were confirmed and data may come. */
export interface StreamConnected extends ControlEvent {
  readonly kind: 'connected';
}

/** The socket is gone or suspect. Nothing that follows is complete before `backfilled`. */
export interface StreamConnectionLost extends ControlEvent {
  readonly kind: 'connection-lost';
  /** Until the next attempt; absent when there will be none. */
  readonly retryInMs?: number;
  /** True when a person should look: too many attempts, or the key is in use elsewhere. */
  readonly alarm: boolean;
}

/** Something may have been missed since an instant. */
export interface StreamGap extends ControlEvent {
  readonly kind: 'gap';
  readonly sinceMs: EpochMs;
}

/** What was missed was read by REST; the events before this one carry it. The stream goes on in order. */
export interface StreamBackfilled extends ControlEvent {
  readonly kind: 'backfilled';
  readonly sinceMs: EpochMs;
  /** Orders or quotes that were read and told because they were news. */
  readonly repaired: number;
  /** False when a read failed or was cut: it is tried again, and the gap stands. */
  readonly complete: boolean;
}

/** The wire is not what it was: another width, a field that is no number, a notice that no read confirms. */
export interface StreamDrift extends ControlEvent {
  readonly kind: 'drift';
  /** Shapes and counts, never values. */
  readonly facts: Readonly<Record<string, string | number>>;
}

/** A subscription that should speak does not: a read by REST knows more than it told. */
export interface StreamStale extends ControlEvent {
  readonly kind: 'stale';
  /** How long nothing was heard. */
  readonly quietMs: number;
}

/** The reader of this stream is behind. */
export interface StreamSlowConsumer extends ControlEvent {
  readonly kind: 'slow-consumer';
  /** `ALARM` from 1 s, `REDUCE_ONLY` from 5 s: no new risk on news this old. `RECOVERED` when it has caught up. */
  readonly level: 'ALARM' | 'REDUCE_ONLY' | 'RECOVERED';
  readonly lagMs: number;
  readonly queued: number;
  /** Market data events that a newer one of the same symbol replaced, since the stream was opened. */
  readonly conflated: number;
}

/** A subscription will not be served. The others live on. */
export interface StreamSubscriptionRefused extends ControlEvent {
  readonly kind: 'subscription-refused';
  /** The broker's own code and words, when it was the broker. */
  readonly nativeCode?: string;
  readonly nativeMessage?: string;
}

export type StreamControl =
  | StreamConnected
  | StreamConnectionLost
  | StreamGap
  | StreamBackfilled
  | StreamDrift
  | StreamStale
  | StreamSlowConsumer
  | StreamSubscriptionRefused;

export const streamControlKinds = [
  'connected',
  'connection-lost',
  'gap',
  'backfilled',
  'drift',
  'stale',
  'slow-consumer',
  'subscription-refused',
] as const;

const controlKinds: ReadonlySet<string> = new Set(streamControlKinds satisfies readonly StreamControl['kind'][]);

/** Whether an event speaks of the stream itself. */
export function isStreamControl(event: { readonly kind: string }): event is StreamControl {
  return controlKinds.has(event.kind);
}
