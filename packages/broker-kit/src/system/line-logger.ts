import { type Logger } from '@qts/core';

/** Levels of a log line, least first. */
export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface LineLoggerSettings {
  /** Takes one line, with its end. Default: the standard error stream. */
  readonly write?: (line: string) => void;
  /** Lines below it cost nothing. Default `info`. */
  readonly level?: LogLevel;
  readonly nowMs?: () => number;
}

/** JSON lines, redacted at the sink, control characters escaped. */
export function createLineLogger(settings: LineLoggerSettings = {}): Logger {
  throw new Error(`In the making: ${String(settings.level)}`);
}
