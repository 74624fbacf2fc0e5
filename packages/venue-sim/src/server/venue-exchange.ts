import { type DialectFaults, type EntryConditions } from '../faults/dialect-faults.ts';
import { type VenueFaultId } from '../faults/venue-faults.ts';
import { type DialectStreams } from '../streams/dialect-streams.ts';

/**
 * A request and its answer without a transport: a socket server, or a transport in memory, carries them in and out of a
 * dialect. Header names are lower case.
 */
export interface VenueRequest {
  readonly method: string;
  /** Path without the query, for example `/oauth2/tokenP`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Address of the caller, where there is one; the broker writes it into its rows. */
  readonly peerAddress?: string;
}

export interface VenueResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The broker's result code in the body (`APBK0013`), for the record; empty where there is none. Not sent. */
  readonly resultCode: string;
}

/** What one broker's protocol is, seen from a transport: a function of the request and the instant. */
export interface VenueDialect {
  handleRequest(request: VenueRequest, nowMs: number, conditions?: EntryConditions): VenueResponse;
  /** What to remember of a request and its answer: nothing secret, no whole account number. */
  describeRequest(request: VenueRequest, response: VenueResponse, atMs: number): RecordedRequest;
  /** How faults look in this protocol. */
  readonly faults: DialectFaults;
  /** Its WebSocket side; absent where the venue plays none. */
  readonly streams?: DialectStreams;
}

/** A request as it arrived, secrets and account numbers masked, and what became of it. */
export interface RecordedRequest {
  /** The broker's own name of the operation: the last part of the path (`order-cash`), or the api-id (`kt10000`). */
  readonly operation: string;
  readonly atMs: number;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** The JSON body; absent when there was none or it was not a JSON object. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** HTTP status of the answer; 0 when a fault left the request without one. */
  readonly status: number;
  /** The broker's result code in the answer (`APBK0013`), empty where the answer has none. */
  readonly resultCode: string;
  /** The faults that struck it; absent when none did. */
  readonly faults?: readonly VenueFaultId[];
}

/**
 * What becomes of a request under faults. A transport in memory drives all three by its own time; what is written about
 * bytes is for sockets only and never appears on a venue without one.
 */
export type VenueDelivery =
  | {
      readonly kind: 'ANSWERED';
      readonly response: VenueResponse;
      /** When it leaves, epoch ms of the venue's clock: the instant of the request, or later. */
      readonly atMs: number;
      /** Absent: the whole answer at once. */
      readonly bytes?: VenueBytes;
    }
  /** The connection ends at once, without a byte; `reset`: with a RST. Whether the exchange heard is another matter. */
  | { readonly kind: 'DROPPED'; readonly reset?: boolean }
  /** Nothing comes back, ever, and the connection stays. */
  | { readonly kind: 'SILENT' };

/** How an answer goes over a socket that a fault has got hold of. */
export type VenueBytes =
  | { readonly kind: 'SLOW_HEAD' | 'SLOW_BODY'; readonly byteEveryMs: number }
  | { readonly kind: 'HUGE_BODY'; readonly megabytes: number }
  | { readonly kind: 'CUT_BODY' | 'ENDLESS_BODY' | 'TWICE' | 'EUC_KR' };
