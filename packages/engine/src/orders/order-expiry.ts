import { type EpochMs } from '@qts/core';
import { type LineageRow } from './lineage.ts';
import { type OrderRecord } from './order-record.ts';
import { type OrderTrackerSettings } from './order-tracker-contract.ts';

/** How long after its end an order is left alone before its absence of life means something (execution-safety 9), ms. */
export const expiryMarginMs = 60_000;

/**
 * Whether the session took the remainder, of which no figure says where it went (execution-safety 9).
 *
 * | The broker shows     | before the order's end and a minute | after it    |
 * | -------------------- | ----------------------------------- | ----------- |
 * | nothing left to work | at the second read in a row         | at once     |
 * | something left       | no                                  | at the second read in a row |
 *
 * One read alone may be a list that lags behind, and an order that is taken for dead is canceled by nobody.
 */
export function hasExpired(
  record: OrderRecord,
  row: LineageRow,
  asOfMs: EpochMs,
  endsAtMs: OrderTrackerSettings['endsAtMs'],
): boolean {
  const { orderedQuantity, filledQuantity, canceledQuantity, rejectedQuantity, leavesQuantity } = row;
  const before = record.unaccountedAsOfMs;
  if (filledQuantity + canceledQuantity + rejectedQuantity >= orderedQuantity) {
    record.unaccountedAsOfMs = undefined;
    return false;
  }
  const endMs = endsAtMs?.(record);
  const isOver = endMs !== undefined && asOfMs >= endMs + expiryMarginMs;
  if (leavesQuantity > 0 && !isOver) {
    record.unaccountedAsOfMs = undefined;
    return false;
  }
  record.unaccountedAsOfMs ??= asOfMs;
  return (isOver && leavesQuantity === 0) || (before !== undefined && before < asOfMs);
}
