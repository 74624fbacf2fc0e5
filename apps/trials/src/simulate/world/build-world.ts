import { type StoredToken, type TokenStore, kstEpochMs, timeOfDayMs, tradingDate } from '@qts/core';
import { type InMemoryVenue, createInMemoryVenue } from '@qts/venue-sim';
import { type Judge, createJudge } from '../judge/judge.ts';
import { type JudgeAccess, askToken } from '../judge/wire.ts';
import { type DrawnFault, type Schedule } from '../schedule.ts';
import { simulatedAccount } from '../simulated-account.ts';
import { type Story, createStory } from '../story.ts';
import { type Disk, type DiskFaultId, createDisk } from './disk.ts';
import { type Draw, createDraw } from './draw.ts';
import { placeByOthers, prepareMarket, simulatedDate, simulatedInstruments } from './market.ts';
import { type Network, type NetworkFaultId, createNetwork } from './network.ts';
import { createTokenShelf } from './token-shelf.ts';
import { type VirtualTime, createVirtualTime } from './virtual-time.ts';

/** Everything around the program under trial: one time, one venue, one disk, one network, one judge, one seed. */
export interface World {
  readonly schedule: Schedule;
  readonly startMs: number;
  readonly draw: Draw;
  readonly time: VirtualTime;
  readonly story: Story;
  readonly venue: InMemoryVenue;
  readonly disk: Disk;
  readonly network: Network;
  readonly judge: Judge;
  readonly tokenStore: TokenStore & { readonly token: StoredToken | undefined };
  readonly access: JudgeAccess;
  /** Lets faults strike, or lets everything be well from now on; what is under way may still land. */
  setFaults(on: boolean): void;
  /** Who hears that a fault broke the journal. */
  onJournalBroken: () => void;
  /** Who hears of writes to the journal. */
  onWrite: (moment: 'BEFORE' | 'AFTER') => void;
}

/** Before this long, ms, the venue gives the key no second token: the day's first is asked for earlier. */
export const tokenPauseMs = 61_000;

const date = tradingDate(simulatedDate);
const marketEndsMs = kstEpochMs(date, timeOfDayMs('15:30'));

/** Requests a second that the broker allows a key on the simulated date (KIS notice, effective 2026-04-20). */
const requestsPerSecond = { LIVE: 18, PAPER: 1 } as const;

/** @param untilMs when the market's own flow may end, epoch ms */
export function buildWorld(schedule: Schedule, untilMs: (startMs: number) => number, keepsTrace: boolean): World {
  const { seed, settings, faults } = schedule;
  const { environment } = settings;
  const draw = createDraw(seed).fork(10);
  const startMs = kstEpochMs(date, settings.startsAtMs);
  const time = createVirtualTime(startMs - tokenPauseMs, draw.fork(1));
  const story = createStory(() => time.nowMs, startMs, keepsTrace);
  const venue = createInMemoryVenue({
    ...{ dialect: 'kis', environment, tradingDate: simulatedDate, seed },
    instruments: simulatedInstruments,
    accounts: [simulatedAccount],
    clock: time.venueClock,
    prepare: (exchange) => {
      prepareMarket(exchange, draw.fork(2), startMs, Math.min(untilMs(startMs), marketEndsMs));
      placeByOthers(exchange, startMs, simulatedAccount.accountId, settings);
    },
    kis: { orderVisibilityDelayMs: settings.orderVisibilityDelayMs },
  });
  const strikes =
    (layer: string) =>
    (id: string): void => {
      story.count(`${layer} ${id}`);
      story.note(`${layer}-fault`, id);
    };
  const countDisk = strikes('disk');
  const disk = createDisk({
    ...{ time, draw: draw.fork(3), rates: ratesOf<DiskFaultId>(faults, 'DISK') },
    onFault: (id) => {
      countDisk(id);
      if (id !== 'slow-sync') world.onJournalBroken();
    },
    onWrite: (moment) => {
      world.onWrite(moment);
    },
  });
  const judge = createJudge({
    ...{ time, startMs, disk, requestsPerSecond: requestsPerSecond[environment] },
    note: (event, detail) => {
      story.note(event, detail);
    },
  });
  judge.attend(venue.exchange);
  const network = createNetwork({
    ...{ time, draw: draw.fork(4), venue, rates: ratesOf<NetworkFaultId>(faults, 'NETWORK') },
    ...{ latencyMs: settings.latencyMs, listener: judge, onFault: strikes('network') },
  });
  const access: JudgeAccess = { venue, environment, ...simulatedAccount };
  const venueFaultSeed = draw.whole(0, 0x7fff_ffff);
  const world: World = {
    ...{ schedule, startMs, draw, time, story, venue, disk, network, judge, access },
    tokenStore: createTokenShelf(askToken(access), time.nowMs),
    onJournalBroken: () => undefined,
    onWrite: () => undefined,
    setFaults(on) {
      const rates = Object.fromEntries(ratesOf(faults, 'VENUE'));
      if (on) venue.faults.seeded({ seed: venueFaultSeed, rates });
      else venue.faults.clear();
      network.setFaults(on);
      disk.setFaults(on);
    },
  };
  return world;
}

function ratesOf<Id extends string>(
  faults: readonly DrawnFault[],
  layer: DrawnFault['layer'],
): ReadonlyMap<Id, number> {
  return new Map(faults.filter((each) => each.layer === layer).map(({ fault, rate }) => [fault as string as Id, rate]));
}
