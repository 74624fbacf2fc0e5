import { Secret, type IntentId, type LogFields, type Logger, type StoredToken, type TokenStore, brokerOrderId, kstEpochMs, timeOfDayMs, tradingDate } from '@qts/core';
import { type EscalationDecision, applyRecord, emptyFoldedJournal, hashOrders } from '@qts/engine';
import { createMemoryJournal } from '@qts/storage';
import { createInMemoryVenue } from '@qts/venue-sim';
import { type Evidence, createJudge } from './judge/judge.ts';
import { checkEnd } from './judge/end-checks.ts';
import { type Violation } from './judge/invariants.ts';
import { type JudgeAccess, type OriginReader, type OriginRow, askToken, createOriginReader } from './judge/wire.ts';
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

/** A price at which nothing trades, inside the limits of the day. */
const farBelowKrw = 30_000;

const date = tradingDate(simulatedDate);
const listDate = simulatedDate.replaceAll('-', '');
/** How long the judge waits between two of its requests, and before it asks for a token, ms: the venue's own limits. */
const judgePauseMs = 1_100;
/** How soon a program notices that its journal is broken, and how soon it is started again, ms. */
const brokenJournalMs = 1_500;
/** When the last timer of a closed program is over, ms. */
const closingMsMax = 15_000;
const tokenPauseMs = 61_000;
/** How soon an operator looks again after a refusal, ms: not in step with anybody's requests. */
const operatorPauseMs = 1_730;
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
  const time = createVirtualTime(startMs - tokenPauseMs, draw.fork(1));
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
        const placeByOthers = (quantity: number): void => {
          exchange.placeOrder({
            ...{ accountId: simulatedAccount.accountId, symbol: '035720', side: 'BUY', quantity, stopPriceKrw: 0 },
            ...{ limitPriceKrw: farBelowKrw, orderType: 'LIMIT', timeInForce: 'DAY', session: 'REGULAR' },
          });
        };
        const heldQuantity = Math.floor(settings.heldByOthersKrw / farBelowKrw);
        if (heldQuantity > 0) placeByOthers(heldQuantity);
        for (let each = 0; each < settings.otherOrders; each += 1) placeByOthers(1);
      });
    },
    kis: { orderVisibilityDelayMs: settings.orderVisibilityDelayMs },
  });
  const access: JudgeAccess = { venue, environment: settings.environment, ...simulatedAccount };
  const venueRates = Object.fromEntries(faults.flatMap((each) => (each.layer === 'VENUE' ? [[each.fault, each.rate]] : [])));
  const disk = createDisk({
    ...{ time, draw: draw.fork(3), rates: ratesOf<DiskFaultId>(faults, 'DISK') },
    onFault: (id) => {
      count(`disk ${id}`);
      note('disk-fault', id);
      if (id !== 'slow-sync') restartAfterBrokenJournal();
    },
    onWrite: (moment) => {
      if (armed !== undefined && moment === writeMoment(armed)) kill(armed);
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
  const tokenStore = createTokenShelf(askToken(access), time.nowMs);

  /** Absent while the process is down. */
  let trader: Trader | undefined;
  let transport: ReturnType<typeof network.createTransport>;
  let isHealing = false;
  let isOver = false;
  /** Restarts that somebody has on his mind. */
  let restarting = 0;
  let armed: Extract<Action, { readonly kind: 'KILL' | 'POWER_CUT' }> | undefined;

  function start(): void {
    transport = network.createTransport();
    const folded = emptyFoldedJournal();
    for (const record of disk.durable) applyRecord(folded, record);
    trader = startTrader({
      ...{ settings, clock: time.createProcessClock(), transport, journal: disk.open(), folded },
      ...{ tokenStore, random: draw.fork(5).next, listener: judge, logger, defect },
    });
    judge.watch(trader);
    if (isHealing && settings.cancelsAtEnd) trader.windDown();
    note('process-begins', String(folded.seq));
  }

  /** The process is gone between two instructions; another begins a little later. */
  function end(keptCount: number, downMs: number): void {
    if (trader === undefined) return;
    note('process-ends', String(keptCount));
    trader.clock.end();
    transport.end();
    disk.endProcess(keptCount);
    judge.processEnded();
    trader = undefined;
    time.after(downMs, start);
  }

  function kill({ kind, keep, downMs }: Extract<Action, { readonly kind: 'KILL' | 'POWER_CUT' }>): void {
    if (trader === undefined) return;
    armed = undefined;
    count(kind === 'KILL' ? 'kills' : 'power cuts');
    end(kind === 'KILL' ? Infinity : keep, downMs);
  }

  /** A program whose journal is broken winds down, and whoever minds it starts it again. */
  function restartAfterBrokenJournal(): void {
    const broken = trader;
    restarting += 1;
    time.after(brokenJournalMs, () => {
      restarting -= 1;
      if (trader !== broken || isOver) return;
      count('restarts after a broken journal');
      end(0, brokenJournalMs);
    });
  }

  let placed = 0;
  function act(action: Action): void {
    note('action', action.kind);
    if (trader === undefined) return;
    switch (action.kind) {
      case 'PLACE':
        placed += 1;
        judge.goes(trader.place({ ...action, intentId: `s${seed}-${placed}` }));
        return;
      case 'AGAIN': {
        const { latest } = trader;
        if (latest === undefined) return;
        const again = {
          TWIN: { ...latest, intentId: `${latest.intentId}t${(placed += 1)}` as typeof latest.intentId },
          REPEAT: latest,
          CONFLICT: { ...latest, quantity: (latest.quantity + 1) as typeof latest.quantity },
        };
        judge.goes(trader.submit(again[action.as]));
        return;
      }
      case 'CANCEL': {
        const orders = trader.tracker
          .list()
          .filter(({ reference, leavesQuantity }) => reference !== undefined && (action.late || leavesQuantity > 0));
        const reference = orders[action.which % Math.max(1, orders.length)]?.reference;
        if (reference !== undefined) judge.goes(trader.cancel(reference));
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
        if (action.within === 'EVENT') kill(action);
        else armed = action;
    }
  }

  /** An operator who lets trading go on after every stop: without one, a run is over with its first lost answer. */
  function watchOver(): void {
    time.after(settings.operatorPatienceMs, () => {
      if (trader !== undefined) lookAfter(trader);
      if (time.nowMs < startMs + settings.activeMs) watchOver();
    });
  }

  function lookAfter({ safety }: Trader): void {
    const by = { requestedBy: 'trial', reason: 'looked at it' };
    if (safety.snapshot().killSwitch) safety.setKillSwitch(false, by);
    else if (!safety.shouldRun()) safety.requestRecovery({ ...by, operatorApproved: true });
    trader?.liftRestrictions();
  }

  const afterEvent = (): boolean => {
    judge.afterEvent();
    return judge.violations.length === 0;
  };
  const afterHealingEvent = (): boolean => afterEvent() && !isCalm();

  // The day has begun well: token, books and orders agree. Faults come then.
  start();
  await time.run(startMs, () => true);
  for (const action of actions) {
    time.after(action.atMs, () => {
      act(action);
    });
  }
  if (settings.operatorPatienceMs > 0) watchOver();
  venue.faults.seeded({ seed: draw.whole(0, 0x7fff_ffff), rates: venueRates });
  network.setFaults(true);
  disk.setFaults(true);
  await time.run(startMs + settings.activeMs, afterEvent);
  // From here on nothing goes wrong any more; what is under way may still land.
  venue.faults.clear();
  network.setFaults(false);
  disk.setFaults(false);
  armed = undefined;
  isHealing = true;
  if (settings.cancelsAtEnd) trader?.windDown();
  note('healing', '');
  const struck = venue.faults.counters();
  const mayLand = struck['R11-drop-late-landing'] + struck['R11-silence-late-landing'] > 0;
  const landsUntilMs = time.nowMs + (mayLand ? landingMsMax + settings.watchIntervalMs : 0);
  const nearClose = landsUntilMs > closeBeginsMs;
  const calmFromMs = nearClose ? Math.max(landsUntilMs, sessionEndsMs) : landsUntilMs;
  const healedByMs = Math.max(untilMs, calmFromMs + 120_000);
  let operatorAtMs = 0;
  let consulting = false;

  function isCalm(): boolean {
    if (trader?.isOpen !== true || restarting > 0) return false;
    const { resolver, unknownCancels, tracker } = trader;
    const waiting = resolver.open.filter(({ escalated }) => escalated !== undefined);
    const token = tokenStore.token?.accessToken.reveal();
    if (waiting.length > 0 && !consulting && time.nowMs >= operatorAtMs && token !== undefined) {
      consulting = true;
      operatorAtMs = time.nowMs + operatorPauseMs;
      consult(createOriginReader(access, token, listDate));
    }
    const works = resolver.open.length > 0 || unknownCancels.open.length > 0 || tracker.openOrdersTotal > 0;
    const isWaited = [...judge.evidence.intents.values()].some((each) => each.waiting > 0);
    return time.nowMs >= calmFromMs && !works && !isWaited;
  }

  /** The operator looks at the venue itself, page by page, and decides by what is there. A refusal ends the attempt. */
  function consult(reader: OriginReader): void {
    const page = reader.readPage();
    if (page === 'MORE') {
      time.after(judgePauseMs, () => {
        consult(reader);
      });
      return;
    }
    consulting = false;
    if (page === 'REFUSED') return;
    for (const { intentId, escalated } of trader?.resolver.open ?? []) if (escalated !== undefined) decide(intentId, reader.rows);
  }

  function decide(intentId: IntentId, origins: readonly OriginRow[]): void {
    const own = origins.find(({ address }) => judge.evidence.postsByAddress.get(address)?.intentId === intentId);
    const by = { intentId, requestedBy: 'trial', reason: 'seen at the venue' };
    note('operator-decides', `${intentId} ${own?.orderNumber ?? 'absent'}`);
    const decision: EscalationDecision =
      own === undefined
        ? { ...by, end: 'ABSENT' }
        : { ...by, end: 'ADOPT', brokerOrderId: brokerOrderId(String(own.orderNumber)) };
    trader?.resolver.decide(decision).then(
      () => {
        count('operator decisions');
      },
      (error: unknown) => {
        note('operator-refused', error instanceof Error ? error.message : '');
      },
    );
  }

  await time.run(healedByMs, afterHealingEvent);
  if (judge.violations.length === 0 && !isCalm()) {
    judge.report('HEALING', `after ${healedByMs - startMs - settings.activeMs} ms without faults: ${describe(trader)}`);
  }
  const virtualMs = time.nowMs - startMs;
  isOver = true;
  await trader?.close();
  // A read that waits for its repetition notices at the end of the wait that its session is closed.
  await time.run(time.nowMs + closingMsMax, () => true);
  if (judge.violations.length === 0 && trader !== undefined) {
    const leftTimers = trader.clock.pendingTimers - 1; // The trial's own timer for tidying is one.
    if (leftTimers > 0) judge.report('I17', `${leftTimers} timers are left after close`);
    checkReplay(trader);
    const origins = await readAllOrigins();
    checkEnd({ judge, trader, exchange: venue.exchange, origins, records: disk.durable, logged, draw: draw.fork(6), count });
  }

  /** A process that reads the journal, and nothing else, has the orders of the one that wrote it (I10). */
  function checkReplay({ tracker, clock }: Trader): void {
    const folded = emptyFoldedJournal();
    for (const record of [...disk.durable, ...disk.unsynced]) applyRecord(folded, record);
    const replay = startTrader({
      ...{ settings, clock, transport, journal: createMemoryJournal(), folded, tokenStore, logger: silentLogger },
      ...{ random: draw.next, listener: judge, defect: {}, isReplay: true },
    });
    const [ours, replayed] = [hashOrders(tracker), hashOrders(replay.tracker)];
    if (ours === replayed) return;
    const statusOf = ({ tracker: orders }: { readonly tracker: Trader['tracker'] }): string =>
      orders.list().map(({ intentId, status }) => `${intentId} ${status}`).join(', ');
    judge.report('I10', `ours ${statusOf({ tracker })}; replayed ${statusOf(replay)}`);
  }

  /** When all is over, the judge asks for a token of its own and reads at its leisure. */
  async function readAllOrigins(): Promise<readonly OriginRow[]> {
    for (let tries = 0; tries < 5; tries += 1) {
      await time.run(time.nowMs + tokenPauseMs, () => true);
      const token = askToken(access);
      if (token === undefined) continue;
      const reader = createOriginReader(access, token, listDate);
      do await time.run(time.nowMs + judgePauseMs, () => true);
      while (reader.readPage() !== 'LAST');
      return reader.rows;
    }
    throw new Error(`seed ${seed}: the venue does not tell the judge where its orders came from`);
  }

  for (const [id, struck] of Object.entries(venue.faults.counters())) if (struck > 0) count(`venue ${id}`, struck);
  countEvidence(judge.evidence, count);
  trader?.clock.end();
  venue.close();
  note('end', JSON.stringify(counts));
  return {
    ...{ seed, hash: hash.digest(), violations: judge.violations, counts, virtualMs, trace: lines },
    longestUnknownMs: judge.evidence.longestUnknownMs,
    longestCancelMs: judge.evidence.longestCancelMs,
  };
}

function describe(trader: Trader | undefined): string {
  if (trader === undefined) return 'no process';
  const { isOpen, resolver, unknownCancels, tracker } = trader;
  const open = tracker.list().filter(({ leavesQuantity }) => leavesQuantity > 0);
  const orders = open.map(({ intentId, status }) => `${intentId} ${status}`).join(', ');
  const start = isOpen ? 'open' : 'the start is not over';
  return `${start}, ${resolver.open.length} unknown, ${unknownCancels.open.length} cancels, orders ${orders}`;
}

/** Half of the kills within a write strike before the record is handed over, half after. */
function writeMoment({ downMs }: { readonly downMs: number }): 'BEFORE' | 'AFTER' {
  return downMs % 2 === 0 ? 'BEFORE' : 'AFTER';
}

function ratesOf<Id extends string>(faults: readonly DrawnFault[], layer: DrawnFault['layer']): ReadonlyMap<Id, number> {
  return new Map(faults.filter((each) => each.layer === layer).map(({ fault, rate }) => [fault as unknown as Id, rate]));
}

function countEvidence(evidence: Evidence, count: (name: string, by?: number) => void): void {
  count('intents', evidence.intents.size);
  count('orders sent', evidence.posts);
  count('no price', evidence.withoutPrice);
  count('requests', evidence.requests);
  for (const [outcome, times] of evidence.answers) count(`command ${outcome}`, times);
  for (const [outcome, times] of evidence.cancelEnds) count(`cancel ${outcome}`, times);
}

const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** The token file of the day: it outlives processes, and a program that starts finds a token in it. */
function createTokenShelf(accessToken: string | undefined, nowMs: number): TokenStore & { readonly token: StoredToken | undefined } {
  let token: StoredToken | undefined =
    accessToken === undefined
      ? undefined
      : {
          ...{ accessToken: new Secret(accessToken), tokenType: 'Bearer', issuedAtMs: nowMs },
          expiresAtMs: nowMs + 24 * 3_600_000,
        };
  return {
    get token() {
      return token;
    },
    load: () => Promise.resolve(token),
    save(_key, given) {
      token = given;
      return Promise.resolve();
    },
    remove() {
      token = undefined;
      return Promise.resolve();
    },
  };
}

/** Keeps what the product logs: for the search for secrets, and as part of the run's story. */
function createTrialLogger(write: (line: string) => void): Logger {
  const log = (event: string, fields: LogFields = {}): void => {
    write(`${event} ${JSON.stringify(fields)}`);
  };
  return { debug: log, info: log, warn: log, error: log };
}
