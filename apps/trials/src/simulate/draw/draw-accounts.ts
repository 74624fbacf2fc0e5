import { type AccountSettings, type WorldSettings } from '../schedule.ts';
import { type SimulatedBroker, kiwoomListRows } from '../simulated-accounts.ts';
import { type Draw } from '../world/draw.ts';

/** KIS, Kiwoom, or an account at each of them on one market. */
export function drawAccounts(draw: Draw): WorldSettings['accounts'] {
  const brokers = draw.pick([['kis'], ['kis'], ['kis'], ['kiwoom'], ['kiwoom'], ['kis', 'kiwoom']] as const);
  const [first, ...others] = brokers;
  return [drawAccount(draw.fork(1), first), ...others.map((broker) => drawAccount(draw.fork(2), broker))];
}

function drawAccount(draw: Draw, broker: SimulatedBroker): AccountSettings {
  const environment = draw.chance(0.75) ? 'LIVE' : 'PAPER';
  const key = `${broker} ${environment}` as const;
  const requestsPerSecond = draw.pick(limits[key]);
  const isSlow = broker === 'kis' && requestsPerSecond === 1;
  const orderVisibilityDelayMs = draw.pick([0, 0, 300, 2_600, 5_300]);
  const others = ordersOfOthers[key];
  const otherOrders = draw.chance(others.chance) ? draw.pick(others.counts) : 0;
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

/**
 * Orders of others, so that lists have pages: one more than the first page holds, or some pages. Every row costs time, so
 * the long pages of KIS are drawn seldom, and the simulated Kiwoom is told shorter ones.
 */
const ordersOfOthers = {
  'kis LIVE': { chance: 0.05, counts: [101] },
  'kis PAPER': { chance: 0.15, counts: [16, 16, 46] },
  'kiwoom LIVE': { chance: 0.15, counts: [kiwoomListRows + 1] },
  'kiwoom PAPER': { chance: 0.15, counts: [kiwoomListRows + 1] },
} as const satisfies Readonly<Record<string, { readonly chance: number; readonly counts: readonly number[] }>>;
