import { lstatSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { ConfigurationError } from '@qts/core';

/** Variables as a process or a `.env` file has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads a `.env` file and lays the process's own variables over it (they win, so that a service manager can override).
 * A file that others may read is refused: it holds secrets.
 *
 * @throws {ConfigurationError} when the file is a link, is open to others, cannot be read or has a line that is none
 */
export function loadEnvironment(file: string, processEnvironment: Environment): Environment {
  const status = lstatSync(file, { throwIfNoEntry: false });
  if (status === undefined) return processEnvironment;
  if (!status.isFile()) {
    throw refusal(file, 'It is not a plain file.', 'Put the variables into a plain file, not a link or a folder.');
  }
  if (process.platform !== 'win32' && (status.mode & 0o077) !== 0) {
    const mode = (status.mode & 0o777).toString(8).padStart(4, '0');
    throw refusal(file, `Its mode is ${mode}: others may read it.`, `chmod 600 ${file}`);
  }
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw refusal(
      file,
      `It cannot be read (${(cause as NodeJS.ErrnoException).code ?? 'unknown reason'}).`,
      'Check its owner and mode.',
    );
  }
  const wrongLine = text.split(/\r?\n/).findIndex((line) => !/^\s*(?:#.*|[A-Za-z_][A-Za-z0-9_]*\s*=.*)?$/.test(line));
  if (wrongLine >= 0) {
    // The line itself is not shown: it may be half of a secret.
    throw refusal(
      file,
      `Line ${wrongLine + 1} is not NAME=value.`,
      'Write one NAME=value a line; comments begin with #.',
    );
  }
  return { ...parseEnv(text), ...processEnvironment };
}

function refusal(file: string, reason: string, next: string): ConfigurationError {
  return new ConfigurationError({
    code: 'ENV_FILE_REFUSED',
    summary: 'The file with the secrets is not usable; nothing was started.',
    facts: { file, reason },
    next,
  });
}
