import { type LogFields, type Logger, type StoredToken, brokerOrderId, kstEpochMs, timeOfDayMs, tradingDate } from '@qts/core';
import { createInMemoryVenue } from '@qts/venue-sim';
import { type Evidence, createJudge } from './judge/judge.ts';
import { checkEnd } from './judge/end-checks.ts';
import { type Violation } from './judge/invariants.ts';
import { type JudgeAccess, askToken, readOrigins } from './judge/wire.ts';
import { type Action, type DrawnFault, type Schedule } from './schedule.ts';
import { type PlantedDefect, type Trader, simulatedAccount, startTrader } from './trader.ts';
import { type DiskFaultId, createDisk } from './world/disk.ts';
import { createDraw } from './world/draw.ts';
import { createEventHash } from './world/event-hash.ts';
import { prepareMarket, simulatedDate, simulatedInstruments } from './world/market.ts';
import { type NetworkFaultId, createNetwork } from './world/network.ts';
import { createVirtualTime } from './world/virtual-time.ts';

/** How often something happened, by its name. */
export type Counts = Readonly<Record<string, number>>;

/** What one run of a schedule came to. */
export interface RunResult {
  readonly seed: number;
  readonly hash: string;
  readonly violations: readonly Violation[];
  /** Every figure of the table: orders, ends, faults. */
  readonly counts: Counts;
  readonly longestUnknownMs: number;
  readonly longestCancelMs: number;
  readonly virtualMs: number;
  /** One line an event, when asked for. */
  readonly trace: readonly string[];
}

export interface RunOptions {
  readonly trace?: boolean;
  readonly defect?: PlantedDefect;
}

const date = tradingDate(simulatedDate);
/** The healing must be over by then, ms after the faults ended: an unknown order, its late landing (120 s), a watch. */
const healingMsMax = 420_000;
const landingMsMax = 121_000;
/** When the regular session and its random end are over, and the two reads after it. */
const sessionEndsMs = kstEpochMs(date, timeOfDayMs('15:31')) + 75_000;
const closeBeginsMs = kstEpochMs(date, timeOfDayMs('15:15'));

/** Runs one schedule to its end and judges it. The same schedule always gives the same result. */
export async function runSchedule(schedule: Schedule, { trace = false, defect = {} }: RunOptions = {}): Promise<RunResult> {
  const { seed, settings, faults, actions } = schedule;
  const draw = createDraw(seed).fork(10);
  const startMs = kstEpochMs(date, settings.startsAtMs);
  const time = createVirtualTime(startMs, draw.fork(1));
  const hash = createEventHash();
  const lines: string[] = [];
  const counts: Record<string, number> = {};
  const logged: string[] = [];
  const count = (name: string, by = 1): void => {
    counts[name] = (counts[name] ?? 0) + by;
  };
  const note = (event: string, detail: string): void => {
    hash.addNumber(time.nowMs);
    hash.add(event);
    hash.add(detail);
    if (trace) lines.push(`${((time.nowMs - startMs) / 1_000).toFixed(3).padStart(9)} ${event} ${detail}`);
  };

  const isLive = settings.environment === 'LIVE';
  const untilMs = startMs + settings.activeMs + healingMsMax;
  const venue = createInMemoryVenue({
    ...{ dialect: 'kis', environment: settings.environment, tradingDate: simulatedDate, seed },
    instruments: simulatedInstruments,
    accounts: [simulatedAccount],
    clock: time.venueClock,
    prepare: (exchange) => {
      prepareMarket(exchange, draw.fork(2), startMs, Math.min(untilMs, kstEpochMs(date, timeOfDayMs('15:30'))));
      exchange.schedule(startMs - 4_000, () => {
        for (let each = 0; each < settings.otherOrders; each += 1) {
          exchange.placeOrder({
            ...{ accountId: simulatedAccount.accountId, symbol: '035720', side: 'BUY', quantity: 1 },
            ...{ limitPriceKrw: 30_000, orderType: 'LIMIT', timeInForce: 'DAY', session: 'REGULAR', stopPriceKrw: 0 },
          });
        }
      });
    },
    kis: { orderVisibilityDelayMs: settings.orderVisibilityDelayMs },
  });
  const access: JudgeAccess = { venue, environment: settings.environment, ...simulatedAccount };
  const venueRates = Object.fromEntries(faults.flatMap((each) => (each.layer === 'VENUE' ? [[each.fault, each.rate]] : [])));
  venue.faults.seeded({ seed: draw.whole(0, 0x7fff_ffff), rates: venueRates });
  const disk = createDisk({
    ...{ time, draw: draw.fork(3), rates: ratesOf<DiskFaultId>(faults, 'DISK') },
    onFault: (id) => {
      count(`disk ${id}`);
      note('disk-fault', id);
    },
  });
  const judge = createJudge({
    ...{ time, startMs, disk, note, requestsPerSecond: isLive ? 18 : 1 },
  });
  judge.attend(venue.exchange);
  const network = createNetwork({
    ...{ time, draw: draw.fork(4), venue, rates: ratesOf<NetworkFaultId>(faults, 'NETWORK'), latencyMs: settings.latencyMs },
    listener: judge,
    onFault: (id) => {
      count(`network ${id}`);
      note('network-fault', id);
    },
  });
  const logger = createTrialLogger((line) => {
    logged.push(line);
    note('log', line);
  });
  const tokens = new Map<string, StoredToken>();
  const tokenStore = {
    load: (key: string) => Promise.resolve(tokens.get(key)),
    save: (key: string, token: StoredToken) => {
      tokens.set(key, token);
      return Promise.resolve();
    },
    remove: (key: string) => {
      tokens.delete(key);
      return Promise.resolve();
    },
  };

  let trader = start();

  function start(): Trader {
    const started = startTrader({
      ...{ settings, clock: time.createProcessClock(), transport: network.createTransport(), journal: disk.open() },
      ...{ tokenStore, random: draw.fork(5).next, listener: judge, logger, defect },
    });
    judge.watch(started);
    return started;
  }

  let placed = 0;
  function act(action: Action): void {
    note('action', action.kind);
    switch (action.kind) {
      case 'PLACE':
        placed += 1;
        go(trader.place({ ...action, intentId: `s${seed}-${placed}` }));
        return;
      case 'AGAIN': {
        const { latest } = trader;
        if (latest === undefined) return;
        const again = {
          TWIN: { ...latest, intentId: `${latest.intentId}t${(placed += 1)}` as typeof latest.intentId },
          REPEAT: latest,
          CONFLICT: { ...latest, quantity: (latest.quantity + 1) as typeof latest.quantity },
        };
        go(trader.submit(again[action.as]));
        return;
      }
      case 'CANCEL': {
        const orders = trader.tracker
          .list()
          .filter(({ reference, leavesQuantity }) => reference !== undefined && (action.late || leavesQuantity > 0));
        const reference = orders[action.which % Math.max(1, orders.length)]?.reference;
        if (reference !== undefined) go(trader.cancel(reference));
        return;
      }
      case 'STOP':
      case 'RESUME':
        trader.safety.setKillSwitch(action.kind === 'STOP', { requestedBy: 'trial', reason: 'the schedule says so' });
        return;
      case 'RECOVER':
        trader.safety.requestRecovery({ operatorApproved: true, requestedBy: 'trial', reason: 'the schedule says so' });
        return;
      case 'KILL':
      case 'POWER_CUT':
        return; // Until a process can take up what its journal says: see restarts.ts.
    }
  }

  function go(work: Promise<void>): void {
    work.catch((error: unknown) => {
      judge.report('CRASH', error instanceof Error ? `${error.message}` : String(error));
    });
  }

  for (const action of actions) {
    time.after(action.atMs, () => {
      act(action);
    });
  }
  const afterEvent = (): boolean => {
    judge.afterEvent();
    return judge.violations.length === 0;
  };
  const afterHealingEvent = (): boolean => afterEvent() && !isCalm();

  await time.run(startMs + settings.activeMs, afterEvent);
  // From here on nothing goes wrong any more; what is under way may still land.
  venue.faults.clear();
  network.heal();
  disk.heal();
  trader.windDown();
  note('healing', '');
  const landsUntilMs = startMs + settings.activeMs + landingMsMax + settings.watchIntervalMs;
  const nearClose = landsUntilMs > closeBeginsMs;
  const calmFromMs = nearClose ? Math.max(landsUntilMs, sessionEndsMs) : landsUntilMs;
  const healedByMs = Math.max(untilMs, calmFromMs + 120_000);
  let operatorAtMs = 0;
  let origins: readonly { readonly orderNumber: number; readonly address: string }[] | undefined;

  function isCalm(): boolean {
    const { resolver, unknownCancels, tracker } = trader;
    const waiting = resolver.open.filter(({ escalated }) => escalated !== undefined);
    if (waiting.length > 0 && time.nowMs >= operatorAtMs) {
      operatorAtMs = time.nowMs + 5_000;
      for (const { intentId } of waiting) decide(intentId);
    }
    const works = resolver.open.length > 0 || unknownCancels.open.length > 0 || tracker.openOrdersTotal > 0;
    const isWaited = [...judge.evidence.intents.values()].some((each) => each.waiting > 0);
    return time.nowMs >= calmFromMs && !works && !isWaited;
  }

  /** The operator looks at the venue itself, and decides by what is there. */
  function decide(intentId: string): void {
    const token = [...tokens.values()][0]?.accessToken.reveal() ?? '';
    origins = readOrigins(access, token, simulatedDate.replaceAll('-', ''));
    if (origins === undefined) return;
    const own = origins.find(({ address }) => judge.evidence.postsByAddress.get(address)?.intentId === intentId);
    const by = { intentId: intentId as never, requestedBy: 'trial', reason: 'seen at the venue' };
    note('operator-decides', `${intentId} ${own?.orderNumber ?? 'absent'}`);
    count('operator decisions');
    trader.resolver
      .decide(own === undefined ? { ...by, end: 'ABSENT' } : { ...by, end: 'ADOPT', brokerOrderId: brokerOrderId(String(own.orderNumber)) })
      .catch((error: unknown) => {
        note('operator-refused', error instanceof Error ? error.message : '');
      });
  }

  await time.run(healedByMs, afterHealingEvent);
  if (judge.violations.length === 0 && !isCalm()) {
    const { resolver, unknownCancels, tracker } = trader;
    const open = tracker.list().filter(({ leavesQuantity }) => leavesQuantity > 0);
    judge.report(
      'HEALING',
      `after ${healedByMs - startMs - settings.activeMs} ms without faults: ${resolver.open.length} unknown, ` +
        `${unknownCancels.open.length} cancels, open ${open.map(({ intentId, status }) => `${intentId} ${status}`).join(', ')}`,
    );
  }
  const virtualMs = time.nowMs - startMs;
  await trader.close();
  if (judge.violations.length === 0) {
    const leftTimers = trader.clock.pendingTimers - 1; // The trial's own timer for tidying is one.
    if (leftTimers > 0) judge.report('I17', `${leftTimers} timers are left after close`);
    origins = undefined;
    for (let tries = 0; origins === undefined && tries < 5; tries += 1) {
      await time.run(time.nowMs + 61_000, () => true);
      const token = askToken(access);
      await time.run(time.nowMs + 1_100, () => true);
      if (token !== undefined) origins = readOrigins(access, token, simulatedDate.replaceAll('-', ''));
    }
    if (origins === undefined) throw new Error(`seed ${seed}: the venue does not tell the judge where its orders came from`);
    checkEnd({ judge, trader, exchange: venue.exchange, origins, records: disk.durable, logged, draw: draw.fork(6), count });
  }
  for (const [id, struck] of Object.entries(venue.faults.counters())) if (struck > 0) count(`venue ${id}`, struck);
  countEvidence(judge.evidence, count);
  trader.clock.end();
  venue.close();
  note('end', JSON.stringify(counts));
  return {
    ...{ seed, hash: hash.digest(), violations: judge.violations, counts, virtualMs, trace: lines },
    longestUnknownMs: judge.evidence.longestUnknownMs,
    longestCancelMs: judge.evidence.longestCancelMs,
  };
}

function ratesOf<Id extends string>(faults: readonly DrawnFault[], layer: DrawnFault['layer']): ReadonlyMap<Id, number> {
  return new Map(faults.filter((each) => each.layer === layer).map(({ fault, rate }) => [fault as unknown as Id, rate]));
}

function countEvidence(evidence: Evidence, count: (name: string, by?: number) => void): void {
  count('intents', evidence.intents.size);
  count('orders sent', evidence.posts);
  count('requests', evidence.requests);
  for (const [outcome, times] of evidence.answers) count(`command ${outcome}`, times);
  for (const [outcome, times] of evidence.cancelEnds) count(`cancel ${outcome}`, times);
}

/** Keeps what the product logs: for the search for secrets, and as part of the run's story. */
function createTrialLogger(write: (line: string) => void): Logger {
  const log = (event: string, fields: LogFields = {}): void => {
    write(`${event} ${JSON.stringify(fields)}`);
  };
  return { debug: log, info: log, warn: log, error: log };
}
