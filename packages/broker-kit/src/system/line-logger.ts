import { stderr } from 'node:process';
import { type LogFields, type Logger } from '@qts/core';
import { redactText } from '../redaction/redact.ts';

/** Levels of a log line, least first. */
export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface LineLoggerSettings {
  /** Takes one line, with its line end. Default: the standard error stream. */
  readonly write?: (line: string) => void;
  /** Lines below it cost nothing. Default `info`. */
  readonly level?: LogLevel;
  /** Stamp of the lines. Default: the real time. */
  readonly nowMs?: () => number;
}

/** Names whose values are never printed, whatever they look like. */
const secretNames =
  /secret|password|passwd|^authorization$|app_?key|approval_?key|hash_?key|access_?token|^token$|^account_?number$/i;

/** What JSON leaves as it is although a terminal or a log reader acts on it: C1 controls, line ends, direction marks. */
const unsafeCharacters = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/**
 * One JSON object per line: `at` (ISO, UTC), `level`, `event`, then the fields. Text is redacted once more here at the
 * sink, and control characters are escaped, so that a broker's text can neither end a line nor steer a terminal.
 */
export function createLineLogger(settings: LineLoggerSettings = {}): Logger {
  const { level = 'info', nowMs = Date.now } = settings;
  const write =
    settings.write ??
    ((line: string) => {
      stderr.write(line);
    });
  const least = logLevels.indexOf(level);
  const log =
    (own: LogLevel) =>
    (event: string, fields?: LogFields): void => {
      if (logLevels.indexOf(own) >= least) {
        write(toLine(nowMs(), own, event, fields));
      }
    };
  return { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
}

function toLine(atMs: number, level: LogLevel, event: string, fields: LogFields = {}): string {
  const record: Record<string, unknown> = { at: new Date(atMs).toISOString(), level, event: redactText(event) };
  for (const [name, value] of Object.entries(fields)) {
    record[Object.hasOwn(record, name) ? `${name}_` : name] = toPrintable(name, value);
  }
  return `${JSON.stringify(record).replaceAll(unsafeCharacters, escape)}\n`;
}

function toPrintable(name: string, value: LogFields[string]): LogFields[string] {
  if (value === undefined || value === null) {
    return value;
  }
  if (secretNames.test(name)) {
    return '[redacted]';
  }
  return typeof value === 'string' ? redactText(value) : value;
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
