import { type HttpRequest } from '@qts/broker-kit';
import {
  type CancelOutcome,
  type ExecutionResponse,
  type OrderList,
  type ReplaceRequest,
  type ReplaceResponse,
} from '@qts/core';
import { type TrackedOrder } from '@qts/engine';
import { type Exchange, type InMemoryVenue, type VenueDelivery } from '@qts/venue-sim';
import { type Disk } from '../world/disk.ts';
import { type SeatSettings } from '../schedule.ts';
import { type WireListener } from '../world/network.ts';
import { type StopBoard } from '../world/stop-board.ts';
import { type ProcessClock, type VirtualTime } from '../world/virtual-time.ts';
import { type Trader, type TraderListener } from '../trader.ts';
import { createCancelWatch } from './cancel-watch.ts';
import { type Evidence, type JudgedIntent, type JudgedReplace } from './evidence.ts';
import { type InvariantId, type Violation } from './invariants.ts';
import { createOrderDepartures } from './order-departures.ts';
import { createSettledWatch } from './settled-watch.ts';
import { inspectAnswer } from './said.ts';
import { type StreamWatch, createStreamWatch } from './stream-watch.ts';
import { createUnknownWatch } from './unknown-watch.ts';
import { type WireSight, replaceText, termsText } from './wire.ts';

export interface JudgeSettings {
  readonly time: VirtualTime;
  readonly startMs: number;
  readonly disk: Disk;
  readonly settings: SeatSettings;
  readonly sight: WireSight;
  readonly stopBoard: StopBoard;
  readonly venue: Pick<InMemoryVenue, 'exchange' | 'faults'>;
  readonly accountId: string;
  readonly note: (event: string, detail: string) => void;
  readonly count: (name: string) => void;
}

/** Stands at the wire and beside the caller, and believes nothing that the product says of itself. */
export interface Judge extends WireListener, TraderListener {
  readonly evidence: Evidence;
  readonly violations: readonly Violation[];
  readonly streams: StreamWatch;
  /** When the venue's orders had nothing left to work, by their numbers. */
  readonly venueEndsAtMs: ReadonlyMap<number, number>;
  report(invariant: InvariantId, message: string): void;
  /** Begins to listen to the venue. */
  attend(exchange: Exchange): void;
  /** A process began. */
  processBegan(clock: ProcessClock): void;
  /** It has an engine. */
  watch(trader: Trader): void;
  /** The process is gone: nobody waits for its answers. */
  processEnded(): void;
  /** After every event. */
  afterEvent(): void;
}

/** Timers of one process at most. */
const timersMax = 200;

export function createJudge(parts: JudgeSettings): Judge {
  const { time, startMs, note, sight, accountId } = parts;
  const { requestsPerSecond } = parts.settings;
  const violations: Violation[] = [];
  const intents = new Map<string, JudgedIntent>();
  const lists: OrderList[] = [];
  const cancelEnds = new Map<CancelOutcome, number>();
  const answers = new Map<string, number>();
  const sentAtMs = new Map<string, number[]>();
  const replaces: JudgedReplace[] = [];
  const replaceEnds = new Map<string, number>();
  const enteredFrom = new Map<number, string>();
  const said: string[] = [];
  const settled = createSettledWatch(report, sight.isExact);
  const streams = createStreamWatch({ ...parts, report });
  const departures = createOrderDepartures({
    ...{ ...parts, report, intents, replaces },
    trader: () => trader,
    hasHole: () => streams.hasHole,
  });
  const cancels = createCancelWatch(time, report);
  const unknown = createUnknownWatch(time, intents, report);
  const venueEndsAtMs = new Map<number, number>();
  let trader: Trader | undefined;
  let clock: ProcessClock | undefined;
  /** The request that the venue is reading. */
  let reading: string | undefined;
  let withoutPrice = 0;
  let requests = 0;

  function report(invariant: InvariantId, message: string): void {
    violations.push({ invariant, atMs: time.nowMs - startMs, message });
    note('violation', `${invariant} ${message}`);
  }

  function goes(work: Promise<void>): void {
    work.catch((error: unknown) => {
      report('CRASH', error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
  }

  return {
    report,
    violations,
    streams,
    venueEndsAtMs,
    attend(exchange) {
      exchange.subscribe({
        onOrder: ({ orderNumber, leavesQuantity, accountId: whose }) => {
          if (whose !== accountId) return;
          if (reading !== undefined && !enteredFrom.has(orderNumber)) {
            enteredFrom.set(orderNumber, reading);
            reading = undefined;
          }
          if (leavesQuantity === 0) venueEndsAtMs.set(orderNumber, exchange.nowMs);
        },
      });
    },
    evidence: {
      ...{ intents, lists, cancelEnds, answers, replaces, replaceEnds, enteredFrom, said },
      postsByAddress: departures.postsByAddress,
      get withoutPrice() {
        return withoutPrice;
      },
      get posts() {
        return departures.posts;
      },
      get requests() {
        return requests;
      },
      get longestCancelMs() {
        return cancels.longestMs;
      },
      get longestUnknownMs() {
        return unknown.longestMs;
      },
    },

    processBegan(started) {
      clock = started;
      streams.processBegan();
    },

    watch(started) {
      trader = started;
      settled.watch(started.tracker);
      streams.watch(started);
    },

    processEnded() {
      trader = undefined;
      clock = undefined;
      streams.processEnded();
      cancels.forget();
      for (const each of replaces) each.waiting = false;
      for (const each of intents.values()) {
        each.waiting = 0;
        // A new process gets half a minute to look for it itself, however long the one before had looked.
        each.unknownSinceMs = undefined;
        // What was only denied is not waited for on the disk, and may be forgotten: nothing of it left.
        if (each.posts.length === 0) each.answers = 0;
      }
    },

    requestLeaves(request: HttpRequest) {
      requests += 1;
      const address = `10.${(requests >> 16) & 255}.${(requests >> 8) & 255}.${requests & 255}`;
      const wire = sight.readWire(request);
      // A cancel is never held back for its rate, so it does not count here either.
      if (wire.kind !== 'TOKEN' && wire.kind !== 'CANCEL') {
        const group = sight.limitGroup(request);
        const sent = (sentAtMs.get(group) ?? []).filter((atMs) => atMs > time.nowMs - 1_000);
        sent.push(time.nowMs);
        sentAtMs.set(group, sent);
        if (sent.length > requestsPerSecond) report('I9', `${sent.length} requests within a second (${group})`);
      }
      if (wire.kind === 'PLACE') departures.placeLeaves(wire.terms, address);
      else if (wire.kind === 'REPLACE') departures.replaceLeaves(wire.terms);
      else if (wire.kind === 'CANCEL') {
        note('cancel-leaves', String(wire.orderNumber));
        cancels.leaves(wire.orderNumber);
      } else note('request-leaves', request.path.slice(0, 60));
      return address;
    },

    requestRead(address) {
      reading = address;
    },

    requestArrives(address, delivery: VenueDelivery) {
      reading = undefined;
      const code = delivery.kind === 'ANSWERED' ? delivery.response.resultCode : '';
      note('request-arrives', `${delivery.kind} ${code}`);
      const post = departures.postsByAddress.get(address);
      if (post !== undefined && sight.ruleCodes.has(code)) report('I15', `${post.intentId} was refused with ${code}`);
    },

    submitted(intent) {
      const known = intents.get(intent.intentId);
      if (known !== undefined) {
        known.waiting += 1;
        return;
      }
      const { symbol, side, quantity, limitPriceKrw = 0 } = intent;
      intents.set(intent.intentId, {
        ...{ intent, terms: termsText(symbol, side, quantity, limitPriceKrw), waiting: 1, answers: 0, posts: [] },
        unknownSinceMs: undefined,
      });
    },

    answered(intent, response: ExecutionResponse) {
      const judged = intents.get(intent.intentId);
      // A process that ends in the middle of an instruction may still run to the next wait: nobody hears it.
      if (judged === undefined || trader === undefined) return;
      judged.waiting -= 1;
      judged.answers += 1;
      const { outcome, code = '' } = response;
      note('answered', `${intent.intentId} ${outcome} ${code}`);
      answers.set(outcome, (answers.get(outcome) ?? 0) + 1);
      said.push(inspectAnswer(response));
    },

    replaceBegan({ intent: { intentId, side, symbol }, worstPriceKrw }: TrackedOrder, request: ReplaceRequest) {
      const { clientOrderId, target, quantity = 0, limitPriceKrw = 0 } = request;
      const terms = replaceText(Number(target.brokerOrderId), quantity, limitPriceKrw);
      const isSmaller = side === 'SELL' || limitPriceKrw <= worstPriceKrw;
      replaces.push({ commandId: clientOrderId, intentId, symbol, terms, isSmaller, waiting: true, posts: 0 });
    },

    replaceEnded({ clientOrderId }, response: ReplaceResponse) {
      const judged = replaces.find(({ commandId }) => commandId === clientOrderId);
      if (judged === undefined || trader === undefined) return;
      judged.waiting = false;
      const { outcome } = response;
      note('replace-ended', `${clientOrderId} ${outcome}`);
      if (response.outcome === 'NOT_SENT') note('replace-not-sent', response.cause.summary);
      replaceEnds.set(outcome, (replaceEnds.get(outcome) ?? 0) + 1);
      said.push(inspectAnswer(response));
    },

    cancelBegan: (target) => cancels.began(target),

    cancelEnded(id, outcome) {
      note('cancel-ended', `${cancels.orderNumberOf(id)} ${outcome}`);
      cancelEnds.set(outcome, (cancelEnds.get(outcome) ?? 0) + 1);
      cancels.ended(id);
    },

    goes,

    readFailed(what, error) {
      note('read-failed', `${what} ${error.code}`);
      if (what === 'PRICE') withoutPrice += 1;
      said.push(inspectAnswer(error));
    },

    listRead(list) {
      lists.push(list);
    },
    filled(fill) {
      streams.filled(fill);
    },
    readAlong: (stream) => streams.readAlong(stream),

    afterEvent() {
      if (clock !== undefined && clock.pendingTimers > timersMax) report('I17', `${clock.pendingTimers} timers wait`);
      if (trader === undefined) return;
      cancels.look();
      unknown.look(trader.resolver);
      streams.look();
      settled.look();
    },
  };
}
