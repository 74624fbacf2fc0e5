import { createBrokerRegistry, getBrokerForConfig } from '@qts/bridge';
import { type ExecutionResponse, type OrderAdapter, TransportError, accountId, krw } from '@qts/core';
import { buildExecutionIntent, createFakeClock, createStubOrderAdapter } from '@qts/core/testing';
import { createMemoryJournal } from '@qts/storage';
import { describe, expect, it } from 'vitest';
import { createOrderGateway } from '../gateway/order-gateway.ts';
import { createOrderTracker } from '../orders/order-tracker.ts';
import { orderFailurePolicyDefault } from '../safety/order-failure.ts';
import { createSafetyLayer } from '../safety/safety-layer.ts';
import { createBrokerForExecution } from './create-broker-for-execution.ts';

/** A broker that counts whatever is asked of it, its declared capabilities included. */
function createCounted(brokerId: string, placeOrder: OrderAdapter['placeOrder']) {
  let asked = 0;
  const orderTerms = [{ orderType: 'LIMIT', timeInForce: 'DAY', venues: ['KRX'], sessions: ['REGULAR'] }] as const;
  const capabilities = { brokerId, environment: 'PAPER', queries: {}, orderTerms } as const;
  const stub = createStubOrderAdapter({ brokerId, capabilities, placeOrder });
  const adapter = new Proxy(stub, {
    get(target, name) {
      asked++;
      return Reflect.get(target, name) as unknown;
    },
  });
  return { adapter, asked: () => asked };
}

const cut = (sent: 'NOT_SENT' | 'MAYBE_SENT'): TransportError =>
  new TransportError({ code: 'X', summary: 'Nothing came.', next: 'Wait.', sent });

/** Ten orders to a broker that fails so, with another one named as its fallback. */
async function submitTen(fail: () => Promise<never>) {
  const clock = createFakeClock();
  let placed = 0;
  const first = createCounted('kis', () => {
    placed++;
    return fail();
  });
  const second = createCounted('kiwoom', () => Promise.reject(new Error('the fallback was called')));
  const registry = createBrokerRegistry({ kis: first.adapter, kiwoom: second.adapter });
  const environment = { brokerId: 'kis', fallbackBrokerId: 'kiwoom' };
  const { entry: adapter, fallbackBrokerId } = getBrokerForConfig(registry, { environment });
  const safety = createSafetyLayer({ clock, lockdownThreshold: 100 });
  const gateway = createOrderGateway({
    ...{ accountId: accountId('main'), journal: createMemoryJournal(), tracker: createOrderTracker(), clock, safety },
    broker: createBrokerForExecution({ liveAllowed: true, adapter, clock }),
    checkOrder: () => ({ allowed: true, worstPriceKrw: krw(70_000) }),
    // Nothing but the broker itself keeps an order here.
    failurePolicy: { ...orderFailurePolicyDefault, UNKNOWN: 'anomaly', BLOCKED: 'anomaly' },
  });
  const outcomes: ExecutionResponse['outcome'][] = [];
  for (let count = 1; count <= 10; count++) {
    const symbol = String(100_000 + count);
    const { outcome } = await gateway.submitIntent(buildExecutionIntent({ intentId: `i-${count}`, symbol }));
    outcomes.push(outcome);
  }
  return { outcomes: new Set(outcomes), fallbackBrokerId, placed, second: second.asked() };
}

// domain 13, row 25
describe('an order that its broker did not take', () => {
  it.each([
    ['cannot be reached', () => Promise.reject(cut('NOT_SENT')), ['NOT_SENT']],
    ['answers nothing', () => Promise.reject(cut('MAYBE_SENT')), ['UNKNOWN', 'NOT_SENT']],
    ['throws', () => Promise.reject(new TypeError('boom')), ['UNKNOWN', 'NOT_SENT']],
  ] as const)('asks nothing of the fallback broker when its own %s', async (_, placeOrder, outcomes) => {
    const come = await submitTen(placeOrder);
    expect(come.fallbackBrokerId).toBe('kiwoom');
    expect(come.outcomes).toEqual(new Set(outcomes));
    // Three failures latch the guard.
    expect([come.placed, come.second]).toEqual([3, 0]);
  });
});
