import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from '@qts/core';
import { afterAll, describe, expect, it } from 'vitest';
import { loadRunnerConfig } from './config-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'qts-config-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function write(text: string): string {
  const file = join(folder, 'qts.yaml');
  writeFileSync(file, text);
  return file;
}

describe('loadRunnerConfig', () => {
  it('lays the command line over the file', () => {
    const file = write(
      'mode: paper\nsim: { seed: 5, cashKrw: 2000000 }\nstrategy: { use: reversion, parameters: { window: 9 } }',
    );
    const config = loadRunnerConfig(file, { mode: 'sim', seed: 7, strategy: 'breakout' });
    expect(config).toMatchObject({
      mode: 'sim',
      sim: { seed: 7, cashKrw: 2_000_000 },
      strategy: { use: 'breakout', parameters: { window: 9 } },
    });
  });

  it('reads an empty file as the defaults', () => {
    expect(loadRunnerConfig(write('# nothing yet\n'), {})).toEqual(loadRunnerConfig(undefined, {}));
  });

  it.each([
    ['a file that is not there', () => join(folder, 'absent.yaml'), 'CONFIGURATION_UNREADABLE'],
    ['a file that is not YAML', () => write('mode: [sim'), 'CONFIGURATION_NOT_YAML'],
    ['a file that is one word', () => write('sim'), 'INVALID_CONFIGURATION'],
    ['a group of the wrong shape', () => write('sim: 3'), 'INVALID_CONFIGURATION'],
  ])('refuses %s', (_, file, code) => {
    const attempt = () => loadRunnerConfig(file(), { seed: 1 });
    expect(attempt).toThrow(ConfigurationError);
    expect(attempt).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('says where the YAML breaks', () => {
    expect(() => loadRunnerConfig(write('mode: sim\nsymbols: ["005930"'), {})).toThrow(/line +\d/);
  });
});
