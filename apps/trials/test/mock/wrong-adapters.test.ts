import {
  type ConformanceBench,
  type ConformanceBroker,
  type ConformanceTarget,
  conformanceCases,
  createSimulatedTarget,
  runConformanceCase,
} from '@qts/broker-conformance';
import { createKisBroker, kisLiveCredentials } from '@qts/broker-kis';
import { createUndiciTransport } from '@qts/broker-kit';
import { type OrderAdapter, type OrderRequest, TransportError, krw, shares } from '@qts/core';
import { describe, expect, it } from 'vitest';

/**
 * The conformance suite, put to the test: adapters that are wrong on purpose fail the cases that are about it, and no
 * others.
 */

const account = {
  accountNumber: '87654321-01',
  appKey: 'FAKEKEY0123456789FAKEKEY0123456789AB',
  appSecret: 'fakeSecret'.repeat(18),
};

const right = createSimulatedTarget({
  brokerId: 'kis',
  dialect: 'kis',
  account,
  operations: { PLACE: ['order-cash'], CHANGE: ['order-rvsecncl'], LIST: ['inquire-daily-ccld'], TOKEN: ['tokenP'] },
  rateRefusalCodes: ['EGW00201'],
  createBroker: ({ url, counted, ...parts }) =>
    createKisBroker({
      ...parts,
      credentials: kisLiveCredentials(account),
      simulatedUrl: url,
      transport: counted(createUndiciTransport({ answerTimeoutMs: 1_000, headersTimeoutMs: 800 })),
      random: () => 0.5,
    }),
});

type Spoil = (broker: ConformanceBroker, bench: ConformanceBench) => ConformanceBroker;

/** The same broker with some methods of its order adapter replaced. */
function withOrders(change: (orders: OrderAdapter, bench: ConformanceBench) => Partial<OrderAdapter>): Spoil {
  return (broker, bench) => ({
    account: broker.account,
    quotes: broker.quotes,
    close: () => broker.close(),
    orders: { ...broker.orders, ...change(broker.orders, bench) },
  });
}

function spoiled(spoil: Spoil): ConformanceTarget {
  return {
    brokerId: 'wrong',
    async start(settings) {
      const bench = await right.start(settings);
      return { ...bench, broker: spoil(bench.broker, bench), stop: () => bench.stop() };
    },
  };
}

async function failuresOf(target: ConformanceTarget): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const each of conformanceCases) {
    const { end } = await runConformanceCase(target, each);
    if (end === 'FAILED') failed.push(each.id);
  }
  return failed;
}

/** The same broker, asked for other orders than it was given. */
function placing(change: (request: OrderRequest) => OrderRequest): Spoil {
  return withOrders((orders) => ({
    placeOrder: (request, options) => orders.placeOrder(change(request), options),
  }));
}

/** The cases that lose an answer, and those whose refusal proves nothing by itself. */
const unclearAnswers = [
  'CONNECT-040',
  'REFUSE-080',
  ...conformanceCases.flatMap(({ id, promise }) =>
    id.startsWith('AMBIGUOUS-') && promise.endsWith('UNKNOWN, by one request') ? [id] : [],
  ),
  'AMBIGUOUS-520',
  'RATE-030',
];

const wrongAdapters: readonly (readonly [what: string, spoil: Spoil, failures: readonly string[]])[] = [
  [
    'sends an order again when the answer is lost',
    withOrders((orders) => ({
      async placeOrder(request, options) {
        const response = await orders.placeOrder(request, options);
        return response.outcome === 'UNKNOWN' ? orders.placeOrder(request, options) : response;
      },
    })),
    [...unclearAnswers, 'AMBIGUOUS-510', 'CANCEL-100'],
  ],
  [
    'calls what it does not know rejected',
    withOrders((orders) => ({
      async placeOrder(request, options) {
        const response = await orders.placeOrder(request, options);
        if (response.outcome !== 'UNKNOWN') return response;
        const { clientOrderId, receivedAtMs, code } = response;
        return { outcome: 'REJECTED', clientOrderId, receivedAtMs, code, native: { code: 'TIMEOUT', message: '' } };
      },
    })),
    unclearAnswers,
  ],
  [
    'stops after fifteen rows',
    withOrders((orders) => ({
      async listOrders(query, options) {
        const list = await orders.listOrders(query, options);
        return { ...list, orders: list.orders.slice(0, 15), complete: true };
      },
    })),
    ['LIST-020', 'LIST-060', 'LIST-070', 'LIST-080'],
  ],
  [
    'takes a list that cannot be read for an empty one',
    withOrders((orders) => ({
      async listOrders(query, options) {
        try {
          return await orders.listOrders(query, options);
        } catch (error) {
          if (TransportError.isInstance(error)) throw error;
          return { orders: [], complete: true, readStartedAtMs: 0 };
        }
      },
    })),
    ['LIST-200', 'LIST-210', 'LIST-220', 'LIST-230'],
  ],
  [
    'calls every list complete',
    withOrders((orders) => ({
      async listOrders(query, options) {
        return { ...(await orders.listOrders(query, options)), complete: true };
      },
    })),
    ['LIST-060', 'LIST-070'],
  ],
  [
    'does not take the last look',
    withOrders((orders) => ({
      placeOrder: (request, options) => orders.placeOrder(request, { ...options, refuseSend: () => undefined }),
    })),
    ['SUBMIT-080'],
  ],
  [
    'keeps cancels back with orders',
    withOrders((orders) => ({
      cancelOrder: (request, options) =>
        options?.refuseSend?.() === undefined
          ? orders.cancelOrder(request, options)
          : Promise.resolve({ outcome: 'NOT_SENT', receivedAtMs: 0, dryRun: false }),
    })),
    ['CANCEL-090'],
  ],
  ['trades in a dry run', placing((request) => ({ ...request, dryRun: false })), ['SUBMIT-030']],
  [
    'buys whatever it is told',
    placing((request) => ({ ...request, side: 'BUY' })),
    ['SUBMIT-020', 'REFUSE-020', 'LIST-040', 'ACCOUNT-040'],
  ],
  ['sends every order to KRX', placing((request) => ({ ...request, venue: 'KRX' })), ['REFUSE-090']],
  [
    'rounds prices to a hundred won',
    placing((request) =>
      request.limitPriceKrw === undefined
        ? request
        : { ...request, limitPriceKrw: krw(Math.floor(request.limitPriceKrw / 100) * 100) },
    ),
    ['REFUSE-030'],
  ],
  [
    'takes an accepted order for a filled one',
    withOrders((orders) => ({
      async getOrder(reference, options) {
        const found = await orders.getOrder(reference, options);
        return found && { ...found, filledQuantity: found.orderedQuantity, leavesQuantity: shares(0) };
      },
    })),
    ['SUBMIT-050', 'CANCEL-030', 'FILL-010', 'FILL-020', 'REPLACE-080'],
  ],
  [
    'answers every cancel with yes',
    withOrders((orders) => ({
      async cancelOrder(request, options) {
        return { ...(await orders.cancelOrder(request, options)), outcome: 'CONFIRMED' };
      },
    })),
    ['CANCEL-040', 'CANCEL-050', 'CANCEL-060', 'CANCEL-080', 'CANCEL-110'],
  ],
  [
    'says of a simulated venue that it is live',
    withOrders(({ capabilities }) => ({ capabilities: { ...capabilities, environment: 'LIVE' } })),
    ['DECLARE-010'],
  ],
  [
    'logs its key',
    withOrders((orders, { logger }) => ({
      placeOrder(request, options) {
        logger.info('placing', { key: account.appKey });
        return orders.placeOrder(request, options);
      },
    })),
    ['REDACT-030'],
  ],
];

describe('an adapter that', () => {
  it.each(wrongAdapters)('%s fails the cases that are about it', async (_what, spoil, failures) => {
    expect((await failuresOf(spoiled(spoil))).toSorted()).toEqual([...failures].toSorted());
  });
});

describe('the right adapter', () => {
  it('fails none', async () => {
    expect(await failuresOf(right)).toEqual([]);
  });
});
