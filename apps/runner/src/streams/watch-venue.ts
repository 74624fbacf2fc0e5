import { type Clock, ConfigurationError, kstEpochMs, timeOfDayMs, tradingDate } from '@qts/core';
import { tickSize } from '@qts/krx';
import {
  type Exchange,
  type Instrument,
  type VenueFaultId,
  type VenueSim,
  createAcceleratedClock,
  createMarket,
  venueFaults,
} from '@qts/venue-sim';
import { type RunnerBroker } from '../brokers/runner-broker.ts';
import { type RunnerConfig } from '../config/runner-config.ts';
import { loadReplayDay } from '../market-data/replay-day.ts';
import { createSeededRandom } from '../sim/seeded.ts';

/** A fault that the venue of a watch has, so many seconds after its start: `W02-cut@5`. */
export interface WatchFault {
  readonly fault: VenueFaultId;
  readonly afterSeconds: number;
}

/** A market of one's own to watch. */
export interface WatchMarket {
  /** What each broker is to be reached at, in the order in which they were named. */
  readonly venues: readonly VenueSim[];
  /** The market's time, at the speed of the machine's. */
  readonly clock: Clock;
  close(): Promise<void>;
}

/** An order of the modelled flow every so often and issue, ms: a pace that people can read. */
const paceMs = 300;
const restingOrdersMax = 60;
const ticksAwayMax = 5;
const quantityMax = 100;

/** When the day of the venue begins: in the middle of continuous trading. */
const startsAt = timeOfDayMs('10:00');

/**
 * Reads `W02-cut@5`.
 *
 * @throws {ConfigurationError} when it names no fault
 */
export function parseWatchFault(text: string): WatchFault {
  const [id = '', seconds = '0', more] = text.split('@');
  const known = venueFaults.find((each) => each.id === id);
  if (known === undefined || more !== undefined || !/^\d{1,6}$/.test(seconds)) {
    throw new ConfigurationError({
      code: 'FAULT_UNKNOWN',
      summary: 'This names no fault of the simulated venue. Nothing was started.',
      facts: { field: '--fault', found: text.slice(0, 60) },
      next: 'Give an id of docs/reference/venue-faults.md, and after @ the second at which it may strike: W02-cut@5.',
    });
  }
  return { fault: known.id, afterSeconds: Number(seconds) };
}

/**
 * Opens a market with a venue on loopback for each broker. It lists the issues of the recorded day, with order flow that is
 * modelled: prices move, and nobody's history is told.
 *
 * @param faults strike at the venue of the first broker: the others go on.
 * @throws {VenueError} when the port cannot be had or a fault cannot be
 */
export async function openWatchMarket(
  config: RunnerConfig,
  brokers: readonly RunnerBroker[],
  machine: Clock,
  faults: readonly WatchFault[],
): Promise<WatchMarket> {
  const date = tradingDate(config.sim.date);
  const listed = new Set([...config.symbols, ...watchedByDefault]);
  const { instruments } = loadReplayDay({ date, symbols: [...listed] });
  const startMs = kstEpochMs(date, startsAt);
  const clock = createAcceleratedClock({ startMs, speed: 1 });
  const accounts = brokers.map(({ id, demoAccount }) => ({
    ...demoAccount,
    accountId: `${config.account} ${id}`,
    cashKrw: config.sim.cashKrw,
    terms: { feePartsPerBillion: config.costs.feePartsPerBillion },
  }));
  const market = createMarket({
    ...{ tradingDate: date, instruments, accounts, clock, seed: config.sim.seed },
    prepare: (exchange) => {
      instruments.forEach((instrument, index) => {
        scheduleFlow(exchange, instrument, createSeededRandom(config.sim.seed + index), startMs);
      });
    },
  });
  const venues: VenueSim[] = [];
  try {
    for (const [index, { id: dialect }] of brokers.entries()) {
      const port = config.sim.port === 0 ? 0 : config.sim.port + index;
      const own = accounts.slice(index, index + 1);
      venues.push(await market.open({ dialect, environment: 'LIVE', accounts: own, port }));
    }
    for (const { fault, afterSeconds } of faults) {
      venues[0]?.faults.plan({ fault, when: { atMs: startMs + afterSeconds * 1_000 } });
    }
  } catch (error) {
    await market.close();
    throw error;
  }
  return { venues, clock: { ...machine, nowMs: () => clock.nowMs() }, close: () => market.close() };
}

/** The issues of which a day is recorded and that a watch can therefore be opened on, whatever the configuration names. */
const watchedByDefault: readonly string[] = ['005930', '000660', '035420', '005380', '068270', '035720', '207940'];

/** Limit orders around the last price, most of which rest and some of which trade. */
function scheduleFlow(exchange: Exchange, instrument: Instrument, random: () => number, startMs: number): void {
  const { symbol, market, productClass } = instrument;
  const resting: number[] = [];
  const below = (most: number): number => Math.floor(random() * most);
  const enter = (): void => {
    const { lastPriceKrw, upperLimitKrw, lowerLimitKrw } = exchange.getInstrument(symbol) ?? {};
    if (lastPriceKrw !== undefined && upperLimitKrw !== undefined && lowerLimitKrw !== undefined) {
      const tick = tickSize({ productClass, market, tradingDate: exchange.tradingDate, priceKrw: lastPriceKrw });
      const side = below(2) === 0 ? 'BUY' : 'SELL';
      // One tick of overlap: most orders rest, some trade.
      const away = (below(ticksAwayMax + 1) - 1) * tick;
      const priceKrw = side === 'BUY' ? lastPriceKrw - away : lastPriceKrw + away;
      const placed = exchange.placeOrder({
        ...{ symbol, side, quantity: 1 + below(quantityMax), stopPriceKrw: 0 },
        ...{ orderType: 'LIMIT', timeInForce: 'DAY', session: 'REGULAR' },
        limitPriceKrw: Math.min(upperLimitKrw, Math.max(lowerLimitKrw, priceKrw)),
      });
      if (placed.ok) resting.push(placed.order.orderNumber);
      const oldest = resting.length > restingOrdersMax ? resting.shift() : undefined;
      if (oldest !== undefined) exchange.cancelOrder({ orderNumber: oldest });
    }
    exchange.schedule(exchange.nowMs + paceMs, enter);
  };
  // The day begins with its auction; what the watch sees begins with books that are full.
  exchange.schedule(startMs - 30_000, enter);
}
