import { type Clock, type OrderAdapter, type OrderRequest, clientOrderId, krw, shares, symbolCode } from '@qts/core';
import { type Contender } from '../measure/ratios.ts';
import { timeOneByOne } from '../measure/time-one-by-one.ts';
import { openOrderDay } from './order-day.ts';

/**
 * The whole way: checks, journal, tracker, bridge, broker, and back. One engine serves all rounds, as one serves a whole
 * day: an engine made anew for each would run code that the machine has not learned yet.
 */
export function createEngineContender(name: string, adapter: OrderAdapter, clock: Clock): Contender {
  const day = openOrderDay(adapter, clock);
  return {
    name,
    role: 'ours',
    run(count) {
      return timeOneByOne(count, {
        prepare: () => day.nextIntent(),
        run: (intent) => day.submitIntent(intent),
        finish: (response) => {
          day.settle(response);
        },
      });
    },
  };
}

/** The broker package alone: order request to accepted answer. */
export function createAdapterContender(name: string, adapter: OrderAdapter): Contender {
  let count = 0;
  return {
    name,
    role: 'ours',
    run: (times) =>
      timeOneByOne(times, {
        prepare: (): OrderRequest => ({
          ...{ clientOrderId: clientOrderId(`bench-${(count += 1)}`), symbol: symbolCode('005930'), side: 'BUY' },
          ...{ quantity: shares(1), orderType: 'LIMIT', limitPriceKrw: krw(70_000), timeInForce: 'DAY' },
          ...{ venue: 'KRX', session: 'REGULAR', dryRun: false },
        }),
        run: (order) => adapter.placeOrder(order),
        finish({ outcome }) {
          if (outcome !== 'ACCEPTED') throw new Error(`The order was not accepted: ${outcome}.`);
        },
      }),
  };
}
