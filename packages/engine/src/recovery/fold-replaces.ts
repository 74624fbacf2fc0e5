import { type JournalRecord, type OrderReference } from '@qts/core';
import { type OrderNumbers } from '../orders/lineage.ts';
import { type FoldedJournal, type FoldedOrder, type FoldedReplace } from './folded-journal.ts';
import { isCount, malformed, referenceOf, textOf } from './record-body.ts';

const noNumbers: OrderNumbers = { rows: [], named: [], absent: [] };

/** A replace is about to leave. */
export function foldReplace(folded: FoldedJournal, record: JournalRecord): void {
  const order = folded.orders.get(record.correlationId);
  if (order === undefined) throw malformed(record, 'correlationId', record.correlationId);
  const commandId = textOf(record, 'commandId');
  if (commandId === undefined) throw malformed(record, 'commandId', commandId);
  const { quantity, orderType, limitPriceKrw, timeInForce, session, worstPriceKrw, takesAll } = record.body;
  const target = referenceOf(record, 'target');
  order.replace = {
    ...{ commandId, sentAtMs: record.occurredAtMs, takesAll: takesAll === true },
    terms: { quantity, orderType, limitPriceKrw, timeInForce, session },
    ...(target === undefined ? undefined : { target }),
    ...(isCount(worstPriceKrw) ? { worstPriceKrw } : undefined),
  };
  order.numbers ??= noNumbers;
  // Who changes an order wants it.
  delete order.cancels?.isOfAll;
  (order.replaceIds ??= []).push(commandId);
}

/** The broker answered, or did not. */
export function foldReplaceAnswer({ orders }: FoldedJournal, record: JournalRecord): void {
  const order = orders.get(record.correlationId);
  const replace = replaceOf(order, record);
  if (order === undefined || replace === undefined) return;
  const isDryRun = record.body['dryRun'] === true;
  replace.outcome = isDryRun ? 'NOT_SENT' : (textOf(record, 'outcome') ?? 'UNKNOWN');
  if (replace.outcome === 'ACCEPTED') name(order, replace, referenceOf(record));
}

/** It had been unknown, and what became of it was found. */
export function foldReplaceEnd({ orders }: FoldedJournal, record: JournalRecord): void {
  const order = orders.get(record.correlationId);
  const replace = replaceOf(order, record);
  if (order === undefined || replace === undefined) return;
  replace.outcome = 'RESOLVED';
  const { hasLanded, proof } = record.body;
  if (hasLanded === true && proof === 'LATE_ANSWER') name(order, replace, referenceOf(record));
  const { numbers = noNumbers } = order;
  const target = replace.target?.brokerOrderId;
  // A refusal is final; a list that does not show a replace refuses nothing.
  if (hasLanded !== false || proof !== 'ORDER_LIST' || target === undefined || numbers.absent.includes(target)) return;
  order.numbers = { ...numbers, absent: [...numbers.absent, target] };
}

/** The replace that a record is about. Denied ones are answered without having been about to leave. */
function replaceOf(order: FoldedOrder | undefined, { body }: JournalRecord): FoldedReplace | undefined {
  const replace = order?.replace;
  return replace?.commandId === body['commandId'] ? replace : undefined;
}

/** An answer named a number. A list may have been faster. */
function name(order: FoldedOrder, replace: FoldedReplace, reference: OrderReference | undefined): void {
  if (reference === undefined) return;
  const { numbers = noNumbers } = order;
  const { target, takesAll } = replace;
  replace.number = reference.brokerOrderId;
  const isListed = numbers.rows.some(({ row }) => row.reference.brokerOrderId === reference.brokerOrderId);
  const parent = target?.brokerOrderId ?? order.reference?.brokerOrderId;
  const isNamed = isListed || parent === undefined;
  order.numbers = {
    ...{ ...numbers, newest: reference },
    named: isNamed ? numbers.named : [...numbers.named, { reference, parent, takesAll }],
  };
}

/** The numbers that a record of figures has, of an order that was replaced. */
export function numbersOf(record: JournalRecord): OrderNumbers | undefined {
  const numbers = record.body['numbers'] as Partial<OrderNumbers> | undefined | null;
  if (numbers === undefined || numbers === null) return undefined;
  const { newest, rows, named, absent } = numbers;
  if (!Array.isArray(rows)) throw malformed(record, 'numbers.rows', rows);
  if (!Array.isArray(named)) throw malformed(record, 'numbers.named', named);
  if (!Array.isArray(absent)) throw malformed(record, 'numbers.absent', absent);
  return { ...(newest === undefined ? undefined : { newest }), rows, named, absent };
}
