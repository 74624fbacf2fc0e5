import {
  type BrokerOrderId,
  type ExecutionIntent,
  type JournalRecord,
  type OrderReference,
  type TradingDate,
  ConfigurationError,
  describeFound,
} from '@qts/core';

/** A record that cannot be understood: nothing is guessed from it, and nothing is started over it. */
export function malformed({ seq, type }: JournalRecord, field: string, found: unknown): ConfigurationError {
  return new ConfigurationError({
    code: 'JOURNAL_RECORD_MALFORMED',
    summary: 'A record of the order journal cannot be understood. Nothing was started.',
    facts: { seq, type, field, found: describeFound(found) },
    next: 'Keep the file, export it with `qts journal export`, and look at this record. Start with a new journal only after every order was read at the broker.',
  });
}

/** The intent of a record: checked for what a recovery relies on, because a wrong one would be looked for in vain. */
export function intentOf(record: JournalRecord): ExecutionIntent {
  const intent = record.body['intent'] as Partial<ExecutionIntent> | null | undefined;
  if (typeof intent !== 'object' || intent === null) throw malformed(record, 'intent', intent);
  const { intentId, symbol, side, quantity } = intent;
  if ((intentId as string | undefined) !== record.correlationId) throw malformed(record, 'intent.intentId', intentId);
  if (typeof symbol !== 'string' || symbol === '') throw malformed(record, 'intent.symbol', symbol);
  if (side !== 'BUY' && side !== 'SELL') throw malformed(record, 'intent.side', side);
  if (!isCount(quantity) || quantity === 0) throw malformed(record, 'intent.quantity', quantity);
  if (typeof intent.intentType !== 'string') throw malformed(record, 'intent.intentType', intent.intentType);
  return intent as ExecutionIntent;
}

/** The broker's number and what belongs to it; `undefined` when the record names none. */
export function referenceOf(record: JournalRecord, field = 'reference'): OrderReference | undefined {
  const reference = record.body[field] as Partial<OrderReference> | undefined | null;
  if (reference === undefined || reference === null) return undefined;
  const { brokerOrderId, tradingDate } = reference as { brokerOrderId?: BrokerOrderId; tradingDate?: TradingDate };
  if (typeof brokerOrderId !== 'string') throw malformed(record, `${field}.brokerOrderId`, brokerOrderId);
  if (typeof tradingDate !== 'string') throw malformed(record, `${field}.tradingDate`, tradingDate);
  return reference as OrderReference;
}

export function textOf(record: JournalRecord, field: string): string | undefined {
  const value = record.body[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw malformed(record, field, value);
  return value;
}

/** A figure of the broker: a count of shares, or an amount of won. Absent in old journals: 0. */
export function figureOf(record: JournalRecord, field: string): number {
  const value = record.body[field];
  if (value === undefined || value === null) return 0;
  if (!isCount(value)) throw malformed(record, field, value);
  return value;
}

export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
