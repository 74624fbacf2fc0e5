import {
  type AccountId,
  type FailsafeCode,
  type JournalRecord,
  type NativeReason,
  type TradingDate,
  ConfigurationError,
  isTradingDate,
  kstDate,
} from '@qts/core';
import { type SafetyState, safetyStates } from '../safety/safety-machine.ts';
import { type EscalationReason } from '../unknown/evidence.ts';
import {
  type FoldedCancels,
  type FoldedJournal,
  type FoldedOpening,
  type FoldedOrder,
  type PlaceRecordType,
  actionsMax,
} from './folded-journal.ts';
import { foldRestriction, foldResumption } from './fold-restrictions.ts';
import { foldReplace, foldReplaceAnswer, foldReplaceEnd, numbersOf } from './fold-replaces.ts';
import { figureOf, intentOf, isCount, malformed, referenceOf, textOf } from './record-body.ts';
import { isClosed } from './recovery-table.ts';

/** A journal without records. */
export function emptyFoldedJournal(): FoldedJournal {
  return {
    seq: 0,
    orders: new Map(),
    safety: {
      ...{ state: 'NORMAL', consecutiveFailSafeCount: 0, unknownOrdersInRow: 0 },
      ...{ killSwitch: false, safeMode: false },
    },
    ...{ restrictions: [], throttled: [], actions: [] },
    differences: new Map(),
    strays: 0,
  };
}

/**
 * What all records say.
 *
 * @throws {ConfigurationError} as {@link applyRecord} does
 */
export async function foldJournal(
  records: Iterable<JournalRecord> | AsyncIterable<JournalRecord>,
): Promise<FoldedJournal> {
  const folded = emptyFoldedJournal();
  for await (const record of records) applyRecord(folded, record);
  return folded;
}

/**
 * Takes one more record in: changes the state that it is given and returns it. Pure but for that: no clock, no broker, no
 * order of anything but the records.
 *
 * @throws {ConfigurationError} `JOURNAL_RECORD_MALFORMED` naming record and field, `JOURNAL_OF_OTHER_ACCOUNT`, and
 *   `JOURNAL_RECORD_OUT_OF_PLACE` for a record that is not the next one
 */
export function applyRecord(folded: FoldedJournal, record: JournalRecord): FoldedJournal {
  if (record.seq !== folded.seq + 1) throw outOfPlace(folded, record);
  const date = kstDate(record.occurredAtMs);
  if (folded.tradingDate === undefined || date > folded.tradingDate) beginDate(folded, date);
  appliers[record.type]?.(folded, record);
  folded.seq = record.seq;
  return folded;
}

/** Numbers restart with the date, and so does the account: of earlier dates only what has no end is kept. */
function beginDate(folded: FoldedJournal, date: TradingDate): void {
  folded.tradingDate = date;
  for (const [intentId, order] of folded.orders) {
    if (order.tradingDate < date && isClosed(order)) folded.orders.delete(intentId);
  }
  folded.differences.clear();
  delete folded.opening;
}

type Applier = (folded: FoldedJournal, record: JournalRecord) => void;

/** What each kind of record adds. Kinds of later versions add nothing. */
const appliers: Readonly<Partial<Record<string, Applier>>> = {
  'intent-recorded': recordIntent,
  'intent-denied': recordDenial,
  'command-sending': (folded, record) => {
    const order = folded.orders.get(record.correlationId);
    if (order === undefined) throw malformed(record, 'correlationId', record.correlationId);
    checkAccount(folded, record);
    order.sentAtMs = record.occurredAtMs;
    reach(order, 'command-sending', record);
  },
  'command-not-sent': endOf('command-not-sent'),
  'command-accepted': endOf('command-accepted', (order, record) => {
    if (record.body['dryRun'] === true) order.dryRun = true;
  }),
  'command-rejected': endOf('command-rejected', (order, record) => {
    // A list that does not show an order refuses nothing: the order may still land.
    if (record.body['proof'] === 'ORDER_LIST') order.mayLand = true;
  }),
  'command-unknown': endOf('command-unknown', (order, record) => {
    order.unknownSinceMs ??= record.occurredAtMs;
  }),
  'command-adopted': endOf('command-adopted', (order, record) => {
    delete order.mayLand;
    delete order.escalated;
    if (record.body['isUnwanted'] === true) (order.cancels ??= { unanswered: 0 }).isOfAll = true;
  }),
  'command-absent': endOf('command-absent', (order) => {
    order.mayLand = true;
    delete order.escalated;
  }),
  'command-escalated': endOf('command-escalated', (order, record) => {
    order.escalated = (textOf(record, 'reason') ?? 'READS_FAILED') as EscalationReason;
  }),
  'cancel-sending': (folded, record) => {
    const cancels = cancelsOf(folded, record);
    if (cancels === undefined) return;
    const { quantity } = record.body;
    cancels.unanswered += 1;
    delete cancels.isShown;
    const number = referenceOf(record, 'target')?.brokerOrderId;
    if (number !== undefined && cancels.numbers?.includes(number) !== true) (cancels.numbers ??= []).push(number);
    // Of a cancel of all and one of a part, the one of all is what somebody wants.
    if (!isCount(quantity)) {
      delete cancels.quantity;
      cancels.isOfAll = true;
    } else if (cancels.outcome === undefined && cancels.unanswered === 1) cancels.quantity = quantity;
  },
  'cancel-answered': (folded, record) => {
    const cancels = cancelsOf(folded, record);
    if (cancels === undefined) return;
    cancels.unanswered = Math.max(0, cancels.unanswered - 1);
    if (record.body['dryRun'] === true) return;
    cancels.outcome = textOf(record, 'outcome') ?? 'UNKNOWN';
    const number = textOf(record, 'target');
    if (number !== undefined) (cancels.outcomes ??= {})[number] = cancels.outcome;
    const confirmed = figureOf(record, 'canceledQuantity');
    if (cancels.outcome === 'CONFIRMED' && confirmed > 0) {
      cancels.confirmedQuantity = Math.max(cancels.confirmedQuantity ?? 0, confirmed);
    }
  },
  'replace-sending': foldReplace,
  'replace-answered': foldReplaceAnswer,
  'replace-resolved': foldReplaceEnd,
  'order-facts': recordFigures,
  'safety-recorded': recordSafety,
  'operator-acted': recordAction,
  'trading-restricted': foldRestriction,
  'trading-resumed': foldResumption,
  'account-opened': (folded, record) => {
    folded.opening = openingOf(record);
  },
  'reconciliation-difference': (folded, record) => {
    const id = textOf(record, 'id');
    if (id === undefined) throw malformed(record, 'id', id);
    folded.differences.set(id, textOf(record, 'class') ?? '');
  },
};

function recordIntent(folded: FoldedJournal, record: JournalRecord): void {
  checkAccount(folded, record);
  const intent = intentOf(record);
  const { worstPriceKrw } = record.body;
  folded.orders.set(record.correlationId, {
    intent,
    tradingDate: dateOf(record),
    broker: textOf(record, 'broker') ?? '',
    ...(isCount(worstPriceKrw) ? { worstPriceKrw } : undefined),
    ...{ last: 'intent-recorded', lastSeq: record.seq, lastAtMs: record.occurredAtMs },
  });
}

/** Denials that say nothing of the intent: it was malformed, or another of the same id is the known one. */
const denialsOfNothing: readonly unknown[] = ['G_EXE_INTENT_INVALID', 'G_EXE_INTENT_CONFLICT'];

function recordDenial(folded: FoldedJournal, record: JournalRecord): void {
  if (denialsOfNothing.includes(record.body['code']) || folded.orders.has(record.correlationId)) return;
  const why = textOf(record, 'why');
  const code = textOf(record, 'code') as FailsafeCode | undefined;
  folded.orders.set(record.correlationId, {
    intent: intentOf(record),
    tradingDate: dateOf(record),
    broker: textOf(record, 'broker') ?? '',
    ...{ last: 'intent-denied', lastSeq: record.seq, lastAtMs: record.occurredAtMs },
    ...(code === undefined ? undefined : { code }),
    ...(why === undefined ? undefined : { message: `denied: ${why}` }),
  });
}

/** An outcome: what all of them carry, and what is special about one. */
function endOf(type: PlaceRecordType, special?: (order: FoldedOrder, record: JournalRecord) => void): Applier {
  return (folded, record) => {
    const order = folded.orders.get(record.correlationId);
    if (order === undefined) {
      folded.strays += 1;
      return;
    }
    reach(order, type, record);
    const code = textOf(record, 'code') as FailsafeCode | undefined;
    if (code === undefined) delete order.code;
    else order.code = code;
    const message = textOf(record, 'message');
    if (message === undefined) delete order.message;
    else order.message = message;
    const reference = referenceOf(record);
    if (reference !== undefined) order.reference = reference;
    const refusal = record.body['refusal'] ?? record.body['native'];
    if (refusal !== undefined && refusal !== null) order.refusal = refusal as NativeReason;
    special?.(order, record);
  };
}

function reach(order: FoldedOrder, last: PlaceRecordType, { seq, occurredAtMs }: JournalRecord): void {
  order.last = last;
  order.lastSeq = seq;
  order.lastAtMs = occurredAtMs;
}

function cancelsOf(folded: FoldedJournal, { correlationId }: JournalRecord): FoldedCancels | undefined {
  const order = folded.orders.get(correlationId);
  // Orders that are not ours may be canceled, too: nothing is kept of them.
  return order === undefined ? undefined : (order.cancels ??= { unanswered: 0 });
}

function recordFigures(folded: FoldedJournal, record: JournalRecord): void {
  const order = folded.orders.get(record.correlationId);
  if (order === undefined) {
    folded.strays += 1;
    return;
  }
  const numbers = numbersOf(record);
  // Figures over several numbers may be taken back when one turns up: the last word counts.
  const before = numbers === undefined ? order.figures : undefined;
  if (numbers !== undefined) order.numbers = numbers;
  const { asOfMs } = record.body;
  const hasCanceled = figureOf(record, 'canceledQuantity') > (order.figures?.canceledQuantity ?? 0);
  if (order.cancels !== undefined && hasCanceled) order.cancels.isShown = true;
  order.figures = {
    filledQuantity: Math.max(before?.filledQuantity ?? 0, figureOf(record, 'filledQuantity')),
    filledAmountKrw: Math.max(before?.filledAmountKrw ?? 0, figureOf(record, 'filledAmountKrw')),
    canceledQuantity: Math.max(before?.canceledQuantity ?? 0, figureOf(record, 'canceledQuantity')),
    rejectedQuantity: Math.max(before?.rejectedQuantity ?? 0, figureOf(record, 'rejectedQuantity')),
    expired: (before?.expired ?? false) || record.body['expired'] === true,
    asOfMs: Math.max(before?.asOfMs ?? 0, isCount(asOfMs) ? asOfMs : record.occurredAtMs),
  };
}

function recordSafety({ orders, safety }: FoldedJournal, record: JournalRecord): void {
  const { correlationId, body } = record;
  const order = orders.get(correlationId);
  if (order !== undefined) order.hasSafetyRecord = true;
  const { to, event, count } = body;
  if (!isSafetyState(to)) throw malformed(record, 'to', to);
  safety.state = to;
  if (event !== 'fail_safe') return;
  safety.consecutiveFailSafeCount = isCount(count) ? count : safety.consecutiveFailSafeCount + 1;
  const code = textOf(record, 'code') as FailsafeCode | undefined;
  if (code !== undefined) safety.lastFailSafeCode = code;
  if (code === 'FS042') safety.unknownOrdersInRow += 1;
}

function recordAction(folded: FoldedJournal, record: JournalRecord): void {
  const { safety, actions } = folded;
  const { seq, occurredAtMs, correlationId } = record;
  const action = textOf(record, 'action');
  if (action === undefined) throw malformed(record, 'action', action);
  const requestedBy = textOf(record, 'requestedBy') ?? '';
  actions.push({ seq, occurredAtMs, correlationId, action, requestedBy, reason: textOf(record, 'reason') ?? '' });
  if (actions.length > actionsMax) actions.shift();
  switch (action) {
    case 'recovery':
    case 'approved_recovery':
      if (record.body['to'] !== 'NORMAL') return;
      safety.state = 'NORMAL';
      safety.consecutiveFailSafeCount = 0;
      safety.unknownOrdersInRow = 0;
      delete safety.lastFailSafeCode;
      return;
    case 'kill-switch-on':
    case 'kill-switch-off':
      safety.killSwitch = action === 'kill-switch-on';
      return;
    case 'safe-mode-on':
    case 'safe-mode-off':
      safety.safeMode = action === 'safe-mode-on';
      return;
    case 'earlier-order-closed':
      folded.orders.delete(correlationId);
      return;
    default:
  }
}

function openingOf(record: JournalRecord): FoldedOpening {
  const { tradingDate, cashKrw, positions } = record.body;
  if (!isTradingDate(tradingDate)) throw malformed(record, 'tradingDate', tradingDate);
  if (!Number.isSafeInteger(cashKrw)) throw malformed(record, 'cashKrw', cashKrw);
  if (!Array.isArray(positions)) throw malformed(record, 'positions', positions);
  return { tradingDate, cashKrw: cashKrw as number, positions: positions as FoldedOpening['positions'] };
}

/** The date of an order: the one it was sent for, not the one on which somebody reads. */
function dateOf(record: JournalRecord): TradingDate {
  const { tradingDate } = record.body;
  if (tradingDate === undefined) return kstDate(record.occurredAtMs);
  if (!isTradingDate(tradingDate)) throw malformed(record, 'tradingDate', tradingDate);
  return tradingDate;
}

function checkAccount(folded: FoldedJournal, record: JournalRecord): void {
  const accountId = textOf(record, 'accountId') as AccountId | undefined;
  if (accountId === undefined) return;
  folded.accountId ??= accountId;
  if (folded.accountId === accountId) return;
  throw new ConfigurationError({
    code: 'JOURNAL_OF_OTHER_ACCOUNT',
    summary: 'The order journal holds records of two accounts. Nothing was started.',
    facts: { seq: record.seq, field: 'accountId', found: accountId, expected: folded.accountId },
    next: 'Give every account a journal of its own.',
  });
}

function outOfPlace({ seq }: FoldedJournal, record: JournalRecord): ConfigurationError {
  return new ConfigurationError({
    code: 'JOURNAL_RECORD_OUT_OF_PLACE',
    summary: 'A record of the order journal is not the next one. Nothing was started.',
    facts: { field: 'seq', found: record.seq, expected: seq + 1 },
    next: 'Verify the journal with `qts journal verify`; a snapshot may belong to another file.',
  });
}

function isSafetyState(value: unknown): value is SafetyState {
  return (safetyStates as readonly unknown[]).includes(value);
}
