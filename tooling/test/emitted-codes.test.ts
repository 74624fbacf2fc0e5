import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { isFailsafeCode } from '@qts/failsafe-codes';
import { findEmittedCodes, findUnknownCodes } from '../emitted-codes.ts';

const root = resolve(import.meta.dirname, '../..');
const made: string[] = [];

/** A tree with one source file. */
function plant(file: string, source: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'qts-codes-'));
  made.push(directory);
  mkdirSync(join(directory, dirname(file)), { recursive: true });
  writeFileSync(join(directory, file), source);
  return directory;
}

afterEach(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true });
});

describe('the safety codes that sources name', () => {
  it('are all in the registry, and active', () => {
    expect(findUnknownCodes(root, isFailsafeCode)).toEqual([]);
  });

  it('are looked for where they are: the bridge denies a NOOP', () => {
    expect(findEmittedCodes(root)).toContainEqual(
      expect.objectContaining({ code: 'G_EXE_NOOP_POLICY', file: 'packages/bridge/src/bridge.ts' }),
    );
  });

  it.each([
    ['a code that nobody knows', "\nreturn { code: 'FS999' };", 'FS999'],
    ['a misspelt guard', "\nconst code = 'G_EXE_KILL_SWITCH_ON';", 'G_EXE_KILL_SWITCH_ON'],
    ['a code kept for later', "\nraise('GR050');", 'GR050'],
    ['a code inside a cast', "\nconst code = 'AN999' as FailsafeCode;", 'AN999'],
    ['a simulator guard', '\nconst code = `G_SIM_NOTHING`;', 'G_SIM_NOTHING'],
  ])('are not fine with %s', (_what, source, code) => {
    const tree = plant('packages/engine/src/live/gate.ts', source);
    expect(findUnknownCodes(tree, isFailsafeCode)).toEqual([
      `packages/engine/src/live/gate.ts:2 names ${code}, which the registry does not have as active.`,
    ]);
  });

  it('are looked for in apps as well, and not in tests', () => {
    expect(findUnknownCodes(plant('apps/runner/src/main.ts', "'FS999'"), isFailsafeCode)).toHaveLength(1);
    expect(findUnknownCodes(plant('apps/runner/src/main.test.ts', "'FS999'"), isFailsafeCode)).toEqual([]);
  });

  it('are not found inside longer words', () => {
    expect(findEmittedCodes(plant('packages/krx/src/a.ts', "'XFS999' 'FS9999' 'KRFS001' G_EXEC_1"))).toEqual([]);
  });
});
