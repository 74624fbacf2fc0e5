import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

it.each(['simulate', 'crash', 'night'])('%s --help says what it takes, and runs nothing', (command) => {
  // Throws on any other exit code than 0.
  const out = execFileSync(process.execPath, ['--conditions=@qts/source', main, command, '--help'], {
    encoding: 'utf8',
  });
  expect(out.split('\n').filter((line) => line !== '')).not.toHaveLength(0);
  for (const line of out.trimEnd().split('\n')) expect(line.startsWith(`${command} `)).toBe(true);
});
