import { type Clock, type Quote, type SymbolCode, type Timer, type Venue } from '@qts/core';
import { type KeptRoute } from './market-routes.ts';

/** Without an event of a subscription for so long, a quote is read to see whether there should have been one, ms. */
const watchMs = 60_000;
/** How often silent subscriptions are looked for, ms: with the wait above, a frozen feed is found within 65 s. */
const lookMs = 4_000;

export interface SilenceWatchSettings {
  readonly clock: Clock;
  readonly routes: () => readonly KeptRoute[];
  /** Other reads are under way: this one waits for the next look. */
  readonly isBusy: () => boolean;
  readonly readQuote: (symbol: SymbolCode, venue: Venue, signal: AbortSignal) => Promise<Quote>;
  /** A read shows trades that did not come for so long, ms. */
  readonly onFrozen: (route: KeptRoute, quietMs: number) => void;
  readonly onFailed: (error: unknown) => void;
}

/** Compares subscriptions that are silent with a read (execution-safety 15). One read at a time. */
export interface SilenceWatch {
  start(): void;
  /** Ends a look that is under way; the next one comes. */
  interrupt(): void;
  stop(): void;
}

/** Makes a watch that does not look yet. */
export function createSilenceWatch(settings: SilenceWatchSettings): SilenceWatch {
  const { clock } = settings;
  let looking: AbortController | undefined;
  let timer: Timer | undefined;

  async function look(): Promise<void> {
    const now = clock.monotonicMs();
    const silent = settings
      .routes()
      .filter((route) => route.isLive && route.registration.quoteOf !== undefined && now - route.heardAtMs >= watchMs);
    if (settings.isBusy() || looking !== undefined || silent.length === 0) return;
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
        if (missed) settings.onFrozen(route, quietMs);
      } catch (error) {
        if (controller.signal.aborted) return;
        settings.onFailed(error);
      }
    }
    looking = undefined;
  }

  function interrupt(): void {
    looking?.abort();
    looking = undefined;
  }

  function start(): void {
    timer = clock.setTimer(() => {
      void look();
      start();
    }, lookMs);
  }

  return {
    start,
    interrupt,
    stop() {
      timer?.cancel();
      interrupt();
    },
  };
}
