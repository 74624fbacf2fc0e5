import { type StreamControl, kstDateTime, printable } from '@qts/core';
import { type StreamSource } from '../streams/stream-figures.ts';
import { someOf } from '../streams/subscription-names.ts';

/** Log events that these lines tell in better words. */
export const streamLogEvents: readonly string[] = [
  'stream-lost',
  'stream-drift',
  'subscription-refused',
  'slow-consumer',
];

/** Makes lines for people of what the streams of a run say of themselves; `undefined`: no news. */
export function createStreamNews(): (source: StreamSource, event: StreamControl) => string | undefined {
  const open = new Set<StreamSource>();
  const timeOf = (atMs: number): string => kstDateTime(atMs).slice(11, 19);

  return (source, event) => {
    switch (event.kind) {
      case 'gap':
        // One hole may last over several attempts to connect.
        if (open.has(source)) return undefined;
        open.add(source);
        return `GAP in the stream of ${source} since ${timeOf(event.sinceMs)} (${event.reason}): read by REST`;
      case 'backfilled':
        if (!open.has(source)) return undefined;
        if (!event.complete) return `  ${source} could not be read completely; the gap stands`;
        open.delete(source);
        return `  ${source} read at ${timeOf(event.receivedAtMs)}, the gap since ${timeOf(event.sinceMs)} is closed`;
      case 'drift':
        return printable(
          `DRIFT in the stream of ${source} [${someOf(event.subscriptions)}]: ${event.reason}. ${event.next}`,
        );
      case 'stale':
        return printable(
          `STALE stream of ${source} [${someOf(event.subscriptions)}]: ${event.reason} after ${Math.round(event.quietMs / 1_000)} s without news`,
        );
      case 'subscription-refused':
        return printable(`REFUSED ${someOf(event.subscriptions)}: ${event.reason}. ${event.next}`);
      case 'slow-consumer':
        return `SLOW: news of ${source} is ${event.lagMs} ms behind (${event.level})`;
      case 'connection-lost':
        return event.alarm ? printable(`STREAM LOST (${event.reason}). ${event.next}`) : undefined;
      case 'connected':
        return undefined;
    }
  };
}
