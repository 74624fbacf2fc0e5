import { type VenueFault, type VenueFaultId, type VenueOperationKind, venueFaults } from '@qts/venue-sim';
import { type DiskFaultId, diskFaultIds } from './world/disk.ts';
import { type Draw, createDraw } from './world/draw.ts';
import { type NetworkFaultId, networkFaultIds } from './world/network.ts';
import { type SimulatedBroker } from './simulated-accounts.ts';

/** A fault that is on in this run, and how often it strikes (chance per request, connection or write). */
export type DrawnFault =
  | { readonly layer: 'VENUE'; readonly fault: VenueFaultId; readonly rate: number }
  | { readonly layer: 'NETWORK'; readonly fault: NetworkFaultId; readonly rate: number }
  | { readonly layer: 'DISK'; readonly fault: DiskFaultId; readonly rate: number };

/** What somebody does at a time, ms after the run began. */
export type Action = {
  readonly atMs: number;
  /** Whose program: the account's place among those of the run; where there is one, it is meant. */
  readonly seat: number;
} & (
  | {
      readonly kind: 'PLACE';
      readonly symbol: number;
      readonly side: 'BUY' | 'SELL';
      readonly quantity: number;
      /** Ticks from the last price that the strategy read; a buy below zero rests. `MARKET` takes none. */
      readonly ticks: number;
      readonly type: 'LIMIT' | 'MARKET';
      /** How long the intent is good for, ms; 0: without an end. */
      readonly lifeMs: number;
      /** An offer that breaks a rule of the market or of the contract: ours to deny. */
      readonly wrong?: 'OFF_TICK' | 'TOO_FAR' | 'TOO_MANY' | 'STALE';
    }
  /** The same order as the latest intent: under a new id, under its own id, or under its id with other content. */
  | { readonly kind: 'AGAIN'; readonly as: 'TWIN' | 'REPEAT' | 'CONFLICT' }
  /** Cancels one of the orders that rest, by turn; one that is gone already when `late`. */
  | { readonly kind: 'CANCEL'; readonly which: number; readonly late: boolean }
  /** Changes the price of one of the limit orders that rest, by turn: all that remains of it, or one share. */
  | { readonly kind: 'REPLACE'; readonly which: number; readonly ticks: number; readonly isPart: boolean }
  /** Somebody pulls the kill switch, in the program or from a second terminal. It outlives the process. */
  | { readonly kind: 'STOP' }
  | { readonly kind: 'STOP_ELSEWHERE' }
  /** The latch of the kill switch cannot be read for a while. */
  | { readonly kind: 'SPOIL_STOP'; readonly forMs: number }
  /** The operator approves that trading goes on after a fail-safe. */
  | { readonly kind: 'RECOVER' }
  /**
   * The process ends, in the middle of its next write to the journal or at once, and another begins after `downMs`. A
   * kill leaves what was handed to the disk; without power only the first `keep` records of that stay.
   */
  | {
      readonly kind: 'KILL' | 'POWER_CUT';
      readonly downMs: number;
      readonly keep: number;
      readonly within: 'EVENT' | 'WRITE';
    }
);

/** One account of a run, and the broker that keeps it. */
export interface AccountSettings {
  readonly broker: SimulatedBroker;
  readonly environment: 'LIVE' | 'PAPER';
  /** What the venue takes a second, and what the program keeps to: of the key at KIS, of each api-id at Kiwoom. */
  readonly requestsPerSecond: number;
  readonly orderVisibilityDelayMs: number;
  /** Orders that were placed by others before the run, so that lists have pages. */
  readonly otherOrders: number;
  /** Won that somebody else's order holds back: what is left may be too little for ours. */
  readonly heldByOthersKrw: number;
  readonly tidyEveryMs: number;
  /** Whether order notices come by stream: then lists are read for repair and comparison alone. */
  readonly streams: boolean;
}

/** What one program is told. */
export type SeatSettings = WorldSettings & AccountSettings;

/** Sizes and settings of one run, drawn so that rare paths are walked often (buggify). */
export interface WorldSettings {
  readonly accounts: readonly [AccountSettings, ...AccountSettings[]];
  /** Time of day at which the run begins, ms since midnight in Korea. */
  readonly startsAtMs: number;
  /** When the faults end and the healing begins, ms after the start. */
  readonly activeMs: number;
  /** One way of a message, ms: from, and how much more at most. */
  readonly latencyMs: readonly [number, number];
  /** Whether faults strike before the first program has agreed with its broker. */
  readonly startsInTrouble: boolean;
  /** Whether what rests is canceled at the end; else the end of the session takes it. */
  readonly cancelsAtEnd: boolean;
  /** After how long somebody approves that trading goes on, ms; 0: nobody does. */
  readonly operatorPatienceMs: number;
  readonly lockdownThreshold: number;
  readonly failuresMax: number;
  readonly openOrdersPerSideMax: number;
  readonly restingMsMax: number;
  /** Whether the reconciliation runs beside the trading. */
  readonly reconciles: boolean;
  /** Whether unknown orders in a row restrict trading. */
  readonly guardsUnknown: boolean;
  /** A stop cannot be released earlier, ms. */
  readonly minimumStopMs: number;
  readonly watchIntervalMs: number;
  readonly onLateLanding: 'CANCEL' | 'KEEP' | 'CANCEL_IF_STALE';
}

/** Everything that a run does not find out by itself. A schedule with parts left out is a schedule, too. */
export interface Schedule {
  readonly seed: number;
  readonly settings: WorldSettings;
  readonly faults: readonly DrawnFault[];
  readonly actions: readonly Action[];
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** What the program under trial asks a venue for, and what travels on the stream of its orders. */
const requestedKinds: ReadonlySet<VenueOperationKind> = new Set([
  ...(['NEW_ORDER', 'ORDER_CHANGE', 'ORDER_LIST', 'ACCOUNT', 'MARKET_DATA', 'TOKEN'] as const),
  ...(['STREAM_REQUEST', 'ORDER_NOTICE', 'STREAM_PING'] as const),
]);

const isSimulated = ({ needsSocket, appliesTo }: VenueFault): boolean =>
  !needsSocket && appliesTo.some((kind) => requestedKinds.has(kind));
const simulatedFaults = venueFaults.filter(isSimulated);

/** Venue faults that strike requests, and that a transport in memory can carry. */
export const memoryVenueFaults: readonly VenueFaultId[] = simulatedFaults
  .filter(({ stream }) => stream === 'NONE')
  .map(({ id }) => id);

/** The same of streams. */
export const streamVenueFaults: readonly VenueFaultId[] = simulatedFaults
  .filter(({ stream }) => stream !== 'NONE')
  .map(({ id }) => id);

/** The others: they need bytes on a socket, or strike quotes. */
export const otherVenueFaults: readonly VenueFaultId[] = venueFaults
  .filter((fault) => !isSimulated(fault))
  .map(({ id }) => id);

/** A window of trouble strikes many requests once it has begun, so it begins rarely. */
const windowFaults: ReadonlySet<VenueFaultId> = new Set(
  venueFaults.filter(({ lasts }) => lasts === 'WINDOW').map(({ id }) => id),
);

/**
 * Faults that strike only what is rare (a page after the first, the issue of a token), or matter only at a rare moment (a
 * cancel of an order that is gone, and that the list does not show): they strike often.
 */
const rareFaults: ReadonlySet<VenueFaultId> = new Set([
  'R38-page-fails',
  'R27-token-issue-refused',
  'R38-rows-missing',
]);
const rareShare = 0.2;
const rareRate = 0.5;

/** Faults that strike what a connection has once or twice: its registration, its pings. */
const rareStreamFaults: ReadonlySet<VenueFaultId> = new Set(
  simulatedFaults
    .filter(
      ({ appliesTo }) => !appliesTo.includes('ORDER_NOTICE') && appliesTo.some((kind) => kind.startsWith('STREAM_')),
    )
    .map(({ id }) => id),
);
/** Faults after which a program asks for no more notices, or not for a minute: it goes on by reads. */
const lastingStreamFaults: ReadonlySet<VenueFaultId> = new Set(['W14-limit-reached', 'W15-second-login']);
/** Streams whose requests are served as they should be: what they promise holds to the second. */
const streamFaultsAloneShare = 0.3;

/** Draws the schedule of a seed: a random subset of the faults at random rates, and a short day of traffic. */
export function drawSchedule(seed: number): Schedule {
  const draw = createDraw(seed);
  const settings = drawSettings(draw.fork(1));
  const hasStreams = settings.accounts.some(({ streams }) => streams);
  return {
    seed,
    settings,
    faults: hasStreams ? drawFaultsWithStreams(draw.fork(2)) : drawFaults(draw.fork(2)),
    actions: drawActions(draw.fork(3), settings.activeMs),
  };
}

function drawSettings(draw: Draw): WorldSettings {
  const strict = draw.chance(0.2);
  const nearClose = draw.chance(0.12);
  const accounts = drawAccounts(draw.fork(1));
  return {
    accounts,
    startsAtMs: nearClose ? 15 * hourMs + 18 * minuteMs + draw.whole(0, 100_000) : 10 * hourMs + draw.whole(0, 999),
    activeMs: draw.whole(20_000, 60_000),
    latencyMs: draw.chance(0.8) ? [draw.whole(1, 15), draw.whole(0, 10)] : [draw.whole(1, 50), draw.whole(50, 900)],
    startsInTrouble: draw.chance(0.15),
    cancelsAtEnd: !nearClose || draw.chance(0.3),
    operatorPatienceMs: draw.chance(0.85) ? draw.whole(100, 6_000) : 0,
    lockdownThreshold: strict ? draw.whole(1, 3) : 1_000,
    failuresMax: strict ? 3 : 1_000,
    openOrdersPerSideMax: draw.whole(1, 6),
    restingMsMax: nearClose ? 3_600_000 : draw.whole(3_000, 40_000),
    reconciles: draw.chance(0.06),
    guardsUnknown: draw.chance(0.3),
    minimumStopMs: draw.pick([0, 0, 0, 4_000]),
    watchIntervalMs: draw.whole(10_000, 60_000),
    onLateLanding: draw.pick(['CANCEL', 'KEEP', 'CANCEL_IF_STALE']),
  };
}

/** KIS, Kiwoom, or an account at each of them on one market. */
function drawAccounts(draw: Draw): WorldSettings['accounts'] {
  const brokers = draw.pick([['kis'], ['kis'], ['kis'], ['kiwoom'], ['kiwoom'], ['kis', 'kiwoom']] as const);
  const [first, ...others] = brokers;
  return [drawAccount(draw.fork(1), first), ...others.map((broker) => drawAccount(draw.fork(2), broker))];
}

function drawAccount(draw: Draw, broker: SimulatedBroker): AccountSettings {
  const environment = draw.chance(0.75) ? 'LIVE' : 'PAPER';
  const requestsPerSecond = draw.pick(limits[`${broker} ${environment}`]);
  const isSlow = broker === 'kis' && requestsPerSecond === 1;
  const orderVisibilityDelayMs = draw.pick([0, 0, 300, 2_600, 5_300]);
  const otherOrders = draw.chance(0.15) ? draw.pick([16, 101]) : 0;
  return {
    ...{ broker, environment, requestsPerSecond },
    orderVisibilityDelayMs,
    otherOrders,
    heldByOthersKrw: draw.chance(0.08) ? draw.whole(58_000_000, 59_900_000) : 0,
    // Where a key takes one request a second, others have to get through as well.
    tidyEveryMs: isSlow ? draw.whole(6_000, 10_000) + otherOrders * 200 : draw.whole(1_200, 6_000),
    streams: draw.chance(0.5),
  };
}

/** What the brokers allow on the simulated date, and less or more of it: some accounts are told another figure. */
const limits = {
  'kis LIVE': [18, 18, 5],
  'kis PAPER': [1],
  'kiwoom LIVE': [1, 1, 5],
  'kiwoom PAPER': [1],
} as const satisfies Readonly<Record<string, readonly [number, ...number[]]>>;

/** About one in eight faults is on, and sometimes none: all of them together hide as much as none. */
function drawFaults(draw: Draw): readonly DrawnFault[] {
  if (draw.chance(0.05)) return [];
  const share = draw.pick([0.04, 0.12, 0.3]);
  const rate = (isWindow: boolean): number =>
    isWindow ? 0.002 + draw.next() * 0.02 : 0.02 + draw.next() * draw.next() * 0.4;
  const faults: DrawnFault[] = [];
  for (const fault of memoryVenueFaults) {
    const isWindow = windowFaults.has(fault);
    const isRare = rareFaults.has(fault);
    if (draw.chance(isRare ? rareShare : share)) {
      faults.push({ layer: 'VENUE', fault, rate: isRare ? rareRate : rate(isWindow) });
    }
  }
  for (const fault of networkFaultIds)
    if (draw.chance(share)) faults.push({ layer: 'NETWORK', fault, rate: rate(false) / 2 });
  for (const fault of diskFaultIds) {
    if (draw.chance(fault === 'slow-sync' ? 0.2 : 0.06))
      faults.push({ layer: 'DISK', fault, rate: fault === 'slow-sync' ? 0.3 : 0.02 });
  }
  return faults;
}

/** The same with streams: beside faults of streams the others, or none of them. */
function drawFaultsWithStreams(draw: Draw): readonly DrawnFault[] {
  const own = draw.fork(1);
  const others = own.chance(streamFaultsAloneShare) ? [] : drawFaults(draw);
  const share = own.pick([0.06, 0.15, 0.3]);
  const faults: DrawnFault[] = [];
  for (const fault of streamVenueFaults) {
    if (!own.chance(lastingStreamFaults.has(fault) ? share / 3 : share)) continue;
    const rate = rareStreamFaults.has(fault) ? 0.3 : 0.02 + own.next() * own.next() * 0.4;
    faults.push({ layer: 'VENUE', fault, rate });
  }
  return [...others, ...faults];
}

function drawActions(draw: Draw, activeMs: number): readonly Action[] {
  const actions: Action[] = [];
  const orders = draw.whole(4, 10);
  for (let each = 0; each < orders; each += 1) actions.push(drawPlace(draw, draw.whole(500, activeMs)));
  const replaces = draw.whole(0, 5);
  for (let each = 0; each < replaces; each += 1) actions.push(drawReplace(draw, draw.whole(2_000, activeMs)));
  const more = draw.whole(0, 7);
  for (let each = 0; each < more; each += 1) actions.push(drawOther(draw, draw.whole(2_000, activeMs)));
  if (draw.chance(0.35)) actions.push(...drawEndings(draw, activeMs));
  return actions.sort((one, other) => one.atMs - other.atMs);
}

/** One end of the process, or several on each other's heels: then the later ones strike in the middle of a recovery. */
function drawEndings(draw: Draw, activeMs: number): readonly Action[] {
  const endings: Action[] = [];
  const count = draw.chance(0.7) ? 1 : draw.whole(2, 3);
  const seat = draw.whole(0, 1);
  let atMs = draw.whole(1_000, activeMs);
  for (let each = 0; each < count; each += 1) {
    const kind = draw.chance(0.6) ? 'KILL' : 'POWER_CUT';
    const within = draw.chance(0.6) ? 'WRITE' : 'EVENT';
    const downMs = count === 1 ? draw.whole(1_100, 20_000) : draw.whole(1_100, 2_500);
    endings.push({ atMs, seat, kind, downMs, keep: draw.whole(0, 3), within });
    atMs += downMs + draw.whole(1, 4_000);
  }
  return endings;
}

function drawPlace(draw: Draw, atMs: number): Action {
  const wrong = draw.chance(0.08) ? draw.pick(['OFF_TICK', 'TOO_FAR', 'TOO_MANY', 'STALE'] as const) : undefined;
  return {
    atMs,
    seat: draw.whole(0, 1),
    kind: 'PLACE',
    symbol: draw.whole(0, 2),
    side: draw.chance(0.6) ? 'BUY' : 'SELL',
    quantity: draw.whole(1, 12),
    ticks: draw.whole(-4, 2),
    type: draw.chance(0.9) ? 'LIMIT' : 'MARKET',
    lifeMs: draw.pick([0, 3_000, 15_000, 60_000]),
    ...(wrong === undefined ? {} : { wrong }),
  };
}

function drawReplace(draw: Draw, atMs: number): Action {
  const seat = draw.whole(0, 1);
  return { atMs, seat, kind: 'REPLACE', which: draw.whole(0, 5), ticks: draw.whole(-2, 2), isPart: draw.chance(0.3) };
}

function drawOther(draw: Draw, atMs: number): Action {
  const kind = draw.pick([
    'AGAIN',
    'AGAIN',
    ...(['CANCEL', 'CANCEL', 'CANCEL', 'RECOVER', 'RECOVER', 'STOP', 'STOP_ELSEWHERE', 'SPOIL_STOP'] as const),
  ] as const);
  const seat = draw.whole(0, 1);
  switch (kind) {
    case 'AGAIN':
      return { atMs, seat, kind, as: draw.pick(['TWIN', 'REPEAT', 'CONFLICT']) };
    case 'CANCEL':
      return { atMs, seat, kind, which: draw.whole(0, 5), late: draw.chance(0.5) };
    case 'SPOIL_STOP':
      return { atMs, seat, kind, forMs: draw.whole(200, 5_000) };
    case 'STOP':
    case 'STOP_ELSEWHERE':
    case 'RECOVER':
      return { atMs, seat, kind };
  }
}
