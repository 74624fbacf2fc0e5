import { type Clock, type Logger, type OrderJournal } from '@qts/core';
import { type DatedRow, type OrderNumbers } from './lineage.ts';
import { type OrderTrackerSettings } from './order-tracker-contract.ts';

/**
 * Writes down what lists add to orders, for the tracker's `onFacts`: a restart knows positions and open orders before it
 * reads the broker, and can tell what it missed. Nobody waits for these records: the broker's list has the figures, too.
 */
export function journalOrderFacts(
  journal: OrderJournal,
  clock: Clock,
  logger?: Logger,
): NonNullable<OrderTrackerSettings['onFacts']> {
  return ({ intentId, intent: { symbol, side }, reference, facts, numbers }, asOfMs) => {
    const { filledQuantity, filledAmountKrw, canceledQuantity, rejectedQuantity, expired } = facts;
    const figures = { filledQuantity, filledAmountKrw, canceledQuantity, rejectedQuantity, expired, asOfMs };
    const body = { symbol, side, brokerOrderId: reference?.brokerOrderId, ...figures, numbers: plain(numbers) };
    const complain = (error: unknown): void => {
      logger?.error('order-facts-not-journalled', { intentId, error: error instanceof Error ? error.name : 'unknown' });
    };
    try {
      const entry = { type: 'order-facts', occurredAtMs: clock.nowMs(), correlationId: intentId, body } as const;
      journal.append(entry, 'GROUPED')?.catch(complain);
    } catch (error) {
      complain(error);
    }
  };
}

/** Of the rows what {@link LineageRow} names: a list may show more, which nobody needs again. */
function plain(numbers: OrderNumbers | undefined): OrderNumbers | undefined {
  if (numbers === undefined) return undefined;
  const rows = numbers.rows.map(({ row, asOfMs }): DatedRow => {
    const { reference, kind, originalBrokerOrderId, limitPriceKrw, orderedQuantity, leavesQuantity } = row;
    const { filledQuantity, filledAmountKrw, canceledQuantity, rejectedQuantity } = row;
    const figures = { filledQuantity, filledAmountKrw, canceledQuantity, rejectedQuantity, leavesQuantity };
    return {
      row: {
        ...{ reference, kind, orderedQuantity, ...figures },
        ...(originalBrokerOrderId === undefined ? undefined : { originalBrokerOrderId }),
        ...(limitPriceKrw === undefined ? undefined : { limitPriceKrw }),
      },
      asOfMs,
    };
  });
  return { ...numbers, rows };
}
