/** How long the rate stays halved after a refusal (execution-safety 13). */
const holdMs = 10_000;

/** The rate never falls below this share of the budget. */
const lowestShare = 1 / 16;

/**
 * Learns downward from the broker's refusals: halves for 10 s, then climbs by one request a second each second, up to
 * the budget. Refusals within one window belong to one storm and halve once.
 */
export class AdaptiveRate {
  /** Requests per window when nothing was refused. */
  readonly budget: number;
  readonly #windowMs: number;
  #reduced: number;
  #heldUntilMs = -Infinity;
  #halvedAtMs = -Infinity;

  constructor(budget: number, windowMs: number) {
    this.budget = budget;
    this.#windowMs = windowMs;
    this.#reduced = budget;
  }

  /** Requests per window at this moment; a fraction below 1 stretches the window. */
  permitsPerWindow(nowMs: number): number {
    if (this.#reduced === this.budget) {
      return this.budget;
    }
    const secondsFree = Math.max(0, Math.floor((nowMs - this.#heldUntilMs) / 1_000));
    const permits = this.#reduced + (secondsFree * this.#windowMs) / 1_000;
    if (permits < this.budget) {
      return permits;
    }
    this.#reduced = this.budget;
    return this.budget;
  }

  refuse(nowMs: number): void {
    const permits = this.permitsPerWindow(nowMs);
    if (nowMs - this.#halvedAtMs >= this.#windowMs) {
      this.#reduced = Math.max(permits / 2, this.budget * lowestShare);
      this.#halvedAtMs = nowMs;
    } else {
      this.#reduced = permits;
    }
    this.#heldUntilMs = nowMs + holdMs;
  }
}
