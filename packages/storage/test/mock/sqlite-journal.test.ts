import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type JournalEntry, journalRecordTypes } from '@qts/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSqliteJournal, verifyJournal } from '../../src/index.ts';
import { entryOf, errorOf, makeJournalFolder, readAll } from './journal-folder.ts';

describe('openSqliteJournal', () => {
  it('gives back every record after a restart, in order, numbered from 1 without a gap', async () => {
    const entries = fc.array(
      fc.tuple(
        fc.record({
          type: fc.constantFrom(...journalRecordTypes),
          occurredAtMs: fc.nat(),
          correlationId: fc.string({ unit: 'binary' }),
          body: fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()),
        }),
        fc.constantFrom('BARRIER', 'GROUPED'),
      ),
      { maxLength: 20 },
    );
    await fc.assert(
      fc.asyncProperty(entries, async (given) => {
        const { open } = makeJournalFolder();
        const half = Math.floor(given.length / 2);
        for (const part of [given.slice(0, half), given.slice(half)]) {
          const journal = open();
          for (const [entry, durability] of part) journal.append(entry, durability);
          await journal.close();
        }
        const found = await readAll(open());
        const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
        expect(found).toEqual(asJson(given.map(([entry], index) => ({ seq: index + 1, ...entry }))));
        expect(errorOf(() => open())).toMatchObject({ code: 'JOURNAL_HELD' });
      }),
      { numRuns: 12 },
    );
  });

  it('makes a file that only its owner can read, and leaves nothing else behind', async () => {
    const { folder, clock } = makeJournalFolder();
    const file = join(folder, 'deeper', 'still', 'orders.db');
    const journal = openSqliteJournal({ file, accountId: 'main', clock });
    journal.append(entryOf(1), 'BARRIER');
    const modes = readdirSync(join(folder, 'deeper', 'still')).map((name) => [
      name,
      (statSync(join(folder, 'deeper', 'still', name)).mode & 0o777).toString(8),
    ]);
    expect(Object.fromEntries(modes)).toEqual({ 'orders.db': '600', 'orders.db-wal': '600', 'orders.db.owner': '600' });
    for (const each of ['deeper', 'deeper/still']) {
      expect((statSync(join(folder, each)).mode & 0o777).toString(8)).toBe('700');
    }
    await journal.close();
    expect(readdirSync(join(folder, 'deeper', 'still'))).toEqual(['orders.db']);
  });

  it('says what it found', async () => {
    const { open } = makeJournalFolder();
    const first = open();
    expect(first.opening).toEqual({
      ...{ isNew: true, recordCount: 0, verifiedAfterSeq: 0, tornBytes: 0, wasClosed: true },
    });
    for (let number = 1; number <= 5; number += 1) first.append(entryOf(number), 'GROUPED');
    await first.close();
    await first.close();
    expect(open().opening).toEqual({
      ...{ isNew: false, recordCount: 5, verifiedAfterSeq: 5, tornBytes: 0, wasClosed: true },
    });
  });

  it('writes barriers before it returns, and groups with the next barrier', async () => {
    const { open, clock } = makeJournalFolder();
    const journal = open();
    journal.append(entryOf(1), 'GROUPED');
    journal.append(entryOf(2), 'GROUPED');
    expect(journal.last.seq).toBe(0);
    journal.append(entryOf(3), 'BARRIER');
    expect(journal.last.seq).toBe(3);
    expect(clock.pendingTimers).toBe(0);
    expect((await readAll(journal)).map(({ correlationId }) => correlationId)).toEqual([
      'intent-1',
      'intent-2',
      'intent-3',
    ]);
  });

  it('writes a group when its time has come, and at once when too many wait', async () => {
    const { open, clock } = makeJournalFolder();
    const journal = open({ groupDelayMs: 7, groupedRecordsMax: 3 });
    journal.append(entryOf(1), 'GROUPED');
    await clock.advance(6);
    expect(journal.last.seq).toBe(0);
    await clock.advance(1);
    expect(journal.last.seq).toBe(1);
    for (const number of [2, 3, 4]) journal.append(entryOf(number), 'GROUPED');
    expect(journal.last.seq).toBe(4);
    journal.append(entryOf(5), 'GROUPED');
    expect(clock.pendingTimers).toBe(1);
    await journal.close();
    expect(clock.pendingTimers).toBe(0);
    expect(open().last.seq).toBe(5);
  });

  it('keeps the order of appends, whoever awaits what in between', async () => {
    const { open } = makeJournalFolder();
    const journal = open({ groupedRecordsMax: 5 });
    const order: string[] = [];
    await Promise.all(
      Array.from({ length: 20 }, async (_, strategy) => {
        for (let number = 0; number < 10; number += 1) {
          for (let turn = (strategy * 7 + number) % 3; turn > 0; turn -= 1) await Promise.resolve();
          const correlationId = `strategy-${strategy}-${number}`;
          order.push(correlationId);
          journal.append(entryOf(number, { correlationId }), number % 4 === 0 ? 'BARRIER' : 'GROUPED');
        }
      }),
    );
    const found = await readAll(journal);
    expect(found.map(({ correlationId }) => correlationId)).toEqual(order);
    expect(found.map(({ seq }) => seq)).toEqual(order.map((_, index) => index + 1));
    expect(await journal.verify()).toMatchObject({ ok: true, recordCount: 200 });
  });

  it('shows a reader the records that arrive while it reads, from where it likes', async () => {
    const { open } = makeJournalFolder();
    const journal = open();
    for (const number of [1, 2, 3]) journal.append(entryOf(number), 'GROUPED');
    const seen: number[] = [];
    for await (const { seq } of journal.read(1)) {
      seen.push(seq);
      if (seq < 5) journal.append(entryOf(seq + 10), 'GROUPED');
    }
    expect(seen).toEqual([2, 3, 4, 5, 6]);
  });

  it('shows a person what a record says, field by field', () => {
    const { open, file } = makeJournalFolder();
    const journal = open();
    journal.append(entryOf(7, { correlationId: 'a"b' }), 'BARRIER');
    void journal.close();
    const database = new DatabaseSync(file);
    const row = database
      .prepare('SELECT seq, type, occurred_at_ms, correlation_id, body, prev_hash FROM record_fields')
      .get();
    expect({ ...row }).toMatchObject({ seq: 1, type: 'intent-recorded', occurred_at_ms: 1_795_132_800_007 });
    expect({ ...row }).toMatchObject({ correlation_id: 'a"b', body: JSON.stringify(entryOf(7).body) });
    database.close();
  });

  it('refuses a record after it is closed', async () => {
    const { open } = makeJournalFolder();
    const journal = open();
    await journal.close();
    expect(
      errorOf(() => {
        journal.append(entryOf(1), 'BARRIER');
      }),
    ).toMatchObject({ code: 'JOURNAL_CLOSED' });
    await expect(readAll(journal)).rejects.toMatchObject({ code: 'JOURNAL_CLOSED' });
  });

  it('refuses a body that is not plain data, and goes on', async () => {
    const { open } = makeJournalFolder();
    const journal = open();
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    for (const bad of [{ body: { amount: 1n } }, { body: circle }, { occurredAtMs: NaN }]) {
      const append = (): void => {
        journal.append({ ...entryOf(1), ...bad }, 'BARRIER');
      };
      expect(errorOf(append)).toMatchObject({ name: 'ValidationError', code: 'JOURNAL_BODY_NOT_JSON' });
    }
    journal.append(entryOf(2), 'BARRIER');
    expect(await journal.verify()).toMatchObject({ ok: true, recordCount: 1 });
  });

  it('takes no order while the disk is nearly full, and every other record', () => {
    const { open } = makeJournalFolder();
    let freeBytes = 1_000;
    const journal = open({ freeBytes: () => freeBytes, reserveBytes: 1_000 });
    const sending: JournalEntry = entryOf(1, { type: 'command-sending' });
    journal.append(sending, 'BARRIER');
    freeBytes = 999;
    const append = (): void => {
      for (let number = 0; number < 64; number += 1) journal.append(sending, 'BARRIER');
    };
    expect(errorOf(append)).toMatchObject({ name: 'ConfigurationError', code: 'JOURNAL_DISK_LOW' });
    expect(append).toThrow(/Free room/);
    journal.append(entryOf(2, { type: 'cancel-sending' }), 'GROUPED');
    journal.append(entryOf(3, { type: 'command-accepted' }), 'BARRIER');
    expect(journal.broken).toBeUndefined();
    freeBytes = 1_000;
    journal.append(sending, 'BARRIER');
  });

  it('does not start without room, and makes nothing', () => {
    const { open, folder } = makeJournalFolder();
    expect(errorOf(() => open({ freeBytes: () => 5, reserveBytes: 6 }))).toMatchObject({ code: 'JOURNAL_DISK_LOW' });
    expect(readdirSync(folder)).toEqual([]);
    expect(open().opening.isNew).toBe(true);
  });

  it.each([
    ['file', { file: 'orders.db' }],
    ['groupDelayMs', { groupDelayMs: -1 }],
    ['groupedRecordsMax', { groupedRecordsMax: 0.5 }],
    ['sizeBytesMax', { sizeBytesMax: 5 }],
    ['reserveBytes', { reserveBytes: NaN }],
  ])('refuses a bad %s by name', (field, settings) => {
    const { open } = makeJournalFolder();
    expect(errorOf(() => open(settings))).toMatchObject({ code: 'SETTING_OUT_OF_RANGE', facts: { field } });
  });

  it('refuses an account number for a label', () => {
    const { open } = makeJournalFolder();
    expect(String(errorOf(() => open({ accountId: '12345678-01' })))).not.toContain('12345678');
  });

  it('is verified whole, in slices, after it was closed or while it is open', async () => {
    const { open, file } = makeJournalFolder();
    const journal = open();
    for (let number = 1; number <= 2_500; number += 1) journal.append(entryOf(number), 'GROUPED');
    const found = await journal.verify();
    expect(found).toMatchObject({ ok: true, recordCount: 2_500, last: journal.last, faults: [] });
    await journal.close();
    expect(await verifyJournal(file)).toEqual(found);
    expect(await verifyJournal(file, { anchor: { seq: 9, hash: 'another' } })).toMatchObject({
      ok: false,
      faults: [{ fault: 'ANCHOR', seq: 9 }],
    });
    expect(await verifyJournal(file, { anchor: found.last })).toMatchObject({ ok: true });
  });
});
