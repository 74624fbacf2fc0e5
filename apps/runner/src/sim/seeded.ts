import { type RandomSource } from '@qts/broker-kit';
import { type IdGenerator } from '@qts/core';

/** Numbers in [0, 1) from a seed (mulberry32): good enough for jitter, never for secrets. */
export function createSeededRandom(seed: number): RandomSource {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Ids that are the same in every run of a seed: `sim-7-0001`. */
export function createSeededIds(seed: number): IdGenerator {
  let count = 0;
  return () => `sim-${seed}-${String((count += 1)).padStart(4, '0')}`;
}
