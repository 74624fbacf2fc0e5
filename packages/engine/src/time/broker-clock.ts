import {
  type BrokerOrderId,
  type Clock,
  type ExecutionIntent,
  type ExecutionResponse,
  type OrderAdapter,
  type OrderList,
} from '@qts/core';
import { type OrderGateway } from '../gateway/order-gateway-contract.ts';
import { type OrderTracker } from '../orders/order-tracker-contract.ts';
import { type SafetyLayer } from '../safety/safety-layer.ts';

/** What a clock of the broker is ahead of ours, ms, as far as that is known; negative: behind. */
export interface ClockAhead {
  readonly leastMs: number;
  readonly mostMs: number;
}

/** Nothing is known of another clock: it is taken for ours. */
export const sameClock: ClockAhead = { leastMs: 0, mostMs: 0 };

export interface BrokerClockSettings {
  /** Tells what the `Date` headers of the broker's answers come to. */
  readonly adapter: Pick<OrderAdapter, 'brokerId' | 'clockAheadMs'>;
  readonly tracker: Pick<OrderTracker, 'get'>;
  readonly safety: Pick<SafetyLayer, 'record'>;
  readonly clock: Clock;
}

/** What the broker's clocks are ahead of ours (execution-safety 16): by its answers, and by the times of our own orders. */
export interface BrokerClock {
  /** Hears when orders left and were answered. Call it once. */
  follow(gateway: Pick<OrderGateway, 'watch'>): void;
  /** The times of our orders in a list. */
  observeList(list: Pick<OrderList, 'orders'>): void;
  /**
   * What the clock is ahead that dates orders. As long as only headers were heard, both that and nothing: another machine
   * of the broker may write those.
   */
  orderTimes(): ClockAhead;
  /** What the clock may be ahead that opens and closes sessions; nothing while that is what the guard band is for. */
  sessionTimes(): ClockAhead;
}

/** Orders of which the list has not shown the time yet. Lists are read every few seconds. */
const awaitedMax = 1_000;
/** Orders that the median is of, and how many it takes. */
const samplesMax = 20;
const samplesMin = 3;
/** Brokers date orders in whole seconds, so the clock said half a second more on average. */
const halfSecondMs = 500;
/** An order that was answered later says too little about when the broker dated it, ms. */
const answerMsMax = 1_000;
/** From when on somebody is told, and below which the next time is told again, ms. */
const warnMs = 1_500;
const calmMs = 1_000;
/**
 * From when on the guard band before the end of a session does not cover it any more, ms: as long as the band is by default.
 * Execution-safety 16 asks for it from 2 s on.
 */
const widenMs = 1_000;

/**
 * Two measures, because two clocks matter: headers say what the broker's front is ahead, which dates nothing; the times in
 * its order list are those that a lost order is looked for by. The medians of the last 20 of each count.
 *
 * | A measure is off by | What happens                                                                        |
 * | ------------------- | ----------------------------------------------------------------------------------- |
 * | anything            | lost orders are looked for where the broker's clock would date them                 |
 * | 1 s                 | orders leave only while the session is open, its guard band included, by both clocks |
 * | 1.5 s               | `AN100`, once until it is below 1 s again                                            |
 */
export function createBrokerClock({ adapter, tracker, safety, clock }: BrokerClockSettings): BrokerClock {
  /** When an order was on its way, by its number: the middle, monotonic ms. */
  const awaited = new Map<BrokerOrderId, number>();
  /** What the broker's clock is ahead of our monotonic one: that is not moved by who sets the time of this machine. */
  const samples: number[] = [];
  let isTold = false;

  function hearAnswer({ intentId }: ExecutionIntent, response: ExecutionResponse): void {
    const sentAtMs = tracker.get(intentId)?.sentAtMs;
    const { outcome, reference, timestampMs, dryRun } = response;
    if (outcome !== 'ACCEPTED' || dryRun === true || reference === undefined || sentAtMs === undefined) return;
    if (timestampMs - sentAtMs > answerMsMax || awaited.size >= awaitedMax) return;
    // Against the monotonic clock at once: the time of this machine may be moved before a list shows the order.
    awaited.set(reference.brokerOrderId, (sentAtMs + timestampMs) / 2 - clock.nowMs() + clock.monotonicMs());
  }

  function ordersAheadMs(): number | undefined {
    if (samples.length < samplesMin) return undefined;
    const sorted = samples.toSorted((one, other) => one - other);
    const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
    return Math.round(middle - (clock.nowMs() - clock.monotonicMs()));
  }

  function measures(): readonly number[] {
    return [adapter.clockAheadMs?.(), ordersAheadMs()].filter((each) => each !== undefined);
  }

  function tell(): void {
    const [first = 0, second = first] = measures();
    const aheadMs = Math.abs(second) > Math.abs(first) ? second : first;
    if (Math.abs(aheadMs) < calmMs) isTold = false;
    if (isTold || Math.abs(aheadMs) < warnMs) return;
    isTold = true;
    const where = aheadMs > 0 ? 'ahead of' : 'behind';
    const message = `the clock of ${adapter.brokerId} is ${Math.abs(aheadMs)} ms ${where} the clock of this machine`;
    safety.record({ event: 'anomaly', code: 'AN100', message, stage: 'PERFORMANCE', metadata: { aheadMs } });
  }

  return {
    follow(gateway) {
      gateway.watch({ placeAnswered: hearAnswer });
    },

    observeList({ orders }) {
      for (const { kind, reference, orderedAtMs } of orders) {
        const onItsWayMs = awaited.get(reference.brokerOrderId);
        if (kind !== 'NEW' || onItsWayMs === undefined) continue;
        awaited.delete(reference.brokerOrderId);
        samples.push(orderedAtMs + halfSecondMs - onItsWayMs);
        if (samples.length > samplesMax) samples.shift();
      }
      tell();
    },

    orderTimes() {
      const ordersMs = ordersAheadMs();
      if (ordersMs !== undefined) return { leastMs: ordersMs, mostMs: ordersMs };
      return span(measures());
    },

    sessionTimes() {
      const found = measures();
      return found.some((each) => Math.abs(each) >= widenMs) ? span(found) : sameClock;
    },
  };
}

/** From the least to the most of these, and of a clock like ours. */
function span(measures: readonly number[]): ClockAhead {
  return { leastMs: Math.min(0, ...measures), mostMs: Math.max(0, ...measures) };
}
