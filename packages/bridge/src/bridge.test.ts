import {
  BrokerError,
  type ExecutionIntent,
  type OrderAdapter,
  type OrderReference,
  type OrderResponse,
  type ReplaceRequest,
  TransportError,
  brokerOrderId,
  clientOrderId,
  krw,
  symbolCode,
  tradingDate,
} from '@qts/core';
import { buildExecutionIntent, createFakeClock, createStubOrderAdapter } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { createBridge } from './bridge.ts';

const reference: OrderReference = {
  brokerId: 'stub',
  tradingDate: tradingDate('2026-09-14'),
  brokerOrderId: brokerOrderId('0000117057'),
  symbol: symbolCode('005930'),
  side: 'BUY',
  orderType: 'LIMIT',
  timeInForce: 'DAY',
  venue: 'KRX',
  session: 'REGULAR',
  native: {},
};
const cause = new BrokerError({ code: 'X', summary: 'The answer never came.', next: 'Read the order list.' });
const about = { clientOrderId: clientOrderId('intent-1'), receivedAtMs: 1_000 };
const accepted: OrderResponse = {
  ...about,
  outcome: 'ACCEPTED',
  brokerOrderId: reference.brokerOrderId,
  reference,
  dryRun: false,
};

function bridgeOver(set: Partial<OrderAdapter>, dryRun = false): ReturnType<typeof createBridge> {
  const orderTerms = [{ orderType: 'LIMIT', timeInForce: 'DAY', venues: ['KRX'], sessions: ['REGULAR'] }] as const;
  const capabilities = { brokerId: 'stub', environment: 'PAPER', orderTerms, queries: {} } as const;
  return createBridge(createStubOrderAdapter({ capabilities, ...set }), { clock: createFakeClock(), dryRun });
}

const answering = (response: OrderResponse): ReturnType<typeof createBridge> =>
  bridgeOver({ placeOrder: () => Promise.resolve(response) });

/** An adapter that fails the test when an order reaches it. */
function untouched(): { readonly calls: number; readonly set: Partial<OrderAdapter> } {
  const seen = { calls: 0 };
  return {
    get calls() {
      return seen.calls;
    },
    set: {
      placeOrder: () => {
        seen.calls++;
        return Promise.resolve(accepted);
      },
    },
  };
}

describe('createBridge', () => {
  // domain 13, row 8
  it('answers an accepted order as queued, never as filled', async () => {
    expect(await answering(accepted).submitIntent(buildExecutionIntent())).toEqual({
      intentId: 'intent-1',
      accepted: true,
      outcome: 'ACCEPTED',
      status: 'ACCEPTED',
      broker: 'stub',
      message: 'accepted (order 117057)',
      timestampMs: 1_000,
      brokerOrderId: '117057',
      reference,
    });
  });

  it('tells a dry run from a real acceptance', async () => {
    const response = await answering({ ...accepted, dryRun: true }).submitIntent(buildExecutionIntent());
    expect(response).toMatchObject({
      accepted: true,
      dryRun: true,
      message: expect.stringContaining('nothing was sent') as unknown,
    });
    expect(response.status).toBeUndefined();
  });

  it.each([true, false])('asks the adapter with dryRun %s', async (dryRun) => {
    const asked: boolean[] = [];
    const placeOrder: OrderAdapter['placeOrder'] = (request) => {
      asked.push(request.dryRun);
      return Promise.resolve(accepted);
    };
    await bridgeOver({ placeOrder }, dryRun).submitIntent(buildExecutionIntent());
    expect(asked).toEqual([dryRun]);
  });

  it.each([
    [
      { ...about, outcome: 'REJECTED', code: 'FS040', native: { code: 'APBK0919', message: '장운영일자가 아닙니다' } },
      { code: 'FS040', status: 'REJECTED', message: 'rejected: APBK0919 장운영일자가 아닙니다' },
    ],
    [
      { ...about, outcome: 'NOT_SENT', code: 'FS040', cause },
      { code: 'FS040', status: undefined, message: 'not sent: The answer never came.' },
    ],
    // domain 13, row 7: a lost answer stays unknown
    [
      { ...about, outcome: 'UNKNOWN', code: 'FS042', cause },
      { code: 'FS042', status: 'SUBMITTED', message: 'unknown: The answer never came. The order may be live.' },
    ],
    // a refusal that a read has to confirm goes along
    [
      { ...about, outcome: 'UNKNOWN', code: 'FS042', cause, refusal: { code: 'EGW00201', message: 'too fast' } },
      {
        ...{ code: 'FS042', status: 'SUBMITTED', message: 'unknown: The answer never came. The order may be live.' },
        refusal: { code: 'EGW00201', message: 'too fast' },
      },
    ],
  ] as const)('hands a failure on with its one code: $0.outcome', async (response, expected) => {
    const { outcome } = response;
    const { accepted: yes, ...got } = await answering(response).submitIntent(buildExecutionIntent());
    expect(yes).toBe(false);
    expect({ status: undefined, ...got }).toEqual({
      ...{ intentId: 'intent-1', outcome, broker: 'stub', timestampMs: 1_000 },
      ...expected,
    });
  });

  it('answers a NOOP without touching the adapter', async () => {
    const adapter = untouched();
    const response = await bridgeOver(adapter.set).submitIntent(buildExecutionIntent({ intentType: 'NOOP' }));
    expect(response).toMatchObject({ accepted: false, outcome: 'NOT_SENT', code: 'G_EXE_NOOP_POLICY' });
    expect(adapter.calls).toBe(0);
  });

  it('refuses terms that the broker does not declare before anything is sent', async () => {
    const adapter = untouched();
    const response = await bridgeOver(adapter.set).submitIntent(buildExecutionIntent({ intentType: 'MARKET' }));
    expect(response).toMatchObject({
      outcome: 'NOT_SENT',
      code: 'G_EXE_TERMS_UNSUPPORTED',
      status: 'DENIED',
      message: 'denied: stub does not carry MARKET DAY on KRX in REGULAR',
    });
    expect(adapter.calls).toBe(0);
  });

  // domain 13, row 6
  it('refuses a LIMIT without a price before anything is sent', async () => {
    const adapter = untouched();
    const priceless = { ...buildExecutionIntent(), limitPriceKrw: undefined } as unknown as ExecutionIntent;
    await expect(bridgeOver(adapter.set).submitIntent(priceless)).rejects.toMatchObject({ code: 'INTENT_INVALID' });
    expect(adapter.calls).toBe(0);
  });

  it.each([
    [
      'proves that no byte left',
      new TransportError({ code: 'X', summary: 'Refused.', next: '-', sent: 'NOT_SENT' }),
      'NOT_SENT',
    ],
    ['may have sent it', new TransportError({ code: 'X', summary: 'Cut.', next: '-', sent: 'MAYBE_SENT' }), 'UNKNOWN'],
    ['says nothing of the wire', new TypeError('x is not a function'), 'UNKNOWN'],
  ] as const)('takes a thrown error that %s for what it proves', async (_, error, outcome) => {
    const throwing: OrderAdapter['placeOrder'] = () => {
      throw error;
    };
    const response = await bridgeOver({ placeOrder: throwing }).submitIntent(buildExecutionIntent());
    expect(response).toMatchObject({ accepted: false, outcome, code: 'FS040' });
  });

  it('repeats no message of a foreign error, because it may quote a payload', async () => {
    const placeOrder: OrderAdapter['placeOrder'] = () => Promise.reject(new Error('account 12345678-01'));
    const { message } = await bridgeOver({ placeOrder }).submitIntent(buildExecutionIntent());
    expect(message).not.toContain('12345678');
  });

  it.each(['REJECTED', 'UNKNOWN'] as const)('carries what the guard is to make of %s on', async (outcome) => {
    const said = outcome === 'REJECTED' ? { native: { code: 'X', message: 'm' } } : { cause };
    const answer = { ...about, outcome, code: 'FS040', guard: 'TRIP', ...said } as OrderResponse;
    expect(await answering(answer).submitIntent(buildExecutionIntent())).toMatchObject({ outcome, guard: 'TRIP' });
  });

  describe('replaceOrder', () => {
    const request = {
      clientOrderId: about.clientOrderId,
      target: reference,
      orderType: 'LIMIT',
      limitPriceKrw: krw(70_100),
      timeInForce: 'DAY',
      session: 'REGULAR',
      dryRun: false,
    } as const;

    it('hands request and answer on as they are', async () => {
      const asked: ReplaceRequest[] = [];
      const bridge = bridgeOver({
        replaceOrder: (each) => {
          asked.push(each);
          return Promise.resolve(accepted);
        },
      });
      expect(await bridge.replaceOrder(request)).toBe(accepted);
      expect(asked).toEqual([request]);
    });

    it('asks for a dry run when the bridge is one', async () => {
      const replaceOrder: OrderAdapter['replaceOrder'] = ({ dryRun }) => Promise.resolve({ ...accepted, dryRun });
      expect(await bridgeOver({ replaceOrder }, true).replaceOrder(request)).toMatchObject({ dryRun: true });
    });

    it('keeps terms here that the broker does not carry', async () => {
      const denied = await bridgeOver({}).replaceOrder({ ...request, orderType: 'MARKET' });
      expect(denied).toMatchObject({ outcome: 'NOT_SENT', code: 'G_EXE_TERMS_UNSUPPORTED' });
    });

    it('is unknown when the adapter throws', async () => {
      const bridge = bridgeOver({ replaceOrder: () => Promise.reject(new TypeError('boom')) });
      expect(await bridge.replaceOrder(request)).toMatchObject({ outcome: 'UNKNOWN', code: 'FS040' });
    });
  });

  describe('cancelOrder', () => {
    const request = { target: reference, dryRun: false };

    it('hands the answer of the adapter on', async () => {
      const answer = { outcome: 'TOO_LATE_FILLED', receivedAtMs: 7, dryRun: false } as const;
      const bridge = bridgeOver({ cancelOrder: () => Promise.resolve(answer) });
      expect(await bridge.cancelOrder(request)).toBe(answer);
    });

    it('asks for a dry run when the bridge is one', async () => {
      const bridge = bridgeOver(
        { cancelOrder: ({ dryRun }) => Promise.resolve({ outcome: 'REQUESTED', receivedAtMs: 7, dryRun }) },
        true,
      );
      expect(await bridge.cancelOrder(request)).toMatchObject({ dryRun: true });
    });

    it('is unknown when the adapter throws', async () => {
      const bridge = bridgeOver({ cancelOrder: () => Promise.reject(new TypeError('boom')) });
      expect(await bridge.cancelOrder(request)).toMatchObject({ outcome: 'UNKNOWN', cause: { code: 'ADAPTER_THREW' } });
    });
  });
});
