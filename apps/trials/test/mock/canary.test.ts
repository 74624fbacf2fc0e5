import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '@qts/core';
import { createFakeClock } from '@qts/core/testing';
import { openSqliteJournal } from '@qts/storage';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canaryKinds, canaryMarks } from '../../../../tooling/canary-marks.ts';
import { filesBelow, scanForCanaries } from '../../../../tooling/canary-scan.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'qts-canary-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const marks = canaryKinds.flatMap((kind) => [...canaryMarks[kind]]);
const formsOf = (mark: string): readonly string[] => [
  mark,
  Buffer.from(mark).toString('base64'),
  Buffer.from(mark).toString('hex'),
  encodeURIComponent(mark),
  JSON.stringify(mark).slice(1, -1),
];

describe('twelve kinds of secrets in five encodings', () => {
  it('do not stand in a journal that knows them, whatever a broker quotes', async () => {
    const settings = { file: join(folder, 'orders.db'), accountId: 'main', clock: createFakeClock() };
    const journal = openSqliteJournal({ ...settings, secrets: marks.map((mark) => new Secret(mark)) });
    for (const mark of marks) {
      for (const message of formsOf(mark)) {
        const body = { message: `the broker quotes ${message} of ours`, native: { [message]: message } };
        journal.append({ type: 'command-rejected', occurredAtMs: 0, correlationId: 'intent', body }, 'GROUPED');
      }
    }
    journal.flush();
    expect(journal.last.seq).toBeGreaterThan(12 * 5);
    expect(scanForCanaries(filesBelow(folder)).hits).toEqual([]);
    await journal.close();
    expect(scanForCanaries(filesBelow(folder)).hits).toEqual([]);
  });

  it('are found in a journal that does not know them', async () => {
    const journal = openSqliteJournal({ file: join(folder, 'orders.db'), accountId: 'main', clock: createFakeClock() });
    const body = { message: `the broker quotes ${canaryMarks['HTS id'][0]} of ours` };
    journal.append({ type: 'command-rejected', occurredAtMs: 0, correlationId: 'intent', body }, 'BARRIER');
    await journal.close();
    expect(scanForCanaries(filesBelow(folder)).hits.join()).toContain('a made-up HTS id (plain)');
  });
});
