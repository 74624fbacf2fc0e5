import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFakeClock } from '@qts/core/testing';
import { openSqliteJournal } from '@qts/storage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder, startProgram } from './program.ts';

const folder = makeFolder();
afterAll(() => {
  folder.remove();
});

const file = join(folder.path, 'journals', 'orders.sqlite');
beforeAll(async () => {
  mkdirSync(join(folder.path, 'journals'), { mode: 0o700 });
  const journal = openSqliteJournal({ file, accountId: 'main', clock: createFakeClock() });
  const body = { action: 'cancel-all', requestedBy: 'kim', reason: 'x'.repeat(200) };
  const entry = { type: 'operator-acted', occurredAtMs: 0, correlationId: 'i1', body } as const;
  // More than a pipe holds: who writes it notices that nobody reads.
  for (let number = 0; number < 5_000; number += 1) journal.append(entry, 'GROUPED');
  await journal.close();
});

/** A real run whose output nobody reads: from the beginning, or behind the first lines. */
async function withoutReader(args: readonly string[], since: 'the beginning' | 'the first lines') {
  const { child, ended } = startProgram(folder.path, args);
  const { stdout } = child;
  if (stdout === null) throw new Error('no pipe');
  if (since === 'the beginning') stdout.destroy();
  else stdout.once('data', () => stdout.destroy());
  const { exitCode, errors } = await ended;
  return [exitCode, errors];
}

describe('a command whose output nobody reads any more', () => {
  it.each([
    [['journal', 'export', file], 'the first lines'],
    [['journal', 'verify', file], 'the beginning'],
    [['journal', 'show', 'i1', '--journal', file], 'the first lines'],
    [['orders', '--journal', file], 'the beginning'],
    [['tr'], 'the beginning'],
  ] as const)('ends quietly with 141, as other tools do: %j since %s', async (args, since) => {
    expect(await withoutReader(args, since)).toEqual([141, '']);
  });

  it('does what it was asked to all the same where it changes something', async () => {
    const halt = ['halt', '-m', 'paper', '--by', 'kim', '--reason', 'prices look wrong'];
    expect(await withoutReader(halt, 'the beginning')).toEqual([0, expect.any(String)]);
    const stop = readFileSync(join(folder.path, '.qts/stops/paper-kis-main.json'), 'utf8');
    expect(JSON.parse(stop)).toMatchObject({ state: 'ENGAGED', requestedBy: 'kim' });
  });
});
