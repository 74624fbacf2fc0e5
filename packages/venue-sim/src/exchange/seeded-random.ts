/** Draws whole numbers from a seed: the same seed gives the same row of draws. */
export interface SeededRandom {
  /** A whole number from 0 to `highest`, both included, each as likely as the other. */
  wholeUpTo(highest: number): number;
}

/**
 * A counter that is stirred by two multiply-and-shift rounds (the finalizer of a 32-bit hash). Good enough to draw the
 * end of an auction; not for secrets.
 */
export function createSeededRandom(seed: number): SeededRandom {
  let counter = seed >>> 0;
  const next = (): number => {
    counter = (counter + 0x9e3779b9) >>> 0;
    let bits = counter;
    bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
    bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
    return (bits ^ (bits >>> 16)) >>> 0;
  };
  return { wholeUpTo: (highest) => Math.floor((next() / 0x1_0000_0000) * (highest + 1)) };
}
