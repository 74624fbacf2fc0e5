import { hash } from 'node:crypto';
import { type JournalEntry } from '@qts/core';

/**
 * How a record is written, on disk and in an export, so that anybody can check it without this program:
 *
 * ```
 * record  {"seq":2,"prevHash":"<64 hex>","type":"…","occurredAtMs":…,"correlationId":"…","body":{…}}
 * hash    sha-256 of these bytes (UTF-8), 64 hex digits
 * chain   prevHash of a record is the hash of the record before; of the first, the hash of the journal's header text
 * ```
 *
 * The text is kept as it was hashed and never made again from parsed values, so no rule about the order of keys or the
 * form of numbers is needed.
 */
export function recordText(seq: number, prevHash: string, entry: JournalEntry, bodyText: string): string {
  const { type, occurredAtMs, correlationId } = entry;
  return (
    `${recordTextStart(seq, prevHash)}"type":${JSON.stringify(type)},"occurredAtMs":${occurredAtMs},` +
    `"correlationId":${JSON.stringify(correlationId)},"body":${bodyText}}`
  );
}

/** What the text of a record begins with: its place and the record before. */
export function recordTextStart(seq: number, prevHash: string): string {
  return `{"seq":${seq},"prevHash":"${prevHash}",`;
}

/** The line of an export: the record's text with its hash as the last field. Cut that off again to check it. */
export function exportLine(text: string, textHash: string): string {
  return `${text.slice(0, -1)},"hash":"${textHash}"}`;
}

/** sha-256 in 64 hex digits. */
export function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}

/** What a journal is, for ever. Its hash is where the chain begins, so records cannot be moved to another journal. */
export interface JournalIdentity {
  /** Label of the account; never its number. */
  readonly accountId: string;
  readonly createdAtMs: number;
}

export const journalFormat = 'qts-order-journal';

/** The header's text; its sha-256 is `prevHash` of record 1. */
export function identityText({ accountId, createdAtMs }: JournalIdentity): string {
  return JSON.stringify({ format: journalFormat, accountId, createdAtMs });
}
