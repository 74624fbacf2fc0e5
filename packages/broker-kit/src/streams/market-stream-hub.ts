import {
  type BrokerRefusalError,
  type Clock,
  type Logger,
  type MarketDataStream,
  type MarketEvent,
  type MarketSubscription,
  type Quote,
  type StreamDrift,
  type SymbolCode,
  type Venue,
} from '@qts/core';
import { type StreamRefusal } from '../websocket/stream-protocol.ts';
import { type StreamSession } from '../websocket/stream-session.ts';
import { type ControlDraft, stampNow } from './control-events.ts';
import { createEventStream, type EventSink } from './event-stream.ts';
import { createMarketRoutes, type KeptRoute, type MarketRegistration, type MarketRoute } from './market-routes.ts';
import { createQuoteRepair, type RepairRound } from './quote-repair.ts';
import { createSilenceWatch } from './silence-watch.ts';

export interface MarketStreamHubSettings {
  readonly brokerId: string;
  readonly clock: Clock;
  readonly logger: Logger | undefined;
  readonly session: StreamSession;
  /**
   * Says how a subscription is registered.
   *
   * @throws {ValidationError} when this broker cannot serve it.
   */
  readonly toRegistration: (subscription: MarketSubscription) => MarketRegistration;
  readonly readQuote: (symbol: SymbolCode, venue: Venue, signal: AbortSignal) => Promise<Quote>;
  /** Events that may wait for a reader before they are conflated. */
  readonly queueMax?: number;
}

/** The market data of one session, and the end into which its codec pours events. */
export interface MarketStreamHub {
  readonly stream: MarketDataStream;
  /** The route of a registration key; `undefined` when nobody subscribed. Cheap: asked for each record. */
  route(key: string): MarketRoute | undefined;
  /** The wire is not what it was. Told once for each `facts`, to the streams that have a key beginning with `keyPrefix`. */
  drift(keyPrefix: string, reason: string, facts: StreamDrift['facts'], next: string): void;
  close(): void;
}

/** Makes market data streams over one session: shared registrations, quotes read after every hole, silent feeds found. */
export function createMarketStreamHub(settings: MarketStreamHubSettings): MarketStreamHub {
  const { brokerId, clock, logger, session } = settings;
  const routes = createMarketRoutes(clock);
  const sinks = new Map<EventSink<MarketEvent>, readonly MarketRegistration[]>();
  /** Keys that a stream holds a share of: only those does it give back. */
  const registered = new Map<EventSink<MarketEvent>, Set<string>>();
  const toldDrifts = new Set<string>();
  /** Confirmed since the last time that everything was settled: they are read and told together. */
  let fresh: KeptRoute[] = [];
  let gapSinceMs: number | undefined;
  let stopListening: (() => void) | undefined;

  const repair = createQuoteRepair<KeptRoute>({
    clock,
    readQuote: settings.readQuote,
    onQuote(concerned, quoteOf, quote, sinceMs) {
      for (const route of concerned) {
        route.isKnown = true;
        route.volume = Math.max(route.volume ?? 0, quote.volume);
      }
      const overtakenAtMs = routes.overtakenAtMs(quoteOf, quote.volume);
      // An event since the hole says more than the read. One from before it, often the last that was heard, says that the read
      // lags behind.
      if (overtakenAtMs !== undefined) return overtakenAtMs > sinceMs;
      const readers = new Set(concerned.flatMap((route) => [...route.sinks]));
      for (const sink of readers) sink.push({ kind: 'quote-read', ...quoteOf, quote, ...stampNow(clock) });
      return true;
    },
    onRefused: refuseUnknown,
    onFailed: logFailedRead,
    onRound: tellRound,
  });

  const silence = createSilenceWatch({
    clock,
    routes: () => routes.all(),
    isBusy: () => repair.isReading,
    readQuote: settings.readQuote,
    onFrozen: foundFrozen,
    onFailed: logFailedRead,
  });

  /** Tells each stream of those of `concerned` that are its own. */
  function tell(concerned: readonly KeptRoute[], event: ControlDraft): void {
    for (const sink of sinks.keys()) {
      const subscriptions = concerned
        .filter((each) => each.sinks.has(sink))
        .map(({ registration }) => registration.name);
      if (subscriptions.length > 0) sink.push({ ...event, brokerId, subscriptions, ...stampNow(clock) });
    }
  }

  function refuse(route: KeptRoute, refusal: StreamRefusal, only?: EventSink<MarketEvent>): void {
    const { reason, nativeCode, nativeMessage, next } = refusal;
    const event: ControlDraft = {
      kind: 'subscription-refused',
      reason,
      ...(nativeCode === undefined ? {} : { nativeCode }),
      ...(nativeMessage === undefined ? {} : { nativeMessage }),
      next,
    };
    if (only === undefined) tell([route], event);
    else only.push({ ...event, brokerId, subscriptions: [route.registration.name], ...stampNow(clock) });
    for (const sink of only === undefined ? [...route.sinks] : [only]) routes.leave(route, sink);
  }

  /** The quote of an issue is refused, and nothing of it has ever come: a broker that registers anything is silent about it. */
  function refuseUnknown(route: KeptRoute, { nativeCode, nativeMessage }: BrokerRefusalError): boolean {
    if (route.isKnown) return false;
    const { key } = route.registration;
    const holders = [...route.sinks].filter((sink) => registered.get(sink)?.delete(key) === true);
    refuse(route, { reason: 'QUOTE_REFUSED', nativeCode, nativeMessage, retry: 'NEVER', next: unknownNext });
    holders.forEach(() => {
      session.release(key);
    });
    return true;
  }

  function tellRound({ routes: concerned, sinceMs, repaired, outcome }: RepairRound<KeptRoute>): void {
    tell(concerned, { kind: 'backfilled', sinceMs, repaired, complete: outcome === 'WHOLE', ...roundWords[outcome] });
  }

  function logFailedRead(error: unknown): void {
    logger?.warn('quote-read-failed', { broker: brokerId, error: error instanceof Error ? error.name : 'UNKNOWN' });
  }

  function foundFrozen(route: KeptRoute, quietMs: number): void {
    route.staleTimes += 1;
    tell([route], {
      kind: 'stale',
      reason: 'VOLUME_WITHOUT_TRADES',
      quietMs,
      next: 'A read shows trades that did not come. The subscription is made anew; trust no older quote.',
    });
    gapSinceMs ??= clock.nowMs() - quietMs;
    if (route.staleTimes % 2 === 1) session.renew(route.registration.key);
    else session.reconnect('VOLUME_WITHOUT_TRADES');
  }

  function start(): void {
    stopListening = session.listen({
      confirmed({ key }) {
        const route = routes.get(key);
        if (route === undefined) return;
        route.isLive = true;
        route.heardAtMs = clock.monotonicMs();
        fresh.push(route);
      },
      refused({ key }, refusal) {
        const route = routes.get(key);
        if (route !== undefined) refuse(route, refusal);
      },
      settled() {
        if (fresh.length === 0) return;
        const concerned = fresh;
        fresh = [];
        const again = gapSinceMs !== undefined;
        const sinceMs = gapSinceMs ?? clock.nowMs();
        gapSinceMs = undefined;
        tell(concerned, { kind: 'connected', reason: again ? 'CONNECTED_AGAIN' : 'CONNECTED', next: 'Nothing to do.' });
        silence.interrupt();
        repair.begin(concerned, sinceMs);
      },
      lost({ reason, next, retryInMs, alarm, heardAtMs }) {
        silence.interrupt();
        const unreadSinceMs = repair.stop();
        fresh = [];
        const concerned = routes.all();
        const wasLive = concerned.filter(({ isLive }) => isLive);
        for (const route of concerned) route.isLive = false;
        tell(concerned, {
          kind: 'connection-lost',
          reason,
          next,
          alarm,
          ...(retryInMs === undefined ? {} : { retryInMs }),
        });
        if (wasLive.length === 0) return;
        gapSinceMs ??= unreadSinceMs ?? clock.nowMs() - (clock.monotonicMs() - (heardAtMs ?? clock.monotonicMs()));
        tell(wasLive, {
          kind: 'gap',
          sinceMs: gapSinceMs,
          reason,
          next: 'Quotes are stale until they are read again.',
        });
      },
    });
    silence.start();
  }

  function stop(): void {
    stopListening?.();
    stopListening = undefined;
    silence.stop();
    repair.stop();
    gapSinceMs = undefined;
    fresh = [];
  }

  function register(sink: EventSink<MarketEvent>, registrations: readonly MarketRegistration[]): void {
    for (const registration of registrations) {
      if (!sinks.has(sink)) return;
      const refusal = session.register(registration);
      if (refusal === undefined) registered.get(sink)?.add(registration.key);
      else refuse(routes.of(registration), refusal, sink);
    }
  }

  function leave(sink: EventSink<MarketEvent>): void {
    for (const { key } of sinks.get(sink) ?? []) {
      const route = routes.get(key);
      if (route === undefined || !routes.leave(route, sink)) continue;
      if (registered.get(sink)?.has(key) === true) session.release(key);
    }
    sinks.delete(sink);
    registered.delete(sink);
    if (sinks.size === 0) stop();
  }

  return {
    stream: {
      brokerId,
      open(subscriptions, options = {}) {
        const byKey = new Map(subscriptions.map(settings.toRegistration).map((each) => [each.key, each]));
        const registrations = [...byKey.values()];
        const sink = createEventStream<MarketEvent>({
          brokerId,
          clock,
          logger,
          overflow: 'CONFLATE_PER_SYMBOL',
          subscriptions: registrations.map(({ name }) => name),
          ...(settings.queueMax === undefined ? {} : { queueMax: settings.queueMax }),
          signal: options.signal,
          onClose() {
            leave(sink);
          },
        });
        sinks.set(sink, registrations);
        registered.set(sink, new Set());
        if (stopListening === undefined) start();
        for (const registration of registrations) routes.of(registration).sinks.add(sink);
        // After the caller has the stream: what becomes of its subscriptions is told by events.
        queueMicrotask(() => {
          register(sink, registrations);
        });
        return sink.stream;
      },
    },
    route: (key) => routes.get(key),
    drift(keyPrefix, reason, facts, next) {
      const told = JSON.stringify([keyPrefix, reason, facts]);
      if (toldDrifts.has(told) || toldDrifts.size >= driftsMax) return;
      toldDrifts.add(told);
      const concerned = routes.all().filter(({ registration }) => registration.key.startsWith(keyPrefix));
      logger?.warn('stream-drift', { broker: brokerId, reason });
      tell(concerned, { kind: 'drift', reason, facts, next });
    },
    close() {
      for (const sink of sinks.keys()) sink.end();
      for (const sink of [...sinks.keys()]) leave(sink);
    },
  };
}

/** Drifts that are told in the life of a session: after so many, garbage is all there is. */
const driftsMax = 200;

const unknownNext =
  'The broker takes the registration and refuses the quote: the issue may not exist, or not on this venue. Check the symbol. The registration was given back; the others live on.';

/** What a round of reads after a hole is told as. */
const roundWords: Readonly<
  Record<RepairRound<KeptRoute>['outcome'], { readonly reason: string; readonly next: string }>
> = {
  WHOLE: {
    reason: 'READ_BY_REST',
    next: 'The last quotes are told. Trades that were missed are in the volume only.',
  },
  AGAIN: {
    reason: 'READ_FAILED',
    next: 'Some quotes could not be read. They are read again, seven times in two minutes; until then the gap stands.',
  },
  GIVEN_UP: {
    reason: 'READ_GIVEN_UP',
    next: 'Some quotes could not be read in two minutes, and are not tried again before the next connection. The gap stands: read them by REST. If nothing of a symbol ever came, it may not exist.',
  },
};
