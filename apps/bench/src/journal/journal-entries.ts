import { type JournalEntry } from '@qts/core';

/** 187 bytes as a line of JSON, as B5 wants it. */
export const eventEntry: JournalEntry = {
  type: 'command-accepted',
  occurredAtMs: 1_795_132_800_000,
  correlationId: 'bench-000001',
  body: { broker: 'kis', reference: { brokerOrderId: '0000117057', symbol: '005930', side: 'BUY' } },
};

export const eventText: string = `${JSON.stringify({ seq: 1, ...eventEntry })}\n`.padStart(187);

/** Four records of an order, as the gateway writes them and as a fill is noted. */
export function orderEntries(number: number): readonly JournalEntry[] {
  const about = { occurredAtMs: 1_795_132_800_000 + number, correlationId: `bench-${number}` };
  const symbol = String((number % 40) * 10).padStart(6, '0');
  const quantity = 1 + (number % 9);
  return [
    { ...about, type: 'intent-recorded', body: { broker: 'kis', intent: { symbol, side: 'BUY', quantity } } },
    { ...about, type: 'command-sending', body: { broker: 'kis' } },
    { ...about, type: 'command-accepted', body: { broker: 'kis', reference: { brokerOrderId: String(number) } } },
    { ...about, type: 'order-facts', body: { symbol, side: 'BUY', filledQuantity: quantity } },
  ];
}
