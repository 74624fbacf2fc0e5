import { type StreamRefusal, type StreamEdit, type StreamKind } from '../faults/stream-acts.ts';
import { type VenueStreamEnd, type VenueStreamInfo } from '../server/venue-stream.ts';

/** A message that the venue has for a client, in the broker's words. */
export interface StreamFrame {
  readonly kind: Exclude<StreamKind, 'STREAM_REQUEST' | 'PROTOCOL_PING'> | 'STREAM_ANSWER';
  /** The broker's own name of it: `H0STCNT0`. */
  readonly operation: string;
  /** The registration that brought it, as in {@link StreamRequest}; empty where there is none. */
  readonly subscription: string;
  readonly text: string;
  /** The message with something wrong in it; `undefined` when this cannot happen to it. */
  edit(edit: StreamEdit): readonly string[] | undefined;
  /** Somebody else trades by hand on the account that this notice is about. Answers whether they could. */
  tradeByHand?(): boolean;
}

/** What a client's message is about. */
export interface StreamRequest {
  readonly kind: 'ECHO' | 'REQUEST';
  readonly operation: string;
  readonly subscription: string;
}

/** The way to one client, as a dialect has it. */
export interface StreamConnection {
  send(frame: StreamFrame): void;
  /** Ends the stream with a close frame, behind what was sent. */
  end(end: VenueStreamEnd): void;
}

/** One client of a dialect's streams. */
export interface DialectStream {
  requestOf(text: string): StreamRequest;
  receive(text: string): void;
  /** Answers a request with a refusal for which there is no cause. */
  refuse(refusal: StreamRefusal, text: string): void;
  ping(nowMs: number): StreamFrame;
  /** What the broker says and does to a session when its key is used elsewhere. */
  throwOut(): void;
  /** What is registered, without secrets. */
  subscriptions(): readonly string[];
  /** The connection is over; for the broker it goes on for `lingersMs`. */
  ended(lingersMs: number): void;
}

/** What one broker's stream protocol is, seen from a transport. */
export interface DialectStreams {
  /** Every stream by the broker's own name, and what travels under it. */
  readonly operations: ReadonlyMap<string, readonly StreamKind[]>;
  /** Where clients connect; the first is the one to tell them. */
  readonly paths: readonly [string, ...string[]];
  takesPath(path: string): boolean;
  readonly pingEveryMs: number;
  /** From the cause of a notice to its departure, ms. */
  readonly noticeLatencyMs: number;
  open(info: VenueStreamInfo, connection: StreamConnection): DialectStream;
}
