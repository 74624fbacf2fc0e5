import { ConfigurationError, type JournalRecord, kstDateTime } from '@qts/core';
import { applyRecord, emptyFoldedJournal, ordersOf } from '@qts/engine';
import { type ExitName } from '../cli/exit-codes.ts';
import { visitJournal } from './read-journal.ts';

export interface ShowIntentOptions {
  readonly file: string;
  readonly intentId: string;
  readonly json: boolean;
  readonly out: (text: string) => void;
}

/**
 * `qts journal show <intent>`: all records about one intent, oldest first.
 *
 * @throws {ConfigurationError} (rejects) when the journal cannot be read, or knows nothing of the intent
 */
export async function showIntentCommand({ file, intentId, json, out }: ShowIntentOptions): Promise<ExitName> {
  const story: JournalRecord[] = [];
  const folded = emptyFoldedJournal();
  await visitJournal(file, (record) => {
    applyRecord(folded, record);
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
  const order = ordersOf(folded).find(({ intent }) => intent.intentId === intentId);
  if (json) {
    out(`${JSON.stringify({ journal: file, intentId, order, records: story }, null, 2)}\n`);
    return 'ok';
  }
  for (const { seq, type, occurredAtMs, body } of story) {
    out(`${kstDateTime(occurredAtMs)}  #${seq} ${type}\n`);
    for (const line of linesOf(body, '    ')) out(`${line}\n`);
  }
  const end = order === undefined ? 'its date is over, and so is it' : `${order.last}, ${order.means}`;
  out(`${story.length} records; ${end}\n`);
  return 'ok';
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
