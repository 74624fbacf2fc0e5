import { exportJournal, verifyJournal } from '@qts/storage';
import { type ExitName } from '../cli/exit-codes.ts';
import { formatWhole } from '../report/text-table.ts';
import { existingJournal } from './read-journal.ts';

/** `qts journal verify FILE`: reads the whole chain of a journal that nobody has open, and says what is wrong with it. */
export async function verifyJournalCommand(
  file: string,
  { json, out }: { readonly json: boolean; readonly out: (text: string) => void },
): Promise<ExitName> {
  const { ok, header, recordCount, last, faults } = await verifyJournal(existingJournal(file));
  if (json) out(`${JSON.stringify({ ok, header, recordCount, last, faults }, null, 2)}\n`);
  else {
    out(
      `journal of account ${header.accountId}, version ${header.schemaVersion}: ${formatWhole(recordCount)} records\n`,
    );
    out(`last record ${last.seq}, hash ${last.hash}\n`);
    for (const { seq, fault } of faults) out(`FAULT at record ${seq}: ${fault}\n`);
    out(
      ok ? 'WHOLE: no record is missing or changed.\n' : 'NOT WHOLE: do not trade on it; keep the file as evidence.\n',
    );
  }
  return ok ? 'ok' : 'booksDiffer';
}

/** `qts journal export FILE`: the records as JSON Lines, readable without us. */
export async function exportJournalCommand(file: string, out: (text: string) => void): Promise<ExitName> {
  await exportJournal(existingJournal(file), (line) => {
    out(`${line}\n`);
  });
  return 'ok';
}
