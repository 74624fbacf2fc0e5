import { kstEpochMs, timeOfDayMs, tradingDate } from '@qts/core';
import { type VenueFaultId, venueFaults } from '@qts/venue-sim';
import { checkEnd } from './judge/end-checks.ts';
import { type Violation } from './judge/invariants.ts';
import { checkReplay } from './judge/replay-check.ts';
import { type OriginRow, askToken, createOriginReader } from './judge/wire.ts';
import { createOperator, listDate, ownPauseMs } from './operator.ts';
import { type Schedule } from './schedule.ts';
import { type Supervisor, createSupervisor } from './supervisor.ts';
import { type PlantedDefect, type Trader } from './trader.ts';
import { type World, buildWorld, tokenPauseMs } from './world/build-world.ts';
import { simulatedDate } from './world/market.ts';

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
  const world = buildWorld(schedule, (startMs) => startMs + settings.activeMs + healingMsMax, options.trace ?? false);
  const { time, startMs, judge, story, venue } = world;
  const supervisor = createSupervisor(world, options.defect ?? {});
  const operator = createOperator(world, supervisor);
  const afterEvent = (): boolean => {
    judge.afterEvent();
    return judge.violations.length === 0;
  };

  supervisor.start();
  await time.run(startMs, () => true);
  for (const action of actions) {
    time.after(action.atMs, () => {
      supervisor.act(action);
    });
  }
  operator.watchOver(startMs + settings.activeMs);
  world.setFaults(true);
  await time.run(startMs + settings.activeMs, afterEvent);

  world.setFaults(false);
  supervisor.heal();
  story.note('healing', '');
  const healsFromMs = time.nowMs;
  const calmFromMs = calmFrom(world);
  const isCalm = (): boolean => {
    operator.decideWhatWaits();
    return time.nowMs >= calmFromMs && isConverged(world, supervisor);
  };
  await time.run(Math.max(healsFromMs + healingMsMax, calmFromMs + 120_000), () => afterEvent() && !isCalm());
  if (judge.violations.length === 0 && !isCalm()) {
    judge.report('HEALING', `after ${time.nowMs - healsFromMs} ms without faults: ${describe(supervisor.trader)}`);
  }
  const virtualMs = time.nowMs - startMs;
  await supervisor.close();
  // A read that waits for its repetition notices at the end of the wait that its session is closed.
  await time.run(time.nowMs + closingMsMax, () => true);
  const { trader } = supervisor;
  if (judge.violations.length === 0 && trader !== undefined) await judgeEnd(world, trader);

  for (const [id, times] of Object.entries(venue.faults.counters())) if (times > 0) story.count(`venue ${id}`, times);
  countEvidence(world);
  trader?.clock.end();
  venue.close();
  const { counts, lines } = story;
  story.note('end', JSON.stringify(counts));
  const { longestUnknownMs, longestCancelMs } = judge.evidence;
  return {
    ...{ seed, hash: story.digest(), violations: judge.violations, counts, virtualMs, trace: lines },
    ...{ longestUnknownMs, longestCancelMs },
  };
}

/**
 * When nothing that went wrong can still turn up: an order that the venue holds back, or one that was called absent because
 * lists did not show it, and that the watch over such orders finds. Near the close the session's end is waited for as well.
 */
function calmFrom({ time, venue, judge, schedule }: World): number {
  const struck = venue.faults.counters();
  const mayLand = landingFaults.some((id) => struck[id] > 0);
  const wasUnknown = (judge.evidence.answers.get('UNKNOWN') ?? 0) > 0;
  const watchMs = mayLand || wasUnknown ? schedule.settings.watchIntervalMs + watchReadMsMax : 0;
  const landsUntilMs = time.nowMs + (mayLand ? landingMsMax : 0) + watchMs;
  return landsUntilMs > closeBeginsMs ? Math.max(landsUntilMs, sessionEndsMs) : landsUntilMs;
}

function isConverged({ judge }: World, { trader, isRestarting }: Supervisor): boolean {
  if (trader?.isOpen !== true || isRestarting) return false;
  const { resolver, unknownCancels, tracker } = trader;
  if (resolver.open.length > 0 || unknownCancels.open.length > 0 || tracker.openOrdersTotal > 0) return false;
  return [...judge.evidence.intents.values()].every(({ waiting }) => waiting === 0);
}

async function judgeEnd(world: World, trader: Trader): Promise<void> {
  const { judge, venue, disk, story, draw } = world;
  const leftTimers = trader.clock.pendingTimers;
  if (leftTimers > 0) judge.report('I17', `${leftTimers} timers are left after close`);
  checkReplay(world, trader);
  const origins = await readOrigins(world);
  const { logged } = story;
  checkEnd({
    ...{ judge, trader, exchange: venue.exchange, origins, records: disk.durable, logged, draw: draw.fork(6) },
    count: (name, by) => {
      story.count(name, by);
    },
  });
}

/** When all is over, the judge asks for a token of its own and reads at its leisure. */
async function readOrigins({ time, access, schedule }: World): Promise<readonly OriginRow[]> {
  for (let tries = 0; tries < 5; tries += 1) {
    await time.run(time.nowMs + tokenPauseMs, () => true);
    const token = askToken(access);
    if (token === undefined) continue;
    const reader = createOriginReader(access, token, listDate);
    do await time.run(time.nowMs + ownPauseMs, () => true);
    while (reader.readPage() !== 'LAST');
    return reader.rows;
  }
  throw new Error(`seed ${schedule.seed}: the venue does not tell the judge where its orders came from`);
}

function describe(trader: Trader | undefined): string {
  if (trader === undefined) return 'no process';
  const { isOpen, resolver, unknownCancels, tracker } = trader;
  const open = tracker.list().filter(({ leavesQuantity }) => leavesQuantity > 0);
  const orders = open.map(({ intentId, status }) => `${intentId} ${status}`).join(', ');
  const start = isOpen ? 'open' : 'the start is not over';
  return `${start}, ${resolver.open.length} unknown, ${unknownCancels.open.length} cancels, orders ${orders}`;
}

function countEvidence({ judge: { evidence }, story }: World): void {
  story.count('intents', evidence.intents.size);
  story.count('orders sent', evidence.posts);
  story.count('no price', evidence.withoutPrice);
  story.count('requests', evidence.requests);
  for (const [outcome, times] of evidence.answers) story.count(`command ${outcome}`, times);
  for (const [outcome, times] of evidence.cancelEnds) story.count(`cancel ${outcome}`, times);
}
