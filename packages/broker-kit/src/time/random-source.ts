/** Numbers in [0, 1). Seeded in a simulation and in tests, `systemRandom` in the world. Not for secrets. */
export type RandomSource = () => number;
