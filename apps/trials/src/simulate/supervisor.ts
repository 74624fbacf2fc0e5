import { applyRecord, emptyFoldedJournal } from '@qts/engine';
import { type Action } from './schedule.ts';
import { type PlantedDefect, type StartingTrader, type Trader, startTrader } from './trader.ts';
import { type Seat } from './world/seat.ts';
import { type ProcessClock } from './world/virtual-time.ts';

type Ending = Extract<Action, { readonly kind: 'KILL' | 'POWER_CUT' }>;

/** What happens to a program, whether it has an engine or not. */
type Outside = Exclude<Action, { readonly kind: 'PLACE' | 'AGAIN' | 'REPLACE' | 'CANCEL' | 'RECOVER' | 'STOP' }>;
const outside: ReadonlySet<Action['kind']> = new Set(['KILL', 'POWER_CUT', 'STOP_ELSEWHERE', 'SPOIL_STOP']);

function isOutside(action: Action): action is Outside {
  return outside.has(action.kind);
}

/** Starts the program, ends it in the middle of things, starts it again, and does what the schedule says. */
export interface Supervisor {
  start(): void;
  act(action: Action): void;
  /** Absent while the process is down, and until it has read the account. */
  readonly trader: Trader | undefined;
  /** A restart is on somebody's mind. */
  readonly isRestarting: boolean;
  /** Nothing is killed any more, and what rests is canceled if the settings say so. */
  heal(): void;
  /** Closes the program and starts none again. */
  close(): Promise<void>;
  /** Nothing of the last process fires any more. */
  end(): void;
  /** Timers of the last process that have neither fired nor been canceled. */
  readonly pendingTimers: number;
}

/** A process, from its first instruction on. */
interface Process {
  readonly clock: ProcessClock;
  readonly starting: StartingTrader;
}

/** How soon a program notices that its journal is broken, and how soon it is started again, ms. */
const brokenJournalMs = 1_500;

const said = { requestedBy: 'trial', reason: 'the schedule says so' };

export function createSupervisor(seat: Seat, defect: PlantedDefect): Supervisor {
  const { time, disk, network, streamNetwork, judge, story, draw, tokenStore, schedule, settings, stopBoard } = seat;
  const { seed } = schedule;
  let running: Process | undefined;
  let trader: Trader | undefined;
  let transport = network.createTransport();
  let streamTransport = streamNetwork.createTransport();
  let isHealing = false;
  let isOver = false;
  let restarting = 0;
  let placed = 0;
  let replaced = 0;
  /** Ends the process within its next write. */
  let armed: Ending | undefined;

  function start(): void {
    if (isOver) return;
    transport = network.createTransport();
    streamTransport = streamNetwork.createTransport();
    const folded = emptyFoldedJournal();
    for (const record of disk.durable) applyRecord(folded, record);
    const random = draw.fork(5);
    const clock = time.createProcessClock();
    story.note('process-begins', String(folded.seq));
    const starting = startTrader({
      ...{ settings, clock, transport, streamTransport, journal: disk.open(), folded, tokenStore },
      stopLatch: stopBoard,
      ...{ random: () => random.next(), listener: judge, logger: story.logger, defect },
    });
    const process: Process = { clock, starting };
    running = process;
    judge.processBegan(clock);
    judge.goes(
      starting.ready.then((ready) => {
        if (ready === undefined || running !== process || isOver) return;
        trader = ready;
        judge.watch(ready);
        story.note('engine-begins', '');
        if (isHealing && settings.cancelsAtEnd) ready.windDown();
      }),
    );
  }

  /** The process is gone between two instructions; another begins a little later. */
  function end(how: Ending['kind'], keptCount: number, downMs: number): void {
    story.note('process-ends', String(keptCount));
    running?.clock.end();
    running = undefined;
    transport.end();
    streamTransport.end(how);
    disk.endProcess(keptCount);
    judge.processEnded();
    trader = undefined;
    time.after(downMs, start);
  }

  function kill({ kind, keep, downMs }: Ending): void {
    armed = undefined;
    if (running === undefined) return;
    story.count(kind === 'KILL' ? 'kills' : 'power cuts');
    // A kill leaves what the kernel has; without power only a part of it stays.
    end(kind, kind === 'KILL' ? Infinity : keep, downMs);
  }

  seat.onWrite = (moment) => {
    if (armed !== undefined && moment === writeMoment(armed)) kill(armed);
  };
  // A program whose journal is broken winds down, and whoever minds it starts it again.
  seat.onJournalBroken = () => {
    const broken = running;
    restarting += 1;
    time.after(brokenJournalMs, () => {
      restarting -= 1;
      if (running !== broken || isOver) return;
      story.count('restarts after a broken journal');
      end('KILL', 0, brokenJournalMs);
    });
  };

  /** The end of the process, and what others do to the stop. */
  function actOutside(action: Outside): void {
    switch (action.kind) {
      case 'KILL':
      case 'POWER_CUT':
        if (action.within === 'EVENT') kill(action);
        else armed = action;
        return;
      case 'STOP_ELSEWHERE':
        stopBoard.engage({ ...said, atMs: time.nowMs });
        story.count('stops from elsewhere');
        return;
      case 'SPOIL_STOP':
        stopBoard.setReadable(false);
        story.count('stops that cannot be read');
        time.after(action.forMs, () => {
          stopBoard.setReadable(true);
        });
    }
  }

  function act(action: Action): void {
    story.note('action', action.kind);
    if (isOutside(action)) actOutside(action);
    else if (trader !== undefined) actInside(trader, action);
  }

  function actInside(program: Trader, action: Exclude<Action, Outside>): void {
    switch (action.kind) {
      case 'PLACE':
        placed += 1;
        judge.goes(program.place({ ...action, intentId: `s${seed}-${placed}` }));
        return;
      case 'AGAIN':
        again(program, action.as);
        return;
      case 'REPLACE':
        replace(program, action);
        return;
      case 'CANCEL':
        cancel(program, action.which, action.late);
        return;
      case 'STOP':
        program.killSwitch.engage(said);
        story.count('stops');
        return;
      case 'RECOVER':
        program.safety.requestRecovery({ operatorApproved: true, ...said });
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

  function replace(program: Trader, { which, ticks, isPart }: Extract<Action, { readonly kind: 'REPLACE' }>): void {
    const open = program.tracker.list().filter(({ reference, leavesQuantity, intent }) => {
      return reference !== undefined && leavesQuantity > 0 && intent.intentType === 'LIMIT';
    });
    const order = open[which % Math.max(1, open.length)];
    if (order === undefined) return;
    replaced += 1;
    judge.goes(program.replace(order, { commandId: `s${seed}-r${replaced}`, ticks, isPart }));
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
    get pendingTimers() {
      return running?.clock.pendingTimers ?? 0;
    },
    heal() {
      armed = undefined;
      isHealing = true;
      if (settings.cancelsAtEnd) trader?.windDown();
    },
    async close() {
      isOver = true;
      await running?.starting.close();
    },
    end() {
      running?.clock.end();
    },
  };
}

/** Half of the kills within a write strike before the record is handed over, half after. */
function writeMoment({ downMs }: Ending): 'BEFORE' | 'AFTER' {
  return downMs % 2 === 0 ? 'BEFORE' : 'AFTER';
}
