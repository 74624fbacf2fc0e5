import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CanaryEncoding, canaryEncodings, canaryKinds, canaryMarks, findCanaries } from '../canary-marks.ts';
import { filesBelow, scanForCanaries } from '../canary-scan.ts';

/*
 * Secrets are planted here on purpose. The folder must not be named as those that a run leaves behind.
 */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'planted-canaries-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const plantings = canaryKinds.flatMap((kind) =>
  (Object.keys(canaryEncodings) as CanaryEncoding[]).map((encoding) => ({ kind, encoding })),
);

const encode = {
  plain: (text: string) => text,
  base64: (text: string) => Buffer.from(text).toString('base64'),
  hex: (text: string) => Buffer.from(text).toString('hex'),
  URL: (text: string) => encodeURIComponent(text),
  JSON: (text: string) => JSON.stringify({ message: text }),
} as const;

describe('the scan for canaries', () => {
  it('knows 12 kinds in 5 encodings', () => {
    expect(plantings).toHaveLength(60);
  });

  it.each(plantings)('finds a planted $kind, $encoding, wherever in a text it stands', ({ kind, encoding }) => {
    for (const before of ['', 'a', 'ab']) {
      for (const mark of canaryMarks[kind]) {
        const file = join(folder, 'output.log');
        writeFileSync(file, `a line\n${encode[encoding](`${before}${mark} and more`)}\nanother`);
        const { hits } = scanForCanaries([file]);
        expect(hits.join('\n')).toContain(`a made-up ${kind}`);
        expect(hits.join('\n')).not.toContain(mark);
      }
    }
  });

  it('finds one in the bytes of a database', () => {
    const file = join(folder, 'orders.db');
    writeFileSync(
      file,
      Buffer.concat([Buffer.from([0, 255, 128]), Buffer.from(canaryMarks['HTS id'][0]), Buffer.from([0])]),
    );
    expect(scanForCanaries(filesBelow(folder)).hits.join()).toContain('a made-up HTS id (plain)');
  });

  it('finds nothing in what is not secret, and leaves token files alone', () => {
    mkdirSync(join(folder, 'tokens'));
    writeFileSync(join(folder, 'tokens', 'key.json'), canaryMarks['access token'][0]);
    writeFileSync(join(folder, 'output.log'), 'account 7391****-**, order 0000012345');
    expect(filesBelow(folder)).toHaveLength(1);
    expect(scanForCanaries(filesBelow(folder))).toEqual({ files: 1, hits: [] });
    expect(findCanaries('')).toEqual([]);
  });

  it('ends with 1 as a program when it finds one, and with 0 when it does not', () => {
    const run = (): { readonly status: number | null; readonly stdout: string } =>
      spawnSync(execPath, [join(import.meta.dirname, '../canary-scan.ts'), folder], { encoding: 'utf8' });
    writeFileSync(join(folder, 'output.log'), 'nothing');
    expect(run()).toMatchObject({ status: 0, stdout: 'canary secrets: 0 hits in 1 files\n' });
    writeFileSync(join(folder, 'output.log'), `token ${canaryMarks['access token'][0]}`);
    const { status, stdout } = run();
    expect(status).toBe(1);
    expect(stdout).toContain('holds a made-up access token (plain).');
  });
});
