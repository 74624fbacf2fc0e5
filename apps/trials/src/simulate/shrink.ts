import { type InvariantId } from './judge/invariants.ts';
import { type RunOptions, runSchedule } from './run-schedule.ts';
import { type Schedule } from './schedule.ts';

/** A schedule that still fails, and how many runs it took to find it. */
export interface Shrunk {
  readonly schedule: Schedule;
  readonly runs: number;
}

/** Enough for the schedules that are drawn here; a bound, so that shrinking ends. */
const runsMax = 300;

/**
 * Leaves out faults and actions, by halves and then one by one, as long as the same invariant is still broken (ddmin).
 * A fault that is left out changes what is drawn after it, so the smaller run is another run that fails alike.
 */
export async function shrinkSchedule(
  schedule: Schedule,
  invariant: InvariantId,
  options: RunOptions = {},
): Promise<Shrunk> {
  let runs = 0;
  let smallest = schedule;

  async function stillFails(candidate: Schedule): Promise<boolean> {
    if (runs >= runsMax) return false;
    runs += 1;
    const { violations } = await runSchedule(candidate, { ...options, trace: false });
    return violations.some((each) => each.invariant === invariant);
  }

  async function shrinkPart(part: 'faults' | 'actions'): Promise<boolean> {
    let changed = false;
    for (let size = Math.ceil(smallest[part].length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let from = 0; from < smallest[part].length;) {
        const rest = [...smallest[part].slice(0, from), ...smallest[part].slice(from + size)];
        const candidate: Schedule = { ...smallest, [part]: rest };
        if (await stillFails(candidate)) {
          smallest = candidate;
          changed = true;
        } else {
          from += size;
        }
      }
    }
    return changed;
  }

  while ((await shrinkPart('faults')) || (await shrinkPart('actions')));
  return { schedule: smallest, runs };
}
