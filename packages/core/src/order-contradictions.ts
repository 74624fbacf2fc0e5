import { hasShrunk } from './order-figures.ts';
import { type OrderFacts } from './order-facts.ts';
import { type BrokerOrderId, type ClientOrderId } from './values.ts';

/**
 * What no honest story of an order contains. It is never repaired in silence: figures stay as they are (an overfill is
 * real exposure), an alarm is raised, a person looks.
 *
 * - `OVERFILLED`: more filled than ordered.
 * - `FILL_ON_REJECTED_ORDER`: a fill, although the broker refused all of it.
 * - `FIGURE_SHRANK`: the latest read of a source says less than an earlier one.
 * - `OTHER_SYMBOL_OR_SIDE`: a statement about another symbol or side under a number of this order.
 * - `DENIED_BUT_AT_BROKER`: we refused it, and the broker has it.
 */
export const orderContradictions = [
  'OVERFILLED',
  'FILL_ON_REJECTED_ORDER',
  'FIGURE_SHRANK',
  'OTHER_SYMBOL_OR_SIDE',
  'DENIED_BUT_AT_BROKER',
] as const;
export type OrderContradiction = (typeof orderContradictions)[number];

const tests: Readonly<Record<OrderContradiction, (facts: OrderFacts) => boolean>> = {
  OVERFILLED: (facts) => facts.filledQuantity > facts.orderedQuantity,
  FILL_ON_REJECTED_ORDER: (facts) => facts.filledQuantity > 0 && facts.rejectedQuantity >= facts.orderedQuantity,
  FIGURE_SHRANK: (facts) => Object.values(facts.readings).some(hasShrunk),
  OTHER_SYMBOL_OR_SIDE: (facts) => facts.misfits.length > 0,
  DENIED_BUT_AT_BROKER: (facts) => facts.denied && (facts.brokerOrderIds.length > 0 || facts.filledQuantity > 0),
};

/** What contradicts itself in the facts of one order. Empty for an honest story, whatever order it arrived in. */
export function findContradictions(facts: OrderFacts): readonly OrderContradiction[] {
  return orderContradictions.filter((each) => tests[each](facts));
}

/** A number that two orders claim. */
export interface DoubleBinding {
  readonly brokerOrderId: BrokerOrderId;
  readonly clientOrderIds: readonly ClientOrderId[];
}

/**
 * Numbers that are bound to more than one order.
 * @param orders orders of one account and one trading date: numbers repeat over days and accounts
 */
export function findDoubleBindings(orders: Iterable<OrderFacts>): readonly DoubleBinding[] {
  const owners = new Map<BrokerOrderId, Set<ClientOrderId>>();
  for (const { brokerOrderIds, clientOrderId } of orders) {
    for (const number of brokerOrderIds) {
      owners.set(number, (owners.get(number) ?? new Set()).add(clientOrderId));
    }
  }
  return [...owners]
    .filter(([, clientOrderIds]) => clientOrderIds.size > 1)
    .map(([brokerOrderId, clientOrderIds]) => ({ brokerOrderId, clientOrderIds: [...clientOrderIds].sort() }));
}
