/** A process that opens the journal it is given, and verifies it, and prints what came of either. */
import { argv, stdout } from 'node:process';
import { createFakeClock } from '@qts/core/testing';
import { openSqliteJournal, verifyJournal } from '../../src/index.ts';

const file = argv[2] ?? '';
try {
  openSqliteJournal({ file, accountId: 'main', clock: createFakeClock() });
  stdout.write('opened\n');
} catch (error) {
  const { name, code, message } = error as { name: string; code: string; message: string };
  stdout.write(`${name} ${code} ${message}\n`);
}
verifyJournal(file).then(
  ({ recordCount }) => stdout.write(`verified ${recordCount}\n`),
  (error: unknown) => stdout.write(`${String(error)}\n`),
);
