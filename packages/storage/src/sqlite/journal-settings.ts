import { isAbsolute } from 'node:path';
import { type Clock, type Logger, type QtsError, type Secret, accountId as requireAccountId } from '@qts/core';
import { freeBytesAt } from '../system/private-file.ts';
import { badSetting } from './journal-errors.ts';
import { pageBytes } from './open-database.ts';

export interface SqliteJournalSettings {
  /** Absolute path of the database file, on a local disk. Made (0600, in a folder of 0700) when absent. */
  readonly file: string;
  /** Label of the account whose orders these are; never its number. A journal serves one. */
  readonly accountId: string;
  readonly clock: Clock;
  readonly logger?: Logger;
  /** Secrets of this process that must not appear in any record, in whatever form: keys, tokens, the account number. */
  readonly secrets?: readonly Secret[];
  /**
   * Told once, when the journal can no longer be written: nothing new may be sent, and what rests should be cancelled.
   * Called from inside the `append` or timer that failed; must not throw.
   */
  readonly onBroken?: (error: QtsError) => void;
  /** Longest wait of a `GROUPED` record for the disk, in ms. Default 5. */
  readonly groupDelayMs?: number;
  /** `GROUPED` records that may wait; the next one makes all of them durable. Default 512. */
  readonly groupedRecordsMax?: number;
  /** Size that the database may reach, in bytes; about 400 a record. Default 16 GiB. */
  readonly sizeBytesMax?: number;
  /** Free bytes of the disk below which no `command-sending` is taken any more. Default 256 MiB. */
  readonly reserveBytes?: number;
  /** Free bytes of the journal's disk. Default: what the file system says. */
  readonly freeBytes?: () => number;
}

export type CheckedSettings = SqliteJournalSettings &
  Required<
    Pick<
      SqliteJournalSettings,
      'groupDelayMs' | 'groupedRecordsMax' | 'sizeBytesMax' | 'reserveBytes' | 'freeBytes' | 'secrets'
    >
  >;

const mebibyte = 1_048_576;

/**
 * Fills in what was left out.
 * @throws {ConfigurationError} when a setting is out of its range. {@link requireAccountId} says what a label is.
 */
export function checkSettings(settings: SqliteJournalSettings): CheckedSettings {
  const { file, accountId } = settings;
  if (!isAbsolute(file)) {
    throw badSetting('file', file, 'Give the whole path, so that it does not depend on where the program is started.');
  }
  requireAccountId(accountId);
  const checked = {
    groupDelayMs: 5,
    groupedRecordsMax: 512,
    sizeBytesMax: 16_384 * mebibyte,
    reserveBytes: 256 * mebibyte,
    freeBytes: () => freeBytesAt(file),
    secrets: [],
    ...settings,
  };
  for (const [field, [least, most]] of Object.entries(ranges)) {
    const found = checked[field as keyof typeof ranges];
    if (Number.isSafeInteger(found) && found >= least && found <= most) continue;
    throw badSetting(field, found, `Give an integer from ${least} to ${most}.`);
  }
  return checked;
}

const ranges = {
  groupDelayMs: [0, 1_000],
  groupedRecordsMax: [1, 100_000],
  // A journal that holds its own tables and a little more, up to what SQLite can address.
  sizeBytesMax: [64 * pageBytes, 2 ** 44],
  reserveBytes: [0, 2 ** 44],
} as const satisfies Partial<Record<keyof SqliteJournalSettings, readonly [number, number]>>;
