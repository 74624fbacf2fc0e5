import { type InMemoryVenue } from '@qts/venue-sim';
import { type Judge, createJudge } from '../judge/judge.ts';
import { type JudgeAccess, type WireSight, wireSights } from '../judge/wire.ts';
import { streamVenueFaults } from '../draw/simulated-faults.ts';
import { type AccountSettings, type DrawnFault, type SeatSettings } from '../schedule.ts';
import { type SimulatedAccount, kiwoomListRows, simulatedAccounts } from '../simulated-accounts.ts';
import { type WorldBase } from './build-world.ts';
import { type Disk, type DiskFaultId, createDisk } from './disk.ts';
import { type Network, type NetworkFaultId, createNetwork } from './network.ts';
import { type StreamNetwork, createStreamNetwork } from './stream-network.ts';
import { type StopBoard, createStopBoard } from './stop-board.ts';
import { type TokenShelf, createTokenShelf } from './token-shelf.ts';

/** One account at one broker, and everything around the program that trades it. The market is shared. */
export interface Seat extends Pick<WorldBase, 'schedule' | 'startMs' | 'time' | 'story' | 'draw'> {
  readonly settings: SeatSettings;
  readonly account: SimulatedAccount;
  readonly venue: InMemoryVenue;
  readonly disk: Disk;
  readonly network: Network;
  readonly streamNetwork: StreamNetwork;
  readonly judge: Judge;
  readonly tokenStore: TokenShelf;
  readonly stopBoard: StopBoard;
  readonly access: JudgeAccess;
  readonly sight: WireSight;
  /** Lets faults strike, or lets everything be well from now on; what is under way may still land. */
  setFaults(on: boolean): void;
  /** Who hears that a fault broke the journal. */
  onJournalBroken: () => void;
  /** Who hears of writes to the journal. */
  onWrite: (moment: 'BEFORE' | 'AFTER') => void;
}

/** What faults of requests leave behind, a token that was refused for a minute at the most, ms. */
const aftermathMs = 75_000;

export function buildSeat(base: WorldBase, own: AccountSettings, index: number): Seat {
  const { schedule, startMs, time, market } = base;
  const { faults } = schedule;
  const settings: SeatSettings = { ...schedule.settings, ...own };
  const { broker, environment, orderVisibilityDelayMs, requestsPerSecond } = settings;
  const account = simulatedAccounts[broker];
  const sight = wireSights[broker];
  const draw = base.draw.fork(20 + index);
  const story = schedule.settings.accounts.length > 1 ? base.story.of(broker) : base.story;
  const venue = market.openInMemory({
    ...{ dialect: broker, environment, accounts: [account] },
    kis: { orderVisibilityDelayMs, requestsPerSecond },
    kiwoom: { orderVisibilityDelayMs, requestsPerSecond, listRows: kiwoomListRows },
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
      if (id !== 'slow-sync') seat.onJournalBroken();
    },
    onWrite: (moment) => {
      seat.onWrite(moment);
    },
  });
  const stopBoard = createStopBoard();
  const judge = createJudge({
    ...{ time, startMs, disk, settings, sight, stopBoard, venue, accountId: account.accountId },
    note: (event, detail) => {
      story.note(event, detail);
    },
    count: (name) => {
      story.count(name);
    },
  });
  judge.attend(market.exchange);
  const network = createNetwork({
    ...{ time, draw: draw.fork(4), venue, rates: ratesOf<NetworkFaultId>(faults, 'NETWORK') },
    ...{ latencyMs: settings.latencyMs, listener: judge, onFault: strikes('network') },
    peerAddress: (address) => sight.peerAddress(address),
  });
  const streamNetwork = createStreamNetwork({
    ...{ time, draw: draw.fork(7), venue, rates: ratesOf<NetworkFaultId>(faults, 'NETWORK') },
    ...{ latencyMs: settings.latencyMs, onFault: strikes('stream network') },
    peerAddress: sight.peerAddress('10.0.0.1'),
    witness: () => judge.streams.witness(),
  });
  const access: JudgeAccess = { venue, environment, account, enteredFrom: judge.evidence.enteredFrom };
  const venueFaultSeed = draw.whole(0, 0x7fff_ffff);
  const hasRequestFaults = faults.some(({ fault }) => !(streamVenueFaults as readonly string[]).includes(fault));
  if (!hasRequestFaults) judge.streams.requestsServedFrom(time.nowMs);
  const seat: Seat = {
    ...{ schedule, settings, startMs, draw, time, story, account, venue, disk, network, streamNetwork },
    ...{ judge, stopBoard, access },
    sight,
    tokenStore: createTokenShelf(sight.askToken(access), time.nowMs),
    onJournalBroken: () => undefined,
    onWrite: () => undefined,
    setFaults(on) {
      const rates = Object.fromEntries(ratesOf(faults, 'VENUE'));
      if (on) venue.faults.seeded({ seed: venueFaultSeed, rates });
      else venue.faults.clear();
      network.setFaults(on);
      streamNetwork.setFaults(on);
      disk.setFaults(on);
      if (!on) judge.streams.requestsServedFrom(time.nowMs + (hasRequestFaults ? aftermathMs : 0));
    },
  };
  return seat;
}

function ratesOf<Id extends string>(
  faults: readonly DrawnFault[],
  layer: DrawnFault['layer'],
): ReadonlyMap<Id, number> {
  return new Map(faults.filter((each) => each.layer === layer).map(({ fault, rate }) => [fault as string as Id, rate]));
}
