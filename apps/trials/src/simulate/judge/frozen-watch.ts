import { type OrderTracker } from '@qts/engine';
import { type Exchange } from '@qts/venue-sim';
import { type SeatSettings } from '../schedule.ts';
import { type VirtualTime } from '../world/virtual-time.ts';
import { type InvariantId } from './invariants.ts';
import { type FilledAtVenue } from './venue-fills.ts';

export interface FrozenWatchSettings {
  readonly time: VirtualTime;
  readonly settings: SeatSettings;
  readonly exchange: Exchange;
  readonly accountId: string;
  readonly filledAtVenue: FilledAtVenue;
  readonly report: (invariant: InvariantId, message: string) => void;
  /** The stream is there, by its own words, and nothing is missing. */
  readonly isWhole: () => boolean;
  /** From when on the program can be asked what it knows, epoch ms; `Infinity`: not yet. */
  readonly askedFromMs: () => number;
}

/** Watches that a fill without a notice becomes known, and that the silence of the stream is said (`FROZEN`). */
export interface FrozenWatch {
  /** Something was said that answers for all fills, or for those of one order. */
  tell(orderNumber?: number): void;
  /** The process is another one. */
  forget(): void;
  /** After every event. */
  look(tracker: OrderTracker): void;
  /** Nothing that should have been told waits for it. */
  readonly isTold: boolean;
  /** The longest time until a fill was told by the stream, or its silence was, ms; of quick accounts alone. */
  readonly longestFrozenMs: number;
}

/** A fill of the account, as the venue has it. */
interface WatchedFill {
  readonly orderNumber: number;
  readonly atMs: number;
  /** The stream was there, by its own words, and nothing was missing. */
  readonly wasWhole: boolean;
  /** The first that was heard of it: a notice, or a word that the stream is not what it should be. */
  toldAtMs: number | undefined;
}

/** A frozen feed is found by then, ms: a read a minute, one more that is sure, and what they take. */
const frozenMsMax = 65_000;
/** Where a key takes one request a second, or answers come late, reads wait for each other, ms. */
const slowMoreMs = 40_000;
const quickLatencyMsMax = 60;

export function createFrozenWatch(parts: FrozenWatchSettings): FrozenWatch {
  const { time, settings, exchange, accountId, filledAtVenue, report, isWhole, askedFromMs } = parts;
  const { requestsPerSecond, otherOrders, orderVisibilityDelayMs, latencyMs } = settings;
  const isQuick =
    requestsPerSecond > 1 &&
    otherOrders + orderVisibilityDelayMs === 0 &&
    latencyMs[0] + latencyMs[1] <= quickLatencyMsMax;
  const boundMs = frozenMsMax + (isQuick ? 0 : slowMoreMs);
  let fills: WatchedFill[] = [];
  let longestFrozenMs = 0;

  if (settings.streams) {
    exchange.subscribe({
      onFill({ accountId: whose, orderNumber, atMs }) {
        if (whose === accountId) fills.push({ orderNumber, atMs, wasWhole: isWhole(), toldAtMs: undefined });
      },
    });
  }

  function check(tracker: OrderTracker, { orderNumber, atMs, wasWhole, toldAtMs }: WatchedFill): void {
    const order = tracker.list().find(({ facts }) => facts.brokerOrderIds.some((each) => Number(each) === orderNumber));
    if (order === undefined) return;
    const agoMs = time.nowMs - atMs;
    if (order.facts.filledQuantity < filledAtVenue(order, atMs)) {
      report('FROZEN', `a fill of ${order.intentId} is not known ${agoMs} ms after it happened`);
    } else if (wasWhole && toldAtMs === undefined) {
      report('FROZEN', `no notice of a fill of ${order.intentId} came, and after ${agoMs} ms nothing was said`);
    }
  }

  return {
    tell(orderNumber) {
      for (const fill of fills) {
        if (fill.toldAtMs !== undefined || (orderNumber !== undefined && fill.orderNumber !== orderNumber)) continue;
        fill.toldAtMs = time.nowMs;
        if (isQuick && fill.wasWhole && fill.atMs >= askedFromMs()) {
          longestFrozenMs = Math.max(longestFrozenMs, time.nowMs - fill.atMs);
        }
      }
    },
    forget() {
      // What a process was not told before its end, the next one reads at its start.
      fills = fills.map((fill) => ({ ...fill, wasWhole: false }));
    },
    look(tracker) {
      for (let fill = fills[0]; fill !== undefined; fill = fills[0]) {
        if (time.nowMs <= Math.max(fill.atMs, askedFromMs()) + boundMs) return;
        fills = fills.slice(1);
        check(tracker, fill);
      }
    },
    get isTold() {
      return fills.every(({ wasWhole, toldAtMs }) => !wasWhole || toldAtMs !== undefined);
    },
    get longestFrozenMs() {
      return longestFrozenMs;
    },
  };
}
