import { kstEpochMs, timeOfDayMs, tradingDate } from '@qts/core';
import { type FoldedOpening } from '@qts/engine';
import { type VenueFaultId, venueFaults } from '@qts/venue-sim';
import { checkEnd } from './judge/end-checks.ts';
import { type Violation } from './judge/invariants.ts';
import { checkReplay } from './judge/replay-check.ts';
import { type OriginRow } from './judge/wire.ts';
import { createOperator, ownPauseMs } from './operator.ts';
import { type Schedule } from './schedule.ts';
import { type SimulatedAccount } from './simulated-accounts.ts';
import { type Supervisor, createSupervisor } from './supervisor.ts';
import { type PlantedDefect, type Trader } from './trader.ts';
import { buildWorld, tokenPauseMs } from './world/build-world.ts';
import { simulatedDate } from './world/market.ts';
import { type Disk } from './world/disk.ts';
import { type Seat } from './world/seat.ts';

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
  /** The longest silence of a connection before it was given up; the longest until a fill, or the silence, was told. */
  readonly longestQuietMs: number;
  readonly longestFrozenMs: number;
  readonly virtualMs: number;
  /** One line an event, when asked for. */
  readonly trace: readonly string[];
}

export interface RunOptions {
  readonly trace?: boolean;
  readonly defect?: PlantedDefect;
}

const date = tradingDate(simulatedDate);
/** How long programs may take to agree with their brokers while all is well, ms. */
const goodStartMsMax = 90_000;
/** A comparison of everything, read up to ten times. */
const openingReadMsMax = 180_000;
/** When the last timer of a closed program is over, ms. */
const closingMsMax = 15_000;
/** The healing must be over by then, ms after the faults ended: an unknown order, its late landing, a watch. */
const healingMsMax = 420_000;
/** Faults under which the venue holds an order back. */
const landingFaults: readonly VenueFaultId[] = venueFaults
  .filter(({ parameters }) => parameters.some(({ name }) => name === 'landsAfterMs'))
  .map(({ id }) => id);
/** After this such an order has landed, ms. */
const landingMsMax = 121_000;
/** How long a read of the watch over absent orders may last, with the one before it, ms. */
const watchReadMsMax = 20_000;
/** When the regular session and its random end are over, and the reads after it that take a remainder for expired. */
const sessionEndsMs = kstEpochMs(date, timeOfDayMs('15:31')) + 75_000;
const closeBeginsMs = kstEpochMs(date, timeOfDayMs('15:15'));

/**
 * Runs one schedule to its end and judges it. The same schedule always gives the same result.
 *
 * ```
 * a good start ─► faults and traffic, judged after every event ─► no faults: everything converges ─► judged as a whole
 * ```
 */
export async function runSchedule(schedule: Schedule, options: RunOptions = {}): Promise<RunResult> {
  const { seed, settings, actions } = schedule;
  const untilMs = (startMs: number): number => startMs + goodStartMsMax + settings.activeMs + healingMsMax;
  const world = buildWorld(schedule, untilMs, options.trace ?? false);
  const { time, startMs, story, market } = world;
  const desks = world.seats.map((seat) => {
    const supervisor = createSupervisor(seat, options.defect ?? {});
    return { seat, supervisor, operator: createOperator(seat, supervisor) };
  });
  const isSound = (): boolean => world.seats.every(({ judge }) => judge.violations.length === 0);
  const afterEvent = (): boolean => {
    for (const { judge } of world.seats) judge.afterEvent();
    return isSound();
  };

  await time.run(startMs, () => true);
  for (const { supervisor } of desks) supervisor.start();
  const hasBegun = (): boolean => desks.every(({ supervisor }) => supervisor.trader?.isOpen === true);
  if (!settings.startsInTrouble) await time.run(startMs + goodStartMsMax, () => afterEvent() && !hasBegun());
  const activeFromMs = time.nowMs;
  for (const action of actions) {
    time.after(action.atMs, () => {
      desks[action.seat % desks.length]?.supervisor.act(action);
    });
  }
  for (const { operator } of desks) operator.watchOver(activeFromMs + settings.activeMs);
  for (const seat of world.seats) seat.setFaults(true);
  await time.run(activeFromMs + settings.activeMs, afterEvent);

  for (const seat of world.seats) seat.setFaults(false);
  for (const { supervisor } of desks) supervisor.heal();
  story.note('healing', '');
  const healsFromMs = time.nowMs;
  const calmFromMs = Math.max(...world.seats.map(calmFrom));
  const isCalm = (): boolean => {
    for (const { operator } of desks) operator.decideWhatWaits();
    return time.nowMs >= calmFromMs && desks.every(({ seat, supervisor }) => isConverged(seat, supervisor));
  };
  await time.run(Math.max(healsFromMs + healingMsMax, calmFromMs + 120_000), () => afterEvent() && !isCalm());
  if (isSound() && !isCalm()) {
    for (const { seat, supervisor } of desks) {
      if (isConverged(seat, supervisor)) continue;
      seat.judge.report(
        'HEALING',
        `after ${time.nowMs - healsFromMs} ms without faults: ${describe(supervisor.trader)}`,
      );
    }
  }
  for (const desk of desks) if (isSound()) await confirmOpening(desk.seat, desk.supervisor);
  const virtualMs = time.nowMs - startMs;
  // A connection that is closed with a word waits for the answer, so time has to go on.
  let closing = desks.length;
  for (const { seat, supervisor } of desks) {
    seat.judge.goes(
      supervisor.close().then(() => {
        closing -= 1;
      }),
    );
  }
  await time.run(time.nowMs + closingMsMax, () => true);
  if (closing > 0) world.seats[0].judge.report('HEALING', `a program has not closed after ${closingMsMax} ms`);
  for (const { seat, supervisor } of desks) {
    if (isSound() && supervisor.trader !== undefined) await judgeEnd(seat, supervisor, supervisor.trader);
  }

  for (const { seat, supervisor } of desks) {
    for (const [id, times] of Object.entries(seat.venue.faults.counters())) {
      if (times > 0) story.count(`venue ${id}`, times);
    }
    countEvidence(seat);
    supervisor.end();
    seat.venue.close();
  }
  const names = settings.accounts.map(({ broker, environment, streams }) => {
    return `${broker} ${environment}${streams ? ' on streams' : ''}`;
  });
  story.count(`accounts ${names.join(', ')}`);
  await market.close();
  const { counts, lines } = story;
  story.note('end', JSON.stringify(counts));
  const evidence = world.seats.map(({ judge }) => judge.evidence);
  return {
    ...{ seed, hash: story.digest(), counts, virtualMs, trace: lines },
    violations: world.seats.flatMap(({ judge }) => judge.violations),
    longestUnknownMs: Math.max(...evidence.map((each) => each.longestUnknownMs)),
    longestCancelMs: Math.max(...evidence.map((each) => each.longestCancelMs)),
    longestQuietMs: Math.max(...world.seats.map(({ judge }) => judge.streams.longestQuietMs)),
    longestFrozenMs: Math.max(...world.seats.map(({ judge }) => judge.streams.longestFrozenMs)),
  };
}

/**
 * When nothing that went wrong can still turn up: an order that the venue holds back, or one that was called absent because
 * lists did not show it, and that the watch over such orders finds. Near the close the session's end is waited for as well.
 */
function calmFrom({ time, venue, judge, settings }: Seat): number {
  const struck = venue.faults.counters();
  const mayLand = landingFaults.some((id) => struck[id] > 0);
  const wasUnknown = (judge.evidence.answers.get('UNKNOWN') ?? 0) > 0;
  const watchMs = mayLand || wasUnknown ? settings.watchIntervalMs + watchReadMsMax : 0;
  const landsUntilMs = time.nowMs + (mayLand ? landingMsMax : 0) + watchMs;
  return landsUntilMs > closeBeginsMs ? Math.max(landsUntilMs, sessionEndsMs) : landsUntilMs;
}

function isConverged({ judge }: Seat, { trader, isRestarting }: Supervisor): boolean {
  if (trader?.isOpen !== true || isRestarting || trader.awaitsPrice) return false;
  const { resolver, unknownCancels, unknownReplaces, tracker } = trader;
  if (!judge.streams.isWhole(trader)) return false;
  if (resolver.open.length + unknownCancels.open.length + unknownReplaces.open.length > 0) return false;
  if (tracker.openOrdersTotal > 0 || judge.evidence.replaces.some(({ waiting }) => waiting)) return false;
  return [...judge.evidence.intents.values()].every(({ waiting }) => waiting === 0);
}

/**
 * A list that lost rows when the day began makes a wrong opening, which the journal keeps. A program must not be right by
 * itself: it must say that the broker has other figures, so that a person accepts those.
 */
async function confirmOpening({ time, disk, judge, story, account }: Seat, { trader }: Supervisor): Promise<void> {
  if (trader === undefined || isOpeningRight(disk, account)) return;
  let outcome = '';
  judge.goes(
    trader.reconcile('the trial asks').then((report) => {
      ({ outcome } = report);
    }),
  );
  await time.run(time.nowMs + openingReadMsMax, () => outcome === '');
  if (outcome !== 'DIFFERS')
    judge.report('I4', `the account opened with wrong figures, and the program said ${outcome}`);
  story.count('openings wrong, and said so');
}

function isOpeningRight({ durable }: Disk, { cashKrw, holdings }: SimulatedAccount): boolean {
  const body = durable.find(({ type }) => type === 'account-opened')?.body;
  if (body === undefined) return true;
  const held = (body['positions'] as FoldedOpening['positions']).map(({ symbol, quantity }) => `${symbol} ${quantity}`);
  const truth = holdings.map(({ symbol, quantity }) => `${symbol} ${quantity}`);
  return body['cashKrw'] === cashKrw && held.sort().join() === truth.sort().join();
}

async function judgeEnd(seat: Seat, { pendingTimers }: Supervisor, trader: Trader): Promise<void> {
  const { judge, venue, disk, story, draw, account, tokenStore, sight } = seat;
  if (pendingTimers > 0) judge.report('I17', `${pendingTimers} timers are left after close`);
  checkReplay(seat, trader);
  const origins = await readOrigins(seat);
  const { logged } = story;
  checkEnd({
    ...{ judge, trader, exchange: venue.exchange, account, tokens: tokenStore.known, origins },
    ...{ records: [...disk.durable, ...disk.unsynced], logged, draw: draw.fork(6), isExact: sight.isExact },
    hasWrongOpening: !isOpeningRight(disk, account),
    count: (name, by) => {
      story.count(name, by);
    },
  });
}

/** When all is over, the judge asks for a token of its own and reads at its leisure. */
async function readOrigins({ time, access, schedule, sight }: Seat): Promise<readonly OriginRow[]> {
  for (let tries = 0; tries < 5; tries += 1) {
    await time.run(time.nowMs + tokenPauseMs, () => true);
    const token = sight.askToken(access);
    if (token === undefined) continue;
    const reader = sight.createOriginReader(access, token);
    do await time.run(time.nowMs + ownPauseMs, () => true);
    while (reader.readPage() !== 'LAST');
    return reader.rows;
  }
  throw new Error(`seed ${schedule.seed}: the venue does not tell the judge where its orders came from`);
}

function describe(trader: Trader | undefined): string {
  if (trader === undefined) return 'no process';
  const { isOpen, resolver, unknownCancels, unknownReplaces, tracker, feed } = trader;
  const open = tracker.list().filter(({ leavesQuantity }) => leavesQuantity > 0);
  const orders = open.map(({ intentId, status }) => `${intentId} ${status}`).join(', ');
  const start = isOpen ? 'open' : 'the start is not over';
  const stream = feed === undefined ? 'no stream' : `stream ${feed.state} ${JSON.stringify(feed.figures())}`;
  const unknown = `${resolver.open.length} unknown, ${unknownReplaces.open.length} replaces`;
  return `${start}, ${stream}, ${unknown}, ${unknownCancels.open.length} cancels, orders ${orders}`;
}

function countEvidence({ judge: { evidence }, story }: Seat): void {
  story.count('intents', evidence.intents.size);
  story.count('orders sent', evidence.posts);
  story.count('no price', evidence.withoutPrice);
  story.count('requests', evidence.requests);
  for (const [outcome, times] of evidence.answers) story.count(`command ${outcome}`, times);
  for (const [outcome, times] of evidence.cancelEnds) story.count(`cancel ${outcome}`, times);
  for (const [outcome, times] of evidence.replaceEnds) story.count(`replace ${outcome}`, times);
}
