import {
  type EpochMs,
  type ExecutionIntent,
  type JournalRecord,
  type OrderReference,
  type TradingDate,
} from '@qts/core';
import { type FoldedFigures, type FoldedJournal, type FoldedOrder, type PlaceRecordType } from './folded-journal.ts';
import {
  type RecoveryAction,
  hasOpenCancel,
  hasOpenReplace,
  isClosed,
  recoveryOf,
  recoveryTable,
} from './recovery-table.ts';

/** One order as the journal alone shows it: to be looked at, while the engine runs or not. */
export interface JournalledOrder {
  readonly intent: ExecutionIntent;
  readonly tradingDate: TradingDate;
  readonly broker: string;
  /** The last record of its place command, and what that means in words. */
  readonly last: PlaceRecordType;
  readonly means: string;
  readonly lastAtMs: EpochMs;
  readonly reference: OrderReference | undefined;
  /** The broker's figures as they were last written down; `undefined`: none were. */
  readonly figures: FoldedFigures | undefined;
  /** What a start would do about it today; of an order of an earlier date a person or a reading decides. */
  readonly recovery: RecoveryAction;
  readonly hasOpenCancel: boolean;
  /** A replace may have left, and nobody knows what became of it. */
  readonly hasOpenReplace: boolean;
  /** The journal knows its end. */
  readonly isClosed: boolean;
  /** It is of an earlier date than the journal's last record, and its end is not written down. */
  readonly isLeftOver: boolean;
}

/** The orders that the journal knows, in the order of their first records. */
export function ordersOf(folded: FoldedJournal): readonly JournalledOrder[] {
  return [...folded.orders.values()].map((order) => viewOf(order, folded.tradingDate));
}

function viewOf(order: FoldedOrder, today: TradingDate | undefined): JournalledOrder {
  const { intent, tradingDate, broker, last, lastAtMs, reference, figures } = order;
  return {
    ...{ intent, tradingDate, broker, last, means: recoveryTable[last].means, lastAtMs, reference, figures },
    recovery: recoveryOf(order),
    hasOpenCancel: hasOpenCancel(order),
    hasOpenReplace: hasOpenReplace(order),
    isClosed: isClosed(order),
    isLeftOver: today !== undefined && tradingDate < today,
  };
}

/** All records about one intent, oldest first. */
export async function storyOf(
  records: Iterable<JournalRecord> | AsyncIterable<JournalRecord>,
  correlationId: string,
): Promise<readonly JournalRecord[]> {
  const story: JournalRecord[] = [];
  for await (const record of records) if (record.correlationId === correlationId) story.push(record);
  return story;
}
