import { type OrderCommandKind, type OrderFacts } from './order-facts.ts';
import { findContradictions } from './order-contradictions.ts';
import { type OrderStatus } from './order-status.ts';
import { type Shares } from './values.ts';

/** When each status holds. The first row that holds wins: FIX's precedence, but a completed order is never pending. */
export const orderStatusRules: readonly {
  readonly status: OrderStatus;
  readonly holds: (facts: OrderFacts, leaves: number) => boolean;
}[] = [
  { status: 'DENIED', holds: (facts) => facts.denied },
  {
    status: 'REJECTED',
    holds: (facts) => facts.filledQuantity === 0 && facts.rejectedQuantity >= facts.orderedQuantity,
  },
  { status: 'FILLED', holds: (facts) => facts.filledQuantity >= facts.orderedQuantity },
  { status: 'CANCELED', holds: (facts, leaves) => leaves === 0 && facts.canceledQuantity > 0 },
  { status: 'EXPIRED', holds: (facts, leaves) => leaves === 0 && facts.expired },
  { status: 'ABSENT', holds: isAbsent },
  { status: 'PENDING_CANCEL', holds: (facts, leaves) => leaves > 0 && hasOpenCommand(facts, 'CANCEL') },
  { status: 'PENDING_REPLACE', holds: (facts, leaves) => leaves > 0 && hasOpenCommand(facts, 'REPLACE') },
  { status: 'PARTIALLY_FILLED', holds: (facts) => facts.filledQuantity > 0 },
  { status: 'ACCEPTED', holds: (facts) => facts.brokerOrderIds.length > 0 },
  { status: 'SUBMITTED', holds: (facts) => hasOpenCommand(facts, 'PLACE') },
  { status: 'INITIALIZED', holds: () => true },
];

/** Statuses after which nothing of the order works any more. A late fill, or a late landing, may still arrive: see {@link isSettled}. */
export const terminalOrderStatuses = ['DENIED', 'REJECTED', 'FILLED', 'CANCELED', 'EXPIRED', 'ABSENT'] as const;
export type TerminalOrderStatus = (typeof terminalOrderStatuses)[number];

/** Whether nothing of an order with this status works any more. */
export function isTerminalStatus(status: OrderStatus): status is TerminalOrderStatus {
  return (terminalOrderStatuses as readonly OrderStatus[]).includes(status);
}

/** Where the order stands, from what is known and nothing else. */
export function computeOrderStatus(facts: OrderFacts): OrderStatus {
  const leaves = leavesQuantity(facts);
  for (const { status, holds } of orderStatusRules) if (holds(facts, leaves)) return status;
  return 'INITIALIZED';
}

/**
 * What may still fill: ordered less filled, canceled, rejected and, after the session's end, the rest. After a cancel
 * was confirmed and ended, this is the quantity of fills that are still on their way. Never below 0; 0 for an order that
 * was looked for everywhere and not found.
 */
export function leavesQuantity(facts: OrderFacts): Shares {
  if (facts.denied || facts.expired || isAbsent(facts)) return 0 as Shares;
  return Math.max(0, facts.orderedQuantity - accountedQuantity(facts)) as Shares;
}

/**
 * Whether the broker has to be read before this order can be relied on: the outcome of a command is unknown, figures
 * came without a number to bind them to, or sources disagree.
 */
export function needsReconciliation(facts: OrderFacts): boolean {
  const unknown = facts.commandsUnknown.some((id) => !facts.commandsEnded.includes(id));
  const atBroker = facts.filledQuantity > 0 || facts.canceledQuantity > 0 || facts.expired;
  const unbound = atBroker && facts.brokerOrderIds.length === 0;
  return unknown || unbound || accountedQuantity(facts) > facts.orderedQuantity || findContradictions(facts).length > 0;
}

/**
 * Whether the order's story is over: nothing left, every share accounted for, every fill priced. Only then may it be
 * forgotten. An order that filled in part and was rejected for the rest is `PARTIALLY_FILLED` and settled.
 */
export function isSettled(facts: OrderFacts): boolean {
  if (leavesQuantity(facts) > 0 || needsReconciliation(facts)) return false;
  const priced = facts.filledQuantity === 0 || facts.filledAmountKrw > 0;
  return priced && (facts.denied || facts.expired || accountedQuantity(facts) === facts.orderedQuantity);
}

/** The place command was unknown and ended, and no statement ever put the order at the broker, or refused it. */
function isAbsent(facts: OrderFacts): boolean {
  const { commandsUnknown, commandsOpened, commandsEnded, brokerOrderIds } = facts;
  if (commandsUnknown.length === 0 || brokerOrderIds.length > 0 || accountedQuantity(facts) > 0) return false;
  return commandsOpened.some(
    ({ commandId, kind }) =>
      kind === 'PLACE' && commandsUnknown.includes(commandId) && commandsEnded.includes(commandId),
  );
}

function accountedQuantity({ filledQuantity, canceledQuantity, rejectedQuantity }: OrderFacts): number {
  return filledQuantity + canceledQuantity + rejectedQuantity;
}

function hasOpenCommand(facts: OrderFacts, wanted: OrderCommandKind): boolean {
  return facts.commandsOpened.some(
    ({ commandId, kind }) => kind === wanted && !facts.commandsEnded.includes(commandId),
  );
}
