import { type ExecutionIntent } from '@qts/core';
import { type InMemoryVenue, type VenueFaultId, venueFaults } from '@qts/venue-sim';
import { type Trader } from '../trader.ts';
import { type Disk } from '../world/disk.ts';
import { type StopBoard } from '../world/stop-board.ts';
import { type VirtualTime } from '../world/virtual-time.ts';
import { type JudgedIntent, type JudgedReplace, type WirePost } from './evidence.ts';
import { type InvariantId } from './invariants.ts';

export interface DepartureSettings {
  readonly time: VirtualTime;
  readonly disk: Pick<Disk, 'isSendingDurable' | 'isReplaceDurable'>;
  readonly stopBoard: Pick<StopBoard, 'read'>;
  readonly venue: Pick<InMemoryVenue, 'exchange' | 'faults'>;
  readonly accountId: string;
  readonly note: (event: string, detail: string) => void;
  readonly report: (invariant: InvariantId, message: string) => void;
  readonly intents: ReadonlyMap<string, JudgedIntent>;
  readonly replaces: readonly JudgedReplace[];
  /** The program, once it has an engine. */
  readonly trader: () => Trader | undefined;
  /** News of orders may be missing. */
  readonly hasHole: () => boolean;
}

/** Judges orders and replaces at their first byte: asked for, once, written down before, and allowed (I1, I2, I7). */
export interface OrderDepartures {
  placeLeaves(terms: string, address: string): void;
  replaceLeaves(terms: string): void;
  readonly postsByAddress: ReadonlyMap<string, WirePost>;
  readonly posts: number;
}

const strangers: ReadonlySet<VenueFaultId> = new Set(['R41-stranger-order', 'W18-stranger-fill']);
/** Faults that make orders of which the program cannot know yet. */
const hiddenOrders: readonly VenueFaultId[] = venueFaults
  .filter(({ id, parameters }) => strangers.has(id) || parameters.some(({ name }) => name === 'landsAfterMs'))
  .map(({ id }) => id);

export function createOrderDepartures(parts: DepartureSettings): OrderDepartures {
  const { time, disk, stopBoard, venue, accountId, note, report, intents, replaces, trader, hasHole } = parts;
  const postsByAddress = new Map<string, WirePost>();
  let posts = 0;

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
    note('place-leaves', `${intentId} ${terms}`);
    if (owner.posts.length > 1) report('I2', `${intentId} left ${owner.posts.length} times`);
    if (!disk.isSendingDurable(intentId)) report('I1', `${intentId} left before its command-sending was durable`);
    const refusal = trader()?.safety.refusal();
    if (refusal !== undefined) report('I7', `${intentId} left while new orders were refused with ${refusal}`);
    checkStop(intentId);
    const state = trader()?.tradingState(owner.intent.symbol) ?? 'HALTED';
    const mayLeave = state === 'ACTIVE' || (state === 'REDUCE_ONLY' && surelyReduces(owner.intent));
    if (!mayLeave) report('I7', `${intentId} left while trading was ${state}`);
    if (hasHole() && !surelyReduces(owner.intent)) {
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
    const refusal = trader()?.safety.refusal();
    if (refusal !== undefined && !(refusal === 'G_EXE_SAFE_MODE_ON' && isSmaller)) {
      report('I7', `replace ${commandId} left while orders were refused with ${refusal}`);
    }
    const state = trader()?.tradingState(symbol) ?? 'HALTED';
    if (state === 'ACTIVE' || (state === 'REDUCE_ONLY' && isSmaller)) return;
    report('I7', `replace ${commandId} left while trading was ${state}`);
  }

  return {
    placeLeaves,
    replaceLeaves,
    postsByAddress,
    get posts() {
      return posts;
    },
  };
}
