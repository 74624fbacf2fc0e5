import { ValidationError } from './errors.ts';
import { joinFigures, joinReadings, noFigures, type OrderFigures, type OrderReading } from './order-figures.ts';
import { type Side } from './order-terms.ts';
import { type BrokerOrderId, type ClientOrderId, type EpochMs, type Shares, type SymbolCode } from './values.ts';

/*
 * What is known of an order, as facts that only grow. Merging is a join: it may be done in any order, in any grouping,
 * and as often as one likes, and ends in the same facts. So notices may overtake answers, lists may repeat notices, and
 * a restart may replay everything.
 *
 *   answer ─┐
 *   notice ─┼─ observeOrder ─► OrderFacts ─┬─ computeOrderStatus, leavesQuantity
 *   list   ─┤                              ├─ needsReconciliation, isSettled
 *   journal ┘                              └─ findContradictions
 */

/** Kinds of command. A command is one attempt to tell the broker something; an order is what the broker holds. */
export const orderCommandKinds = ['PLACE', 'REPLACE', 'CANCEL'] as const;
export type OrderCommandKind = (typeof orderCommandKinds)[number];

/** A command about an order, by our own id. */
export interface OrderCommand {
  readonly commandId: string;
  readonly kind: OrderCommandKind;
}

/** What never changes about an order. */
export interface OrderIdentity {
  readonly clientOrderId: ClientOrderId;
  readonly symbol: SymbolCode;
  readonly side: Side;
  /** At least 1. A replace to fewer shows as canceled quantity. */
  readonly orderedQuantity: Shares;
}

/** A statement about one of our numbers that speaks of another symbol or side: kept, and counted nowhere. */
export interface OrderMisfit {
  readonly brokerOrderId?: BrokerOrderId;
  readonly symbol: SymbolCode;
  readonly side: Side;
}

/** All that is known of an order. Plain data. Figures are over the whole lineage: a replace and its original are one order. */
export interface OrderFacts extends OrderIdentity, OrderFigures {
  /** Every number the broker ever gave it, sorted. Unique within one account and trading date only. */
  readonly brokerOrderIds: readonly BrokerOrderId[];
  /** The broker's word that the remainder ended with its session. */
  readonly expired: boolean;
  /** We refused it ourselves; nothing left. */
  readonly denied: boolean;
  /** Commands that may have left. Not those that were only written down. */
  readonly commandsOpened: readonly OrderCommand[];
  /** Ids of commands whose outcome was unknown at some time. */
  readonly commandsUnknown: readonly string[];
  /**
   * Ids of commands that ended: accepted, rejected, not sent; adopted, absent, or decided by an operator. A cancel ends
   * when it is confirmed or refused, not when the broker gave it a number.
   */
  readonly commandsEnded: readonly string[];
  /** What each source of cumulative figures said last, and at most. By source, sorted by name. */
  readonly readings: Readonly<Record<string, OrderReading>>;
  readonly misfits: readonly OrderMisfit[];
}

/** One statement about an order, by whoever made it. Only what is said is merged; absent means "did not say". */
export interface OrderObservation extends Partial<OrderFigures> {
  /** What the statement says it is about. When it is not this order's symbol and side, nothing of it is believed. */
  readonly symbol?: SymbolCode;
  readonly side?: Side;
  readonly brokerOrderId?: BrokerOrderId;
  readonly expired?: boolean;
  readonly denied?: boolean;
  readonly commandOpened?: OrderCommand;
  readonly commandUnknown?: string;
  readonly commandEnded?: string;
  /**
   * Present when the figures are a cumulative read of `source` (one operation of one broker) that began at `asOfMs`. Later
   * reads of the same source must not say less.
   */
  readonly reading?: { readonly source: string; readonly asOfMs: EpochMs };
}

/** An order of which nothing is known but what it is. */
export function openOrderFacts(identity: OrderIdentity): OrderFacts {
  const { clientOrderId, symbol, side, orderedQuantity } = identity;
  return { ...blank, clientOrderId, symbol, side, orderedQuantity };
}

const blank: Omit<OrderFacts, keyof OrderIdentity> = {
  ...noFigures,
  brokerOrderIds: [],
  expired: false,
  denied: false,
  commandsOpened: [],
  commandsUnknown: [],
  commandsEnded: [],
  readings: {},
  misfits: [],
};

/** The facts with one more statement. Repeating a statement, or an older one, changes nothing. */
export function observeOrder(facts: OrderFacts, said: OrderObservation): OrderFacts {
  return mergeOrderFacts(facts, factsOf(facts, said));
}

/**
 * What is known when both are known.
 * @throws {ValidationError} when they are about different orders.
 */
export function mergeOrderFacts(a: OrderFacts, b: OrderFacts): OrderFacts {
  for (const field of ['clientOrderId', 'symbol', 'side', 'orderedQuantity'] as const) {
    if (a[field] !== b[field]) throw differentOrders(field, a, b);
  }
  return {
    clientOrderId: a.clientOrderId,
    symbol: a.symbol,
    side: a.side,
    orderedQuantity: a.orderedQuantity,
    ...joinFigures(a, b),
    brokerOrderIds: union(a.brokerOrderIds, b.brokerOrderIds),
    expired: a.expired || b.expired,
    denied: a.denied || b.denied,
    commandsOpened: union(a.commandsOpened, b.commandsOpened, ({ commandId, kind }) => `${commandId} ${kind}`),
    commandsUnknown: union(a.commandsUnknown, b.commandsUnknown),
    commandsEnded: union(a.commandsEnded, b.commandsEnded),
    readings: joinReadings(a.readings, b.readings),
    misfits: union(a.misfits, b.misfits, (each) => `${each.brokerOrderId ?? ''} ${each.symbol} ${each.side}`),
  };
}

/** One statement as facts of its own. */
function factsOf(identity: OrderIdentity, said: OrderObservation): OrderFacts {
  const facts = openOrderFacts(identity);
  const { symbol = identity.symbol, side = identity.side, brokerOrderId, reading } = said;
  if (symbol !== identity.symbol || side !== identity.side) {
    return { ...facts, misfits: [{ ...(brokerOrderId === undefined ? undefined : { brokerOrderId }), symbol, side }] };
  }
  const figures: OrderFigures = {
    filledQuantity: said.filledQuantity ?? noFigures.filledQuantity,
    filledAmountKrw: said.filledAmountKrw ?? noFigures.filledAmountKrw,
    canceledQuantity: said.canceledQuantity ?? noFigures.canceledQuantity,
    rejectedQuantity: said.rejectedQuantity ?? noFigures.rejectedQuantity,
  };
  return {
    ...facts,
    ...figures,
    brokerOrderIds: brokerOrderId === undefined ? [] : [brokerOrderId],
    expired: said.expired ?? false,
    denied: said.denied ?? false,
    commandsOpened: said.commandOpened === undefined ? [] : [said.commandOpened],
    commandsUnknown: said.commandUnknown === undefined ? [] : [said.commandUnknown],
    commandsEnded: said.commandEnded === undefined ? [] : [said.commandEnded],
    readings:
      reading === undefined ? {} : { [reading.source]: { asOfMs: reading.asOfMs, latest: figures, highest: figures } },
  };
}

/** Both lists as one, sorted and without repeats. Gives `a` itself when `b` has nothing new. */
function union<Item>(a: readonly Item[], b: readonly Item[], keyOf: (item: Item) => string = String): readonly Item[] {
  if (b.length === 0) return a;
  // The first statement of its kind, which most are: nothing to compare and nothing to sort.
  if (a.length === 0 && b.length === 1) return b;
  const byKey = new Map(a.map((item) => [keyOf(item), item]));
  for (const item of b) if (!byKey.has(keyOf(item))) byKey.set(keyOf(item), item);
  if (byKey.size === a.length) return a;
  return [...byKey].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, item]) => item);
}

function differentOrders(field: keyof OrderIdentity, a: OrderFacts, b: OrderFacts): ValidationError {
  return new ValidationError({
    code: 'ORDER_FACTS_DIFFER',
    summary: 'Facts of two different orders were to be merged. Nothing was merged.',
    facts: { field, first: a[field], second: b[field], clientOrderId: a.clientOrderId },
    next: 'Merge facts by clientOrderId; a statement about another symbol or side belongs into observeOrder.',
  });
}
