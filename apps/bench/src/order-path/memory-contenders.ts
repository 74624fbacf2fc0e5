import { type Clock } from '@qts/core';
import { type KisBroker } from '@qts/broker-kis';
import { type Contender } from '../measure/ratios.ts';
import { timeOneByOne } from '../measure/time-one-by-one.ts';
import { acceptedOrderText, answerTo } from '../stub/order-stub.ts';
import { createBenchBroker } from './bench-broker.ts';
import { createMemoryTransport } from './memory-transport.ts';
import { openOrderDay } from './order-day.ts';
import { createEngineContender } from './our-contenders.ts';
import { orderFields } from './undici-floors.ts';

/** An address that nothing listens at: the memory transport answers for it. */
const nowhere = 'http://127.0.0.1:1';

/** What no client can do without: the body made, the answer read. */
export function createJsonFloor(): Contender {
  let orderNumber = 0;
  return {
    name: 'JSON.stringify(body) + JSON.parse(answer)',
    role: 'floor',
    run: (count) =>
      timeOneByOne(count, {
        prepare: () => acceptedOrderText((orderNumber += 1)),
        run: (text) => Promise.resolve([JSON.stringify(orderFields), JSON.parse(text) as unknown]),
        finish([body]) {
          if (typeof body !== 'string') throw new Error('Nothing was made.');
        },
      }),
  };
}

/** The way of an order over a transport that answers at once, in all and in its two halves. */
export function createMemoryContenders(clock: Clock): {
  readonly contenders: readonly Contender[];
  close(): Promise<void>;
} {
  let orderNumber = 0;
  const answer = (path: string): string => answerTo(path, () => (orderNumber += 1));
  let sentAt = 0;
  const plain = createBenchBroker(clock, nowhere, createMemoryTransport(answer));
  const watched = createBenchBroker(
    clock,
    nowhere,
    createMemoryTransport(answer, () => {
      sentAt = performance.now();
    }),
  );
  return {
    contenders: [
      createEngineContender(memoryNames.whole, plain.orders, clock),
      createHalf(memoryNames.out, watched, clock, (beganAt) => sentAt - beganAt),
      createHalf(memoryNames.back, watched, clock, (_beganAt, endedAt) => endedAt - sentAt),
    ],
    async close() {
      await Promise.all([plain.close(), watched.close()]);
    },
  };
}

export const memoryNames = {
  whole: 'QTS submitIntent, transport answers at once',
  out: 'of it, from submitIntent to the transport',
  back: 'of it, from the answer to the result',
} as const;

function createHalf(
  name: string,
  broker: KisBroker,
  clock: Clock,
  half: (beganAt: number, endedAt: number) => number,
): Contender {
  return {
    name,
    role: 'ours',
    async run(count) {
      const day = openOrderDay(broker.orders, clock);
      const times: number[] = [];
      for (let index = 0; index < count; index += 1) {
        const intent = day.nextIntent();
        const beganAt = performance.now();
        const response = await day.submitIntent(intent);
        const endedAt = performance.now();
        times.push(half(beganAt, endedAt) * 1_000);
        day.settle(response);
      }
      return times;
    },
  };
}
