import { type Exchange } from '../exchange/contracts.ts';
import { type FaultDesk } from '../faults/fault-desk.ts';
import {
  type RecordedStream,
  type VenueStreamClient,
  type VenueStreamInfo,
  type VenueStreamSession,
} from '../server/venue-stream.ts';
import { createDeliveryLine } from './delivery-line.ts';
import { type DialectStreams } from './dialect-streams.ts';
import { StreamLink } from './stream-link.ts';

/** Streams remembered; the oldest ended ones go first. */
const recordedStreamsMax = 1000;

/** The streams of one front. */
export interface StreamHub {
  /** The path to tell clients; `/` where the dialect has no streams. */
  readonly path: string;
  /** Whether the broker has streams on this path, be they taken now or not. */
  knows(path: string): boolean;
  /** Whether a connection on this path is taken now. */
  takes(path: string): boolean;
  open(client: VenueStreamClient, info?: VenueStreamInfo): VenueStreamSession;
  streams(): readonly RecordedStream[];
  close(): void;
}

/** Makes the hub of a front. Without `streams` it takes nobody. */
export function createStreamHub(parts: {
  readonly streams: DialectStreams | undefined;
  readonly desk: FaultDesk;
  readonly exchange: Exchange;
  readonly catchUp: () => number;
}): StreamHub {
  const { streams, desk, exchange } = parts;
  const line = createDeliveryLine(exchange);
  // In the middle of a big step of the clock the time of what is being delivered holds, not the end of the step.
  const catchUp = (): number => (line.isDelivering ? exchange.nowMs : parts.catchUp());
  const links: StreamLink[] = [];
  let refusedUntilMs = -Infinity;
  let closed = false;
  const knows = (path: string): boolean => streams?.takesPath(path) ?? false;
  const takes = (path: string): boolean => !closed && catchUp() >= refusedUntilMs && knows(path);
  const path = streams?.paths[0] ?? '/';
  return {
    path,
    knows,
    takes,
    open(client, info = { path }) {
      if (streams === undefined || !takes(info.path)) {
        client.onClose({ code: 1006, reason: '' });
        return neverOpen;
      }
      const link = new StreamLink(
        {
          streams,
          desk,
          exchange,
          line,
          catchUp,
          refuseUntil(atMs) {
            refusedUntilMs = atMs;
          },
        },
        client,
        info,
      );
      links.push(link);
      if (links.length > recordedStreamsMax) {
        const oldest = links.findIndex(({ isOpen }) => !isOpen);
        if (oldest !== -1) links.splice(oldest, 1);
      }
      return link;
    },
    streams: () => links.map((link) => link.record()),
    close() {
      closed = true;
      for (const link of links) link.shutDown();
    },
  };
}

const neverOpen: VenueStreamSession = {
  isOpen: false,
  receive: () => undefined,
  answersProtocolPing: () => false,
  close: () => undefined,
};
