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
   * Whether events have told a greater volume of this issue today than `volume`: a read that says so little was made
   * before them, and would set readers back. A new day begins at nothing.
   */
  isOvertaken(quoteOf: QuoteOf, volume: number): boolean;
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
    isOvertaken({ symbol, venue }, volume) {
      const today = kstDate(clock.nowMs());
      return [...routes.values()].some(
        ({ registration: { quoteOf }, streamedVolume = 0, streamedAtMs }) =>
          quoteOf?.symbol === symbol &&
          quoteOf.venue === venue &&
          streamedVolume > volume &&
          kstDate(streamedAtMs) === today,
      );
    },
  };
}
