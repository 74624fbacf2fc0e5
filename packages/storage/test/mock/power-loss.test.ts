import { env } from 'node:process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createFakeClock } from '@qts/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSqliteJournal } from '../../src/index.ts';
import { entryOf } from './journal-folder.ts';

/**
 * Power loss, with the files that SQLite really wrote. The log (WAL) only grows while nothing is moved into the database,
 * so what a cut leaves is a prefix of it: all that was synced, and of the rest as much as happened to be written. A frame
 * may be torn in its middle, and its place may hold something else.
 */

/** Crash points altogether; at night 50,000, or the share of it that `pnpm test:night --scale` asks for. */
const crashPoints = Math.max(2_000, 50_000 * Number(env['QTS_NIGHT'] ?? 0));

interface History {
  /** The database as it was before the log, and after the log was moved into it. */
  readonly before: Buffer;
  readonly after: Buffer;
  readonly log: Buffer;
  /** After each barrier: bytes of the log that were synced, and the records acknowledged by then. */
  readonly barriers: readonly { readonly syncedBytes: number; readonly acknowledged: number }[];
  readonly correlationIds: readonly string[];
}

let folder: string;
let history: History;
const clock = createFakeClock();

beforeAll(() => {
  // In memory where there is such a place: thousands of starts sync thousands of times, and none of it is waited for.
  folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'qts-power-'));
  history = writeHistory(join(folder, 'written.db'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A journal that is written and not closed. */
function writeHistory(file: string): History {
  const journal = openSqliteJournal({ file, accountId: 'main', clock });
  const barriers: { syncedBytes: number; acknowledged: number }[] = [];
  const correlationIds: string[] = [];
  for (let number = 1; number <= 80; number += 1) {
    const isBarrier = number % 4 !== 1;
    const body = { text: 'x'.repeat((number * 37) % 900) };
    correlationIds.push(`intent-${number}`);
    journal.append(entryOf(number, { body }), isBarrier ? 'BARRIER' : 'GROUPED');
    if (isBarrier) barriers.push({ syncedBytes: statSync(`${file}-wal`).size, acknowledged: number });
  }
  // The lock of this process goes with these descriptors (POSIX); nobody else wants it here.
  const before = readFileSync(file);
  const log = readFileSync(`${file}-wal`);
  const moved = join(folder, 'moved.db');
  copyFileSync(file, moved);
  copyFileSync(`${file}-wal`, `${moved}-wal`);
  const database = new DatabaseSync(moved);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const after = readFileSync(moved);
  database.close();
  return { before, after, log, barriers, correlationIds };
}

/** Starts on what a cut left; says which records are there and what was cut. */
function restart(database: Buffer, log: Buffer): { readonly found: readonly string[]; readonly tornBytes: number } {
  const place = mkdtempSync(join(folder, 'cut-'));
  const file = join(place, 'orders.db');
  writeFileSync(file, database, { mode: 0o600 });
  writeFileSync(`${file}-wal`, log, { mode: 0o600 });
  const journal = openSqliteJournal({ file, accountId: 'main', clock, reserveBytes: 0 });
  const found: string[] = [];
  journal.visit(0, ({ seq, correlationId }) => {
    expect(seq).toBe(found.push(correlationId));
  });
  journal.append(entryOf(found.length + 1), 'BARRIER');
  expect(journal.last.seq).toBe(found.length + 1);
  const { tornBytes } = journal.opening;
  void journal.close();
  rmSync(place, { recursive: true });
  return { found, tornBytes };
}

/** The least and the most that may be there when the log was cut at `bytes`. */
function expectAcknowledged(found: readonly string[], bytes: number): void {
  const synced = history.barriers.filter(({ syncedBytes }) => syncedBytes <= bytes).at(-1);
  expect(found).toEqual(history.correlationIds.slice(0, found.length));
  expect(found.length).toBe(synced?.acknowledged ?? 0);
}

/** Numbers that look random and are the same in every run. */
function* draw(seed: number): Generator<number> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

const frameBytes = 24 + 4_096;

describe('after a power loss', { timeout: 60 * crashPoints }, () => {
  it('every acknowledged record is there, cut at each frame and at any byte', () => {
    const { before, log } = history;
    const frames: number[] = [];
    for (let at = 32; at <= log.length; at += frameBytes) frames.push(at);
    const random = draw(20_260_914);
    const bytes = Array.from({ length: crashPoints / 2 }, () =>
      Math.floor((random.next().value as number) * log.length),
    );
    let tornCount = 0;
    for (const at of [...frames, ...bytes]) {
      const { found, tornBytes } = restart(before, log.subarray(0, at));
      expectAcknowledged(found, at);
      const synced = history.barriers.findLast(({ syncedBytes }) => syncedBytes <= at)?.syncedBytes;
      if (synced !== undefined) expect(tornBytes).toBe(at - synced);
      if (tornBytes > 0) tornCount += 1;
    }
    expect(frames.length).toBeGreaterThan(120);
    expect(tornCount).toBeGreaterThan(500);
  });

  it('a last write that was torn is cut, whatever stands in its place', () => {
    const { before, log, barriers } = history;
    const random = draw(7);
    const next = (): number => random.next().value as number;
    for (let point = 0; point < crashPoints / 4; point += 1) {
      const index = Math.floor(next() * (barriers.length - 1));
      const [synced, written] = [barriers[index], barriers[index + 1]];
      if (synced === undefined || written === undefined) throw new Error('No barrier there.');
      const left = Buffer.from(log.subarray(0, written.syncedBytes));
      // Sectors of the unsynced write that never came, or came as something else.
      const sectors = Math.floor((written.syncedBytes - synced.syncedBytes) / 512);
      const spoiled = Math.floor(next() * sectors) * 512 + synced.syncedBytes;
      left.fill(next() < 0.5 ? 0 : 0xa5, spoiled, spoiled + 512);
      const { found } = restart(before, left);
      // The torn commit is gone as a whole, unless the spoiled bytes were what they should be.
      expect([synced.acknowledged, written.acknowledged]).toContain(found.length);
      expect(found).toEqual(history.correlationIds.slice(0, found.length));
    }
  });

  it('nothing is lost while the log is moved into the database, page by page', () => {
    const { before, after, log } = history;
    const random = draw(3);
    for (let point = 0; point < crashPoints / 4; point += 1) {
      const mixed = Buffer.alloc(after.length);
      for (let at = 0; at < after.length; at += 4_096) {
        const isMoved = (random.next().value as number) < 0.5 || at >= before.length;
        (isMoved ? after : before).copy(mixed, at, at, at + 4_096);
      }
      const { found } = restart(mixed, log);
      expect(found).toEqual(history.correlationIds);
    }
  });
});
