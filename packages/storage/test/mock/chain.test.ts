import { DatabaseSync } from 'node:sqlite';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportJournal, verifyJournal } from '../../src/index.ts';
import { readHeader } from '../../src/sqlite/schema.ts';
import { type JournalVerification, verifySlices } from '../../src/sqlite/verify-chain.ts';
import { entryOf, errorOf, makeJournalFolder } from './journal-folder.ts';

const recordCount = 12;

async function makeJournal(): Promise<{ readonly file: string; readonly open: () => unknown }> {
  const { file, open } = makeJournalFolder();
  const journal = open();
  for (let number = 1; number <= recordCount; number += 1) {
    journal.append(entryOf(number), number % 3 === 0 ? 'BARRIER' : 'GROUPED');
    if (number === 5) journal.saveSnapshot('positions', 1, { shares: 10 });
  }
  await journal.close();
  return { file, open };
}

function verifyNow(database: DatabaseSync): JournalVerification {
  const header = readHeader(database);
  if (header === undefined) throw new Error('The journal has no header.');
  const slices = verifySlices(database, header);
  for (;;) {
    const { done, value } = slices.next();
    if (done === true) return value;
  }
}

/** Changes one character to another; of a hash, to another hexadecimal digit. */
function change(text: string, at: number, by: number): string {
  const index = at % text.length;
  const found = text.charCodeAt(index);
  const other = String.fromCharCode(found >= 32 && found < 127 ? 32 + ((found - 32 + 1 + (by % 94)) % 95) : 48);
  return text.slice(0, index) + other + text.slice(index + 1);
}

const seq = fc.integer({ min: 1, max: recordCount });
const place = fc.nat({ max: 400 });
const by = fc.nat({ max: 93 });

/** Every way in which a journal is changed here. Each changes something for certain. */
const mutations = fc.oneof(
  fc.record({ kind: fc.constantFrom('text', 'hash'), seq, place, by }),
  fc.record({ kind: fc.constantFrom('tip', 'anchor', 'snapshot', 'state', 'account'), seq, place, by }),
  fc.record({ kind: fc.constantFrom('delete', 'repeat', 'forge', 'created', 'cut'), seq, place, by }),
  fc.record({ kind: fc.constantFrom('swap', 'move', 'rewrite'), seq, place, by }),
);
type Mutation = typeof mutations extends fc.Arbitrary<infer Value> ? Value : never;

function mutate(database: DatabaseSync, { kind, seq, place, by }: Mutation): void {
  const changeColumn = (table: string, column: string, where: string): void => {
    const found = database.prepare(`SELECT ${column} AS value FROM ${table} WHERE ${where}`).get()?.['value'];
    database.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${where}`).run(change(String(found), place, by));
  };
  switch (kind) {
    case 'text':
    case 'hash':
      changeColumn('records', kind, `seq = ${seq}`);
      return;
    case 'tip':
      changeColumn('tip', 'hash', 'id = 1');
      return;
    case 'anchor':
      changeColumn('tip', 'anchor_hash', 'id = 1');
      return;
    case 'snapshot':
      changeColumn('snapshots', 'hash', '1');
      return;
    case 'state':
      changeColumn('snapshots', 'state', '1');
      return;
    case 'account':
      changeColumn('header', 'account_id', 'id = 1');
      return;
    case 'created':
      database.exec(`UPDATE header SET created_at_ms = created_at_ms + ${place + 1}`);
      return;
    case 'delete':
      database.exec(`DELETE FROM records WHERE seq = ${seq}`);
      return;
    case 'cut':
      database.exec(`DELETE FROM records WHERE seq >= ${seq}`);
      return;
    case 'repeat':
      database.exec(
        `INSERT INTO records (seq, text, hash) SELECT ${recordCount} + ${by + 1}, text, hash FROM records WHERE seq = ${seq}`,
      );
      return;
    case 'move':
      database.exec(`UPDATE records SET seq = seq + ${recordCount + place} WHERE seq = ${seq}`);
      return;
    case 'swap': {
      const other = (seq % recordCount) + 1;
      database.exec(`UPDATE records SET seq = -1 WHERE seq = ${seq}; UPDATE records SET seq = ${seq} WHERE seq = ${other};
        UPDATE records SET seq = ${other} WHERE seq = -1`);
      return;
    }
    case 'rewrite': // Somebody who knows the hash, and changes one record with it.
    case 'forge': {
      // … or adds one that follows the last.
      const from = kind === 'forge' ? recordCount : seq;
      const row = database.prepare('SELECT text, hash FROM records WHERE seq = ?').get(from);
      const text =
        kind === 'forge'
          ? `{"seq":${recordCount + 1},"prevHash":"${String(row?.['hash'])}","type":"operator-acted","body":{"by":${by}}}`
          : String(row?.['text']).replace(/"quantity":\d+/, `"quantity":${1_000 + by}`);
      const hash = createHash('sha256').update(text).digest('hex');
      const target = kind === 'forge' ? recordCount + 1 : seq;
      database.prepare('INSERT OR REPLACE INTO records (seq, text, hash) VALUES (?, ?, ?)').run(target, text, hash);
    }
  }
}

describe('the chain', () => {
  it('shows each of 10,000 changes of a journal', async () => {
    const { file } = await makeJournal();
    const database = new DatabaseSync(file);
    database.exec('PRAGMA synchronous = OFF');
    expect(verifyNow(database)).toMatchObject({ ok: true, recordCount });
    const kinds = new Set<string>();
    try {
      fc.assert(
        fc.property(mutations, (mutation) => {
          database.exec('BEGIN');
          try {
            mutate(database, mutation);
            kinds.add(mutation.kind);
            const { ok, faults } = verifyNow(database);
            expect(ok).toBe(false);
            expect(faults.length).toBeGreaterThan(0);
          } finally {
            database.exec('ROLLBACK');
          }
        }),
        { numRuns: 10_000 },
      );
    } finally {
      database.close();
    }
    expect(kinds.size).toBe(15);
  });

  it('shows a changed byte of the file, or reads every record as it was written', async () => {
    const { file } = await makeJournal();
    const whole = readFileSync(file);
    const lines: string[] = [];
    await exportJournal(file, (line) => void lines.push(line));
    let foundCount = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: whole.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const changed = Buffer.from(whole);
        changed.writeUInt8((whole[at] ?? 0) ^ flip, at);
        writeFileSync(file, changed);
        const found: string[] = [];
        const look = async (): Promise<boolean> => {
          const { ok } = await verifyJournal(file);
          await exportJournal(file, (line) => void found.push(line));
          return ok;
        };
        const ok = await look().catch(() => false);
        if (ok)
          expect(found.slice(1)).toEqual(lines.slice(1)); // The first line also says the version, which is no record.
        else foundCount += 1;
      }),
      { numRuns: 400 },
    );
    expect(foundCount).toBeGreaterThan(20);
  });

  it.each([
    [
      'a record in the middle',
      `UPDATE records SET text = replace(text, '"quantity":5', '"quantity":50') WHERE seq = 5`,
      'HASH',
      5,
    ],
    [
      'the last record',
      `UPDATE records SET text = replace(text, '매수', '매도') WHERE seq = ${recordCount}`,
      'HASH',
      recordCount,
    ],
    ['a missing record', 'DELETE FROM records WHERE seq = 7', 'SEQUENCE', 8],
    ['a missing end', `DELETE FROM records WHERE seq = ${recordCount}`, 'END', recordCount - 1],
  ])('stops a start for %s, names it and changes nothing', async (_what, sql, fault, at) => {
    const { file, open } = await makeJournal();
    const database = new DatabaseSync(file);
    database.exec(
      `UPDATE tip SET anchor_seq = 0, anchor_hash = (SELECT prev_hash FROM record_fields WHERE seq = 1); ${sql}`,
    );
    database.close();
    const before = readFileSync(file);
    const error = errorOf(open);
    expect(error).toMatchObject({ name: 'ConfigurationError', code: 'JOURNAL_CORRUPT', facts: { fault, seq: at } });
    expect(String(error)).toContain('Read the open orders at the broker');
    expect(readFileSync(file).equals(before)).toBe(true);
    const { ok, faults } = await verifyJournal(file);
    expect([ok, faults[0]?.fault]).toEqual([false, fault]);
  });

  it('breaks a running journal when the whole look finds a change far behind', async () => {
    const { file, open } = makeJournalFolder();
    const first = open();
    for (let number = 1; number <= recordCount; number += 1) first.append(entryOf(number), 'GROUPED');
    await first.close();
    const database = new DatabaseSync(file);
    database.exec(`UPDATE records SET text = replace(text, '"quantity":5', '"quantity":50') WHERE seq = 5`);
    database.close();
    let told = 0;
    const journal = open({ onBroken: () => (told += 1) });
    expect(await journal.verify()).toMatchObject({ ok: false, faults: [{ fault: 'HASH', seq: 5 }] });
    expect(journal.broken).toMatchObject({ code: 'JOURNAL_CORRUPT' });
    expect(
      errorOf(() => {
        journal.append(entryOf(1), 'BARRIER');
      }),
    ).toBe(journal.broken);
    expect(told).toBe(1);
  });
});
