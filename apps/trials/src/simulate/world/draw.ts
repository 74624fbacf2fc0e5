/** Draws from a seed. The same seed and the same calls give the same draws. Never for secrets. */
export interface Draw {
  /** In [0, 1). */
  next(): number;
  /** A whole number, both ends included. */
  whole(min: number, max: number): number;
  /** True with the chance given, 0 to 1. A chance of 0 draws nothing. */
  chance(share: number): boolean;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  /** A stream of its own: what is drawn from it changes nothing here. */
  fork(stream: number): Draw;
}

/** A counter whose bits are stirred (mulberry32): small, fast, and good enough to choose faults. */
export function createDraw(seed: number): Draw {
  const start = Math.imul(seed ^ 0x9e37_79b9, 0x85eb_ca6b) >>> 0;
  let state = start;
  const draw: Draw = {
    next() {
      state = (state + 0x6d2b_79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    },
    whole: (min, max) => min + Math.floor(draw.next() * (max - min + 1)),
    chance: (share) => share > 0 && draw.next() < share,
    pick: <Item>(items: readonly [Item, ...Item[]]): Item => items[draw.whole(0, items.length - 1)] ?? items[0],
    fork: (stream) => createDraw(Math.imul(start ^ (stream + 1), 0xc2b2_ae35) >>> 0),
  };
  return draw;
}
