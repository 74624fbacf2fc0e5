import { execFile } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SimulationReport } from '../../src/simulate/simulate.ts';
import { bundleProgram } from '../support/bundled-program.ts';

const minutes = 60_000;
const reportBytesMax = 64 * 1_024 * 1_024;

type Bundle = Awaited<ReturnType<typeof bundleProgram>>;
let bundle: Bundle;
beforeAll(async () => {
  bundle = await bundleProgram();
});
afterAll(() => {
  bundle.remove();
});

/**
 * A process of its own runs them, bundled: the same code takes a fifth less time there than as the modules of a test. And
 * one that spins for ever can be ended.
 */
function simulateAll(): Promise<SimulationReport & { readonly notReached: readonly string[] }> {
  const { file, execArgv } = bundle.program;
  const options = { maxBuffer: reportBytesMax, timeout: 29 * minutes, killSignal: 'SIGKILL' } as const;
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [...execArgv, file, 'simulate', '--seeds', '1..5000', '--json'],
      options,
      (error, out) => {
        // It ends with 1 when something was broken, and tells what.
        if (out === '') reject(error ?? new Error('nothing was told'));
        else resolve(JSON.parse(out) as Awaited<ReturnType<typeof simulateAll>>);
      },
    );
  });
}

describe('5,000 simulated schedules', () => {
  it('break no invariant, converge, and reach every fault and every end', { timeout: 30 * minutes }, async () => {
    const report = await simulateAll();
    expect(report.failed.map(({ seed, violations }) => ({ seed, violations }))).toEqual([]);
    expect(report.run).toBe(5_000);
    expect(report.notReached).toEqual([]);
    expect(report.longestUnknownMs).toBeLessThanOrEqual(75_000);
    expect(report.repeated).toBe(100);
  });
});
