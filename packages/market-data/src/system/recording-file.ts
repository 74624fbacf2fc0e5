import { closeSync, createReadStream, openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { ConfigurationError } from '@qts/core';

/** A file of lines that only its owner may read. */
export interface RecordingFile {
  readonly write: (line: string) => void;
  close(): void;
}

/**
 * Makes a new file for a recorder.
 *
 * @throws {ConfigurationError} when the file is there already or cannot be made: no recording is overwritten
 */
export function createRecordingFile(path: string): RecordingFile {
  const file = open(path);
  return {
    write(line) {
      writeSync(file, `${line}\n`);
    },
    close() {
      closeSync(file);
    },
  };
}

function open(path: string): number {
  try {
    return openSync(path, 'wx', 0o600);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new ConfigurationError({
      code: 'RECORDING_NOT_WRITABLE',
      summary: 'The recording cannot be made. Nothing was recorded.',
      facts: { path, reason },
      next:
        reason === 'EEXIST' ? 'Give another name: no recording is overwritten.' : 'Check the folder and its rights.',
      cause: error,
    });
  }
}

/** The lines of a recording, read as they are asked for. */
export function readRecordingFile(path: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity });
}
