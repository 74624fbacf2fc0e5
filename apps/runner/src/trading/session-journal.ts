import {
  type Clock,
  ConfigurationError,
  type JournalRecord,
  type Logger,
  type QtsError,
  type Secret,
  type TradingDate,
  accountId,
} from '@qts/core';
import { type FollowedJournal, type FoldedJournal, followJournal, orderFold, ordersOf } from '@qts/engine';
import { type JournalFold, type SqliteJournal, openSqliteJournal, restoreFold, saveFold } from '@qts/storage';
import { type RunnerConfig } from '../config/runner-config.ts';

export interface SessionJournalSettings {
  readonly file: string;
  readonly config: RunnerConfig;
  readonly brokerId: string;
  readonly tradingDate: TradingDate;
  readonly clock: Clock;
  readonly logger?: Logger;
  /** Must not appear in any record. */
  readonly secrets?: readonly Secret[];
  readonly onBroken?: (error: QtsError) => void;
  /** Longest wait of a record that nobody waits for, ms. Default: the journal's. */
  readonly groupDelayMs?: number;
}

/** The journal of a session, with what it says so far. */
export interface SessionJournal {
  readonly file: string;
  readonly journal: FollowedJournal;
  /** How it was found. */
  readonly opening: SqliteJournal['opening'];
  /** Reads the whole chain beside the trading; a fault breaks the journal. */
  verify: SqliteJournal['verify'];
  /** Keeps what the records add up to for the next start, when enough of them are new. Never throws. */
  saveNowAndThen(): void;
  /** Keeps it, writes what waits and frees the lock. */
  close(): Promise<void>;
}

/** New records after which a snapshot is worth its write. */
const recordsBetweenSnapshots = 2_000;

/** What the last session was allowed to do. */
interface LastSession {
  limits: Readonly<Record<string, unknown>> | undefined;
}

const lastSessionFold: JournalFold<LastSession> = {
  name: 'last-session',
  version: 1,
  initial: () => ({ limits: undefined }),
  apply: (state, { type, body }: JournalRecord) =>
    type === 'session-opened' ? { limits: body['limits'] as LastSession['limits'] } : state,
  toSnapshot: ({ limits }) => ({ limits: limits ?? null }),
  fromSnapshot: (data) => ({ limits: (data as { readonly limits: LastSession['limits'] | null }).limits ?? undefined }),
};

/**
 * Opens the journal of an account and takes in what it says.
 *
 * @throws {ConfigurationError} when the journal is not this account's, not whole, held by another process or of another
 *   version, and when the limits of the configuration are not those under which open orders were sent
 */
export function openSessionJournal(settings: SessionJournalSettings): SessionJournal {
  const { file, config, brokerId, tradingDate, clock, logger } = settings;
  const { secrets, onBroken, groupDelayMs } = settings;
  const store = openSqliteJournal({
    ...{ file, accountId: config.account, clock },
    ...(logger === undefined ? {} : { logger }),
    ...(secrets === undefined ? {} : { secrets }),
    ...(onBroken === undefined ? {} : { onBroken }),
    ...(groupDelayMs === undefined ? {} : { groupDelayMs }),
  });
  let followed: FollowedJournal;
  let savedSeq: number;
  try {
    const { state: folded, snapshotSeq } = restoreFold(store, orderFold);
    savedSeq = snapshotSeq;
    requireSameLimits(restoreFold(store, lastSessionFold).state, folded, config, tradingDate);
    followed = followJournal(store, folded);
    const body = { accountId: accountId(config.account), broker: brokerId, mode: config.mode, limits: config.limits };
    // On the disk when it returns.
    void followed.append(
      { type: 'session-opened', occurredAtMs: clock.nowMs(), correlationId: tradingDate, body },
      'BARRIER',
    );
  } catch (error) {
    void store.close();
    throw error;
  }
  const { folded } = followed;

  function save(): void {
    if (store.broken !== undefined || folded.seq === savedSeq) return;
    try {
      saveFold(store, orderFold, folded);
      saveFold(store, lastSessionFold, { limits: { ...config.limits } });
      savedSeq = folded.seq;
    } catch (error) {
      // It only saves the next start some time.
      logger?.warn('journal-snapshot-not-saved', { error: error instanceof Error ? error.name : 'unknown' });
    }
  }

  return {
    file,
    journal: followed,
    opening: store.opening,
    verify: (options) => store.verify(options),
    saveNowAndThen() {
      if (folded.seq - savedSeq >= recordsBetweenSnapshots) save();
    },
    async close() {
      save();
      await store.close();
    },
  };
}

/** Orders that may still trade were judged by the limits of their day: other ones come into force when none is left. */
function requireSameLimits(
  { limits: before }: LastSession,
  folded: FoldedJournal,
  { limits }: RunnerConfig,
  tradingDate: TradingDate,
): void {
  const open = ordersOf(folded).filter((order) => !order.isClosed && order.tradingDate === tradingDate);
  if (before === undefined || open.length === 0) return;
  const changed = Object.entries(limits).filter(([name, value]) => before[name] !== value);
  if (changed.length === 0) return;
  const facts = changed.map(([name, value]) => [`limits.${name}`, `${String(value)}; was ${String(before[name])}`]);
  throw new ConfigurationError({
    code: 'LIMITS_CHANGED',
    summary: 'The limits were changed while orders of today are open. Nothing was started.',
    facts: { ...(Object.fromEntries(facts) as Record<string, string>), openOrders: open.length },
    next: 'Start with the limits of before; when its end has canceled what rests, start again with the new ones.',
  });
}
