import {
  type Clock,
  type Logger,
  type OrderAdapter,
  type OrderJournal,
  type OrderList,
  type OrderSnapshot,
  type TradingDate,
  BrokerError,
} from '@qts/core';
import { checkOperator } from '../safety/check-operator.ts';
import { type FoldedOrder } from './folded-journal.ts';
import { recoveryOf } from './recovery-table.ts';

export interface LeftOverParts {
  readonly adapter: Pick<OrderAdapter, 'listOrders'>;
  readonly journal: OrderJournal;
  readonly clock: Clock;
  readonly logger: Logger | undefined;
}

/**
 * Reads how orders of earlier dates ended, from the lists of their dates, and writes it down: their sessions are over, so
 * what they did not fill has expired. Gives those whose end is still not known: unknown orders, which had no number to be
 * found by, and orders of dates that the broker does not show in full.
 */
export async function closeLeftOverOrders(
  orders: readonly FoldedOrder[],
  { adapter, journal, clock, logger }: LeftOverParts,
): Promise<readonly FoldedOrder[]> {
  const lists = new Map<TradingDate, OrderList | undefined>();
  const left: FoldedOrder[] = [];
  for (const order of orders) {
    const { reference, tradingDate, intent } = order;
    if (reference === undefined || recoveryOf(order) !== 'CATCH_UP') {
      left.push(order);
      continue;
    }
    if (!lists.has(tradingDate)) lists.set(tradingDate, await read(tradingDate));
    const list = lists.get(tradingDate);
    const row = list?.orders.find((each) => each.kind === 'NEW' && isSame(each.reference, reference));
    // A page that is missing may have the numbers that took its shares along.
    if (list?.complete !== true || row === undefined) {
      left.push(order);
      continue;
    }
    const { canceledQuantity, rejectedQuantity } = row;
    const rows = withReplaces(row, list);
    const filledQuantity = rows.reduce((sum, each) => sum + each.filledQuantity, 0);
    const filledAmountKrw = rows.reduce((sum, each) => sum + each.filledAmountKrw, 0);
    const { symbol, side, intentId } = intent;
    const figures = { filledQuantity, filledAmountKrw, canceledQuantity, rejectedQuantity };
    const body = { symbol, side, brokerOrderId: reference.brokerOrderId, ...figures, expired: true };
    const record = { type: 'order-facts', occurredAtMs: clock.nowMs(), correlationId: intentId } as const;
    await journal.append({ ...record, body: { ...body, asOfMs: list.readStartedAtMs } }, 'GROUPED');
  }
  return left;

  async function read(tradingDate: TradingDate): Promise<OrderList | undefined> {
    try {
      return await adapter.listOrders({ tradingDate });
    } catch (error) {
      if (!BrokerError.isInstance(error)) throw error;
      logger?.warn('earlier-date-not-read', { tradingDate, code: error.code });
      return undefined;
    }
  }
}

/** The row and those of the numbers that replaces moved shares of it to. */
function withReplaces(row: OrderSnapshot, { orders }: OrderList): readonly OrderSnapshot[] {
  const found = new Set([row]);
  for (const parent of found) {
    for (const each of orders) {
      const isChild = each.kind === 'REPLACE' && each.originalBrokerOrderId === parent.reference.brokerOrderId;
      if (isChild) found.add(each);
    }
  }
  return [...found];
}

function isSame(one: NonNullable<FoldedOrder['reference']>, other: NonNullable<FoldedOrder['reference']>): boolean {
  return one.brokerOrderId === other.brokerOrderId && one.symbol === other.symbol && one.side === other.side;
}

/** A person's word on an order of an earlier date. */
export interface LeftOverDecision {
  readonly intentId: string;
  /** Name of the person. */
  readonly requestedBy: string;
  /** What became of it, and how that was found. */
  readonly reason: string;
}

/**
 * Records that a person has looked at an order of an earlier date: it is not told any more.
 *
 * @throws {ConfigurationError} (rejects) without a name or a reason; nothing was written then
 */
export async function closeLeftOverOrder(
  { intentId, requestedBy, reason }: LeftOverDecision,
  { journal, clock }: Pick<LeftOverParts, 'journal' | 'clock'>,
): Promise<void> {
  checkOperator({ requestedBy, reason });
  const body = { action: 'earlier-order-closed', requestedBy, reason };
  const entry = { type: 'operator-acted', occurredAtMs: clock.nowMs(), correlationId: intentId, body } as const;
  await journal.append(entry, 'BARRIER');
}
