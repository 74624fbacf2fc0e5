/** Answers that a minimum is taken of before it is believed, and after which an old one is forgotten. */
const sampleSize = 128;

/**
 * What is taken off the quickest answer: the quickest of a sample is a little slower than the quickest there could be. Where
 * each way varies by 4 ms (exponential), by more than this in one sample of 100,000 (computed, not measured).
 */
const marginMs = 2;

/**
 * How long the quickest round trip takes, learnt from the answers: what an answer came later than that, its request may
 * have arrived later than it could have. A new quickest one counts at once; a slower way is believed after 128 to 256 answers.
 */
export class QuickestAnswer {
  #count = 0;
  #present = Infinity;
  #before = Infinity;

  /** Takes what a round trip took, ms. */
  note(roundTripMs: number): void {
    this.#present = Math.min(this.#present, roundTripMs);
    this.#count += 1;
    if (this.#count === sampleSize) {
      this.#count = 0;
      this.#before = this.#present;
      this.#present = Infinity;
    }
  }

  /** A time, ms, that no round trip falls short of; 0 as long as too few answers came to say. */
  get ms(): number {
    return this.#before === Infinity ? 0 : Math.max(0, Math.min(this.#before, this.#present) - marginMs);
  }
}
