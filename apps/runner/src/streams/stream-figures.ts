import {
  type Clock,
  type EventStream,
  type ExchangeStamp,
  type MarketEvent,
  type OrderEvent,
  type StreamControl,
  streamControlKinds,
} from '@qts/core';
import { type LagFigures, createLagMeter } from './lag-meter.ts';

/** The two streams of an account. */
export type StreamSource = 'quotes' | 'orders';

/** What the streams of a day told, for its report. */
export interface StreamFigures {
  /** Messages that came over sockets, pings and answers included. */
  readonly frames: number;
  readonly trades: number;
  readonly books: number;
  /** News of trading itself: volatility interruptions, halts, phases. */
  readonly statuses: number;
  readonly notices: number;
  /** Connections that ended without being asked to. */
  readonly lost: number;
  /** Holes, by stream; those of one hole over several attempts to connect count once. */
  readonly gaps: Readonly<Record<StreamSource, number>>;
  /** Holes that were read by REST, by stream. */
  readonly backfills: Readonly<Record<StreamSource, number>>;
  /** Messages that were not as documented: another width, not readable, a notice that no read confirms. */
  readonly drifts: number;
  /** Subscriptions that were silent while a read by REST showed news. */
  readonly stales: number;
  /** Subscriptions that the broker, or our own budget, did not serve. */
  readonly refused: number;
  /** Times that a reader was seconds behind. */
  readonly slow: number;
  /** From the exchange's own stamp to the end of our handling, ms; brokers stamp whole seconds. `null`: nothing was stamped. */
  readonly lag: LagFigures | null;
}

/** Listens to streams and counts. */
export interface StreamCounter {
  /** One more message came over a socket. */
  countFrame(): void;
  /** Counts the events of a stream from now on; `tell` hears those in which it speaks of itself. */
  follow(
    source: StreamSource,
    stream: EventStream<MarketEvent | StreamControl> | EventStream<OrderEvent | StreamControl>,
  ): void;
  /** Counts, and tells, what is said in the place of a stream: what is not asked of it, for example. */
  note(source: StreamSource, event: StreamControl): void;
  /** Streams whose last hole nobody has read yet. */
  readonly open: readonly StreamSource[];
  figures(): StreamFigures;
}

/** Makes a counter. `tell` hears each event in which a stream speaks of itself. */
export function createStreamCounter(
  clock: Pick<Clock, 'nowMs'>,
  tell: (source: StreamSource, event: StreamControl) => void = () => undefined,
): StreamCounter {
  const lag = createLagMeter();
  const open = new Set<StreamSource>();
  const gaps = { quotes: 0, orders: 0 };
  const backfills = { quotes: 0, orders: 0 };
  const counts = {
    frames: 0,
    trades: 0,
    books: 0,
    statuses: 0,
    notices: 0,
    lost: 0,
    drifts: 0,
    stales: 0,
    refused: 0,
    slow: 0,
  };

  function stamp({ exchangeAtMs }: ExchangeStamp): void {
    if (exchangeAtMs !== undefined) lag.add(clock.nowMs() - exchangeAtMs);
  }

  function hear(source: StreamSource, event: StreamControl): void {
    switch (event.kind) {
      case 'connection-lost':
        // Both streams share a connection: it is counted where every session has one.
        if (source === 'quotes') counts.lost += 1;
        break;
      case 'gap':
        if (!open.has(source)) gaps[source] += 1;
        open.add(source);
        break;
      case 'backfilled':
        if (!event.complete || !open.delete(source)) break;
        backfills[source] += 1;
        break;
      case 'drift':
        counts.drifts += 1;
        break;
      case 'stale':
        counts.stales += 1;
        break;
      case 'slow-consumer':
        if (event.level !== 'RECOVERED') counts.slow += 1;
        break;
      case 'subscription-refused':
        counts.refused += event.subscriptions.length;
        break;
      case 'connected':
        break;
    }
    tell(source, event);
  }

  return {
    countFrame() {
      counts.frames += 1;
    },
    follow(source, stream) {
      const heard = stream as EventStream<MarketEvent | OrderEvent | StreamControl>;
      heard.on('trade', (trade) => {
        counts.trades += 1;
        stamp(trade);
      });
      heard.on('book', () => {
        counts.books += 1;
      });
      heard.on('market-status', () => {
        counts.statuses += 1;
      });
      heard.on('order-notice', (notice) => {
        counts.notices += 1;
        stamp(notice);
      });
      for (const kind of streamControlKinds) {
        heard.on(kind, (event: StreamControl) => {
          hear(source, event);
        });
      }
    },
    note: hear,
    get open() {
      return [...open];
    },
    figures: () => ({ ...counts, gaps: { ...gaps }, backfills: { ...backfills }, lag: lag.figures() }),
  };
}
