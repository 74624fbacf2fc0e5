import { type DatabaseSync } from 'node:sqlite';
import { type JournalRecordType, type QtsError, type Timer } from '@qts/core';
import { type StoredRow } from '../chain/chain-walk.ts';
import { recordText, sha256 } from '../chain/record-text.ts';
import { createSecretGuard } from '../redaction/secret-guard.ts';
import { endOfTurn } from '../system/end-of-turn.ts';
import { exportSlices } from './export-lines.ts';
import { createGroupWriter } from './group-writer.ts';
import { corrupt, diskLow, journalBroken, journalClosed, notJson } from './journal-errors.ts';
import { type CheckedSettings } from './journal-settings.ts';
import { type JournalHeader, readTip } from './schema.ts';
import { isIntact, readSnapshotRows, writeSnapshot } from './snapshots.ts';
import { type JournalOpening, type SqliteJournal } from './sqlite-journal.ts';
import { createRowReader, parseRecord } from './stored-rows.ts';
import { hashAt, verifySlices } from './verify-chain.ts';

/** Records between two looks at the free room: 64 of ours are some 30 KB, far below any reserve. */
const recordsPerRoomCheck = 64;

/** The journal over a database that is open, locked and known to be whole. */
export function createJournalOverDatabase(
  database: DatabaseSync,
  header: JournalHeader,
  opening: JournalOpening,
  settings: CheckedSettings,
  onClose: () => void,
): SqliteJournal {
  const { file, clock, logger, onBroken, groupDelayMs, groupedRecordsMax, reserveBytes, freeBytes, secrets } = settings;
  const guard = createSecretGuard(secrets);
  const tip = readTip(database);
  const writer = createGroupWriter(database, tip);
  const readRows = createRowReader(database);
  let { seq: lastSeq, hash: lastHash } = tip.last;
  let timer: Timer | undefined;
  let broken: QtsError | undefined;
  let closed = false;
  let recordsSinceRoomCheck = recordsPerRoomCheck;
  let freeBytesSeen = Infinity;

  /** From here on nothing is written: what the disk says after a failed sync cannot be believed. */
  function breakDown(error: QtsError): QtsError {
    if (broken !== undefined) return broken;
    broken = error;
    stopTimer();
    logger?.error('journal-broken', { file, error: error.message });
    onBroken?.(error);
    return error;
  }

  function stopTimer(): void {
    timer?.cancel();
    timer = undefined;
  }

  /** Whatever the disk refuses, in writing or reading, is the end of writing. */
  function onDisk<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw breakDown(journalBroken(file, error));
    }
  }

  const rowsAfter = (seq: number): readonly StoredRow[] => onDisk(() => readRows(seq));

  function commit(): void {
    stopTimer();
    if (writer.waiting > 0) onDisk(writer.commit);
  }

  /** A group whose time has come. Who wrote it is told by `onBroken`, and at the next append. */
  function commitLate(): void {
    timer = undefined;
    try {
      commit();
    } catch (error) {
      if (error !== broken) throw error;
    }
  }

  function requireRoom(): void {
    recordsSinceRoomCheck += 1;
    if (recordsSinceRoomCheck >= recordsPerRoomCheck || freeBytesSeen < reserveBytes) {
      recordsSinceRoomCheck = 0;
      freeBytesSeen = onDisk(freeBytes);
    }
    if (freeBytesSeen < reserveBytes) throw diskLow(file, freeBytesSeen, reserveBytes);
  }

  function bodyText(type: JournalRecordType, correlationId: string, body: unknown): string {
    try {
      return guard.toJson(body, () => {
        logger?.error('journal-secret-hidden', { type, seq: lastSeq + 1 });
      });
    } catch (error) {
      throw notJson(type, correlationId, error);
    }
  }

  function requireNotClosed(type: string, correlationId: string): void {
    if (closed) throw journalClosed(type, correlationId);
  }

  function requireOpen(type: string, correlationId: string): void {
    requireNotClosed(type, correlationId);
    if (broken !== undefined) throw broken;
  }

  return {
    opening,
    get broken() {
      return broken;
    },
    get last() {
      return writer.committed;
    },

    append(entry, durability) {
      const { type, correlationId } = entry;
      requireOpen(type, correlationId);
      if (!Number.isFinite(entry.occurredAtMs)) {
        throw notJson(type, correlationId, new TypeError('occurredAtMs is no number'));
      }
      if (type === 'command-sending') requireRoom();
      const safe = { ...entry, correlationId: guard.hideText(correlationId) };
      const text = recordText(lastSeq + 1, lastHash, safe, bodyText(type, correlationId, entry.body));
      lastHash = sha256(text);
      lastSeq += 1;
      writer.add(lastSeq, text, lastHash);
      if (durability === 'BARRIER' || writer.waiting >= groupedRecordsMax) commit();
      else timer ??= clock.setTimer(commitLate, groupDelayMs);
    },

    flush() {
      requireOpen('flush', '');
      commit();
    },

    async *read(afterSeq = 0) {
      for (let seq = afterSeq; ;) {
        requireNotClosed('read', '');
        if (broken === undefined) commit();
        const rows = rowsAfter(seq);
        if (rows.length === 0) return;
        for (const [rowSeq, text] of rows) {
          yield parseRecord(text);
          seq = rowSeq;
        }
        await endOfTurn();
      }
    },

    visit(afterSeq, visit) {
      requireNotClosed('visit', '');
      if (broken === undefined) commit();
      for (let rows = rowsAfter(afterSeq); rows.length > 0; rows = rowsAfter(rows.at(-1)?.[0] ?? Infinity)) {
        for (const [, text] of rows) visit(parseRecord(text));
      }
    },

    async verify(options) {
      requireOpen('verify', '');
      commit();
      const slices = verifySlices(database, header, options);
      for (;;) {
        const { done, value } = slices.next();
        if (done === true) {
          const [fault] = value.faults;
          if (fault !== undefined) breakDown(corrupt(file, fault));
          return value;
        }
        await endOfTurn();
        requireOpen('verify', '');
        commit();
      }
    },

    async *exportLines() {
      requireNotClosed('export', '');
      if (broken === undefined) commit();
      for (const lines of exportSlices(database, header)) {
        yield* lines;
        await endOfTurn();
        requireNotClosed('export', '');
      }
    },

    saveSnapshot(name, version, state) {
      requireOpen('snapshot', name);
      commit();
      const text = bodyText('operator-acted', name, state);
      const row = { name, version, seq: lastSeq, hash: lastHash, state: text };
      onDisk(() => {
        writeSnapshot(database, row, clock.nowMs());
      });
    },

    loadSnapshot(name, version) {
      requireNotClosed('snapshot', name);
      const row = onDisk(() => readSnapshotRows(database)).find((each) => each.name === name);
      if (row?.version !== version) return undefined;
      const fits = isIntact(row) && (row.seq === 0 || onDisk(() => hashAt(database, row.seq)) === row.hash);
      if (fits) return { name, version, seq: row.seq, state: JSON.parse(row.state) as unknown };
      logger?.warn('journal-snapshot-ignored', { name, seq: row.seq });
      return undefined;
    },

    close() {
      if (closed) return Promise.resolve();
      try {
        if (broken === undefined) {
          commit();
          database.exec('UPDATE tip SET anchor_seq = seq, anchor_hash = hash');
          database
            .prepare('UPDATE openings SET closed_at_ms = ? WHERE id = (SELECT max(id) FROM openings)')
            .run(clock.nowMs());
        }
      } catch (error) {
        return Promise.reject(breakDown(journalBroken(file, error)));
      } finally {
        closed = true;
        stopTimer();
        onClose();
        database.close();
      }
      return Promise.resolve();
    },
  };
}
