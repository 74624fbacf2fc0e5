import { describe, expect, it } from 'vitest';
import { findUnreached } from '../../src/simulate/coverage.ts';
import { type Violation } from '../../src/simulate/judge/invariants.ts';
import { type PlantedRow, plantedDefects } from '../../src/simulate/planted-defects.ts';
import { runSchedule } from '../../src/simulate/run-schedule.ts';
import { type Schedule, drawSchedule } from '../../src/simulate/schedule.ts';
import { shrinkSchedule } from '../../src/simulate/shrink.ts';
import { missingCoverage, simulate } from '../../src/simulate/simulate.ts';

const minutes = 60_000;

describe('5,000 simulated schedules', () => {
  it('break no invariant, converge, and reach every fault and every end', { timeout: 30 * minutes }, async () => {
    const report = await simulate({ from: 1, to: 5_000, repeatEvery: 100 });
    expect(report.failed).toEqual([]);
    expect(report.run).toBe(5_000);
    expect(missingCoverage(report)).toEqual([]);
    expect(report.longestUnknownMs).toBeLessThanOrEqual(75_000);
    expect(report.repeated).toBe(50);
  });
});

/** The first schedule in which a planted defect shows. */
async function findFailure({ plant, faults }: PlantedRow): Promise<{
  readonly schedule: Schedule;
  readonly violations: readonly Violation[];
}> {
  for (let seed = 1; seed <= 200; seed += 1) {
    const drawn = drawSchedule(seed);
    const schedule = { ...drawn, faults: faults ?? drawn.faults };
    const { violations } = await runSchedule(schedule, { defect: plant });
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
  });
});
