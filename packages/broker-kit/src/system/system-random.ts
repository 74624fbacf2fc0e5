import { type RandomSource } from '../time/random-source.ts';

/** Jitter of the real world. Not for secrets. */
export const systemRandom: RandomSource = () => Math.random();
