import { type FoldedOrder, type PlaceRecordType } from './folded-journal.ts';

/**
 * What a recovery does with an order of today.
 *
 * - `ANSWER`: nothing is open; the intent is answered as it was.
 * - `DENY`: nothing left the process, and the intent is old by now: it is denied as stale and never sent.
 * - `RESOLVE`: it may have left. It is unknown and is looked for; it is **never sent again**.
 * - `CATCH_UP`: the broker has it; its figures are read from the list.
 * - `WATCH`: it was not found; it may still land until the trading date is over.
 * - `ASK_OPERATOR`: a person has to decide, before the restart as after it.
 */
export const recoveryActions = ['ANSWER', 'DENY', 'RESOLVE', 'CATCH_UP', 'WATCH', 'ASK_OPERATOR'] as const;
export type RecoveryAction = (typeof recoveryActions)[number];

/** What the last record of a place command means (execution-safety 4), and what is done about it. */
export const recoveryTable: Readonly<
  Record<PlaceRecordType, { readonly means: string; readonly action: RecoveryAction }>
> = {
  'intent-recorded': { means: 'nothing left the process', action: 'DENY' },
  'intent-denied': { means: 'we refused it; nothing left', action: 'ANSWER' },
  'command-sending': { means: 'it may have left', action: 'RESOLVE' },
  'command-not-sent': { means: 'it did not leave', action: 'ANSWER' },
  'command-accepted': { means: 'the broker has it', action: 'CATCH_UP' },
  'command-rejected': { means: 'the broker refused it', action: 'ANSWER' },
  'command-unknown': { means: 'nobody knows whether the broker has it', action: 'RESOLVE' },
  'command-adopted': { means: 'it was found at the broker', action: 'CATCH_UP' },
  'command-absent': { means: 'it was looked for and not found', action: 'WATCH' },
  'command-escalated': { means: 'a person has to decide', action: 'ASK_OPERATOR' },
};

/** What a recovery does with this order. */
export function recoveryOf(order: FoldedOrder): RecoveryAction {
  const { action } = recoveryTable[order.last];
  if (order.dryRun === true) return 'ANSWER';
  // A refusal that only a list confirms proves no more than an absence.
  if (action === 'ANSWER' && order.mayLand === true) return 'WATCH';
  // An acceptance without a number cannot be read, canceled or told from others: it has to be found.
  if (action === 'CATCH_UP' && order.reference === undefined) return 'RESOLVE';
  return action;
}

/**
 * Whether somebody wants the order canceled and nothing shows that the broker does it: the cancel may not have reached it,
 * or its session refused it. The order is read and canceled again while it is open. The cancel of a part is only read, so
 * that one which was refused is left to the person who was told.
 */
export function hasOpenCancel(order: FoldedOrder): boolean {
  const { cancels, figures, intent } = order;
  if (cancels === undefined) return false;
  const { filledQuantity = 0, canceledQuantity = 0, rejectedQuantity = 0, expired = false } = figures ?? {};
  if (expired || filledQuantity + canceledQuantity + rejectedQuantity >= intent.quantity) return false;
  const { unanswered, quantity, isShown = false } = cancels;
  if (isShown && quantity !== undefined) return false;
  const outcomes = lastCancelOutcomes(order);
  if (outcomes.includes('REFUSED_BY_SESSION') && quantity === undefined) return true;
  return unanswered > 0 || outcomes.some((each) => mayNotHaveArrived.has(each)) || hasUncanceledNumber(order);
}

/** Answers to a cancel after which nobody knows that the broker has it. */
const mayNotHaveArrived: ReadonlySet<string> = new Set(['UNKNOWN', 'NOT_SENT']);

/** What the last cancel of each number was answered under which something may be left; of a cancel that waited in vain, that. */
export function lastCancelOutcomes({ cancels, numbers }: FoldedOrder): readonly string[] {
  const { outcome, outcomes } = cancels ?? {};
  if (outcomes === undefined) return outcome === undefined ? [] : [outcome];
  const gone = new Set<string>(
    numbers?.rows.filter(({ row }) => row.leavesQuantity === 0).map(({ row }) => row.reference.brokerOrderId),
  );
  return Object.entries(outcomes).flatMap(([number, each]) => (gone.has(number) ? [] : [each]));
}

/** Whether an order of which nothing may rest, or a replace of it, landed under a number that no cancel named yet. */
function hasUncanceledNumber({ cancels, numbers, reference: root }: FoldedOrder): boolean {
  if (cancels?.isOfAll !== true) return false;
  const isNamed = (number: string): boolean => cancels.numbers?.includes(number) === true;
  if (numbers === undefined) return root !== undefined && !isNamed(root.brokerOrderId);
  const working = [...numbers.rows.filter(({ row }) => row.leavesQuantity > 0).map(({ row }) => row), ...numbers.named];
  return working.some(({ reference }) => !isNamed(reference.brokerOrderId));
}

/** Whether a replace of the order may have left of which the journal does not show what became. It is never sent again. */
export function hasOpenReplace(order: FoldedOrder): boolean {
  const { replace } = order;
  if (replace === undefined) return false;
  // Without its number it cannot be told from shares that were canceled.
  if (replace.outcome === 'ACCEPTED') return replace.number === undefined && !isClosed(order);
  return replace.outcome === undefined || replace.outcome === 'UNKNOWN';
}

/** Whether the journal knows the end of an order, so that nothing of it can matter on a later date. */
export function isClosed(order: FoldedOrder): boolean {
  switch (recoveryOf(order)) {
    case 'ANSWER':
    case 'DENY':
    case 'WATCH':
      return true;
    case 'CATCH_UP': {
      const { figures, intent } = order;
      if (figures === undefined) return false;
      const { filledQuantity, canceledQuantity, rejectedQuantity, expired } = figures;
      return expired || filledQuantity + canceledQuantity + rejectedQuantity >= intent.quantity;
    }
    case 'RESOLVE':
    case 'ASK_OPERATOR':
      return false;
  }
}
