import { createKisBroker, kisLiveCredentials } from '@qts/broker-kis';
import { type ExecutionResponse, type OrderResponse, accountId, krw, parseExecutionIntent } from '@qts/core';
import {
  createBrokerForExecution,
  createOrderGateway,
  createOrderTracker,
  createSafetyLayer,
  createUnknownResolver,
} from '@qts/engine';
import { createMemoryJournal } from '@qts/storage';
import { benchKeys } from '../order-path/bench-broker.ts';
import { createMarketClock } from '../order-path/order-day.ts';
import { type Belief, type ReadyClient } from './client-story.ts';
import { theOrder } from './lost-reply-venue.ts';

const beliefOf: Readonly<Record<ExecutionResponse['outcome'], Belief>> = {
  ACCEPTED: 'PLACED',
  REJECTED: 'FAILED',
  NOT_SENT: 'FAILED',
  UNKNOWN: 'UNKNOWN',
};

/** Our stack with its defaults: engine, resolver, KIS adapter, over real HTTP. */
export async function readyOurs(url: string): Promise<ReadyClient> {
  const clock = createMarketClock();
  const journal = createMemoryJournal();
  let hearLateAnswer: (response: OrderResponse) => void = () => undefined;
  const broker = createKisBroker({
    credentials: kisLiveCredentials(benchKeys),
    simulatedUrl: url,
    clock,
    onLateAnswer: (response) => {
      hearLateAnswer(response);
    },
  });
  const safety = createSafetyLayer({ clock, journal });
  const tracker = createOrderTracker();
  const account = accountId('main');
  const gateway = createOrderGateway({
    ...{ clock, journal, safety, tracker, accountId: account },
    broker: createBrokerForExecution({ liveAllowed: true, adapter: broker.orders, clock }),
    checkOrder: () => ({ allowed: true, worstPriceKrw: krw(theOrder.limitPriceKrw) }),
  });
  const resolver = createUnknownResolver({
    ...{ adapter: broker.orders, gateway, tracker, safety, journal, clock, accountId: account },
    exclusive: true,
  });
  hearLateAnswer = (response) => {
    resolver.hearLateAnswer(response);
  };
  await broker.rest.warm();
  return {
    async order() {
      const intent = parseExecutionIntent({
        intentId: 'lost-reply',
        side: 'BUY',
        intentType: 'LIMIT',
        createdAtMs: clock.nowMs(),
        ...theOrder,
      });
      const startMs = clock.monotonicMs();
      const first = await gateway.submitIntent(intent);
      const firstMs = clock.monotonicMs() - startMs;
      await resolver.settled();
      const last = (await gateway.find(intent.intentId)) ?? first;
      const lastMs = first.outcome === 'UNKNOWN' ? clock.monotonicMs() - startMs : firstMs;
      return {
        firstMs,
        first: beliefOf[first.outcome],
        lastMs,
        last: tracker.get(intent.intentId)?.status === 'ABSENT' ? 'FAILED' : beliefOf[last.outcome],
        words: last.message,
      };
    },
    async close() {
      resolver.close();
      await broker.close();
    },
  };
}
