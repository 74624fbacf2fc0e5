import { type JournalEntry, type OrderJournal } from '@qts/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSimulatedJournalStore } from './simulated-journal-store.ts';

const entry = (number: number): JournalEntry => ({
  type: 'intent-recorded',
  occurredAtMs: number,
  correlationId: `intent-${number}`,
  body: { number },
});

async function numbersOf(journal: OrderJournal): Promise<readonly number[]> {
  const numbers: number[] = [];
  for await (const { seq, occurredAtMs } of journal.read()) {
    expect(seq).toBe(numbers.push(occurredAtMs));
  }
  return numbers;
}

describe('createSimulatedJournalStore', () => {
  it('keeps after a power loss all that was acknowledged, and of the rest a prefix', async () => {
    const writes = fc.array(fc.constantFrom('BARRIER', 'GROUPED'), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(writes, fc.nat({ max: 5 }), async (durabilities, kept) => {
        const store = createSimulatedJournalStore();
        const journal = store.open();
        for (const [index, durability] of durabilities.entries()) journal.append(entry(index + 1), durability);
        const synced = durabilities.lastIndexOf('BARRIER') + 1;
        const unsynced = durabilities.length - synced;
        expect([store.durable.length, store.unsynced.length]).toEqual([synced, unsynced]);
        expect(store.losePower(kept)).toBe(unsynced - Math.min(kept, unsynced));
        const expected = Array.from({ length: synced + Math.min(kept, unsynced) }, (_, index) => index + 1);
        expect(await numbersOf(store.open())).toEqual(expected);
        expect(() => {
          journal.append(entry(99), 'BARRIER');
        }).toThrow(/process of this simulated journal has ended/);
      }),
    );
  });

  it.each(['DISK_FULL', 'SYNC_FAILED'] as const)(
    'is broken by %s until it is opened again, and loses pages',
    async (fault) => {
      const store = createSimulatedJournalStore();
      const journal = store.open();
      journal.append(entry(1), 'BARRIER');
      journal.append(entry(2), 'GROUPED');
      store.failNext(fault);
      expect(() => {
        journal.append(entry(3), 'BARRIER');
      }).toThrow(/simulated disk/);
      expect(() => {
        journal.append(entry(4), 'GROUPED');
      }).toThrow(/simulated disk/);
      const again = store.open();
      again.append(entry(5), 'BARRIER');
      expect(await numbersOf(again)).toEqual([1, 5]);
    },
  );

  it('writes what waits when it is closed, and reads what was not synced', async () => {
    const store = createSimulatedJournalStore();
    const journal = store.open();
    const body = { number: 1 };
    journal.append({ ...entry(1), body }, 'GROUPED');
    body.number = 2;
    expect(await numbersOf(journal)).toEqual([1]);
    await journal.close();
    await journal.close();
    expect(store.durable).toMatchObject([{ seq: 1, body: { number: 1 } }]);
  });
});
