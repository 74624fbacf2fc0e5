import {
  type BrokerRefusalError,
  type Clock,
  type Logger,
  type MarketDataStream,
  type MarketEvent,
  type MarketSubscription,
  type Quote,
  type StreamControl,
  type StreamDrift,
  type StreamStamp,
  type SymbolCode,
  type Timer,
  type Venue,
} from '@qts/core';
import { type Registration } from '../websocket/registration-book.ts';
import { type StreamRefusal } from '../websocket/stream-protocol.ts';
import { type StreamSession } from '../websocket/stream-session.ts';
import { createEventStream, type EventSink } from './event-stream.ts';
import { createQuoteRepair, type QuoteOf, type RepairRound } from './quote-repair.ts';

/** Without an event of a subscription for so long, a quote is read to see whether there should have been one, ms. */
const watchMs = 60_000;
/** How often silent subscriptions are looked for, ms: with the wait above, a frozen feed is found within 65 s. */
const lookMs = 4_000;

/** A subscription in the broker's words. */
export interface MarketRegistration extends Registration {
  /** Whose quote shows whether something was missed; absent for a feed that has none. */
  readonly quoteOf?: QuoteOf;
}

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

/** Where the events of one registration go. */
export interface MarketRoute {
  readonly registration: MarketRegistration;
  /** Hands an event to every stream that subscribed. */
  deliver(event: MarketEvent): void;
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

interface OwnRoute extends MarketRoute {
  readonly sinks: Set<EventSink<MarketEvent>>;
  /** Somebody still listens. */
  readonly isWanted: boolean;
  isLive: boolean;
  /** Something of it has come, or was read: the broker knows the issue. */
  isKnown: boolean;
  heardAtMs: number;
  volume: number | undefined;
  staleTimes: number;
}

type Plain<Event> = Event extends unknown ? Omit<Event, keyof StreamStamp | 'brokerId' | 'subscriptions'> : never;

/** Makes market data streams over one session: shared registrations, quotes read after every hole, silent feeds found. */
export function createMarketStreamHub(settings: MarketStreamHubSettings): MarketStreamHub {
  const { brokerId, clock, logger, session } = settings;
  const routes = new Map<string, OwnRoute>();
  const sinks = new Map<EventSink<MarketEvent>, readonly MarketRegistration[]>();
  /** Keys that a stream holds a share of: only those does it give back. */
  const registered = new Map<EventSink<MarketEvent>, Set<string>>();
  const toldDrifts = new Set<string>();
  /** Confirmed since the last time that everything was settled: they are read and told together. */
  let fresh: OwnRoute[] = [];
  let gapSinceMs: number | undefined;
  let looking: AbortController | undefined;
  let stopListening: (() => void) | undefined;
  let timer: Timer | undefined;

  const repair = createQuoteRepair<OwnRoute>({
    clock,
    readQuote: settings.readQuote,
    onQuote(route, quote) {
      const { quoteOf } = route.registration;
      if (quoteOf === undefined) return;
      route.isKnown = true;
      route.volume = Math.max(route.volume ?? 0, quote.volume);
      for (const sink of route.sinks) sink.push({ kind: 'quote-read', ...quoteOf, quote, ...stamp() });
    },
    onRefused: refuseUnknown,
    onFailed: logFailedRead,
    onRound: tellRound,
  });

  const stamp = (): StreamStamp => ({ receivedMonotonicMs: clock.monotonicMs(), receivedAtMs: clock.nowMs() });

  /** Tells each stream of those of `concerned` that are its own. */
  function tell(concerned: readonly OwnRoute[], event: Plain<StreamControl>): void {
    for (const sink of sinks.keys()) {
      const subscriptions = concerned
        .filter((each) => each.sinks.has(sink))
        .map(({ registration }) => registration.name);
      if (subscriptions.length > 0) sink.push({ ...event, brokerId, subscriptions, ...stamp() });
    }
  }

  function routeOf(registration: MarketRegistration): OwnRoute {
    const known = routes.get(registration.key);
    if (known !== undefined) return known;
    const route: OwnRoute = {
      registration,
      sinks: new Set(),
      get isWanted() {
        return route.sinks.size > 0;
      },
      isLive: false,
      isKnown: false,
      heardAtMs: clock.monotonicMs(),
      volume: undefined,
      staleTimes: 0,
      deliver(event) {
        route.heardAtMs = event.receivedMonotonicMs;
        route.isKnown = true;
        if ('accumulatedVolume' in event) route.volume = event.accumulatedVolume;
        for (const sink of route.sinks) sink.push(event);
      },
    };
    routes.set(registration.key, route);
    return route;
  }

  function refuse(route: OwnRoute, refusal: StreamRefusal, only?: EventSink<MarketEvent>): void {
    const { reason, nativeCode, nativeMessage, next } = refusal;
    const event: Plain<StreamControl> = {
      kind: 'subscription-refused',
      reason,
      ...(nativeCode === undefined ? {} : { nativeCode }),
      ...(nativeMessage === undefined ? {} : { nativeMessage }),
      next,
    };
    if (only === undefined) tell([route], event);
    else only.push({ ...event, brokerId, subscriptions: [route.registration.name], ...stamp() });
    for (const sink of only === undefined ? [...route.sinks] : [only]) route.sinks.delete(sink);
    if (route.sinks.size === 0) routes.delete(route.registration.key);
  }

  /** The quote of an issue is refused, and nothing of it has ever come: a broker that registers anything is silent about it. */
  function refuseUnknown(route: OwnRoute, { nativeCode, nativeMessage }: BrokerRefusalError): boolean {
    if (route.isKnown) return false;
    const { key } = route.registration;
    const holders = [...route.sinks].filter((sink) => registered.get(sink)?.delete(key) === true);
    refuse(route, { reason: 'QUOTE_REFUSED', nativeCode, nativeMessage, retry: 'NEVER', next: unknownNext });
    holders.forEach(() => {
      session.release(key);
    });
    return true;
  }

  function tellRound({ routes: concerned, sinceMs, repaired, outcome }: RepairRound<OwnRoute>): void {
    tell(concerned, { kind: 'backfilled', sinceMs, repaired, complete: outcome === 'WHOLE', ...roundWords[outcome] });
  }

  /** Compares subscriptions that are silent with a read (execution-safety 15). One read at a time. */
  async function look(): Promise<void> {
    const now = clock.monotonicMs();
    const silent = [...routes.values()].filter(
      (route) => route.isLive && route.registration.quoteOf !== undefined && now - route.heardAtMs >= watchMs,
    );
    if (repair.isReading || looking !== undefined || silent.length === 0) return;
    const controller = new AbortController();
    looking = controller;
    const volumes = new Map<string, number>();
    for (const route of silent) {
      const { quoteOf } = route.registration;
      if (quoteOf === undefined) continue;
      const quietMs = Math.round(clock.monotonicMs() - route.heardAtMs);
      try {
        const { symbol, venue } = quoteOf;
        const key = `${symbol} ${venue}`;
        const volume = volumes.get(key) ?? (await settings.readQuote(symbol, venue, controller.signal)).volume;
        if (controller.signal.aborted) return;
        volumes.set(key, volume);
        // Something came while the read was under way: it is not silent.
        if (clock.monotonicMs() - route.heardAtMs < watchMs) continue;
        route.heardAtMs = clock.monotonicMs();
        const missed = route.volume !== undefined && volume > route.volume;
        route.volume = volume;
        if (missed) foundFrozen(route, quietMs);
      } catch (error) {
        if (controller.signal.aborted) return;
        logFailedRead(error);
      }
    }
    looking = undefined;
  }

  function logFailedRead(error: unknown): void {
    logger?.warn('quote-read-failed', { broker: brokerId, error: error instanceof Error ? error.name : 'UNKNOWN' });
  }

  function stopLooking(): void {
    looking?.abort();
    looking = undefined;
  }

  function foundFrozen(route: OwnRoute, quietMs: number): void {
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

  function lookAgain(): void {
    timer = clock.setTimer(() => {
      void look();
      lookAgain();
    }, lookMs);
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
        stopLooking();
        repair.begin(concerned, sinceMs);
      },
      lost({ reason, next, retryInMs, alarm, heardAtMs }) {
        stopLooking();
        const unreadSinceMs = repair.stop();
        fresh = [];
        const concerned = [...routes.values()];
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
    lookAgain();
  }

  function stop(): void {
    stopListening?.();
    stopListening = undefined;
    timer?.cancel();
    stopLooking();
    repair.stop();
    gapSinceMs = undefined;
    fresh = [];
  }

  function register(sink: EventSink<MarketEvent>, registrations: readonly MarketRegistration[]): void {
    for (const registration of registrations) {
      if (!sinks.has(sink)) return;
      const refusal = session.register(registration);
      if (refusal === undefined) registered.get(sink)?.add(registration.key);
      else refuse(routeOf(registration), refusal, sink);
    }
  }

  function leave(sink: EventSink<MarketEvent>): void {
    for (const { key } of sinks.get(sink) ?? []) {
      const route = routes.get(key);
      if (route?.sinks.delete(sink) !== true) continue;
      if (route.sinks.size === 0) routes.delete(key);
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
        for (const registration of registrations) routeOf(registration).sinks.add(sink);
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
      const concerned = [...routes.values()].filter(({ registration }) => registration.key.startsWith(keyPrefix));
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
  Record<RepairRound<OwnRoute>['outcome'], { readonly reason: string; readonly next: string }>
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
