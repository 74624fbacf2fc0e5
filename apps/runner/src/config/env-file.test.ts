import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadEnvironment } from './env-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'qts-env-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

let count = 0;
function write(text: string, mode = 0o600): string {
  const file = join(folder, `${(count += 1)}.env`);
  writeFileSync(file, text);
  chmodSync(file, mode);
  return file;
}

describe('loadEnvironment', () => {
  it('reads the file, and the process wins', () => {
    const file = write('# keys\nKIS_VTS_APP_KEY="from file"\nQTS_LIVE_ACK=\n\nKEPT=a=b\n');
    expect(loadEnvironment(file, { KIS_VTS_APP_KEY: 'from process' })).toEqual({
      KIS_VTS_APP_KEY: 'from process',
      QTS_LIVE_ACK: '',
      KEPT: 'a=b',
    });
  });

  it('is content without a file', () => {
    expect(loadEnvironment(join(folder, 'absent'), { A: '1' })).toEqual({ A: '1' });
  });

  it.each([0o644, 0o640, 0o604])('refuses mode %o with the command that mends it', (mode) => {
    const file = write('A=1', mode);
    expect(() => loadEnvironment(file, {})).toThrow(`chmod 600 ${file}`);
  });

  it('refuses a link and a folder', () => {
    const link = join(folder, 'link.env');
    symlinkSync(write('A=1'), link);
    expect(() => loadEnvironment(link, {})).toThrow(/not a plain file/);
    expect(() => loadEnvironment(folder, {})).toThrow(/not a plain file/);
  });

  it('names the number of a broken line and never shows the line', () => {
    const attempt = () => loadEnvironment(write('A=1\nKIS_VTS_APP_SECRET hush-hush\n'), {});
    expect(attempt).toThrow(/Line 2 is not NAME=value/);
    expect(attempt).not.toThrow(/hush/);
  });
});
