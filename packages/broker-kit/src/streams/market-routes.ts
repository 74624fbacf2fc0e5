import { type Clock, type MarketEvent, kstDate } from '@qts/core';
import { type Registration } from '../websocket/registration-book.ts';
import { type EventSink } from './event-stream.ts';
import { type QuoteOf } from './quote-repair.ts';

/** A subscription in the broker's words. */
export interface MarketRegistration extends Registration {
  /** Whose quote shows whether something was missed; absent for a feed that has none. */
  readonly quoteOf?: QuoteOf;
}

/** Where the events of one registration go. */
export interface MarketRoute {
  readonly registration: MarketRegistration;
  /** Hands an event to every stream that subscribed. */
  deliver(event: MarketEvent): void;
}

/** A route, with what the hub has to know of it. */
export interface KeptRoute extends MarketRoute {
  readonly sinks: Set<EventSink<MarketEvent>>;
  /** Somebody still listens. */
  readonly isWanted: boolean;
  isLive: boolean;
  /** Something of it has come, or was read: the broker knows the issue. */
  isKnown: boolean;
  /** When something of it last came, monotonic ms. */
  heardAtMs: number;
  /** The day's volume as it was last told, by an event or by a read. */
  volume: number | undefined;
  /** The day's volume as an event last told it. */
  streamedVolume: number | undefined;
  /** When it did, by the wall clock. */
  streamedAtMs: number;
  staleTimes: number;
}

/** The routes of one session, each as long as a stream wants it. */
export interface MarketRoutes {
  get(key: string): KeptRoute | undefined;
  all(): readonly KeptRoute[];
  /** The route of a registration; made when there is none. */
  of(registration: MarketRegistration): KeptRoute;
  /** Takes a stream off a route, and the route away when it was the last. `false`: it was not on it. */
  leave(route: KeptRoute, sink: EventSink<MarketEvent>): boolean;
  /**
   * When an event of today last told a greater volume of this issue than `volume`, by the wall clock: a read that says so
   * little is older than that event, and would set readers back. `undefined`: none did. A new day begins at nothing.
   */
  overtakenAtMs(quoteOf: QuoteOf, volume: number): number | undefined;
}

/** Makes an empty set of routes. */
export function createMarketRoutes(clock: Pick<Clock, 'monotonicMs' | 'nowMs'>): MarketRoutes {
  const routes = new Map<string, KeptRoute>();

  function make(registration: MarketRegistration): KeptRoute {
    const route: KeptRoute = {
      registration,
      sinks: new Set(),
      get isWanted() {
        return route.sinks.size > 0;
      },
      isLive: false,
      isKnown: false,
      heardAtMs: clock.monotonicMs(),
      volume: undefined,
      streamedVolume: undefined,
      streamedAtMs: 0,
      staleTimes: 0,
      deliver(event) {
        route.heardAtMs = event.receivedMonotonicMs;
        route.isKnown = true;
        if ('accumulatedVolume' in event) {
          route.volume = event.accumulatedVolume;
          route.streamedVolume = event.accumulatedVolume;
          route.streamedAtMs = event.receivedAtMs;
        }
        for (const sink of route.sinks) sink.push(event);
      },
    };
    routes.set(registration.key, route);
    return route;
  }

  return {
    get: (key) => routes.get(key),
    all: () => [...routes.values()],
    of: (registration) => routes.get(registration.key) ?? make(registration),
    leave(route, sink) {
      const wasOn = route.sinks.delete(sink);
      const { key } = route.registration;
      if (route.sinks.size === 0 && routes.get(key) === route) routes.delete(key);
      return wasOn;
    },
    overtakenAtMs({ symbol, venue }, volume) {
      const today = kstDate(clock.nowMs());
      let overtakenAtMs: number | undefined;
      for (const { registration, streamedVolume = 0, streamedAtMs } of routes.values()) {
        const { quoteOf } = registration;
        if (quoteOf?.symbol !== symbol || quoteOf.venue !== venue) continue;
        if (streamedVolume <= volume || kstDate(streamedAtMs) !== today) continue;
        overtakenAtMs = Math.max(overtakenAtMs ?? 0, streamedAtMs);
      }
      return overtakenAtMs;
    },
  };
}
