import {
  type OrderAdapter,
  type OrderRequest,
  type Quote,
  TransportError,
  accountId,
  brokerOrderId,
  krw,
  shares,
  symbolCode,
  tradingDate,
} from '@qts/core';
import { buildExecutionIntent, createFakeClock, createStubOrderAdapter } from '@qts/core/testing';
import { kstInstantMs, timeOfDay } from '@qts/krx';
import { type RiskLimits, createMarketDay, riskLimitsDefault } from '@qts/risk';
import { createMemoryJournal } from '@qts/storage';
import { describe, expect, it } from 'vitest';
import {
  createBook,
  createBrokerForExecution,
  createInMemoryNotifier,
  createOrderGateway,
  createOrderTracker,
  createPreTradeCheck,
  createSafetyLayer,
} from '../../src/index.ts';

/*
 * The whole submit path as a program wires it: gateway, checks, tracker, book, guard and bridge over one adapter. Only the
 * adapter is a double.
 */

const day = tradingDate('2026-09-14');
const samsung = symbolCode('005930');
const startMs = kstInstantMs(day, timeOfDay('10:00'));

function startEngine(placeOrder: OrderAdapter['placeOrder'], limits: Partial<RiskLimits> = {}, openOrdersMax?: number) {
  const clock = createFakeClock({ startMs });
  const requests: OrderRequest[] = [];
  const orderTerms = [{ orderType: 'LIMIT', timeInForce: 'DAY', venues: ['KRX'], sessions: ['REGULAR'] }] as const;
  const adapter = createStubOrderAdapter({
    ...{ brokerId: 'kis', capabilities: { brokerId: 'kis', environment: 'PAPER', orderTerms, queries: {} } },
    placeOrder: (request, options) => {
      requests.push(request);
      return placeOrder(request, options);
    },
  });
  const quote: Quote = {
    ...{ symbol: samsung, lastPriceKrw: krw(70_000), basePriceKrw: krw(70_000), tickKrw: krw(100) },
    ...{ upperLimitKrw: krw(91_000), lowerLimitKrw: krw(49_000), volume: shares(1), halted: false, readAtMs: startMs },
  };
  const instruments = [{ symbol: samsung, market: 'KOSPI', productClass: 'STOCK', conditions: [] }] as const;
  const market = createMarketDay({ tradingDate: day, instruments, quote: () => quote });
  const book = createBook({
    ...{ openingCashKrw: 10_000_000, feePartsPerBillion: 140_527 },
    sellTaxesPartsPerBillion: () => [500_000, 1_500_000],
  });
  const tracker = createOrderTracker({
    onFill: (fill) => {
      book.applyFill(fill);
    },
  });
  const notifier = createInMemoryNotifier();
  const safety = createSafetyLayer({ clock, notifier });
  const gateway = createOrderGateway({
    broker: createBrokerForExecution({ liveAllowed: true, adapter, clock }),
    ...{ accountId: accountId('paper-1'), journal: createMemoryJournal(), clock, safety, tracker },
    checkOrder: createPreTradeCheck({
      ...{ market, tracker, book, openingEquityKrw: 10_000_000, openOrdersMax },
      limits: { ...riskLimitsDefault, openOrdersPerSideMax: 9, ...limits },
    }),
  });
  return { gateway, requests, tracker, book, safety, notifier };
}

const accept: OrderAdapter['placeOrder'] = (request) => {
  const number = brokerOrderId('117057');
  const { clientOrderId, symbol, side, orderType, timeInForce, venue, session } = request;
  const reference = {
    ...{
      brokerId: 'kis',
      tradingDate: day,
      brokerOrderId: number,
      symbol,
      side,
      orderType,
      timeInForce,
      venue,
      session,
    },
    native: {},
  };
  const answer = { outcome: 'ACCEPTED', brokerOrderId: number, reference, dryRun: false } as const;
  return Promise.resolve({ clientOrderId, receivedAtMs: startMs, ...answer });
};

const refuse: OrderAdapter['placeOrder'] = ({ clientOrderId }) =>
  Promise.resolve({
    ...{ clientOrderId, receivedAtMs: startMs, outcome: 'REJECTED', code: 'FS040' },
    native: { code: 'APBK0988', message: '주문수량을 확인하여 주십시요' },
  });

const intents = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    buildExecutionIntent({ intentId: `intent-${String(index)}`, quantity: index + 1, createdAtMs: startMs }),
  );

describe('the submit path', () => {
  it.each([
    [undefined, 2],
    [1, 1],
    [3, 3],
  ])('leaves as many orders open as the broker can cancel in time (%s), else as the limit says', async (max, open) => {
    const { gateway, requests } = startEngine(accept, { openOrdersMax: 2 }, max);
    const answers = await Promise.all(intents(4).map((intent) => gateway.submitIntent(intent)));
    expect(requests).toHaveLength(open);
    expect(answers.at(-1)).toMatchObject({ outcome: 'NOT_SENT', code: 'G_EXE_OPEN_ORDERS_LIMIT' });
  });

  it('carries an intent to the adapter and its fill into the book', async () => {
    const { gateway, requests, tracker, book } = startEngine(accept);
    const response = await gateway.submitIntent(buildExecutionIntent({ createdAtMs: startMs }));
    expect(response).toMatchObject({ accepted: true, broker: 'kis', message: 'accepted (order 117057)' });
    expect(requests).toMatchObject([{ clientOrderId: 'intent-1', quantity: 10, dryRun: false }]);

    const { reference } = response;
    if (reference === undefined) throw new Error('an acceptance has a reference');
    tracker.applyList({
      readStartedAtMs: startMs,
      orders: [
        {
          ...{ reference, kind: 'NEW', orderedQuantity: shares(10), orderedAtMs: startMs, leavesQuantity: shares(0) },
          ...{ filledQuantity: shares(10), filledAmountKrw: krw(699_000) },
          ...{ canceledQuantity: shares(0), rejectedQuantity: shares(0) },
        },
      ],
    });
    expect(book.positions()).toEqual([{ symbol: samsung, quantity: 10, costKrw: 699_000 }]);
    expect(book.cashKrw).toBe(10_000_000 - 699_000 - 98);
  });

  it('counts the cash of orders that are still open', async () => {
    const { gateway, requests } = startEngine(accept, { symbolExposureMaxBps: 10_000, exposureMaxBps: 20_000 });
    const buy = (intentId: string, quantity: number) =>
      gateway.submitIntent(buildExecutionIntent({ intentId, quantity, createdAtMs: startMs }));
    const [first, second] = await Promise.all([buy('i-1', 100), buy('i-2', 60)]);
    expect(first).toMatchObject({ accepted: true });
    expect(second).toMatchObject({ outcome: 'NOT_SENT', code: 'G_EXE_CASH_INSUFFICIENT' });
    expect(requests).toHaveLength(1);
  });

  // domain 13, rows 4 and 24
  it('leaves the adapter alone after three refusals, with one record for each failed order', async () => {
    const { gateway, requests, safety, notifier } = startEngine(refuse);
    for (const intent of intents(5)) await gateway.submitIntent(intent);
    expect(requests).toHaveLength(3);
    expect(notifier.notifications.map(({ safetyCode, level }) => `${safetyCode} ${level}`)).toEqual([
      ...['FS040 WARNING', 'FS040 WARNING', 'FS040 WARNING'], // refused by the broker
      'FS040 FAIL', // the guard: adapter not called
      'G_EXE_SAFETY_BLOCKED WARNING', // the pipeline is in FAIL: the guard not asked
    ]);
    expect(safety.pipelineState).toBe('FAIL');
  });

  // domain 13, row 7
  it('sends a lost order once, and never again', async () => {
    const cause = new TransportError({ code: 'X', summary: 'The answer never came.', next: '-', sent: 'MAYBE_SENT' });
    const { gateway, requests, tracker } = startEngine(({ clientOrderId }) =>
      Promise.resolve({ clientOrderId, receivedAtMs: startMs, outcome: 'UNKNOWN', code: 'FS042', cause }),
    );
    const intent = buildExecutionIntent({ createdAtMs: startMs });
    const [first, again] = [await gateway.submitIntent(intent), await gateway.submitIntent(intent)];
    expect(again).toBe(first);
    expect(first).toMatchObject({ outcome: 'UNKNOWN', code: 'FS042' });
    expect(requests).toHaveLength(1);
    expect(tracker.hasUnknown(samsung)).toBe(true);
  });
});
