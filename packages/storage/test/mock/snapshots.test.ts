import { DatabaseSync } from 'node:sqlite';
import { createRecordingLogger } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { type JournalFold, restoreFold, saveFold, verifyJournal } from '../../src/index.ts';
import { entryOf, makeJournalFolder } from './journal-folder.ts';

/** Shares bought, by the quantity in each record. */
const shares: JournalFold<{ total: number; folded: number }> = {
  name: 'shares',
  version: 1,
  initial: () => ({ total: 0, folded: 0 }),
  apply(state, { body }) {
    state.total += Number(body['quantity']);
    state.folded += 1;
    return state;
  },
  toSnapshot: ({ total }) => ({ total }),
  fromSnapshot: (data) => ({ total: (data as { total: number }).total, folded: 0 }),
};

async function makeJournal(): Promise<ReturnType<typeof makeJournalFolder>> {
  const place = makeJournalFolder();
  const journal = place.open();
  for (let number = 1; number <= 10; number += 1) journal.append(entryOf(number), 'GROUPED');
  saveFold(journal, shares, restoreFold(journal, shares).state);
  for (let number = 11; number <= 13; number += 1) journal.append(entryOf(number), 'GROUPED');
  await journal.close();
  return place;
}

const total = (13 * 14) / 2;

describe('a fold', () => {
  it('goes on from its snapshot, and comes to what all records come to', async () => {
    const { open } = await makeJournal();
    const journal = open();
    expect(restoreFold(journal, shares)).toEqual({ state: { total, folded: 3 }, seq: 13, snapshotSeq: 10 });
    const other = { ...shares, version: 2 };
    expect(restoreFold(journal, other)).toEqual({ state: { total, folded: 13 }, seq: 13, snapshotSeq: 0 });
  });

  it('keeps one snapshot of a name, and takes what waits into it', async () => {
    const { open } = await makeJournal();
    const journal = open();
    journal.append(entryOf(14), 'GROUPED');
    saveFold(journal, shares, { total: total + 14, folded: 0 });
    journal.append(entryOf(15), 'GROUPED');
    expect(restoreFold(journal, shares)).toEqual({ state: { total: total + 29, folded: 1 }, seq: 15, snapshotSeq: 14 });
    expect(await journal.verify()).toMatchObject({ ok: true });
  });

  it.each([
    ['is not what was written', `UPDATE snapshots SET state = '{"total":1000000}'`],
    ['is of another record', 'UPDATE snapshots SET seq = 9'],
    ['is of another past', `UPDATE snapshots SET hash = 'ab'`],
  ])('begins with the first record when the snapshot %s: the records win', async (_what, sql) => {
    const { file, open } = await makeJournal();
    const database = new DatabaseSync(file);
    database.exec(sql);
    database.close();
    expect(await verifyJournal(file)).toMatchObject({ ok: false });
    const logger = createRecordingLogger();
    const journal = open({ logger });
    expect(restoreFold(journal, shares)).toEqual({ state: { total, folded: 13 }, seq: 13, snapshotSeq: 0 });
    expect(logger.of('journal-snapshot-ignored')).toHaveLength(1);
  });
});

describe('a start', () => {
  it('verifies only what came after the last anchor, however old the journal is', async () => {
    const { open } = makeJournalFolder();
    const journal = open();
    for (let number = 1; number <= 9_000; number += 1) journal.append(entryOf(number), 'GROUPED');
    expect(journal.last.seq).toBeGreaterThan(8_000);
    await journal.close();
    expect(open().opening).toMatchObject({ recordCount: 9_000, verifiedAfterSeq: 9_000 });
  });
});
