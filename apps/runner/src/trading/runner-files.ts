import { homedir } from 'node:os';
import { join } from 'node:path';

/** The one folder of the runner outside of a checkout: tokens and journals, 0700, readable by their owner only. */
const home = join(homedir(), '.qts');

/** Where access tokens are kept over restarts. */
export const tokenFolder: string = join(home, 'tokens');

/** The order journal of an account: one for each mode, so that play money and real money never share a file. */
export function journalFile(mode: string, account: string): string {
  return join(home, 'journals', `${mode}-${account}.sqlite`);
}

/** The kill switch of an account: a file of its own, so that a second terminal reaches it while a run has the journal. */
export function stopFile(mode: string, account: string): string {
  return join(home, 'stops', `${mode}-${account}.json`);
}
