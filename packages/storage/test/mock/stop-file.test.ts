import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStopFile } from '../../src/index.ts';

const mark = { requestedBy: 'kim', reason: 'prices look wrong', atMs: 1_000 };
let folder = '';
let path = '';

beforeEach(() => {
  folder = mkdtempSync(`${tmpdir()}/stop-`);
  path = `${folder}/STOP`;
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('openStopFile', () => {
  it('begins released, in a file that is nobody else’s', () => {
    expect(openStopFile(path).read()).toMatchObject({ state: 'RELEASED' });
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
  });

  it('survives whoever wrote it', () => {
    openStopFile(path).engage(mark);
    expect(openStopFile(path).read()).toEqual({ state: 'ENGAGED', ...mark });
    openStopFile(path).release({ ...mark, requestedBy: 'lee', atMs: 2_000 });
    expect(openStopFile(path).read()).toEqual({ state: 'RELEASED', ...mark, requestedBy: 'lee', atMs: 2_000 });
    expect(readFileSync(path, 'utf8')).toMatch(/^\{.*\}\n$/);
  });

  it('shows to one who has it open what another terminal did', () => {
    const running = openStopFile(path);
    running.read();
    openStopFile(path).engage(mark);
    expect(running.read()).toMatchObject({ state: 'ENGAGED' });
    openStopFile(path).release(mark);
    expect(running.read()).toMatchObject({ state: 'RELEASED' });
  });

  it.each([
    [
      'was removed',
      () => {
        rmSync(path);
      },
      'gone',
    ],
    [
      'is empty, as touch leaves it',
      () => {
        writeFileSync(path, '');
      },
      'not what was written',
    ],
    [
      'is cut in the middle',
      () => {
        writeFileSync(path, '{"state":"RELEASED","requ');
      },
      'not what was written',
    ],
    [
      'says something else',
      () => {
        writeFileSync(path, '{"state":"OFF"}');
      },
      'neither ENGAGED nor RELEASED',
    ],
    [
      'names nobody',
      () => {
        writeFileSync(path, '{"state":"RELEASED","reason":"x","atMs":1}');
      },
      'names nobody',
    ],
    [
      'has no time',
      () => {
        writeFileSync(path, '{"state":"RELEASED","requestedBy":"k","reason":"x"}');
      },
      'no time',
    ],
    [
      'is open to others',
      () => {
        chmodSync(path, 0o644);
      },
      'open to others',
    ],
    [
      'is endless',
      () => {
        writeFileSync(path, ' '.repeat(5_000));
      },
      'too long',
    ],
    [
      'is a link',
      () => {
        rmSync(path);
        writeFileSync(`${folder}/elsewhere`, JSON.stringify({ state: 'RELEASED', ...mark }), { mode: 0o600 });
        symlinkSync(`${folder}/elsewhere`, path);
      },
      'no plain file',
    ],
    [
      'lies in a folder that is gone',
      () => {
        rmSync(folder, { recursive: true });
      },
      'gone',
    ],
  ] as const)('stops when the file %s', (_, happens, why) => {
    const stop = openStopFile(path);
    expect(stop.read().state).toBe('RELEASED');
    happens();
    expect(stop.read()).toMatchObject({ state: 'UNREADABLE', why: expect.stringContaining(why) as unknown });
  });

  it('is released by name after it could not be read', () => {
    const stop = openStopFile(path);
    rmSync(path);
    stop.release(mark);
    expect(stop.read()).toEqual({ state: 'RELEASED', ...mark });
  });

  it('refuses to open a file that others can read', () => {
    openStopFile(path).engage(mark);
    chmodSync(path, 0o644);
    expect(() => openStopFile(path)).toThrow(expect.objectContaining({ code: 'JOURNAL_NOT_PRIVATE' }));
  });

  it('leaves no temporary file, and says when it cannot be written', () => {
    const stop = openStopFile(path);
    rmSync(folder, { recursive: true });
    expect(() => {
      stop.engage(mark);
    }).toThrow(/ENOENT/);
  });
});
