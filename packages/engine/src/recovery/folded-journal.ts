import {
  type AccountId,
  type BrokerOrderId,
  type EpochMs,
  type ExecutionIntent,
  type FailsafeCode,
  type NativeReason,
  type OrderReference,
  type SymbolCode,
  type TradingDate,
} from '@qts/core';
import { type RepeatKey } from '../guards/repeat-throttle.ts';
import { type Restriction } from '../guards/trading-state.ts';
import { type OrderNumbers } from '../orders/lineage.ts';
import { type SafetyState } from '../safety/safety-machine.ts';
import { type EscalationReason } from '../unknown/evidence.ts';

/** Records that say how far a place command came. The last of them decides what a recovery does. */
export const placeRecordTypes = [
  'intent-recorded',
  'intent-denied',
  'command-sending',
  'command-not-sent',
  'command-accepted',
  'command-rejected',
  'command-unknown',
  'command-adopted',
  'command-absent',
  'command-escalated',
] as const;
export type PlaceRecordType = (typeof placeRecordTypes)[number];

/** The broker's figures of an order, cumulative, as they were last written down. */
export interface FoldedFigures {
  filledQuantity: number;
  /** Won. */
  filledAmountKrw: number;
  canceledQuantity: number;
  rejectedQuantity: number;
  /** Its session took what remained. */
  expired: boolean;
  /** When the read began that showed them. */
  asOfMs: EpochMs;
}

/** What is written down of the cancels of an order. */
export interface FoldedCancels {
  /** Cancels that were about to leave, less those that were answered. */
  unanswered: number;
  /** How the last one was answered; absent: none was yet. */
  outcome?: string;
  /** What the last cancel of each number was answered: of several that are canceled at once, one may have been lost. */
  outcomes?: Record<string, string>;
  /** Shares to cancel; absent: all that remain. */
  quantity?: number;
  /** Somebody canceled all that remained, and nobody replaced the order since. */
  isOfAll?: true;
  /** Numbers that cancels named. */
  numbers?: string[];
  /** Shares that an answer said were canceled. */
  confirmedQuantity?: number;
  /** Figures showed canceled shares that were not there when the last one was about to leave: none is open any more. */
  isShown?: boolean;
}

/** The last replace of an order, as it was about to leave. */
export interface FoldedReplace {
  readonly commandId: string;
  readonly sentAtMs: EpochMs;
  /** The number that it names. */
  readonly target?: OrderReference;
  /** Nothing is to be left under that number. */
  readonly takesAll: boolean;
  /** What is asked for: quantity, type, price, condition and session, as they were recorded. */
  readonly terms: Readonly<Record<string, unknown>>;
  /** What a share can cost at most under the new terms, won. */
  readonly worstPriceKrw?: number;
  /** The number that the broker gave it, as an answer said. */
  number?: BrokerOrderId;
  /** How it was answered; `RESOLVED`: it was unknown, and what became of it was found. Absent: no answer is recorded. */
  outcome?: string;
}

/** What the journal says of one order. Plain data. */
export interface FoldedOrder {
  readonly intent: ExecutionIntent;
  readonly tradingDate: TradingDate;
  /** The engine that was to send it. */
  readonly broker: string;
  /** What a share can cost at most, won. Absent in journals older than the recovery. */
  readonly worstPriceKrw?: number;
  last: PlaceRecordType;
  lastSeq: number;
  lastAtMs: EpochMs;
  /** When it was about to leave. */
  sentAtMs?: EpochMs;
  /** When its outcome became unknown. Stays when it is known again: such an order was looked for. */
  unknownSinceMs?: EpochMs;
  code?: FailsafeCode;
  message?: string;
  reference?: OrderReference;
  dryRun?: boolean;
  /** The broker's refusal that a read has to confirm. */
  refusal?: NativeReason;
  /** The order was refused or absent because a list does not show it: it may still land. */
  mayLand?: boolean;
  escalated?: EscalationReason;
  /** It made its safety record. */
  hasSafetyRecord?: boolean;
  figures?: FoldedFigures;
  cancels?: FoldedCancels;
  replace?: FoldedReplace;
  /** Ids of all replaces of it that were about to leave: none may leave again. */
  replaceIds?: string[];
  /** Its numbers, once a replace of it was about to leave. */
  numbers?: OrderNumbers;
}

/** What survives of the safety state, and what is needed to say whether it may end by itself. */
export interface FoldedSafety {
  state: SafetyState;
  consecutiveFailSafeCount: number;
  lastFailSafeCode?: FailsafeCode;
  /** Of the fail-safes in a row, how many were unknown orders (`FS042`). */
  unknownOrdersInRow: number;
  killSwitch: boolean;
  safeMode: boolean;
}

/** A person's, or a program's, recorded act. */
export interface FoldedAction {
  readonly seq: number;
  readonly occurredAtMs: EpochMs;
  readonly correlationId: string;
  readonly action: string;
  readonly requestedBy: string;
  readonly reason: string;
}

/** Cash and holdings before anything of a trading date was traded. */
export interface FoldedOpening {
  readonly tradingDate: TradingDate;
  readonly cashKrw: number;
  readonly positions: readonly { readonly symbol: SymbolCode; readonly quantity: number; readonly costKrw: number }[];
}

/**
 * All that the journal of one account says, as of record `seq`. Orders of the trading date are all here; of earlier
 * dates only those whose end is not written down: numbers restart daily, and nothing of yesterday may be taken for today's.
 */
export interface FoldedJournal {
  /** The last record that is part of it; 0: none. */
  seq: number;
  /** Label of the account; absent until a record names it. */
  accountId?: AccountId;
  /** The latest date of a record; absent until there is one. */
  tradingDate?: TradingDate;
  /** By intent id, in the order of their first records. */
  readonly orders: Map<string, FoldedOrder>;
  readonly safety: FoldedSafety;
  /** What restricts trading until a person resumes it: a restart ends none of it. */
  restrictions: readonly Restriction[];
  /** Who was stopped for repeating itself, and not resumed by a person. */
  throttled: readonly RepeatKey[];
  /** The last ones, oldest first; see {@link actionsMax}. */
  readonly actions: FoldedAction[];
  opening?: FoldedOpening;
  /** Ids of differences that were written down on the trading date: none is written twice. */
  readonly differences: Map<string, string>;
  /** Outcomes of commands whose intent is not known any more, because its date is over. They change nothing. */
  strays: number;
}

/** Acts kept in a {@link FoldedJournal}; all of them stand in the journal. */
export const actionsMax = 200;
