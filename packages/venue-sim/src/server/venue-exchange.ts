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
  handleRequest(request: VenueRequest, nowMs: number): VenueResponse;
  /** What to remember of a request and its answer: nothing secret, no whole account number. */
  describeRequest(request: VenueRequest, response: VenueResponse, atMs: number): RecordedRequest;
  /** Stops listening to the exchange. */
  close(): void;
}

/** A request as it arrived, secrets and account numbers masked, and what became of it. */
export interface RecordedRequest {
  /** The broker's own name of the operation: the last part of the path, `order-cash`. */
  readonly operation: string;
  readonly atMs: number;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** The JSON body; absent when there was none or it was not a JSON object. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** HTTP status of the answer. */
  readonly status: number;
  /** The broker's result code in the answer (`APBK0013`), empty where the answer has none. */
  readonly resultCode: string;
}
