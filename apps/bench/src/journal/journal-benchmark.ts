import { measureAppends } from './append-rows.ts';
import { type JournalBenchmarkOptions, type JournalRow } from './journal-row.ts';
import { measureRecovery } from './recovery-rows.ts';
import { measureSubmits } from './submit-rows.ts';

/**
 * The SQLite journal: B2b (an order with it), B5 (appends and groups) and B10 (recovery). Every figure stands beside
 * what it is compared with, from the same run on the same disk.
 *
 * @throws when something was not accepted, not durable or not recovered: then there is no figure.
 */
export async function runJournalBenchmark(options: JournalBenchmarkOptions): Promise<readonly JournalRow[]> {
  return [...(await measureSubmits(options)), ...(await measureAppends(options)), ...(await measureRecovery(options))];
}
