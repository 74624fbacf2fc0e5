import { type Clock, type OrderAdapter, BrokerError } from '@qts/core';
import { pause } from '../unknown/abortable.ts';

/** Where a breaker stands. */
export type BreakerState = 'CLOSED' | 'OPEN' | 'HALF_OPEN';

type Reads = Pick<OrderAdapter, 'getOrder' | 'listOrders'>;

export interface ReadBreaker {
  readonly state: BreakerState;
  /** One read, unless reads are stopped. @throws {BrokerError} `READS_STOPPED`, or what the read throws */
  run<Result>(read: () => Promise<Result>): Promise<Result>;
  /** Reads of orders behind the breaker: for reconciliation and everything that can wait. */
  guard(adapter: Reads): Reads;
  /** The same for looking after unknown orders: never stopped, and while reads are stopped one a second at most. */
  exempt(adapter: Reads): Reads;
}

/** Failed reads of the last ones that open it, how long it stays open, and how many probes close it. */
const limit = { window: 20, atLeast: 10, failedPercent: 50, openMs: 10_000, probes: 3 } as const;
const paceMs = 1_000;

/**
 * | State       | Reads                                     | Becomes                                                            |
 * | ----------- | ----------------------------------------- | ------------------------------------------------------------------ |
 * | `CLOSED`    | pass                                      | `OPEN` when half of the last 20 failed, at least 10 of them        |
 * | `OPEN`      | `READS_STOPPED`, nothing is sent          | `HALF_OPEN` after 10 s                                             |
 * | `HALF_OPEN` | 3 pass                                    | `CLOSED` when all 3 succeeded, `OPEN` when one failed              |
 *
 * (execution-safety 12.) A read that its caller called off counts neither way.
 */
export function createReadBreaker({ clock }: { readonly clock: Clock }): ReadBreaker {
  let failures: boolean[] = [];
  let openedAtMs: number | undefined;
  let probesSent = 0;
  let probesDone = 0;
  let nextExemptAtMs = 0;

  function stateNow(): BreakerState {
    if (openedAtMs === undefined) return 'CLOSED';
    return clock.monotonicMs() - openedAtMs < limit.openMs ? 'OPEN' : 'HALF_OPEN';
  }

  function open(): void {
    openedAtMs = clock.monotonicMs();
    failures = [];
    probesSent = 0;
    probesDone = 0;
  }

  function note(hasFailed: boolean, isProbe: boolean): void {
    if (isProbe) {
      if (hasFailed) open();
      else if (++probesDone >= limit.probes) openedAtMs = undefined;
      return;
    }
    if (openedAtMs !== undefined) return; // It began before the breaker opened.
    failures = [...failures, hasFailed].slice(-limit.window);
    const failed = failures.filter(Boolean).length;
    if (failures.length >= limit.atLeast && failed * 100 >= failures.length * limit.failedPercent) open();
  }

  async function run<Result>(read: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    const state = stateNow();
    if (state === 'OPEN' || (state === 'HALF_OPEN' && probesSent >= limit.probes)) throw stopped();
    const isProbe = state === 'HALF_OPEN';
    if (isProbe) probesSent++;
    try {
      const result = await read();
      note(false, isProbe);
      return result;
    } catch (error) {
      if (signal?.aborted !== true) note(true, isProbe);
      else if (isProbe) probesSent--;
      throw error;
    }
  }

  async function pace(signal: AbortSignal | undefined): Promise<void> {
    if (stateNow() === 'CLOSED') return;
    const nowMs = clock.monotonicMs();
    const atMs = Math.max(nowMs, nextExemptAtMs);
    nextExemptAtMs = atMs + paceMs;
    if (atMs > nowMs) await pause(clock, atMs - nowMs, signal ?? new AbortController().signal);
  }

  return {
    get state() {
      return stateNow();
    },
    run: (read) => run(read),
    guard: (adapter) => ({
      getOrder: (reference, options) => run(() => adapter.getOrder(reference, options), options?.signal),
      listOrders: (query, options) => run(() => adapter.listOrders(query, options), options?.signal),
    }),
    exempt: (adapter) => ({
      async getOrder(reference, options) {
        await pace(options?.signal);
        return adapter.getOrder(reference, options);
      },
      async listOrders(query, options) {
        await pace(options?.signal);
        return adapter.listOrders(query, options);
      },
    }),
  };
}

function stopped(): BrokerError {
  return new BrokerError({
    code: 'READS_STOPPED',
    summary: 'Too many reads failed: reads are stopped for some seconds.',
    next: 'Nothing was asked, so nothing is known. Ask again later.',
  });
}
