import { BrokerError, ConfigurationError, QtsError, ValidationError } from '@qts/core';
import { VenueError } from '@qts/venue-sim';
import { type ExitName } from './exit-codes.ts';

/** What a run that threw ends with, and the message for the person in front of it. */
export interface Failure {
  readonly exit: ExitName;
  readonly message: string;
  /** Stable, for programs. */
  readonly code: string;
}

/** Codes of configuration errors that are about the machine, not about what was typed. */
const outsideCodes: ReadonlySet<string> = new Set([
  'MARKET_DATA_UNREADABLE',
  'MARKET_DATA_INVALID',
  'FOLDER_NOT_WRITABLE',
  'JOURNAL_HELD',
  'JOURNAL_OTHER_ACCOUNT',
  'JOURNAL_OTHER_VERSION',
  'JOURNAL_CORRUPT',
  'JOURNAL_NOT_A_JOURNAL',
  'JOURNAL_NOT_PRIVATE',
  'JOURNAL_NOT_USABLE',
  'JOURNAL_NOT_READABLE',
  'JOURNAL_DISK_LOW',
  'RECORDING_NOT_WRITABLE',
]);

/** Sorts what was thrown into an exit code and a clear message. */
export function explainFailure(error: unknown): Failure {
  if (error instanceof VenueError) {
    return {
      exit: error.code === 'INVALID_SETTING' ? 'usage' : 'cannotStart',
      message: error.message,
      code: error.code,
    };
  }
  if (ConfigurationError.isInstance(error) || ValidationError.isInstance(error)) {
    return { exit: outsideCodes.has(error.code) ? 'cannotStart' : 'usage', message: error.message, code: error.code };
  }
  if (BrokerError.isInstance(error)) {
    return { exit: 'broker', message: error.message, code: error.code };
  }
  const message = QtsError.isInstance(error)
    ? error.message
    : `A defect of QTS: ${error instanceof Error ? (error.stack ?? error.message) : typeof error}\n  next  Please report it with the command that was typed.`;
  return { exit: 'defect', message, code: QtsError.isInstance(error) ? error.code : 'DEFECT' };
}
