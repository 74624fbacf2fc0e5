import { type LogFields, type Logger } from '../ports/logger.ts';

/** One line that was logged. */
export interface LoggedEntry {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly event: string;
  readonly fields: LogFields;
}

/** A logger that remembers. */
export interface RecordingLogger extends Logger {
  /** Everything that was logged, oldest first. */
  readonly entries: readonly LoggedEntry[];
  /** Fields of every entry with this event, oldest first. */
  of(event: string): readonly LogFields[];
}

/** Makes a {@link RecordingLogger}. */
export function createRecordingLogger(): RecordingLogger {
  const entries: LoggedEntry[] = [];
  const at =
    (level: LoggedEntry['level']) =>
    (event: string, fields: LogFields = {}): void => {
      entries.push({ level, event, fields });
    };
  return {
    entries,
    of: (event) => entries.filter((entry) => entry.event === event).map(({ fields }) => fields),
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  };
}
