import { describe, expect, it } from 'vitest';
import { findUnreached, reachable } from '../../src/simulate/coverage.ts';
import { type Violation } from '../../src/simulate/judge/invariants.ts';
import { plantedDefects } from '../../src/simulate/planted-defects.ts';
import { type PlantedRow, scheduleFor } from '../../src/simulate/planted-row.ts';
import { runSchedule } from '../../src/simulate/run-schedule.ts';
import { drawSchedule } from '../../src/simulate/draw/draw-schedule.ts';
import { type Schedule } from '../../src/simulate/schedule.ts';
import { shrinkSchedule } from '../../src/simulate/shrink.ts';

/** Seeds that once broke something, whatever they draw today: the first of what is run. */
const regressions: readonly (readonly [seed: number, what: string])[] = [
  [59, 'an opening from a list that had lost rows'],
  [99, 'the number of a replace after a replay'],
  [249, 'two numbers of one order, and a cancel of one of them'],
  [357, 'a replace that landed after it had been called absent'],
  [499, 'what was paid, known exactly after the order was settled'],
  [510, 'two numbers of one order, and a cancel of one of them'],
  [624, 'an accepted replace that no list had shown before the power went'],
  [1_952, 'the same, by a kill and a list that lost rows'],
  [2_111, 'the same, by a page that failed'],
  [4_881, 'the same, with a list that lags behind'],
  [570, 'a start that read the list before it knew of an open replace'],
  [796, 'a decision that found no turn at a busy key'],
  [3_394, 'the same'],
  [4_520, 'an order that waited for its price when the trial took all for converged'],
  [1_023, 'a settled order that a restart knew without its numbers'],
  [1_785, 'a fill of which a program that was killed had no notice'],
  [3_674, 'a token that was asked for some milliseconds before its minute was over'],
];

describe('a seed that failed before', () => {
  it.each(regressions)('%i breaks nothing any more: %s', async (seed) => {
    const { violations } = await runSchedule(drawSchedule(seed));
    expect(violations).toEqual([]);
  });
});

/** The first schedule in which a planted defect shows. */
async function findFailure(row: PlantedRow): Promise<{
  readonly schedule: Schedule;
  readonly violations: readonly Violation[];
}> {
  for (let seed = 1; seed <= 200; seed += 1) {
    const schedule = scheduleFor(row, drawSchedule(seed));
    const { violations } = await runSchedule(schedule, { defect: row.plant });
    if (violations.length > 0) return { schedule, violations };
  }
  throw new Error('nothing was found in 200 seeds');
}

describe('a schedule', () => {
  it('gives the same story, event by event, whenever it is run', async () => {
    const [one, other] = [
      await runSchedule(drawSchedule(4_711), { trace: true }),
      await runSchedule(drawSchedule(4_711), { trace: true }),
    ];
    expect(other.trace).toEqual(one.trace);
    expect(other.hash).toBe(one.hash);
    expect((await runSchedule(drawSchedule(4_712))).hash).not.toBe(one.hash);
  });
});

describe('the judge', () => {
  it.each(Object.entries(plantedDefects))('finds the planted defect %s, by the right invariant', async (_, row) => {
    const { violations } = await findFailure(row);
    expect(row.foundBy).toContain(violations[0]?.invariant);
  });

  it('shrinks what fails to a schedule that fails alike, and to less of it', async () => {
    const row = plantedDefects['sends-again'];
    if (row === undefined) throw new Error('the defect is planted under another name');
    const { schedule } = await findFailure(row);
    const options = { defect: row.plant };
    const shrunk = await shrinkSchedule(schedule, 'I2', options);
    expect(shrunk.schedule.actions.length).toBeLessThan(schedule.actions.length);
    expect(shrunk.schedule.faults.length).toBeLessThanOrEqual(schedule.faults.length);
    const { violations } = await runSchedule(shrunk.schedule, options);
    expect(violations.map(({ invariant }) => invariant)).toContain('I2');
  });

  it('misses what was not reached', () => {
    expect(findUnreached({ 'venue R07-drop-before-accept': 3 })).not.toContain('venue R07-drop-before-accept');
    expect(findUnreached({})).toContain('unknown ESCALATED');
    expect(findUnreached({ 'unknown ESCALATED': 99 }, 100)).toContain('unknown ESCALATED');
    expect(findUnreached(Object.fromEntries(reachable.map((name) => [name, 100])), 100)).toEqual([]);
  });
});
