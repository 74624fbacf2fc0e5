import { type HttpRequest } from '@qts/broker-kit';
import {
  type CancelOutcome,
  type ExecutionIntent,
  type ExecutionResponse,
  type OrderList,
  type OrderReference,
} from '@qts/core';
import { type Exchange, type VenueDelivery, type VenueRequest } from '@qts/venue-sim';
import { type Disk } from '../world/disk.ts';
import { type WireListener } from '../world/network.ts';
import { type VirtualTime } from '../world/virtual-time.ts';
import { type Trader, type TraderListener } from '../trader.ts';
import { type InvariantId, type Violation } from './invariants.ts';
import { createSettledWatch } from './settled-watch.ts';
import { readWire, termsText } from './wire.ts';

/** A place request that left. */
export interface WirePost {
  readonly address: string;
  readonly intentId: string;
  readonly leftAtMs: number;
}

/** What the judge knows of one intent: from its caller, and from the wire. */
export interface JudgedIntent {
  readonly intent: ExecutionIntent;
  readonly terms: string;
  /** Calls that wait for their answer. */
  waiting: number;
  answers: number;
  readonly posts: WirePost[];
  unknownSinceMs: number | undefined;
}

/** What the judge saw, for the checks at the end. */
export interface Evidence {
  readonly intents: ReadonlyMap<string, JudgedIntent>;
  readonly postsByAddress: ReadonlyMap<string, WirePost>;
  readonly lists: readonly OrderList[];
  readonly cancelEnds: ReadonlyMap<CancelOutcome, number>;
  readonly answers: ReadonlyMap<string, number>;
  readonly posts: number;
  /** Orders that were not even offered: no price could be read. */
  readonly withoutPrice: number;
  readonly requests: number;
  readonly longestCancelMs: number;
  readonly longestUnknownMs: number;
}

export interface JudgeSettings {
  readonly time: VirtualTime;
  readonly startMs: number;
  readonly disk: Disk;
  /** Requests a second that the broker allows the key. */
  readonly requestsPerSecond: number;
  readonly note: (event: string, detail: string) => void;
}

/** Stands at the wire and beside the caller, and believes nothing that the product says of itself. */
export interface Judge extends WireListener, TraderListener {
  readonly evidence: Evidence;
  readonly violations: readonly Violation[];
  /** When the venue's orders had nothing left to work, by their numbers. */
  readonly venueEndsAtMs: ReadonlyMap<number, number>;
  report(invariant: InvariantId, message: string): void;
  /** Begins to listen to the venue. */
  attend(exchange: Exchange): void;
  /** A process began. */
  watch(trader: Trader): void;
  /** The process is gone: nobody waits for its answers. */
  processEnded(): void;
  /** After every event. */
  afterEvent(): void;
}

/** Bounds of the design, ms. */
const unknownMsMax = 75_000;
const cancelWaitMsMax = 75_000;
const timersMax = 200;

/** Codes under which the venue says that an order breaks a rule of the market (I15). */
const ruleCodes: ReadonlySet<string> = new Set(['APBK0955', '40270000', 'APBK0656', 'IGW00007']);

export function createJudge(settings: JudgeSettings): Judge {
  const { time, startMs, disk, requestsPerSecond, note } = settings;
  const violations: Violation[] = [];
  const intents = new Map<string, JudgedIntent>();
  const postsByAddress = new Map<string, WirePost>();
  const placeOf = new Map<string, WirePost>();
  const lists: OrderList[] = [];
  const cancelEnds = new Map<CancelOutcome, number>();
  const answers = new Map<string, number>();
  const sentAtMs: number[] = [];
  const cancels = new Map<number, { readonly orderNumber: number; readonly beganAtMs: number }>();
  const waitingCancels = new Set<number>();
  const settled = createSettledWatch(report);
  const venueEndsAtMs = new Map<number, number>();
  let trader: Trader | undefined;
  let withoutPrice = 0;
  let requests = 0;
  let posts = 0;
  let cancelCount = 0;
  let longestCancelMs = 0;
  let longestUnknownMs = 0;

  function report(invariant: InvariantId, message: string): void {
    violations.push({ invariant, atMs: time.nowMs - startMs, message });
    note('violation', `${invariant} ${message}`);
  }

  /** Whose request this is: the intent of these terms that waits for its answer and has sent nothing; else who sent last. */
  function ownerOf(terms: string): JudgedIntent | undefined {
    let latest: JudgedIntent | undefined;
    for (const each of intents.values()) {
      if (each.terms !== terms) continue;
      if (each.waiting > 0 && each.posts.length === 0) return each;
      if (each.posts.length > 0) latest = each;
    }
    return latest;
  }

  function placeLeaves(terms: string, address: string): void {
    posts += 1;
    const owner = ownerOf(terms);
    if (owner === undefined) {
      report('I2', `a request for ${terms} left, and nobody asked for it`);
      return;
    }
    const { intentId } = owner.intent;
    const post = { address, intentId, leftAtMs: time.nowMs };
    owner.posts.push(post);
    postsByAddress.set(address, post);
    placeOf.set(address, post);
    note('place-leaves', `${intentId} ${terms}`);
    if (owner.posts.length > 1) report('I2', `${intentId} left ${owner.posts.length} times`);
    if (!disk.isSendingDurable(intentId)) report('I1', `${intentId} left before its command-sending was durable`);
    const refusal = trader?.safety.refusal();
    if (refusal !== undefined) report('I7', `${intentId} left while new orders were refused with ${refusal}`);
    const state = trader?.tradingState(owner.intent.symbol) ?? 'HALTED';
    const mayLeave = state === 'ACTIVE' || (state === 'REDUCE_ONLY' && owner.intent.side === 'SELL');
    if (!mayLeave) report('I7', `${intentId} left while trading was ${state}`);
  }

  function changeLeaves(orderNumber: number): void {
    note('cancel-leaves', String(orderNumber));
    for (const id of waitingCancels) {
      const cancel = cancels.get(id);
      if (cancel?.orderNumber !== orderNumber) continue;
      waitingCancels.delete(id);
      longestCancelMs = Math.max(longestCancelMs, time.nowMs - cancel.beganAtMs);
      return;
    }
  }

  function goes(work: Promise<void>): void {
    work.catch((error: unknown) => {
      report('CRASH', error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
  }

  return {
    report,
    violations,
    venueEndsAtMs,
    attend(exchange) {
      exchange.subscribe({
        onOrder: ({ orderNumber, leavesQuantity }) => {
          if (leavesQuantity === 0) venueEndsAtMs.set(orderNumber, exchange.nowMs);
        },
      });
    },
    evidence: {
      ...{ intents, postsByAddress, lists, cancelEnds, answers },
      get withoutPrice() {
        return withoutPrice;
      },
      get posts() {
        return posts;
      },
      get requests() {
        return requests;
      },
      get longestCancelMs() {
        return longestCancelMs;
      },
      get longestUnknownMs() {
        return longestUnknownMs;
      },
    },

    watch(started) {
      trader = started;
      settled.watch(started.tracker);
    },

    processEnded() {
      trader = undefined;
      waitingCancels.clear();
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
      const wire = readWire(request);
      // A cancel is never held back for its rate, so it does not count here either.
      if (wire.kind !== 'TOKEN' && wire.kind !== 'CHANGE') {
        sentAtMs.push(time.nowMs);
        while ((sentAtMs[0] ?? time.nowMs) <= time.nowMs - 1_000) sentAtMs.shift();
        if (sentAtMs.length > requestsPerSecond) report('I9', `${sentAtMs.length} requests within a second`);
      }
      if (wire.kind === 'PLACE') placeLeaves(wire.terms, address);
      else if (wire.kind === 'CHANGE') changeLeaves(wire.orderNumber);
      else note('request-leaves', request.path.slice(0, 60));
      return address;
    },

    requestArrives({ peerAddress = '' }: VenueRequest, delivery: VenueDelivery) {
      const code = delivery.kind === 'ANSWERED' ? delivery.response.resultCode : '';
      note('request-arrives', `${delivery.kind} ${code}`);
      const post = placeOf.get(peerAddress);
      if (post !== undefined && ruleCodes.has(code)) report('I15', `${post.intentId} was refused with ${code}`);
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
    },

    cancelBegan({ brokerOrderId }: OrderReference) {
      cancelCount += 1;
      cancels.set(cancelCount, { orderNumber: Number(brokerOrderId), beganAtMs: time.nowMs });
      waitingCancels.add(cancelCount);
      return cancelCount;
    },

    cancelEnded(id, outcome) {
      note('cancel-ended', `${cancels.get(id)?.orderNumber ?? 0} ${outcome}`);
      cancelEnds.set(outcome, (cancelEnds.get(outcome) ?? 0) + 1);
      waitingCancels.delete(id);
    },

    goes,

    withoutPrice(code) {
      note('without-price', code);
      withoutPrice += 1;
    },

    listRead(list) {
      lists.push(list);
    },

    afterEvent() {
      if (trader === undefined) return;
      for (const id of waitingCancels) {
        const waitedMs = time.nowMs - (cancels.get(id)?.beganAtMs ?? time.nowMs);
        if (waitedMs <= cancelWaitMsMax) continue;
        waitingCancels.delete(id);
        report('I8', `a cancel of order ${cancels.get(id)?.orderNumber ?? 0} waited for ${waitedMs} ms`);
      }
      if (trader.clock.pendingTimers > timersMax) report('I17', `${trader.clock.pendingTimers} timers wait`);
      watchUnknown(trader);
      settled.look();
    },
  };

  function watchUnknown({ resolver }: Trader): void {
    const open = new Map(resolver.open.map((each) => [each.intentId as string, each.escalated]));
    for (const [intentId, judged] of intents) {
      const isOpen = open.has(intentId) && open.get(intentId) === undefined;
      if (!isOpen) {
        judged.unknownSinceMs = undefined;
        continue;
      }
      judged.unknownSinceMs ??= time.nowMs;
      const forMs = time.nowMs - judged.unknownSinceMs;
      longestUnknownMs = Math.max(longestUnknownMs, forMs);
      if (forMs <= unknownMsMax) continue;
      judged.unknownSinceMs = Infinity;
      report('I5', `${intentId} has been unknown for ${forMs} ms`);
    }
  }
}
