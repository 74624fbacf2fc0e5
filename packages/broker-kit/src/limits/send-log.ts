/**
 * When the last requests arrived at the latest, and on which lanes: one slot per permit of the budget. A slot may be taken
 * again only when its request is older than the span; so no stretch of time as long as the span holds more requests than
 * slots. A request is taken to arrive a guard after it left, until its answer says better. Reading walks all slots: budgets are small (one to twenty), and a walk costs less than keeping order.
 */
export class SendLog {
  readonly #stamps: Float64Array;
  /** When the request of each slot left; `NaN` once it is known when it arrived. */
  readonly #leftMs: Float64Array;
  readonly #lanes: Uint8Array;
  readonly #sequences: Float64Array;
  /** Requests younger than the span at the last `count`, by lane index. */
  readonly byLane: Int32Array;
  /** Sum of `byLane`. */
  total: number;
  /** When the oldest of them leaves the span; `Infinity` when there is none. */
  firstFreeMs: number;
  #spanMs = 0;
  #lastSlot = 0;
  #sequence = 0;
  readonly #guardMs: number;

  /** @param guardMs how long a request may be on its way, as far as nobody knows better. */
  constructor(slots: number, lanes: number, guardMs: number) {
    this.#guardMs = guardMs;
    this.#leftMs = new Float64Array(slots).fill(NaN);
    this.#stamps = new Float64Array(slots).fill(-Infinity);
    this.#lanes = new Uint8Array(slots);
    this.#sequences = new Float64Array(slots).fill(-1);
    this.byLane = new Int32Array(lanes);
    this.total = 0;
    this.firstFreeMs = Infinity;
  }

  /** Brings `byLane`, `total` and `firstFreeMs` to the given moment. Free of cost while nothing has left the span. */
  count(nowMs: number, spanMs: number): void {
    if (nowMs < this.firstFreeMs && spanMs === this.#spanMs) {
      return;
    }
    const { byLane } = this;
    byLane.fill(0);
    let total = 0;
    let oldestMs = Infinity;
    const bornAfterMs = nowMs - spanMs;
    for (let slot = 0; slot < this.#stamps.length; slot += 1) {
      const stampMs = this.#stamps[slot] ?? -Infinity;
      if (stampMs > bornAfterMs) {
        const lane = this.#lanes[slot] ?? 0;
        byLane[lane] = (byLane[lane] ?? 0) + 1;
        total += 1;
        oldestMs = Math.min(oldestMs, stampMs);
      }
    }
    this.total = total;
    this.firstFreeMs = oldestMs + spanMs;
    this.#spanMs = spanMs;
  }

  /** Takes a slot, and answers a number for `restamp`. To be called after `count`, which must have found one free. */
  take(nowMs: number, lane: number): number {
    const { length } = this.#stamps;
    const bornAfterMs = nowMs - this.#spanMs;
    let slot = this.#lastSlot;
    do {
      slot = slot + 1 === length ? 0 : slot + 1;
    } while ((this.#stamps[slot] ?? 0) > bornAfterMs && slot !== this.#lastSlot);
    this.#lastSlot = slot;
    this.#stamps[slot] = nowMs + this.#guardMs;
    this.#leftMs[slot] = nowMs;
    this.#lanes[slot] = lane;
    this.#sequence += 1;
    this.#sequences[slot] = this.#sequence;
    this.byLane[lane] = (this.byLane[lane] ?? 0) + 1;
    this.total += 1;
    this.firstFreeMs = Math.min(this.firstFreeMs, nowMs + this.#guardMs + this.#spanMs);
    return this.#sequence;
  }

  /** The request leaves now, and not when its slot was taken. False, and nothing moved, when its slot was given away. */
  restamp(sequence: number, nowMs: number): boolean {
    const slot = this.#sequences.indexOf(sequence);
    if (slot < 0) {
      return false;
    }
    if (this.#leftMs[slot] !== nowMs) {
      this.#leftMs[slot] = nowMs;
      this.#moveStamp(slot, nowMs + this.#guardMs);
    }
    return true;
  }

  /** How long ago a request left, ms; `NaN` when its slot was given away, or its arrival is known already. */
  ageMs(sequence: number, nowMs: number): number {
    return nowMs - (this.#leftMs[this.#sequences.indexOf(sequence)] ?? NaN);
  }

  /** The request had arrived at a moment, at the latest. Later than its guard says is not believed. */
  arrive(sequence: number, arrivedByMs: number): void {
    const slot = this.#sequences.indexOf(sequence);
    if (slot >= 0) {
      this.#leftMs[slot] = NaN;
      this.#moveStamp(slot, Math.min(this.#stamps[slot] ?? -Infinity, arrivedByMs));
    }
  }

  #moveStamp(slot: number, stampMs: number): void {
    this.#stamps[slot] = stampMs;
    this.firstFreeMs = -Infinity; // Count anew.
  }
}
