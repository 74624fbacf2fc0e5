import { BrokerRefusalError, type Clock, type Quote, type SymbolCode, type Timer, type Venue } from '@qts/core';

/** Waits before reads that are repeated, ms: after them the repair is given up. Seven reads in about two minutes. */
const waitsMs: readonly number[] = [2_000, 4_000, 8_000, 16_000, 30_000, 60_000];

/** Whose quote shows what was missed. */
export interface QuoteOf {
  readonly symbol: SymbolCode;
  readonly venue: Venue;
}

/** What a hole tore open. */
interface RepairedRoute {
  readonly registration: { readonly quoteOf?: QuoteOf };
  /** Whether anybody still listens. */
  readonly isWanted: boolean;
}

/** What a round of reads came to. */
export interface RepairRound<Route> {
  /** Everything that the hole concerned. */
  readonly routes: readonly Route[];
  readonly sinceMs: number;
  /** Quotes that were read since the hole, each once. */
  readonly repaired: number;
  /** `AGAIN`: some could not be read, and are tried again. `GIVEN_UP`: and are not. */
  readonly outcome: 'WHOLE' | 'AGAIN' | 'GIVEN_UP';
}

export interface QuoteRepairSettings<Route> {
  readonly clock: Clock;
  readonly readQuote: (symbol: SymbolCode, venue: Venue, signal: AbortSignal) => Promise<Quote>;
  /**
   * Told once for each read, with all the routes that waited for it, and since when they missed something. Answers whether
   * that is known now: a read may be older than the hole.
   */
  readonly onQuote: (routes: readonly Route[], quoteOf: QuoteOf, quote: Quote, sinceMs: number) => boolean;
  /** The broker says no for a reason that it lists; reading again would not help. Answers whether that ends the route. */
  readonly onRefused: (route: Route, error: BrokerRefusalError) => boolean;
  readonly onFailed: (error: unknown) => void;
  readonly onRound: (round: RepairRound<Route>) => void;
}

/** Reads the quotes of what a hole concerned, one after the other, and those that failed again, with a pace and a limit. */
export interface QuoteRepair<Route> {
  /** A round of reads is under way. */
  readonly isReading: boolean;
  /** Begins at once, together with what an earlier hole still waits for. */
  begin(routes: readonly Route[], sinceMs: number): void;
  /** Gives up what waits. Answers since when it was missed; `undefined`: nothing waited. */
  stop(): number | undefined;
}

interface Job<Route> {
  readonly routes: Set<Route>;
  readonly unread: Set<Route>;
  readonly sinceMs: number;
  repaired: number;
  failures: number;
}

/** Routes whose quote is the same. */
interface SharedRead<Route> {
  readonly quoteOf: QuoteOf;
  readonly routes: Route[];
}

/** Makes a repair that waits for its first hole. */
export function createQuoteRepair<Route extends RepairedRoute>(
  settings: QuoteRepairSettings<Route>,
): QuoteRepair<Route> {
  const { clock } = settings;
  let job: Job<Route> | undefined;
  let reading: AbortController | undefined;
  let timer: Timer | undefined;

  function pauseReads(): void {
    timer?.cancel();
    timer = undefined;
    reading?.abort();
    reading = undefined;
  }

  /** One read for each symbol and venue, however many routes look at it. `undefined`: it was stopped meanwhile. */
  async function readAll({ unread, sinceMs }: Job<Route>, signal: AbortSignal): Promise<number | undefined> {
    let answered = 0;
    for (const { quoteOf, routes } of byQuote(unread)) {
      const wanted = routes.filter((route) => route.isWanted);
      const answer = wanted.length === 0 ? undefined : await readOne(quoteOf, signal);
      if (signal.aborted) return undefined;
      if (answer === undefined) continue;
      if (!(answer instanceof Error)) {
        if (!settings.onQuote(wanted, quoteOf, answer, sinceMs)) continue;
        answered += 1;
        for (const route of wanted) unread.delete(route);
      } else if (isListedRefusal(answer)) {
        for (const route of wanted) if (settings.onRefused(route, answer)) unread.delete(route);
      }
    }
    for (const route of unread) if (!route.isWanted || route.registration.quoteOf === undefined) unread.delete(route);
    return answered;
  }

  async function readOne({ symbol, venue }: QuoteOf, signal: AbortSignal): Promise<Quote | Error> {
    try {
      return await settings.readQuote(symbol, venue, signal);
    } catch (error) {
      // A read that another one took the place of, or that a close ended, did not fail.
      if (!signal.aborted) settings.onFailed(error);
      return error instanceof Error ? error : new Error('The read failed.');
    }
  }

  async function round(current: Job<Route>): Promise<void> {
    const controller = new AbortController();
    reading = controller;
    const repaired = await readAll(current, controller.signal);
    if (repaired === undefined) return;
    reading = undefined;
    current.repaired += repaired;
    const waitMs = waitsMs[current.failures];
    const outcome = current.unread.size === 0 ? 'WHOLE' : waitMs === undefined ? 'GIVEN_UP' : 'AGAIN';
    if (outcome === 'AGAIN' && waitMs !== undefined) {
      current.failures += 1;
      timer = clock.setTimer(() => void round(current), waitMs);
    } else job = undefined;
    settings.onRound({ routes: [...current.routes], sinceMs: current.sinceMs, repaired: current.repaired, outcome });
  }

  return {
    get isReading() {
      return reading !== undefined;
    },
    begin(routes, sinceMs) {
      pauseReads();
      const waiting = job;
      job = {
        routes: new Set([...(waiting?.routes ?? []), ...routes]),
        unread: new Set([...(waiting?.unread ?? []), ...routes]),
        sinceMs: Math.min(waiting?.sinceMs ?? sinceMs, sinceMs),
        repaired: waiting?.repaired ?? 0,
        failures: 0,
      };
      void round(job);
    },
    stop() {
      pauseReads();
      const sinceMs = job?.sinceMs;
      job = undefined;
      return sinceMs;
    },
  };
}

/** Routes that one read serves; those that have no quote are in none. */
function byQuote<Route extends RepairedRoute>(routes: Iterable<Route>): readonly SharedRead<Route>[] {
  const shared = new Map<string, SharedRead<Route>>();
  for (const route of routes) {
    const { quoteOf } = route.registration;
    if (quoteOf === undefined) continue;
    const key = `${quoteOf.symbol} ${quoteOf.venue}`;
    const known = shared.get(key);
    if (known === undefined) shared.set(key, { quoteOf, routes: [route] });
    else known.routes.push(route);
  }
  return [...shared.values()];
}

/** The order back end, not the gateway, refused for a reason that its sheet lists: such as an issue that is not there. */
function isListedRefusal(error: Error): error is BrokerRefusalError {
  return BrokerRefusalError.isInstance(error) && error.code === 'ORDER_REFUSED';
}
