import { accessSync, constants, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { ConfigurationError } from '@qts/core';
import { type RunnerConfig } from '../config/runner-config.ts';

/** What of a configuration says where files are. */
export type FilesConfig = Pick<RunnerConfig, 'mode' | 'broker' | 'account' | 'files'>;

/** The one folder of the runner outside of a checkout: tokens, journals and stops, 0700, readable by their owner only. */
function homeOf({ files: { folder } }: FilesConfig): string {
  return isAbsolute(folder) ? folder : join(homedir(), folder.replace(/^~\//, ''));
}

/** Where access tokens are kept over restarts. */
export const tokenFolder = (config: FilesConfig): string => join(homeOf(config), 'tokens');

/** The order journal of an account at a broker: one for each mode, so that play money and real money never share a file. */
export function journalFile(config: FilesConfig): string {
  return join(homeOf(config), 'journals', `${config.mode}-${config.broker}-${config.account}.sqlite`);
}

/** The kill switch of an account: a file of its own, so that a second terminal reaches it while a run has the journal. */
export function stopFile(config: FilesConfig): string {
  return join(homeOf(config), 'stops', `${config.mode}-${config.broker}-${config.account}.json`);
}

/** Journals of simulated runs that are kept; older ones are removed when another run begins. */
const simJournalsKept = 5;
const simJournal = /^\d{8}-\d{6}-\d{3}-.*\.sqlite$/;

/**
 * A new journal for a simulated run, `20251120-093000-123-kis-seed1.sqlite` by the machine's own time; the oldest of
 * earlier runs are removed.
 */
export function makeSimJournalFile(config: FilesConfig & Pick<RunnerConfig, 'sim'>, nowMs: number): string {
  const folder = join(homeOf(config), 'journals', 'sim');
  for (const old of listSimJournals(folder).slice(0, -(simJournalsKept - 1))) {
    for (const ending of ['', '-wal', '-shm', '.owner']) rmSync(join(folder, `${old}${ending}`), { force: true });
  }
  const time = new Date(nowMs).toISOString().replace(/[-:]/g, '').replace('T', '-').replace('.', '-').replace('Z', '');
  return join(folder, `${time}-${config.broker}-seed${config.sim.seed}.sqlite`);
}

/** The journal of the latest simulated run; `undefined`: there was none. */
export function latestSimJournal(config: FilesConfig): string | undefined {
  const folder = join(homeOf(config), 'journals', 'sim');
  const latest = listSimJournals(folder).at(-1);
  return latest === undefined ? undefined : join(folder, latest);
}

function listSimJournals(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => simJournal.test(name))
      .sort();
  } catch {
    return [];
  }
}

/**
 * Makes the folder, before anything is started.
 *
 * @throws {ConfigurationError} when it cannot be written
 */
export function requireRunnerFolder(config: FilesConfig): void {
  const folder = homeOf(config);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code;
    const isInFile = reason === 'ENOTDIR' || reason === 'EEXIST';
    throw new ConfigurationError({
      code: 'FOLDER_NOT_WRITABLE',
      summary: 'The folder for journals and tokens cannot be written; nothing was started.',
      facts: { folder, reason },
      next: isInFile
        ? 'A part of this path is a file, not a folder. Set HOME to a folder, or name another one in qts.yaml: files: { folder: "/absolute/path" }.'
        : 'Make it writable for this user, or name another one in qts.yaml: files: { folder: "/absolute/path" }.',
      cause,
    });
  }
}
