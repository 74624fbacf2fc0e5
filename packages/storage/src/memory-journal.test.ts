import { type JournalEntry, journalRecordTypes } from '@qts/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryJournal } from './memory-journal.ts';

const entry = (correlationId: string): JournalEntry => ({
  type: 'intent-recorded',
  occurredAtMs: 1_795_132_800_000,
  correlationId,
  body: { quantity: 10 },
});

const entries = fc.array(
  fc.record({
    type: fc.constantFrom(...journalRecordTypes),
    occurredAtMs: fc.nat(),
    correlationId: fc.string(),
    body: fc.dictionary(fc.string(), fc.jsonValue()),
  }),
);
const durability = fc.constantFrom('BARRIER', 'GROUPED');

async function readAll(journal: ReturnType<typeof createMemoryJournal>): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for await (const record of journal.read()) found.push(record);
  return found;
}

describe('createMemoryJournal', () => {
  it('gives back every record in order, numbered from 1 without a gap', async () => {
    await fc.assert(
      fc.asyncProperty(entries, durability, async (given, durable) => {
        const journal = createMemoryJournal();
        for (const each of given) journal.append(each, durable);
        expect(await readAll(journal)).toEqual(given.map((each, index) => ({ seq: index + 1, ...each })));
      }),
    );
  });

  it('answers a barrier without a promise', () => {
    const journal: { append(entry: JournalEntry, durability: 'BARRIER'): unknown } = createMemoryJournal();
    expect(journal.append(entry('a'), 'BARRIER')).toBeUndefined();
  });

  it('shows a reader the records that arrive while it reads', async () => {
    const journal = createMemoryJournal();
    journal.append(entry('a'), 'GROUPED');
    const seen: number[] = [];
    for await (const { seq } of journal.read()) {
      seen.push(seq);
      if (seq < 3) journal.append(entry('b'), 'GROUPED');
    }
    expect(seen).toEqual([1, 2, 3]);
  });

  it('keeps its records readable after it is closed, and closes twice', async () => {
    const journal = createMemoryJournal();
    journal.append(entry('a'), 'BARRIER');
    await journal.close();
    await journal.close();
    expect(journal.records).toHaveLength(1);
  });

  it('refuses a record after it is closed', async () => {
    const journal = createMemoryJournal();
    await journal.close();
    expect(() => {
      journal.append(entry('intent-7'), 'BARRIER');
    }).toThrowErrorMatchingInlineSnapshot(`
      [QtsError: A record was appended to a journal that is closed.
        type           intent-recorded
        correlationId  intent-7
        next           Close the journal last: after the engine has answered its open commands.]
    `);
    expect(journal.records).toHaveLength(0);
  });
});
