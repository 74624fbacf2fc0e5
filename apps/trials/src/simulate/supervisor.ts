import { applyRecord, emptyFoldedJournal } from '@qts/engine';
import { type Action } from './schedule.ts';
import { type PlantedDefect, type Trader, startTrader } from './trader.ts';
import { type World } from './world/build-world.ts';

type Ending = Extract<Action, { readonly kind: 'KILL' | 'POWER_CUT' }>;

/** Starts the program, ends it in the middle of things, starts it again, and does what the schedule says. */
export interface Supervisor {
  start(): void;
  act(action: Action): void;
  /** Absent while the process is down. */
  readonly trader: Trader | undefined;
  /** A restart is on somebody's mind. */
  readonly isRestarting: boolean;
  /** Nothing is killed any more, and what rests is canceled if the settings say so. */
  heal(): void;
  /** Closes the program and starts none again. */
  close(): Promise<void>;
}

/** How soon a program notices that its journal is broken, and how soon it is started again, ms. */
const brokenJournalMs = 1_500;

const said = { requestedBy: 'trial', reason: 'the schedule says so' };

export function createSupervisor(world: World, defect: PlantedDefect): Supervisor {
  const { time, disk, network, judge, story, draw, tokenStore, schedule } = world;
  const { seed, settings } = schedule;
  let trader: Trader | undefined;
  let transport = network.createTransport();
  let isHealing = false;
  let isOver = false;
  let restarting = 0;
  let placed = 0;
  /** Ends the process within its next write. */
  let armed: Ending | undefined;

  function start(): void {
    if (isOver) return;
    transport = network.createTransport();
    const folded = emptyFoldedJournal();
    for (const record of disk.durable) applyRecord(folded, record);
    const random = draw.fork(5);
    trader = startTrader({
      ...{ settings, clock: time.createProcessClock(), transport, journal: disk.open(), folded, tokenStore },
      ...{ random: () => random.next(), listener: judge, logger: story.logger, defect },
    });
    judge.watch(trader);
    if (isHealing && settings.cancelsAtEnd) trader.windDown();
    story.note('process-begins', String(folded.seq));
  }

  /** The process is gone between two instructions; another begins a little later. */
  function end(keptCount: number, downMs: number): void {
    story.note('process-ends', String(keptCount));
    trader?.clock.end();
    transport.end();
    disk.endProcess(keptCount);
    judge.processEnded();
    trader = undefined;
    time.after(downMs, start);
  }

  function kill({ kind, keep, downMs }: Ending): void {
    armed = undefined;
    if (trader === undefined) return;
    story.count(kind === 'KILL' ? 'kills' : 'power cuts');
    // A kill leaves what the kernel has; without power only a part of it stays.
    end(kind === 'KILL' ? Infinity : keep, downMs);
  }

  world.onWrite = (moment) => {
    if (armed !== undefined && moment === writeMoment(armed)) kill(armed);
  };
  // A program whose journal is broken winds down, and whoever minds it starts it again.
  world.onJournalBroken = () => {
    const broken = trader;
    restarting += 1;
    time.after(brokenJournalMs, () => {
      restarting -= 1;
      if (trader !== broken || isOver) return;
      story.count('restarts after a broken journal');
      end(0, brokenJournalMs);
    });
  };

  function act(action: Action): void {
    story.note('action', action.kind);
    if (trader === undefined) return;
    switch (action.kind) {
      case 'PLACE':
        placed += 1;
        judge.goes(trader.place({ ...action, intentId: `s${seed}-${placed}` }));
        return;
      case 'AGAIN':
        again(trader, action.as);
        return;
      case 'CANCEL':
        cancel(trader, action.which, action.late);
        return;
      case 'STOP':
      case 'RESUME':
        trader.safety.setKillSwitch(action.kind === 'STOP', said);
        return;
      case 'RECOVER':
        trader.safety.requestRecovery({ operatorApproved: true, ...said });
        return;
      case 'KILL':
      case 'POWER_CUT':
        if (action.within === 'EVENT') kill(action);
        else armed = action;
    }
  }

  function again(program: Trader, as: 'TWIN' | 'REPEAT' | 'CONFLICT'): void {
    const { latest } = program;
    if (latest === undefined) return;
    placed += as === 'TWIN' ? 1 : 0;
    const { intentId, quantity } = latest;
    const offers = {
      TWIN: { ...latest, intentId: `${intentId}t${placed}` as typeof intentId },
      REPEAT: latest,
      CONFLICT: { ...latest, quantity: (quantity + 1) as typeof quantity },
    };
    judge.goes(program.submit(offers[as]));
  }

  function cancel(program: Trader, which: number, late: boolean): void {
    const orders = program.tracker
      .list()
      .filter(({ reference, leavesQuantity }) => reference !== undefined && (late || leavesQuantity > 0));
    const reference = orders[which % Math.max(1, orders.length)]?.reference;
    if (reference !== undefined) judge.goes(program.cancel(reference));
  }

  return {
    ...{ start, act },
    get trader() {
      return trader;
    },
    get isRestarting() {
      return restarting > 0;
    },
    heal() {
      armed = undefined;
      isHealing = true;
      if (settings.cancelsAtEnd) trader?.windDown();
    },
    async close() {
      isOver = true;
      await trader?.close();
    },
  };
}

/** Half of the kills within a write strike before the record is handed over, half after. */
function writeMoment({ downMs }: Ending): 'BEFORE' | 'AFTER' {
  return downMs % 2 === 0 ? 'BEFORE' : 'AFTER';
}
