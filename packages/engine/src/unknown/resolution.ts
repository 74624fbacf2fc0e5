import {
  type BrokerOrderId,
  type Clock,
  type ExecutionIntent,
  type Logger,
  type NativeReason,
  type OrderAdapter,
  type OrderList,
  BrokerError,
  kstDate,
} from '@qts/core';
import { pause, within } from './abortable.ts';
import { type EscalationReason, type Evidence, type Verdict } from './evidence.ts';
import { type MatchTerms } from './match-rows.ts';
import { type ResolverTimings } from './resolver-settings.ts';

/** One unknown order while it is being resolved. */
export interface Resolution {
  readonly intent: ExecutionIntent;
  readonly terms: MatchTerms;
  readonly evidence: Evidence;
  /** When it became unknown, by the monotonic clock. */
  readonly beganAtMs: number;
  /** Aborted with the first clear word; nothing that comes later counts. */
  readonly abort: AbortController;
  /** What the broker said that a read has to confirm. */
  refusal: NativeReason | undefined;
  /** Numbers that notices named and that could be its own: each hurries the reads once. */
  readonly noticed: Set<BrokerOrderId>;
  /** Ends the wait for the next read; `undefined` while none is waited for. */
  readNow: (() => void) | undefined;
  /** Why a person has to decide, once that is so. */
  escalated: EscalationReason | undefined;
}

export interface ReadingParts {
  readonly adapter: Pick<OrderAdapter, 'listOrders'>;
  readonly clock: Clock;
  readonly timings: ResolverTimings;
  readonly logger: Logger | undefined;
  /** What a list says about the order. */
  readonly judge: (resolution: Resolution, list: OrderList, beganAfterMs: number) => Verdict | undefined;
}

/**
 * Reads the order list on the schedule until something is proven or time is over. A read may be slow: what was due
 * meanwhile is left out. Gives `undefined` when the resolution was ended by others.
 */
export async function readUntilProven(resolution: Resolution, parts: ReadingParts): Promise<Verdict | undefined> {
  const { clock, timings } = parts;
  const { signal } = resolution.abort;
  const elapsedMs = (): number => clock.monotonicMs() - resolution.beganAtMs;
  const timeIsOver = new AbortController();
  const giveUp = clock.setTimer(() => {
    timeIsOver.abort();
  }, timings.giveUpAfterMs - elapsedMs());
  const either = AbortSignal.any([signal, timeIsOver.signal]);
  try {
    for (;;) {
      const dueMs = timings.readAfterMs.find((ms) => ms > elapsedMs()) ?? elapsedMs() + timings.readAgainMs;
      const due = new AbortController();
      resolution.readNow = () => {
        due.abort();
      };
      await pause(clock, dueMs - elapsedMs(), AbortSignal.any([either, due.signal]));
      resolution.readNow = undefined;
      if (isAborted(either)) break;
      const beganAfterMs = elapsedMs();
      const list = await readList(resolution, parts, either);
      const verdict = list === undefined || isAborted(either) ? undefined : parts.judge(resolution, list, beganAfterMs);
      if (verdict !== undefined) return verdict;
    }
    return isAborted(signal) ? undefined : resolution.evidence.giveUp();
  } finally {
    giveUp.cancel();
  }
}

async function readList(
  { intent: { intentId, symbol, side }, terms, beganAtMs }: Resolution,
  { adapter, clock, timings, logger }: ReadingParts,
  signal: AbortSignal,
): Promise<OrderList | undefined> {
  const { giveUpAfterMs, readTimeoutMs } = timings;
  const deadlineMs = clock.nowMs() + giveUpAfterMs - (clock.monotonicMs() - beganAtMs);
  const query = { tradingDate: kstDate(terms.sentAtMs), symbol, side };
  try {
    return await within(clock, readTimeoutMs, signal, (either) =>
      adapter.listOrders(query, { signal: either, deadlineMs }),
    );
  } catch (error) {
    const code = BrokerError.isInstance(error) ? error.code : 'ADAPTER_THREW';
    if (!signal.aborted) logger?.warn('unknown-order-not-read', { intentId, code });
    return undefined;
  }
}

/** Asked anew after every wait. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
