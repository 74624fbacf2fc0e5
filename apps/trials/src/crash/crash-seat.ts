import { type VenueSim } from '@qts/venue-sim';
import { type Draw } from '../simulate/world/draw.ts';
import { type CrashBroker } from './crash-market.ts';
import { type CrashPointId, crashPoints } from './crash-points.ts';
import { type CrashFindings, type ReadJournal, judgeBooks, judgeOrders, readJournal } from './judge-crash.ts';
import { type PlantedCrashDefect, type RunnerMessage, type RunnerTask, type ToldBooks } from './runner-messages.ts';
import { type RunnerProcess, type RunnerProgram, startRunner } from './runner-process.ts';

/** Orders that one life may place. One that waits for its killer longer than that is killed where it stands. */
const ordersPerLifeMax = 56;

/** One account at one broker, whose program is killed again and again. */
export interface SeatSettings {
  readonly broker: CrashBroker;
  readonly venue: VenueSim;
  readonly folder: string;
  /** Where processes find the code that others compiled. */
  readonly compileCache: string;
  readonly time: RunnerTask['time'];
  readonly program: RunnerProgram;
  readonly seed: number;
  readonly draw: Draw;
  /** The named points at which lives end, in turn; the rest of the kills are at random moments. */
  readonly points: readonly CrashPointId[];
  readonly kills: number;
  /** A life that takes longer, ms of the machine, hangs: that is a finding. */
  readonly lifeMsMax: number;
  readonly findings: CrashFindings;
  readonly defect?: PlantedCrashDefect | undefined;
  readonly onKill: (point: CrashPointId | undefined) => void;
  /** Faults stop; what is under way goes on. */
  readonly heal: () => void;
}

export interface SeatResult {
  readonly orders: number;
  readonly restarts: number;
  readonly pointHits: readonly CrashPointId[];
  readonly randomKills: number;
  /** Restarts that began from a snapshot and its tail or from all records, and said what the journal says. */
  readonly foldsEqual: number;
  /** Restarts that agreed with the broker and went on. */
  readonly opened: number;
  readonly canceled: number;
  readonly filled: number;
}

type Ending =
  | { readonly kind: 'POINT'; readonly point: CrashPointId }
  | { readonly kind: 'ORDERS'; readonly orders: number; readonly thenMs: number }
  | { readonly kind: 'TIME'; readonly afterMs: number };

export async function runSeat(settings: SeatSettings): Promise<SeatResult> {
  const { broker, venue, folder, compileCache, time, program, seed, draw, kills, lifeMsMax, findings, onKill } =
    settings;
  const waiting = [...settings.points];
  const pointHits: CrashPointId[] = [];
  let randomKills = 0;
  let foldsEqual = 0;
  let opened = 0;
  let life = 0;
  let next = startRunner(program, compileCache);

  /** Leads one life to its end. */
  async function lead(
    ending: Ending | undefined,
  ): Promise<{ readonly killed: 'POINT' | 'RANDOM' | undefined; readonly books?: ToldBooks; readonly seen: Seen }> {
    const runner: RunnerProcess = next;
    // The next process loads its code while this one works.
    if (ending !== undefined) next = startRunner(program, compileCache);
    const seen: Seen = {};
    let isRandom = false;
    const wasRandom = (): boolean => isRandom;
    let books: ToldBooks | undefined;
    const kill = (): void => {
      isRandom = true;
      runner.kill();
    };
    const timers: NodeJS.Timeout[] = [];
    const after = (ms: number, work: () => void): void => void timers.push(setTimeout(work, ms));
    after(lifeMsMax, () => {
      findings.differences.push(`${broker}: life ${life} hung; seen ${JSON.stringify(seen)}`);
      kill();
    });
    if (ending?.kind === 'TIME') after(ending.afterMs, kill);
    const onMessage = (message: RunnerMessage): void => {
      switch (message.kind) {
        case 'FOLDED':
          seen.folded = message;
          return;
        case 'OPEN':
          seen.outcome = message.outcome;
          seen.why = message.why;
          return;
        case 'ORDERED':
          if (ending?.kind === 'ORDERS' && message.orders === ending.orders) after(ending.thenMs, kill);
          return;
        case 'IDLE':
          kill();
          return;
        case 'BOOKS':
          ({ books } = message);
          return;
        case 'FAILED':
          findings.differences.push(`${broker}: life ${life} failed: ${message.why}`);
          kill();
          return;
        case 'READY':
      }
    };
    runner.begin(
      {
        ...{ broker, url: venue.url, folder, time, seed, isLast: ending === undefined },
        ...{ firstOrder: life * ordersPerLifeMax, ordersMax: ordersPerLifeMax },
        ...(settings.defect === undefined ? {} : { defect: settings.defect }),
        ...(ending?.kind === 'POINT' ? { death: { point: ending.point, nth: nthOf(ending.point, draw) } } : {}),
      },
      onMessage,
    );
    const { killed, said } = await runner.gone;
    for (const timer of timers) clearTimeout(timer);
    if (said !== '') findings.differences.push(`${broker}: life ${life} wrote to its error output: ${said}`);
    if (!killed && books === undefined) findings.differences.push(`${broker}: life ${life} ended by itself`);
    life += 1;
    return {
      killed: !killed ? undefined : wasRandom() ? 'RANDOM' : 'POINT',
      ...(books === undefined ? {} : { books }),
      seen,
    };
  }

  /** Compares what a restart folded with the whole journal, and what it came to with a clean start. */
  function judgeStart({ folded, outcome, why = [] }: Seen, { hashAt }: ReadJournal): void {
    if (folded !== undefined) {
      const hash = hashAt(folded.seq);
      if (hash === folded.hash || folded.seq === 0) foldsEqual += 1;
      else findings.journal.push(`life ${life - 1} folded ${folded.seq} records to something else (I10)`);
    }
    if (outcome !== undefined) opened += 1;
    // What unknown orders alone stopped goes on by itself.
    const differs = why.filter((each) => !each.startsWith('the safety state is FAIL'));
    for (const each of differs) findings.differences.push(`${broker}: life ${life - 1} opened restricted: ${each}`);
  }

  let posts = 0;
  while (pointHits.length + randomKills < kills) {
    const ending = endingOf(waiting, kills - pointHits.length - randomKills, draw);
    const { killed, seen } = await lead(ending);
    const point = killed === 'POINT' && ending.kind === 'POINT' ? ending.point : undefined;
    if (point !== undefined) {
      pointHits.push(point);
      waiting.splice(waiting.indexOf(point), 1);
    } else {
      randomKills += 1;
    }
    onKill(point);
    if (seen.folded === undefined && seen.outcome === undefined) continue; // Killed before it had opened its journal.
    const journal = await readJournal(folder, findings, seen.folded?.seq);
    if (journal === undefined) continue;
    judgeStart(seen, journal);
    ({ posts } = judgeOrders(broker, venue, journal, findings));
  }
  settings.heal();
  const { books, seen } = await lead(undefined);
  const journal = await readJournal(folder, findings, seen.folded?.seq);
  if (journal !== undefined && books !== undefined) {
    judgeStart(seen, journal);
    ({ posts } = judgeOrders(broker, venue, journal, findings));
    judgeBooks(broker, venue, journal, books, findings);
  }
  const ended = books?.orders ?? [];
  return {
    ...{ orders: posts, restarts: life, pointHits, randomKills, foldsEqual, opened },
    canceled: ended.filter(({ canceledQuantity }) => canceledQuantity > 0).length,
    filled: ended.filter(({ filledQuantity }) => filledQuantity > 0).length,
  };
}

/** What a life told before it ended. */
interface Seen {
  folded?: { readonly seq: number; readonly hash: string };
  outcome?: string;
  why?: readonly string[];
}

/** Named points first where they must, random moments between them. */
function endingOf(waiting: readonly CrashPointId[], killsLeft: number, draw: Draw): Ending {
  const [first] = waiting;
  if (first !== undefined && (waiting.length >= killsLeft || draw.chance(waiting.length / killsLeft))) {
    return { kind: 'POINT', point: waiting[draw.whole(0, waiting.length - 1)] ?? first };
  }
  if (draw.chance(0.2)) return { kind: 'TIME', afterMs: draw.whole(50, 1_500) };
  return { kind: 'ORDERS', orders: draw.whole(34, 46), thenMs: draw.whole(0, 25) };
}

function nthOf(point: CrashPointId, draw: Draw): number {
  const [min, max] = crashPoints[point].nth;
  return draw.whole(min, max);
}
