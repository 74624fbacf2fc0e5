import { type Clock, type Logger, type Timer } from '@qts/core';
import { type Reconciler } from '../reconciliation/reconciler-contract.ts';

/** After a comparison that could not be read, ms. */
const againMs = 10_000;

/** Full comparisons that events ask for: never two at once, and however many ask meanwhile, one more. */
export interface CompareOnDemand {
  ask(reason: string): void;
  /** Nothing is under way or due: all that was asked for has been read. */
  readonly isDone: boolean;
  readonly count: number;
  settled(): Promise<void>;
  close(): void;
}

/** @param onDone called whenever everything that was asked for has been read */
export function createCompareOnDemand(
  reconciler: Pick<Reconciler, 'reconcileNow'>,
  clock: Clock,
  logger: Logger | undefined,
  onDone: () => void,
): CompareOnDemand {
  let wanted: string | undefined;
  let running: Promise<void> | undefined;
  let timer: Timer | undefined;
  let isClosed = false;
  let count = 0;

  /** Asked anew after every wait. */
  const isOver = (): boolean => isClosed;

  async function run(): Promise<void> {
    for (let reason = wanted; reason !== undefined && !isOver(); reason = wanted) {
      wanted = undefined;
      count += 1;
      if (!(await compare(reason)) && !isOver()) {
        wanted ??= reason;
        timer = clock.setTimer(() => {
          timer = undefined;
          begin();
        }, againMs);
        return;
      }
    }
  }

  async function compare(reason: string): Promise<boolean> {
    try {
      return (await reconciler.reconcileNow(reason)).outcome !== 'UNREADABLE';
    } catch (error) {
      logger?.error('order-feed-comparison-failed', { reason, error: error instanceof Error ? error.name : 'UNKNOWN' });
      return false;
    }
  }

  function begin(): void {
    if (running !== undefined || timer !== undefined || isClosed) return;
    running = run().finally(() => {
      running = undefined;
      // Somebody may have asked while the last words were said.
      if (wanted !== undefined) begin();
      else if (!isClosed) onDone();
    });
  }

  return {
    ask(reason) {
      wanted ??= reason;
      begin();
    },
    get isDone() {
      return running === undefined && wanted === undefined;
    },
    get count() {
      return count;
    },
    async settled() {
      while (running !== undefined) await running;
    },
    close() {
      isClosed = true;
      timer?.cancel();
      timer = undefined;
      wanted = undefined;
    },
  };
}
