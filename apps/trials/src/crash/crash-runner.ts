import { flushCompileCache } from 'node:module';
import {
  type ExecutionIntent,
  type OrderReference,
  type SymbolCode,
  parseExecutionIntent,
  symbolCode,
} from '@qts/core';
import { hashFoldedJournal, hashOrders } from '@qts/engine';
import { createDraw } from '../simulate/world/draw.ts';
import { type CrashStack, pause, startStack } from './crash-stack.ts';
import { crashInstruments, priceKrwAt } from './crash-market.ts';
import { createDeath } from './mortal-ports.ts';
import { type RunnerMessage, type RunnerTask, type ToldBooks } from './runner-messages.ts';
import { createTrialClock } from './trial-clock.ts';

/** Orders that await their answer at a time. */
const inFlight = 3;
/** Every so many orders one that rests is canceled, and a snapshot is kept. */
const cancelEvery = 3;
const snapshotEvery = 11;
/** Orders of the life before that are offered again. */
const againCount = 6;

/** `crash-runner`: a process of `crash`. Says that it is ready, is told its life over IPC, and leads it until it is killed. */
export function runCrashRunner(): Promise<number> {
  const tell = (message: RunnerMessage): void => void process.send?.(message);
  return new Promise((resolve) => {
    process.once('disconnect', () => {
      resolve(1);
      process.exit(1);
    });
    process.once('message', (task) => {
      live(task as RunnerTask, tell).then(
        () => {
          resolve(0);
          process.disconnect();
        },
        (error: unknown) => {
          tell({ kind: 'FAILED', why: error instanceof Error ? (error.stack ?? error.message) : typeof error });
          resolve(1);
        },
      );
    });
    flushCompileCache(); // A process that is killed leaves none by itself.
    tell({ kind: 'READY' });
  });
}

async function live(task: RunnerTask, tell: (message: RunnerMessage) => void): Promise<void> {
  const clock = createTrialClock(task.time);
  const stack = await startStack(task, clock, createDeath(task.death), tell);
  tell({ kind: 'OPEN', outcome: stack.opened.outcome, why: stack.opened.why });
  const wait = (ms: number): Promise<void> => pause(clock, ms);
  // A strategy that was restarted asks again for what it wanted: the same intent is one order.
  await Promise.all(stack.before.slice(-againCount).map((intent) => stack.gateway.submitIntent(intent)));
  if (!task.isLast) {
    await trade(task, stack, () => clock.nowMs(), wait, tell);
    tell({ kind: 'IDLE' });
    await new Promise(() => undefined);
  }
  await windDown(stack, wait);
  const books = tellBooks(stack);
  await stack.close();
  tell({ kind: 'BOOKS', books });
}

async function trade(
  { seed, firstOrder, ordersMax }: RunnerTask,
  stack: CrashStack,
  nowMs: () => number,
  wait: (ms: number) => Promise<void>,
  tell: (message: RunnerMessage) => void,
): Promise<void> {
  const draw = createDraw(seed).fork(firstOrder);
  const { gateway } = stack;
  const resting: OrderReference[] = [];
  let taken = 0;
  let answered = 0;

  async function work(): Promise<void> {
    while (taken < ordersMax) {
      const number = firstOrder + taken;
      taken += 1;
      const symbol = symbolOf(number);
      const ticks = draw.whole(-4, 4);
      const side = draw.chance(0.5) ? 'BUY' : 'SELL';
      while (!stack.mayOrder(symbol)) await wait(200);
      const { reference } = await gateway.submitIntent(intentOf(number, side, ticks, nowMs()));
      answered += 1;
      tell({ kind: 'ORDERED', orders: answered });
      if (reference !== undefined) resting.push(reference);
      if (answered % cancelEvery === 0) {
        const target = resting.shift();
        if (target !== undefined) await gateway.cancelOrder({ target, dryRun: false });
      }
      if (answered % snapshotEvery === 0) stack.keepSnapshot();
      if (answered % 7 === 0) await stack.readOrders();
    }
  }
  await Promise.all(Array.from({ length: inFlight }, work));
}

/** Orders are told apart by symbol and quantity alone, so that a judge can read them from the wire. */
export function symbolOf(number: number): SymbolCode {
  return symbolCode(crashInstruments[number % crashInstruments.length]?.symbol ?? '');
}

export function quantityOf(number: number): number {
  return 1 + Math.floor(number / crashInstruments.length);
}

function intentOf(number: number, side: 'BUY' | 'SELL', ticks: number, createdAtMs: number): ExecutionIntent {
  return parseExecutionIntent({
    ...{ intentId: `order-${number}`, symbol: symbolOf(number), side, quantity: quantityOf(number), createdAtMs },
    ...{ intentType: 'LIMIT', limitPriceKrw: priceKrwAt(ticks) },
  });
}

/** Cancels what rests until nothing does and everything is known and agreed. */
async function windDown(stack: CrashStack, wait: (ms: number) => Promise<void>): Promise<void> {
  const { tracker, gateway, resolver, reconciler } = stack;
  for (;;) {
    const open = tracker.list().filter(({ leavesQuantity }) => leavesQuantity > 0);
    for (const { reference } of open) {
      if (reference !== undefined) await gateway.cancelOrder({ target: reference, dryRun: false });
    }
    const { outcome } = await reconciler.reconcileNow('the end of the trial');
    const isDone = tracker.list().every(({ leavesQuantity }) => leavesQuantity === 0) && resolver.open.length === 0;
    if (isDone && outcome !== 'UNREADABLE') return;
    await wait(2_000);
  }
}

function tellBooks({ tracker, book, resolver, reconciler, folded }: CrashStack): ToldBooks {
  return {
    orders: tracker.list().map(({ intentId, reference, status, facts, leavesQuantity }) => ({
      ...{ intentId, status, leavesQuantity },
      ...(reference === undefined ? undefined : { number: reference.brokerOrderId }),
      filledQuantity: facts.filledQuantity,
      filledAmountKrw: facts.filledAmountKrw,
      canceledQuantity: facts.canceledQuantity,
    })),
    cashKrw: book.cashKrw,
    positions: Object.fromEntries(book.positions().map(({ symbol, quantity }) => [symbol, quantity])),
    open: [
      ...resolver.open.map(({ intentId, escalated = '' }) => `${intentId} ${escalated}`),
      ...reconciler.differences.map(({ class: kind, why }) => `${kind} ${why}`),
    ],
    foldHash: hashFoldedJournal(folded),
    ordersHash: hashOrders(tracker),
  };
}
