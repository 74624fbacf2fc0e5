import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type JournalEntry } from '@qts/core';
import { buildExecutionIntent, createFakeClock } from '@qts/core/testing';
import { openSqliteJournal, restoreFold, saveFold } from '@qts/storage';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { foldJournal, followJournal, hashFoldedJournal, orderFold } from '../../src/index.ts';

const atMs = Date.UTC(2026, 8, 14, 1);
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'qts-snapshot-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** Four records of an order of some day: intent, command, answer, and the fill that closes it. */
function orderEntries(number: number, day: number): readonly JournalEntry[] {
  const occurredAtMs = atMs + day * 86_400_000;
  const intent = buildExecutionIntent({ intentId: `i-${number}`, createdAtMs: occurredAtMs });
  const about = { occurredAtMs, correlationId: intent.intentId };
  const reference = { brokerOrderId: String(number), tradingDate: `2026-09-${14 + day}`, symbol: intent.symbol };
  return [
    { ...about, type: 'intent-recorded', body: { accountId: 'main', broker: 'kis', worstPriceKrw: 70_000, intent } },
    { ...about, type: 'command-sending', body: { accountId: 'main', broker: 'kis' } },
    { ...about, type: 'command-accepted', body: { broker: 'kis', reference } },
    { ...about, type: 'order-facts', body: { filledQuantity: 10, filledAmountKrw: 700_000, asOfMs: occurredAtMs } },
  ];
}

describe('a start from a snapshot', () => {
  it('applies the records behind it only, and comes to what all of them say', async () => {
    const settings = { file: join(directory, 'orders.db'), accountId: 'main', clock: createFakeClock() };
    const journal = openSqliteJournal(settings);
    const followed = followJournal(journal, orderFold.initial());
    for (let number = 0; number < 300; number++) {
      for (const entry of orderEntries(number, Math.floor(number / 100))) void followed.append(entry, 'GROUPED');
      if (number === 289) saveFold(journal, orderFold, followed.folded);
    }
    await journal.close();

    const again = openSqliteJournal(settings);
    let applied = 0;
    const counting: typeof orderFold = {
      ...orderFold,
      apply: (state, record) => {
        applied++;
        return orderFold.apply(state, record);
      },
    };
    const { state, seq, snapshotSeq } = restoreFold(again, counting);
    expect({ applied, seq, snapshotSeq }).toEqual({ applied: 40, seq: 1_200, snapshotSeq: 1_160 });
    const live = hashFoldedJournal(followed.folded);
    expect(hashFoldedJournal(state)).toBe(live);
    expect(hashFoldedJournal(await foldJournal(again.read()))).toBe(live);
    // What is over is not carried along: a start stays short however old the journal is.
    expect(state.orders.size).toBe(100);
    await again.close();
  });
});
