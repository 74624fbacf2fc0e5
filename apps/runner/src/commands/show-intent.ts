import { ConfigurationError, type JournalRecord, kstDateTime } from '@qts/core';
import { applyRecord, emptyFoldedJournal, ordersOf } from '@qts/engine';
import { visitJournal } from '@qts/storage';
import { type ExitName } from '../cli/exit-codes.ts';
import { existingJournal } from './read-journal.ts';

export interface ShowIntentOptions {
  readonly file: string;
  readonly intentId: string;
  readonly json: boolean;
  readonly out: (text: string) => void;
}

/**
 * `qts journal show <intent>`: all records about one intent, oldest first. Of a journal that is not whole, too, which is
 * said before the first: somebody has to look at what stands there.
 *
 * @returns `booksDiffer` when the journal is not whole
 * @throws {ConfigurationError} (rejects) when the journal cannot be read, or knows nothing of the intent
 */
export async function showIntentCommand({ file, intentId, json, out }: ShowIntentOptions): Promise<ExitName> {
  const story: JournalRecord[] = [];
  const folded = emptyFoldedJournal();
  const { ok, faults } = await visitJournal(existingJournal(file), (record, isSound) => {
    if (isSound) applyRecord(folded, record);
    if (record.correlationId === intentId) story.push(record);
  });
  if (story.length === 0) {
    throw new ConfigurationError({
      code: 'INTENT_UNKNOWN',
      summary: 'The journal has no record of this intent.',
      facts: { file, intentId },
      next: '`qts orders` lists the intents that it knows.',
    });
  }
  const order = ok ? ordersOf(folded).find(({ intent }) => intent.intentId === intentId) : undefined;
  const ended = ok ? 'ok' : 'booksDiffer';
  if (json) {
    out(`${JSON.stringify({ journal: file, ok, faults, intentId, order, records: story }, null, 2)}\n`);
    return ended;
  }
  for (const { seq, fault } of faults) out(`FAULT at record ${seq}: ${fault}\n`);
  if (!ok) out('NOT WHOLE: the records stand here as they are in the file, and are no evidence.\n');
  for (const { seq, type, occurredAtMs, body } of story) {
    out(`${kstDateTime(occurredAtMs)}  #${seq} ${type}\n`);
    for (const line of linesOf(body, '    ')) out(`${line}\n`);
  }
  const end = order === undefined ? 'its date is over, and so is it' : `${order.last}, ${order.means}`;
  out(`${story.length} records; ${ok ? end : 'what became of it cannot be told from this journal'}\n`);
  return ended;
}

/** A body as `name value` lines; groups are set in. */
function linesOf(value: unknown, indent: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return [`${indent}${JSON.stringify(value)}`];
  return Object.entries(value as Readonly<Record<string, unknown>>).flatMap(([name, field]): readonly string[] => {
    if (typeof field === 'object' && field !== null && Object.keys(field).length > 0) {
      return [`${indent}${name}`, ...linesOf(field, `${indent}  `)];
    }
    return [`${indent}${name} ${typeof field === 'string' ? field : JSON.stringify(field)}`];
  });
}
