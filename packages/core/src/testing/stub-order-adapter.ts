import { type OrderAdapter } from '../order-adapter.ts';

/**
 * An order adapter whose methods a test sets one by one. Calling one that was not set is a failure of the test, loud and
 * at once: the stub throws instead of rejecting, so no code under test can take it for an answer of a broker.
 */
export function createStubOrderAdapter(set: Partial<OrderAdapter> = {}): OrderAdapter {
  const unset = (method: string) => (): never => {
    throw new Error(`The test did not set ${method} of the stub order adapter.`);
  };
  const brokerId = set.brokerId ?? 'stub';
  return {
    brokerId,
    displayName: 'Stub',
    capabilities: { brokerId, environment: 'PAPER', orderTerms: [], queries: {} },
    placeOrder: unset('placeOrder'),
    replaceOrder: unset('replaceOrder'),
    cancelOrder: unset('cancelOrder'),
    getOrder: unset('getOrder'),
    listOrders: unset('listOrders'),
    ...set,
  };
}
