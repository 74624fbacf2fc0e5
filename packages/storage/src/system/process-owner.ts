import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { pid } from 'node:process';

/** Who writes a journal: for the person who finds it held. The lock is SQLite's; this file locks nothing. */
export interface JournalOwner {
  readonly pid: number;
  readonly host: string;
  /** Changes with every start of the machine; empty where the system has none to tell. */
  readonly bootId: string;
  readonly openedAtMs: number;
}

/** The running process. */
export function currentOwner(openedAtMs: number): JournalOwner {
  return { pid, host: hostname(), bootId: readBootId(), openedAtMs };
}

function readBootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return ''; // Linux only.
  }
}

/** Beside the journal, replaced whole. */
export function writeOwner(path: string, owner: JournalOwner): void {
  writeFileSync(`${path}.tmp`, `${JSON.stringify(owner)}\n`, { mode: 0o600 });
  renameSync(`${path}.tmp`, path);
}

/** `undefined` when nobody says who it is. */
export function readOwner(path: string): JournalOwner | undefined {
  try {
    const { pid, host, bootId, openedAtMs } = JSON.parse(readFileSync(path, 'utf8')) as Partial<JournalOwner>;
    if (typeof pid !== 'number' || typeof host !== 'string' || typeof bootId !== 'string') return undefined;
    return typeof openedAtMs === 'number' ? { pid, host, bootId, openedAtMs } : undefined;
  } catch {
    return undefined;
  }
}

export function removeOwner(path: string): void {
  rmSync(path, { force: true });
}
