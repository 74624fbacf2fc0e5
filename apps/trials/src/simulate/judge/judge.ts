import { type HttpRequest } from '@qts/broker-kit';
import {
  type CancelOutcome,
  type ExecutionIntent,
  type ExecutionResponse,
  type OrderList,
  type OrderReference,
  type ReplaceRequest,
  type ReplaceResponse,
} from '@qts/core';
import { type TrackedOrder } from '@qts/engine';
import { type Exchange, type InMemoryVenue, type VenueDelivery, type VenueFaultId, venueFaults } from '@qts/venue-sim';
import { type Disk } from '../world/disk.ts';
import { type SeatSettings } from '../schedule.ts';
import { type WireListener } from '../world/network.ts';
import { type StopBoard } from '../world/stop-board.ts';
import { type ProcessClock, type VirtualTime } from '../world/virtual-time.ts';
import { type Trader, type TraderListener } from '../trader.ts';
import { type InvariantId, type Violation } from './invariants.ts';
import { createSettledWatch } from './settled-watch.ts';
import { inspectAnswer } from './said.ts';
import { type StreamWatch, createStreamWatch } from './stream-watch.ts';
import { type WireSight, replaceText, termsText } from './wire.ts';

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

/** A replace that somebody asked for. */
export interface JudgedReplace {
  readonly commandId: string;
  readonly intentId: string;
  readonly symbol: ExecutionIntent['symbol'];
  readonly terms: string;
  /** It can cost no more than the order could. */
  readonly isSmaller: boolean;
  waiting: boolean;
  posts: number;
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
  readonly replaces: readonly JudgedReplace[];
  readonly replaceEnds: ReadonlyMap<string, number>;
  /** Which request the venue was reading when an order entered its book. */
  readonly enteredFrom: ReadonlyMap<number, string>;
  /** Everything that was answered or thrown, as text. */
  readonly said: readonly string[];
  readonly requests: number;
  readonly longestCancelMs: number;
  readonly longestUnknownMs: number;
}

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

/** Bounds of the design, ms. */
const unknownMsMax = 75_000;
const cancelWaitMsMax = 75_000;
const timersMax = 200;

const strangers: ReadonlySet<VenueFaultId> = new Set(['R41-stranger-order', 'W18-stranger-fill']);
/** Faults that make orders of which the program cannot know yet. */
const hiddenOrders: readonly VenueFaultId[] = venueFaults
  .filter(({ id, parameters }) => strangers.has(id) || parameters.some(({ name }) => name === 'landsAfterMs'))
  .map(({ id }) => id);

export function createJudge(parts: JudgeSettings): Judge {
  const { time, startMs, disk, note, sight, stopBoard, venue, accountId } = parts;
  const { requestsPerSecond } = parts.settings;
  const violations: Violation[] = [];
  const intents = new Map<string, JudgedIntent>();
  const postsByAddress = new Map<string, WirePost>();
  const placeOf = new Map<string, WirePost>();
  const lists: OrderList[] = [];
  const cancelEnds = new Map<CancelOutcome, number>();
  const answers = new Map<string, number>();
  const sentAtMs = new Map<string, number[]>();
  const replaces: JudgedReplace[] = [];
  const replaceEnds = new Map<string, number>();
  const enteredFrom = new Map<number, string>();
  const said: string[] = [];
  const cancels = new Map<number, { readonly orderNumber: number; readonly beganAtMs: number }>();
  const waitingCancels = new Set<number>();
  const settled = createSettledWatch(report, sight.isExact);
  const streams = createStreamWatch({ ...parts, report });
  const venueEndsAtMs = new Map<number, number>();
  let trader: Trader | undefined;
  let clock: ProcessClock | undefined;
  /** The request that the venue is reading. */
  let reading: string | undefined;
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
    checkStop(intentId);
    const state = trader?.tradingState(owner.intent.symbol) ?? 'HALTED';
    const mayLeave = state === 'ACTIVE' || (state === 'REDUCE_ONLY' && surelyReduces(owner.intent));
    if (!mayLeave) report('I7', `${intentId} left while trading was ${state}`);
    if (streams.hasHole && !surelyReduces(owner.intent)) {
      report('I7', `${intentId} left while news of orders may be missing`);
    }
  }

  /** The latch itself, whatever the program believes of it. */
  function checkStop(what: string): void {
    const { state } = stopBoard.read();
    if (state !== 'RELEASED') report('I7', `${what} left while the kill switch was ${state}`);
  }

  /** By the venue's own books: what is held and bound by no other order. */
  function surelyReduces({ side, symbol, quantity }: ExecutionIntent): boolean {
    if (side !== 'SELL') return false;
    const struck = venue.faults.counters();
    if (hiddenOrders.some((id) => struck[id] > 0)) return true;
    const held = venue.exchange.getAccount(accountId)?.holdings.find((each) => each.symbol === symbol);
    return quantity <= (held?.quantity ?? 0) - (held?.reservedQuantity ?? 0);
  }

  function replaceLeaves(terms: string): void {
    const owner =
      replaces.find((each) => each.terms === terms && each.waiting && each.posts === 0) ??
      replaces.findLast((each) => each.terms === terms && each.posts > 0);
    note('replace-leaves', terms);
    if (owner === undefined) {
      report('I2', `a replace of ${terms} left, and nobody asked for it`);
      return;
    }
    const { commandId, symbol, isSmaller } = owner;
    owner.posts += 1;
    if (owner.posts > 1) report('I2', `replace ${commandId} left ${owner.posts} times`);
    if (!disk.isReplaceDurable(commandId)) report('I1', `${commandId} left before its replace-sending was durable`);
    checkStop(commandId);
    const refusal = trader?.safety.refusal();
    if (refusal !== undefined && !(refusal === 'G_EXE_SAFE_MODE_ON' && isSmaller)) {
      report('I7', `replace ${commandId} left while orders were refused with ${refusal}`);
    }
    const state = trader?.tradingState(symbol) ?? 'HALTED';
    if (state === 'ACTIVE' || (state === 'REDUCE_ONLY' && isSmaller)) return;
    report('I7', `replace ${commandId} left while trading was ${state}`);
  }

  function cancelLeaves(orderNumber: number): void {
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
      ...{ intents, postsByAddress, lists, cancelEnds, answers, replaces, replaceEnds, enteredFrom, said },
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
      waitingCancels.clear();
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
      if (wire.kind === 'PLACE') placeLeaves(wire.terms, address);
      else if (wire.kind === 'REPLACE') replaceLeaves(wire.terms);
      else if (wire.kind === 'CANCEL') cancelLeaves(wire.orderNumber);
      else note('request-leaves', request.path.slice(0, 60));
      return address;
    },

    requestRead(address) {
      reading = address;
    },

    requestArrives(address, delivery: VenueDelivery) {
      reading = undefined;
      const code = delivery.kind === 'ANSWERED' ? delivery.response.resultCode : '';
      note('request-arrives', `${delivery.kind} ${code}`);
      const post = placeOf.get(address);
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
      for (const id of waitingCancels) {
        const waitedMs = time.nowMs - (cancels.get(id)?.beganAtMs ?? time.nowMs);
        if (waitedMs <= cancelWaitMsMax) continue;
        waitingCancels.delete(id);
        report('I8', `a cancel of order ${cancels.get(id)?.orderNumber ?? 0} waited for ${waitedMs} ms`);
      }
      watchUnknown(trader);
      streams.look();
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
