import { kstEpochMs, timeOfDayMs, tradingDate } from '@qts/core';
import { type VenueMarket, createMarket } from '@qts/venue-sim';
import { type Schedule } from '../schedule.ts';
import { simulatedAccounts } from '../simulated-accounts.ts';
import { type Story, createStory } from '../story.ts';
import { type Draw, createDraw } from './draw.ts';
import { placeByOthers, prepareMarket, simulatedDate, simulatedInstruments } from './market.ts';
import { type Seat, buildSeat } from './seat.ts';
import { type VirtualTime, createVirtualTime } from './virtual-time.ts';

/** Everything that the programs under trial share: one time, one market, one seed; and a seat for each of them. */
export interface World {
  readonly schedule: Schedule;
  readonly startMs: number;
  readonly time: VirtualTime;
  readonly story: Story;
  readonly market: VenueMarket;
  readonly seats: readonly [Seat, ...Seat[]];
}

/** What the parts of a world are built of. */
export type WorldBase = Omit<World, 'seats'> & { readonly draw: Draw };

/** Before this long, ms, KIS gives a key no second token: the day's first is asked for earlier. */
export const tokenPauseMs = 61_000;

const date = tradingDate(simulatedDate);
const marketEndsMs = kstEpochMs(date, timeOfDayMs('15:30'));

/** @param untilMs when the market's own flow may end, epoch ms */
export function buildWorld(schedule: Schedule, untilMs: (startMs: number) => number, keepsTrace: boolean): World {
  const { seed, settings } = schedule;
  const draw = createDraw(seed).fork(10);
  const startMs = kstEpochMs(date, settings.startsAtMs);
  const time = createVirtualTime(startMs - tokenPauseMs, draw.fork(1));
  const story = createStory(() => time.nowMs, startMs, keepsTrace);
  const market = createMarket({
    ...{ tradingDate: simulatedDate, seed, instruments: simulatedInstruments, clock: time.venueClock },
    accounts: settings.accounts.map(({ broker }) => simulatedAccounts[broker]),
    prepare: (exchange) => {
      prepareMarket(exchange, draw.fork(2), startMs, Math.min(untilMs(startMs), marketEndsMs));
      for (const account of settings.accounts) {
        placeByOthers(exchange, startMs, simulatedAccounts[account.broker].accountId, account);
      }
    },
  });
  // A stream speaks when it has something to say, and not when it is asked.
  if (settings.accounts.some(({ streams }) => streams)) time.drive(market.exchange);
  const base: WorldBase = { schedule, startMs, time, story, market, draw };
  const [first, ...others] = settings.accounts;
  return {
    ...base,
    seats: [buildSeat(base, first, 0), ...others.map((account, index) => buildSeat(base, account, index + 1))],
  };
}
