/** A process that writes to the journal it is given and says after each barrier which record is durable, until killed. */
import { argv } from 'node:process';
import { createFakeClock } from '@qts/core/testing';
import { openSqliteJournal } from '../../src/index.ts';

const journal = openSqliteJournal({ file: argv[2] ?? '', accountId: 'main', clock: createFakeClock() });
setInterval(() => {
  const about = { occurredAtMs: 0, correlationId: 'intent' } as const;
  journal.append({ ...about, type: 'intent-recorded', body: {} }, 'GROUPED');
  journal.append({ ...about, type: 'command-sending', body: { text: 'x'.repeat(journal.last.seq % 500) } }, 'BARRIER');
  process.send?.(journal.last.seq);
}, 0);
