import { type VenueFaultId } from '../faults/venue-faults.ts';

/**
 * A stream without a transport: a real `ws` server, or a transport in memory, carries frames in and out of a venue. Frames
 * leave at instants of the venue's clock, in order, and never while the exchange is in the middle of a command.
 */

/** What one end hands to the other: text, or bytes that are no text. */
export type VenueFrame = string | Uint8Array;

/** How a client asked for a stream. */
export interface VenueStreamInfo {
  /** Path without the query: `/tryitout`. */
  readonly path: string;
  readonly peerAddress?: string;
}

/** How a stream ended. Without a close frame the code is 1006, as RFC 6455 has it, and the reason is empty. */
export interface VenueStreamEnd {
  readonly code: number;
  readonly reason: string;
}

/** The client's end of a stream, as the venue reaches it. */
export interface VenueStreamClient {
  /** `inFragments`: one message, cut into fragments of one byte; a transport without fragments ignores it. */
  onFrame(frame: VenueFrame, inFragments: boolean): void;
  /** The venue ended the stream, or the network did. Called once, and not after the client's own close. */
  onClose(end: VenueStreamEnd): void;
  /** Bytes given to the transport that the client has not taken. Default: none, ever. */
  bufferedBytes?(): number;
}

/** An open stream. */
export interface VenueStreamSession {
  readonly isOpen: boolean;
  /** Takes a frame of the client. After the end it does nothing. */
  receive(frame: VenueFrame): void;
  /** Whether a protocol ping (RFC 6455) that has just come gets its pong; a fault may keep it back. */
  answersProtocolPing(): boolean;
  /** The client is gone: with a close frame (`clean`, the default) or without one. Safe to call twice. */
  close(clean?: boolean): void;
}

/** A stream as it went, for whoever looks at a venue afterwards. Keys and names of accounts are not in it. */
export interface RecordedStream {
  readonly path: string;
  readonly openedAtMs: number;
  /** Frames of the client, echoes of pings included. */
  readonly framesReceived: number;
  /**
   * Frames that left, by the broker's own name: `H0STCNT0` (answers to its registration included), `PINGPONG`. What no
   * broker words goes by `noise`.
   */
  readonly framesSent: Readonly<Record<string, number>>;
  /** What is registered now: `H0STCNT0 005930`. Notice streams go without their key. */
  readonly subscriptions: readonly string[];
  /** The faults that struck it, in order; the first thousand. */
  readonly faults: readonly VenueFaultId[];
  /** Absent while it is open. */
  readonly end?: VenueStreamEnd & { readonly atMs: number; readonly by: 'CLIENT' | 'VENUE' };
}
