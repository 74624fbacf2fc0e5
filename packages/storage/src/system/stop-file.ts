import {
  type BigIntStats,
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { getuid, pid } from 'node:process';
import { requirePrivateFile, syncFolder } from './private-file.ts';

/** Who stopped or released trading, why, and when (epoch ms). */
export interface StopFileMark {
  readonly requestedBy: string;
  readonly reason: string;
  readonly atMs: number;
}

/** What the file says. Only a file that says so in full is a release. */
export type StopFileReading =
  ({ readonly state: 'ENGAGED' | 'RELEASED' } & StopFileMark) | { readonly state: 'UNREADABLE'; readonly why: string };

/** A stop that survives restarts and is reached from a second terminal. */
export interface StopFile {
  readonly path: string;
  /** Looks at the file (one `stat`; the text is read again only when the file changed). Never throws. */
  read(): StopFileReading;
  /** Replaces the file whole, and returns when it is on the disk. */
  engage(mark: StopFileMark): void;
  release(mark: StopFileMark): void;
}

/** Longest text of a stop file, bytes. */
const bytesMax = 4_096;

/**
 * The durable form of the kill switch: one line of JSON, mode 0600. A file that is absent at the opening is written as
 * released; one that disappears later, or cannot be understood, is `UNREADABLE`, which stops trading as `ENGAGED` does. So
 * `touch` stops a running program, and `rm` resumes none.
 *
 * @throws {ConfigurationError} `JOURNAL_NOT_PRIVATE` when file or folder is open to others.
 */
export function openStopFile(path: string): StopFile {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  requirePrivateFile(path);
  let stamp = '';
  let known: StopFileReading = { state: 'UNREADABLE', why: 'it was not read yet' };

  function write(state: 'ENGAGED' | 'RELEASED', { requestedBy, reason, atMs }: StopFileMark): void {
    const temporary = `${path}.${pid}.tmp`;
    const file = openSync(temporary, 'w', 0o600);
    try {
      writeSync(file, `${JSON.stringify({ state, requestedBy, reason, atMs })}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
    syncFolder(dirname(path));
  }

  const stop: StopFile = {
    path,
    read() {
      try {
        const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
        if (stats === undefined) {
          stamp = '';
          return { state: 'UNREADABLE', why: 'the stop file is gone' };
        }
        const { ino, size, mtimeNs, ctimeNs } = stats;
        const now = `${ino} ${size} ${mtimeNs} ${ctimeNs}`;
        if (now !== stamp) {
          known = understand(path, stats);
          stamp = now;
        }
        return known;
      } catch (error) {
        stamp = '';
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'an error';
        return { state: 'UNREADABLE', why: `the stop file cannot be read (${code})` };
      }
    },
    engage(mark) {
      write('ENGAGED', mark);
    },
    release(mark) {
      write('RELEASED', mark);
    },
  };
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) {
    stop.release({ requestedBy: 'qts', reason: 'first start', atMs: 0 });
  }
  return stop;
}

function understand(path: string, stats: BigIntStats): StopFileReading {
  const unreadable = (why: string): StopFileReading => ({ state: 'UNREADABLE', why: `the stop file ${why}` });
  if (!stats.isFile()) return unreadable('is no plain file');
  if (stats.size > bytesMax) return unreadable('is too long');
  const owner = getuid?.();
  if (owner !== undefined && stats.uid !== BigInt(owner)) return unreadable('belongs to another user');
  if (owner !== undefined && (stats.mode & 0o077n) !== 0n) return unreadable('is open to others');
  let said: unknown;
  try {
    said = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return unreadable('is not what was written');
    throw error;
  }
  if (typeof said !== 'object' || said === null) return unreadable('is not what was written');
  const { state, requestedBy, reason, atMs } = said as Partial<Record<keyof StopFileMark | 'state', unknown>>;
  if (state !== 'ENGAGED' && state !== 'RELEASED') return unreadable('says neither ENGAGED nor RELEASED');
  if (typeof requestedBy !== 'string' || typeof reason !== 'string') return unreadable('names nobody, or no reason');
  if (!Number.isSafeInteger(atMs)) return unreadable('has no time');
  return { state, requestedBy, reason, atMs: atMs as number };
}
