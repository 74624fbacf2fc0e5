import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { measureAppends } from './append-rows.ts';
import { measureRecovery } from './recovery-rows.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'qts-journal-bench-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

describe('the journal benchmark', () => {
  it('gives a line for each append, group and size, and a ratio for each', { timeout: 60_000 }, async () => {
    const options = { quick: true, directory, tell: () => undefined };
    const rows = [...(await measureAppends(options)), ...(await measureRecovery(options))];
    expect(rows.map(({ workload, contender }) => `${workload}: ${contender}`)).toMatchInlineSnapshot(`
      [
        "B5, one record, durable on return: write + fdatasync of 187 bytes, bare",
        "B5, one record, durable on return: QTS append with a barrier",
        "B5, groups of 64 to one sync: QTS append, group commit",
        "B10, 1,000 records: QTS open + fold of snapshot and 1,000 records",
        "B10, 1,000 records: QTS fold of every record",
        "B10, 1,000 records: QTS verify of the whole chain",
        "B10, 10,000 records: QTS open + fold of snapshot and 1,000 records",
        "B10, 10,000 records: QTS fold of every record",
        "B10, 10,000 records: QTS verify of the whole chain",
      ]
    `);
    expect(rows.every(({ value, ratio }) => value > 0 && ratio > 0)).toBe(true);
  });
});
