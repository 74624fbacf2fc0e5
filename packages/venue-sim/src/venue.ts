import { type VenueClock } from './clock/venue-clock.ts';
import { type Exchange } from './exchange/contracts.ts';
import { type VenueFaultControl } from './faults/venue-fault-control.ts';
import {
  type RecordedRequest,
  type VenueDelivery,
  type VenueRequest,
  type VenueResponse,
} from './server/venue-exchange.ts';
import {
  type RecordedStream,
  type VenueStreamClient,
  type VenueStreamInfo,
  type VenueStreamSession,
} from './server/venue-stream.ts';
import { type FrontOptions, type FrontSimOptions } from './venue-settings.ts';

/** What every venue shows, however requests reach it. */
interface Venue {
  readonly exchange: Exchange;
  readonly clock: VenueClock;
  /** What goes wrong, on command. */
  readonly faults: VenueFaultControl;
  /**
   * What arrived so far, oldest first, secrets and account numbers masked, with the faults that struck it; of one operation
   * (`order-cash`) when named.
   */
  requests(operation?: string): readonly RecordedRequest[];
  /** The streams so far, oldest first, with the faults that struck them; of many, the last thousand. */
  streams(): readonly RecordedStream[];
}

/** A simulated venue without a socket: for a transport in memory. */
export interface InMemoryVenue extends Venue {
  /**
   * Answers a request at the clock's time, after the exchange has caught up with it. For callers without a notion of
   * time: an answer that a fault makes late is returned at once.
   *
   * @throws {VenueError} `NO_ANSWER` when a fault took the answer away. The order may have been accepted.
   */
  handleRequest(request: VenueRequest): VenueResponse;
  /** As {@link handleRequest}, for transports that can be silent, end a connection, or wait. */
  deliverRequest(request: VenueRequest): VenueDelivery;
  /**
   * Opens a stream: what a WebSocket is on a socket. The venue may end it at once (`onClose` is called before this
   * returns) where nobody serves the path or a fault takes no connections.
   */
  openStream(client: VenueStreamClient, info?: VenueStreamInfo): VenueStreamSession;
  /** Stops following the clock. Safe to call twice. */
  close(): void;
}

/** A simulated venue behind a loopback port, speaking one broker's protocol. */
export interface VenueSim extends Venue {
  /** Where clients connect: `http://127.0.0.1:49152`. */
  readonly url: string;
  /** Where streams are opened: `ws://127.0.0.1:49152/tryitout`. The same port. */
  readonly streamUrl: string;
  /** Ends connections, frees the port and stops following the clock. Safe to call twice. */
  close(): Promise<void>;
}

/** A simulated market without a way in yet: open fronts to it, as many as there are brokers. */
export interface VenueMarket {
  readonly exchange: Exchange;
  readonly clock: VenueClock;
  /**
   * Opens a front for a transport in memory. Its faults and its record of requests are its own; closing it leaves the
   * market and the other fronts as they are.
   *
   * @throws VenueError `INVALID_SETTING` naming the setting, also when another front has one of the accounts.
   */
  openInMemory(front: FrontOptions): InMemoryVenue;
  /**
   * Opens a front on a loopback port of its own.
   *
   * @throws VenueError as {@link openInMemory}; `PORT_IN_USE` or `LISTEN_FAILED` when the port cannot be had.
   */
  open(front: FrontSimOptions): Promise<VenueSim>;
  /** Closes every front and stops following the clock. Safe to call twice. */
  close(): Promise<void>;
}
