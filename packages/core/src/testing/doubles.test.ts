import { describe, expect, expectTypeOf, it } from 'vitest';
import { type BrokerEngine } from '../broker-engine.ts';
import { ValidationError } from '../errors.ts';
import { type OrderAdapter } from '../order-adapter.ts';
import { type CancelRequest } from '../order-request.ts';
import { orderTypePrices, orderTypes } from '../order-terms.ts';
import { Secret } from '../secret.ts';
import { brokerOrderId, shares, symbolCode, tradingDate } from '../value-constructors.ts';
import { buildExecutionIntent, buildOrderRequest } from './builders.ts';
import { createFakeClock } from './fake-clock.ts';
import { createMemoryTokenStore } from './memory-token-store.ts';
import { createMockBroker } from './mock-broker.ts';
import { createRecordingLogger } from './recording-logger.ts';
import { createStubOrderAdapter } from './stub-order-adapter.ts';

const cancel: CancelRequest = {
  target: {
    brokerId: 'mock',
    tradingDate: tradingDate('2026-09-14'),
    brokerOrderId: brokerOrderId('1'),
    symbol: symbolCode('005930'),
    side: 'BUY',
    orderType: 'LIMIT',
    timeInForce: 'DAY',
    venue: 'KRX',
    session: 'REGULAR',
    native: {},
  },
  dryRun: false,
};

describe('the mock broker', () => {
  it('accepts exactly what has a quantity above 0', async () => {
    const broker = createMockBroker();
    const intent = buildExecutionIntent();
    for (const [quantity, accepted] of [
      [1, true],
      [1_000_000, true],
      [0, false],
    ] as const) {
      const response = await broker.submitIntent({ ...intent, quantity: shares(quantity) });
      expect(response.accepted).toBe(accepted);
      expect(response.outcome).toBe(accepted ? 'ACCEPTED' : 'NOT_SENT');
      expect(response.brokerOrderId === undefined).toBe(!accepted);
      expect(response).toMatchObject({ intentId: intent.intentId, broker: 'mock-broker' });
    }
  });

  it('says why it takes nothing', async () => {
    const broker = createMockBroker();
    expect(await broker.submitIntent(buildExecutionIntent({ intentType: 'NOOP' }))).toMatchObject({
      accepted: false,
      code: 'G_EXE_NOOP_POLICY',
    });
    const empty = { ...buildExecutionIntent(), quantity: shares(0) };
    expect(await broker.submitIntent(empty)).toMatchObject({ accepted: false, code: 'G_EXE_QTY_NONPOSITIVE' });
  });

  it('remembers what it was given, and gives every order a number of its own', async () => {
    const clock = createFakeClock();
    const broker = createMockBroker({ clock });
    const [first, second] = [buildExecutionIntent({ intentId: 'a' }), buildExecutionIntent({ intentId: 'b' })];
    const numbers = [await broker.submitIntent(first), await broker.submitIntent(second)].map((r) => r.brokerOrderId);
    expect(broker.intents).toEqual([first, second]);
    expect(new Set(numbers).size).toBe(2);
    await clock.advance(5);
    const response = await broker.cancelOrder(cancel);
    expect(response).toMatchObject({ outcome: 'REQUESTED', receivedAtMs: clock.nowMs(), dryRun: false });
    expect(numbers).not.toContain(response.brokerOrderId);
    expect(broker.cancels).toEqual([cancel]);
  });

  it('is an engine, and cannot be taken for another by its type', () => {
    expectTypeOf(createMockBroker()).toExtend<BrokerEngine>();
    expectTypeOf(createMockBroker().name).toEqualTypeOf<'mock-broker'>();
  });
});

describe('the builders', () => {
  it.each(orderTypes)('give %s the prices it carries', (type) => {
    const { limit, stop } = orderTypePrices[type];
    for (const built of [buildExecutionIntent({ intentType: type }), buildOrderRequest({ orderType: type })]) {
      expect([built.limitPriceKrw !== undefined, built.stopPriceKrw !== undefined]).toEqual([limit, stop]);
    }
  });

  it('take what a test wants, and nothing that is not valid', () => {
    expect(buildExecutionIntent({ quantity: 3, limitPriceKrw: 71_000 })).toMatchObject({
      quantity: 3,
      limitPriceKrw: 71_000,
    });
    expect(buildOrderRequest()).toMatchObject({ dryRun: false, quantity: 10 });
    expect(buildExecutionIntent({ intentType: 'NOOP' }).quantity).toBe(0);
    expect(() => buildExecutionIntent({ quantity: 0 })).toThrow(ValidationError);
    expect(() => buildOrderRequest({ limitPriceKrw: -1 })).toThrow(ValidationError);
  });
});

describe('the stub order adapter', () => {
  it.each(['placeOrder', 'replaceOrder', 'cancelOrder', 'getOrder', 'listOrders'] as const)(
    'throws at once when %s was not set',
    (method) => {
      const adapter = createStubOrderAdapter();
      expect(() => (adapter[method] as () => unknown)()).toThrow(
        `The test did not set ${method} of the stub order adapter.`,
      );
    },
  );

  it('does what was set', async () => {
    const adapter: OrderAdapter = createStubOrderAdapter({
      brokerId: 'kis',
      cancelOrder: () => Promise.resolve({ outcome: 'REQUESTED', receivedAtMs: 1, dryRun: false }),
    });
    expect(adapter.brokerId).toBe('kis');
    expect(adapter.capabilities.brokerId).toBe('kis');
    expect(await adapter.cancelOrder(cancel)).toMatchObject({ outcome: 'REQUESTED' });
    expect(() => adapter.listOrders({ tradingDate: tradingDate('2026-09-14') })).toThrow('listOrders');
  });
});

describe('the memory token store', () => {
  it('keeps a token until it is replaced or removed', async () => {
    const store = createMemoryTokenStore();
    const token = { accessToken: new Secret('t1'), tokenType: 'Bearer', issuedAtMs: 0, expiresAtMs: 1 };
    expect(await store.load('kis/paper')).toBeUndefined();
    await store.save('kis/paper', token);
    await store.save('kis/live', { ...token, expiresAtMs: 2 });
    expect(store.keys).toEqual(['kis/live', 'kis/paper']);
    expect(await store.load('kis/paper')).toBe(token);
    await store.save('kis/paper', { ...token, expiresAtMs: 9 });
    expect((await store.load('kis/paper'))?.expiresAtMs).toBe(9);
    await store.remove('kis/paper');
    await store.remove('kis/paper');
    expect(store.keys).toEqual(['kis/live']);
  });
});

describe('the recording logger', () => {
  it('keeps level, event and fields in order', () => {
    const logger = createRecordingLogger();
    logger.debug('frame-read', { bytes: 12 });
    logger.info('order-accepted', { symbol: '005930' });
    logger.warn('token-late');
    logger.error('order-accepted', { symbol: '000660' });
    expect(logger.entries.map(({ level, event }) => `${level} ${event}`)).toEqual([
      'debug frame-read',
      'info order-accepted',
      'warn token-late',
      'error order-accepted',
    ]);
    expect(logger.of('order-accepted')).toEqual([{ symbol: '005930' }, { symbol: '000660' }]);
    expect(logger.of('token-late')).toEqual([{}]);
  });
});
