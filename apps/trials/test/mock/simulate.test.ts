import { describe, expect, it } from 'vitest';
import { findUnreached } from '../../src/simulate/coverage.ts';
import { plantedDefects } from '../../src/simulate/planted-defects.ts';
import { runSchedule } from '../../src/simulate/run-schedule.ts';
import { drawSchedule } from '../../src/simulate/schedule.ts';
import { shrinkSchedule } from '../../src/simulate/shrink.ts';
import { missingCoverage, simulate } from '../../src/simulate/simulate.ts';

const minutes = 60_000;

describe('5,000 simulated schedules', () => {
  it(
    'break no invariant, converge, and reach every fault and every end',
    { timeout: 30 * minutes },
    async () => {
      const report = await simulate({ from: 1, to: 5_000, repeatEvery: 100 });
      expect(report.failed).toEqual([]);
      expect(report.run).toBe(5_000);
      expect(missingCoverage(report)).toEqual([]);
      expect(report.longestUnknownMs).toBeLessThanOrEqual(75_000);
      expect(report.repeated).toBe(50);
    },
  );
});

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
  it.each(Object.entries(plantedDefects))(
    'finds the planted defect %s, by the right invariant',
    async (_, { plant, foundBy }) => {
      const report = await simulate({ from: 1, to: 400, failuresMax: 1, options: { defect: plant }, shrinks: false });
      const [failed] = report.failed;
      expect(foundBy).toContain(failed?.violations[0]?.invariant);
    },
  );

  it('shrinks what fails to a schedule that fails alike, and to less of it', async () => {
    const { plant } = plantedDefects['sends-again'] ?? {};
    const options = { defect: plant ?? {} };
    const report = await simulate({ from: 1, to: 400, failuresMax: 1, options, shrinks: false });
    const schedule = drawSchedule(report.failed[0]?.seed ?? 0);
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
