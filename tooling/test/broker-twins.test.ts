import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { brokerIds, findTwinProblems, type TwinException, twinFiles } from '../broker-twins.ts';

const root = resolve(import.meta.dirname, '../..');

function problems(kis: readonly string[], kiwoom: readonly string[], exceptions: readonly TwinException[] = []) {
  return findTwinProblems({ kis: new Set(kis), kiwoom: new Set(kiwoom) }, exceptions);
}

describe('the broker packages', () => {
  it('are twins, but for what the table gives a reason for', () => {
    expect(findTwinProblems(twinFiles(root))).toEqual([]);
  });
});

describe('the packages that are compared', () => {
  it('are those of the list: a broker that is being written is not, and neither are the kit and the suite', () => {
    const tree = mkdtempSync(join(tmpdir(), 'qts-twins-'));
    try {
      for (const id of ['kis', 'kiwoom', 'demo', 'kit', 'conformance']) {
        mkdirSync(join(tree, `packages/broker-${id}/src`), { recursive: true });
        writeFileSync(join(tree, `packages/broker-${id}/src/${id}-broker.ts`), '');
      }
      writeFileSync(join(tree, 'packages/broker-demo/src/not-written.ts'), '');
      expect(Object.keys(twinFiles(tree))).toEqual(brokerIds);
      expect(findTwinProblems(twinFiles(tree), [])).toEqual([]);
    } finally {
      rmSync(tree, { recursive: true });
    }
  });
});

describe('the check of twins', () => {
  it('is content with the same files', () => {
    expect(problems(['src/x-broker.ts'], ['src/x-broker.ts'])).toEqual([]);
  });

  it('names a file without a twin, in either package', () => {
    expect(problems(['src/x-a.ts'], ['src/x-b.ts'])).toEqual([
      expect.stringContaining('broker-kis has src/kis-a.ts'),
      expect.stringContaining('broker-kiwoom has src/kiwoom-b.ts'),
    ]);
  });

  it('takes a reason for a file, and for a folder', () => {
    const exceptions: readonly TwinException[] = [
      { only: 'kis', path: 'src/x-a.ts', why: 'a reason' },
      { only: 'both', path: 'src/rest/', why: 'a reason' },
    ];
    expect(problems(['src/x-a.ts', 'src/rest/one.ts'], ['src/rest/two.ts'], exceptions)).toEqual([]);
  });

  it('does not take a reason of the other package', () => {
    expect(problems(['src/x-a.ts'], [], [{ only: 'kiwoom', path: 'src/x-a.ts', why: 'a reason' }])).toHaveLength(2);
  });

  it('names a reason that nothing needs any more', () => {
    expect(problems(['src/x-a.ts'], ['src/x-a.ts'], [{ only: 'kis', path: 'src/x-a.ts', why: 'old' }])).toEqual([
      expect.stringContaining('needed by nothing'),
    ]);
  });
});
