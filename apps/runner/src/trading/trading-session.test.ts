import {
  type OrderReference,
  type OrderResponse,
  accountId,
  brokerOrderId,
  clientOrderId,
  intentId,
  kstEpochMs,
  symbolCode,
  tradingDate,
} from '@qts/core';
import { buildExecutionIntent, createFakeClock, createStubOrderAdapter } from '@qts/core/testing';
import { createMemoryStopLatch, emptyFoldedJournal, followJournal } from '@qts/engine';
import { createMemoryJournal } from '@qts/storage';
import { expect, it } from 'vitest';
import { parseRunnerConfig } from '../config/runner-config.ts';
import { regularDay } from './regular-day.ts';
import { openTradingSession } from './trading-session.ts';

const date = tradingDate('2025-10-17');
const startMs = kstEpochMs(date, 10 * 3_600_000);
const samsung = symbolCode('005930');
const reference: OrderReference = {
  ...{ brokerId: 'kis', tradingDate: date, brokerOrderId: brokerOrderId('1'), symbol: samsung, side: 'BUY' },
  ...{ orderType: 'LIMIT', timeInForce: 'DAY', venue: 'KRX', session: 'REGULAR', native: {} },
};
const unset = (): never => {
  throw new Error('The test did not set this reading.');
};

it('learns from a late answer what became of a replace, at once and without a list', async () => {
  const clock = createFakeClock({ startMs });
  const memory = createMemoryJournal();
  const journal = followJournal(memory, emptyFoldedJournal());
  const intent = buildExecutionIntent({ createdAtMs: startMs - 1_000 });
  const about = { accountId: accountId('main'), broker: 'kis', tradingDate: date };
  const before = [
    ['account-opened', { ...about, cashKrw: 100_000_000, positions: [] }],
    ['intent-recorded', { ...about, intent }],
    ['command-sending', about],
    ['command-accepted', { broker: 'kis', reference }],
    ['replace-sending', { ...about, commandId: 'replace-1', target: reference, takesAll: true, limitPriceKrw: 71_000 }],
  ] as const;
  for (const [type, body] of before) {
    await journal.append({ type, occurredAtMs: startMs - 1_000, correlationId: intent.intentId, body }, 'BARRIER');
  }
  const session = await openTradingSession({
    ...{ clock, journal, tradingDate: date, day: regularDay(date), instruments: [], stop: createMemoryStopLatch() },
    config: parseRunnerConfig({ symbols: [samsung] }, 'test'),
    broker: {
      orders: createStubOrderAdapter({ brokerId: 'kis' }),
      account: {
        ...{ brokerId: 'kis', getCashBalance: unset, getBuyingPower: unset, listPositions: unset },
        getSellableQuantity: unset,
      },
      quotes: {
        ...{ brokerId: 'kis', getQuote: unset, getOrderBook: unset },
        ...{ listDailyBars: unset, listMinuteBars: unset },
      },
    },
    strategy: { name: 'none', evaluate: unset },
    mode: { allowed: true, reason: 'sim' },
    generateId: () => 'id',
  });
  const number = brokerOrderId('2');
  const late: OrderResponse = {
    ...{ outcome: 'ACCEPTED', clientOrderId: clientOrderId('replace-1'), receivedAtMs: startMs, dryRun: false },
    ...{ brokerOrderId: number, reference: { ...reference, brokerOrderId: number } },
  };
  session.hearLateAnswer(late);
  await clock.settle();
  expect(memory.records.at(-1)).toMatchObject({
    ...{ type: 'replace-resolved', correlationId: intent.intentId },
    body: { commandId: 'replace-1', proof: 'LATE_ANSWER', hasLanded: true, reference: { brokerOrderId: '2' } },
  });
  expect(session.tracker.get(intentId(intent.intentId))?.reference?.brokerOrderId).toBe('2');
});
