/** How long news took, ms. */
export interface LagFigures {
  readonly events: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Collects delays. Memory is bounded by the longest one that is told apart. */
export interface LagMeter {
  /** A negative delay, from clocks that differ, counts as 0. */
  add(ms: number): void;
  /** `null` before the first. */
  figures(): LagFigures | null;
}

/** Longer delays count as this, ms. */
const longestMs = 600_000;

export function createLagMeter(): LagMeter {
  const counts = new Map<number, number>();
  let events = 0;

  /** Nearest rank: the delay that this share of all did not exceed. */
  function percentile(share: number): number {
    let left = Math.ceil(events * share);
    for (const [ms, count] of [...counts].sort(([one], [other]) => one - other)) {
      left -= count;
      if (left <= 0) return ms;
    }
    return 0;
  }

  return {
    add(ms) {
      const whole = Math.min(longestMs, Math.max(0, Math.round(ms)));
      counts.set(whole, (counts.get(whole) ?? 0) + 1);
      events += 1;
    },
    figures: () => (events === 0 ? null : { events, p50Ms: percentile(0.5), p99Ms: percentile(0.99) }),
  };
}
