import { type DatabaseSync } from 'node:sqlite';
import { exportLine, identityText, journalFormat, sha256 } from '../chain/record-text.ts';
import { type JournalHeader } from './schema.ts';
import { createRowReader } from './stored-rows.ts';

/**
 * A journal as JSON Lines, in slices: first what it is, then its records, then how many there were.
 *
 * ```
 * {"format":"qts-order-journal","accountId":…,"createdAtMs":…,"schemaVersion":1,"hash":"<sha-256 of the header text>"}
 * {"seq":1,"prevHash":"…","type":"…","occurredAtMs":…,"correlationId":"…","body":{…},"hash":"…"}
 * {"end":"qts-order-journal","recordCount":1,"lastHash":"…"}
 * ```
 *
 * To check a record by other means: cut `,"hash":"…"` off its end, close the brace, and take the sha-256 of the line. The
 * header text is the first three fields of the first line, as they stand.
 */
export function* exportSlices(database: DatabaseSync, header: JournalHeader): Generator<readonly string[]> {
  const identity = identityText(header);
  let lastHash = sha256(identity);
  let lastSeq = -Infinity;
  let recordCount = 0;
  yield [`${identity.slice(0, -1)},"schemaVersion":${header.schemaVersion},"hash":"${lastHash}"}`];
  const rowsAfter = createRowReader(database);
  for (let rows = rowsAfter(lastSeq); rows.length > 0; rows = rowsAfter(lastSeq)) {
    yield rows.map(([, text, hash]) => exportLine(text, hash));
    recordCount += rows.length;
    [lastSeq, , lastHash] = rows.at(-1) ?? [Infinity, '', lastHash];
  }
  yield [JSON.stringify({ end: journalFormat, recordCount, lastHash })];
}
