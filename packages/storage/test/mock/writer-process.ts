/** A process that opens the journal it is given, writes, says so, and stays until it is killed. */
import { argv } from 'node:process';
import { ConfigurationError } from '@qts/core';
import { createFakeClock } from '@qts/core/testing';
import { openSqliteJournal } from '../../src/index.ts';

const file = argv[2] ?? '';
try {
  const journal = openSqliteJournal({ file, accountId: 'main', clock: createFakeClock() });
  for (const number of [1, 2, 3, 4]) {
    const entry = { type: 'command-sending', occurredAtMs: 0, body: { number } } as const;
    journal.append({ ...entry, correlationId: `grouped-${number}` }, 'GROUPED');
    if (number < 4) journal.append({ ...entry, correlationId: `barrier-${number}` }, 'BARRIER');
  }
  process.send?.('written');
} catch (error) {
  process.send?.(ConfigurationError.isInstance(error) ? error.code : String(error));
}
setInterval(() => undefined, 60_000);
