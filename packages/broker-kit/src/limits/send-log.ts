/**
 * When the last requests left, and on which lanes: one slot per permit of the budget. A slot may be taken again only
 * when its request is older than the span; so no stretch of time as long as the span holds more requests than slots.
 * Reading walks all slots: budgets are small (one to twenty), and a walk costs less than keeping order.
 */
export class SendLog {
  readonly #stamps: Float64Array;
  readonly #lanes: Uint8Array;
  readonly #sequences: Float64Array;
  /** Requests younger than the span at the last `count`, by lane index. */
  readonly byLane: Int32Array;
  /** Sum of `byLane`. */
  total = 0;
  /** When the oldest of them leaves the span; `Infinity` when there is none. */
  firstFreeMs: number = Number.POSITIVE_INFINITY;
  #freeSlot = 0;
  #sequence = 0;

  constructor(slots: number, lanes: number) {
    this.#stamps = new Float64Array(slots).fill(-Infinity);
    this.#lanes = new Uint8Array(slots);
    this.#sequences = new Float64Array(slots).fill(-1);
    this.byLane = new Int32Array(lanes);
  }

  /** Brings `byLane`, `total` and `firstFreeMs` to the given moment. */
  count(nowMs: number, spanMs: number): void {
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
        if (stampMs < oldestMs) {
          oldestMs = stampMs;
        }
      } else {
        this.#freeSlot = slot;
      }
    }
    this.total = total;
    this.firstFreeMs = oldestMs + spanMs;
  }

  /** Takes the slot that the last `count` found free (there must be one), and answers a number for `restamp`. */
  take(nowMs: number, lane: number): number {
    this.#stamps[this.#freeSlot] = nowMs;
    this.#lanes[this.#freeSlot] = lane;
    this.#sequence += 1;
    this.#sequences[this.#freeSlot] = this.#sequence;
    return this.#sequence;
  }

  /** Moves a request's stamp. One that is so old that its slot was given away changes nothing. */
  restamp(sequence: number, nowMs: number): void {
    const slot = this.#sequences.indexOf(sequence);
    if (slot >= 0) {
      this.#stamps[slot] = nowMs;
    }
  }
}
