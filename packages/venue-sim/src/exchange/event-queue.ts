/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index is made in this file and lies in the heap */
/** Something to be done at a time. */
interface Entry {
  readonly atMs: number;
  readonly sequence: number;
  readonly action: () => void;
}

/** Actions in order of time; those of one time in the order in which they were added. A binary heap. */
export class EventQueue {
  readonly #heap: Entry[] = [];
  #added = 0;

  /** When the first action is due, if there is one. */
  get nextDueMs(): number | undefined {
    return this.#heap[0]?.atMs;
  }

  add(atMs: number, action: () => void): void {
    const heap = this.#heap;
    const entry: Entry = { atMs, sequence: this.#added, action };
    this.#added += 1;
    let hole = heap.length;
    heap.push(entry);
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const above = heap[parent]!;
      if (isBefore(above, entry)) break;
      heap[hole] = above;
      hole = parent;
    }
    heap[hole] = entry;
  }

  /** Takes the first action out, if it is due by `atMs`. */
  takeDue(atMs: number): { readonly atMs: number; readonly action: () => void } | undefined {
    const heap = this.#heap;
    const first = heap[0];
    if (first === undefined || first.atMs > atMs) return undefined;
    const last = heap.pop()!;
    if (heap.length > 0) this.#sink(last);
    return first;
  }

  /** Puts an entry in at the top and lets it sink to its place. */
  #sink(entry: Entry): void {
    const heap = this.#heap;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child += 1;
      const below = heap[child]!;
      if (isBefore(entry, below)) break;
      heap[hole] = below;
      hole = child;
    }
    heap[hole] = entry;
  }
}

function isBefore(one: Entry, other: Entry): boolean {
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.sequence < other.sequence);
}
