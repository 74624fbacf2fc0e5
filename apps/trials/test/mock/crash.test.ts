import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isClean, printCrashReport, runCrashCommand } from '../../src/crash/crash-command.ts';
import { crashPointIds } from '../../src/crash/crash-points.ts';
import { type CrashReport, crash } from '../../src/crash/crash.ts';
import { type RunnerProgram } from '../../src/crash/runner-process.ts';
import { bundleProgram } from '../support/bundled-program.ts';

/*
 * Real processes over real sockets on a real disk, killed with SIGKILL. What is random here is drawn from a seed, what
 * the machine does with it is not: the figures say at least, never exactly.
 */

let program: RunnerProgram;
let remove: () => void;
beforeAll(async () => {
  ({ program, remove } = await bundleProgram());
});
afterAll(() => {
  remove();
});
const minutes = 60_000;

/** Shows the whole table when something was found. */
function expectClean(report: CrashReport): void {
  expect(isClean(report), printCrashReport(report).join('\n')).toBe(true);
}

describe('a program that is killed a hundred times', () => {
  it(
    'sends nothing twice, loses nothing, and ends with the books of the venue (KIS)',
    { timeout: 20 * minutes },
    async () => {
      const report = await crash({ trial: 'kis', kills: 100, seed: 1, program });
      expectClean(report);
      expect(report.kills).toBe(100);
      expect(report.orders).toBeGreaterThanOrEqual(2_000);
      for (const point of crashPointIds) expect(report.pointHits[point], point).toBeGreaterThanOrEqual(4);
      expect(report.randomKills).toBeGreaterThan(20);
      expect(report.foldsEqual).toBeGreaterThan(80);
      expect(report.faults).toBeGreaterThan(50);
    },
  );

  it('does so with Kiwoom, too: each point twice', { timeout: 10 * minutes }, async () => {
    const report = await crash({ trial: 'kiwoom', kills: 28, seed: 2, program });
    expectClean(report);
    expect(report.kills).toBe(28);
    for (const point of crashPointIds) expect(report.pointHits[point], point).toBeGreaterThanOrEqual(1);
  });

  it('does so with both brokers on one market', { timeout: 10 * minutes }, async () => {
    const report = await crash({ trial: 'mixed', kills: 14, seed: 3, program });
    expectClean(report);
    expect(report.kills).toBe(14);
    expect(report.orders).toBeGreaterThan(50);
  });
});

describe('the judge of kills', () => {
  it('finds an order that is sent twice', { timeout: 5 * minutes }, async () => {
    const report = await crash({
      ...{ trial: 'kis', kills: 1, eachPoint: 0, seed: 4 },
      ...{ program, defect: 'SENDS_TWICE', lifeMsMax: 6_000 },
    });
    expect(report.findings.duplicates.join()).toContain('was posted 2 times');
    expect(isClean(report)).toBe(false);
  });

  it('finds what a journal without a barrier forgets', { timeout: 5 * minutes }, async () => {
    const report = await crash({
      trial: 'kiwoom',
      kills: 14,
      seed: 5,
      program,
      defect: 'NO_BARRIER',
      lifeMsMax: 6_000,
    });
    expect(report.findings.lost).not.toEqual([]);
  });
});

describe('the command', () => {
  it('refuses what it cannot do', async () => {
    const said: string[] = [];
    const terminal = { out: () => undefined, say: (line: string) => void said.push(line) };
    expect(await runCrashCommand(['--broker', 'nobody'], terminal)).toBe(2);
    expect(await runCrashCommand(['--kills', '0'], terminal)).toBe(2);
    expect(said.join('\n')).toContain('--broker nobody is none');
  });
});
