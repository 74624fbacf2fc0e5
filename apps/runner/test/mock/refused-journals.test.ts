import { spawn } from 'node:child_process';
import { chmodSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { createFakeClock } from '@qts/core/testing';
import { openSqliteJournal, verifyJournal } from '@qts/storage';
import { afterAll, describe, expect, it } from 'vitest';
import { type Ended, followProgram, makeFolder } from './program.ts';

/*
 * The day of an account in a process of its own, over journals that it must not write. It is refused before the first
 * request: where the venue would be, nobody listens.
 */

const venueDay = fileURLToPath(new URL('../support/venue-day.ts', import.meta.url));
const folders: { remove(): void }[] = [];
afterAll(() => {
  for (const folder of folders) folder.remove();
});

async function runOn(
  prepare: (file: string) => Promise<void>,
): Promise<{ readonly ended: Ended; readonly file: string }> {
  const folder = makeFolder();
  folders.push(folder);
  const file = join(folder.path, 'qts', 'journals', 'paper-kis-main.sqlite');
  await prepare(file);
  const venueMs = Date.parse('2025-10-17T10:00:00+09:00');
  const settings = JSON.stringify({
    url: 'http://127.0.0.1:9',
    config: { mode: 'paper', files: { folder: join(folder.path, 'qts') } },
    began: { machineMs: Date.now(), venueMs, speed: 10 },
    day: { opensAtMs: venueMs, closesAtMs: venueMs + 10_000, endsAtMs: venueMs + 10_000 },
  });
  const child = spawn(process.execPath, ['--conditions=@qts/source', venueDay, settings], {
    ...{ cwd: folder.path, env: { PATH: process.env['PATH'], HOME: folder.path } },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { ended: await followProgram(child).ended, file };
}

async function writeJournal(file: string, accountId = 'main'): Promise<void> {
  const journal = openSqliteJournal({ file, accountId, clock: createFakeClock() });
  const body = { quantity: 2 };
  journal.append({ type: 'session-opened', occurredAtMs: 0, correlationId: 'day-1', body }, 'BARRIER');
  journal.append({ type: 'session-opened', occurredAtMs: 0, correlationId: 'day-2', body }, 'BARRIER');
  await journal.close();
}

function change(file: string, sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
}

describe('a day is not begun on a journal', () => {
  it('of another account', async () => {
    const { ended, file } = await runOn((path) => writeJournal(path, 'savings'));
    expect(ended.errors).toMatch(/^JOURNAL_OTHER_ACCOUNT/m);
    expect(ended.errors).toMatch(/next +Give the file of this account/);
    expect(ended.exitCode).toBe(1);
    expect(await verifyJournal(file)).toMatchObject({ ok: true, recordCount: 2, header: { accountId: 'savings' } });
  });

  it('with a changed record', async () => {
    const { ended } = await runOn(async (path) => {
      await writeJournal(path);
      change(path, `UPDATE records SET text = replace(text, '"quantity":2', '"quantity":9') WHERE seq = 2`);
      // As a process leaves it that was killed: what it wrote last is verified by the next opening.
      change(path, `UPDATE tip SET anchor_seq = 1, anchor_hash = (SELECT hash FROM records WHERE seq = 1)`);
    });
    expect(ended.errors).toMatch(/^JOURNAL_CORRUPT/m);
    expect(ended.errors).toMatch(/nothing may be sent/);
    expect(ended.exitCode).toBe(1);
  });

  it('that others may read', async () => {
    const { ended, file } = await runOn(async (path) => {
      await writeJournal(path);
      chmodSync(path, 0o644);
    });
    expect(ended.errors).toMatch(/^JOURNAL_NOT_PRIVATE/m);
    expect(ended.errors).toMatch(/chmod 600/);
    expect(statSync(file).mode & 0o777).toBe(0o644);
  });

  it('that another process has open', async () => {
    let held: ReturnType<typeof openSqliteJournal> | undefined;
    const { ended } = await runOn((path) => {
      held = openSqliteJournal({ file: path, accountId: 'main', clock: createFakeClock() });
      return Promise.resolve();
    });
    await held?.close();
    expect(ended.errors).toMatch(/^JOURNAL_HELD/m);
    expect(ended.errors).toContain(`process ${process.pid}`);
    expect(ended.exitCode).toBe(1);
  });

  it('of a broker that cannot be reached: the message is of the broker, and nothing is left locked', async () => {
    const { ended, file } = await runOn(() => Promise.resolve());
    expect(ended.exitCode).toBe(1);
    expect(ended.errors).not.toMatch(/JOURNAL/);
    expect((await verifyJournal(file)).ok).toBe(true);
  });
});
