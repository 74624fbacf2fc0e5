import { type Contender, measureRatios } from '../measure/ratios.ts';
import { type BenchPeers } from '../peers/bench-peers.ts';
import { type Figure, figuresOf } from '../report/figure.ts';
import { startOrderStub } from '../stub/order-stub.ts';
import { createBenchBroker } from './bench-broker.ts';
import { createJsonFloor, createMemoryContenders, memoryNames } from './memory-contenders.ts';
import { createMarketClock } from './order-day.ts';
import { createAdapterContender, createEngineContender } from './our-contenders.ts';
import { createPeerContenders } from './peer-contenders.ts';
import { createDispatchFloor, createRequestFloor, openClient } from './undici-floors.ts';

export interface OrderPathOptions {
  readonly quick: boolean;
  readonly peers: BenchPeers;
  readonly tell: (line: string) => void;
}

const engineName = 'QTS submitIntent to accepted result';
const adapterName = 'QTS broker-kis placeOrder alone';

/**
 * B2a and B1: one limit order at a time to a stub in another process, its answer read. B2e: the same without a socket.
 *
 * @throws when an order is not accepted by anybody of them: then there is no figure.
 */
export async function runOrderPathBenchmark({ quick, peers, tell }: OrderPathOptions): Promise<readonly Figure[]> {
  const clock = createMarketClock();
  const stub = await startOrderStub();
  const broker = createBenchBroker(clock, stub.url);
  const clients = [openClient(stub.url), openClient(stub.url)] as const;
  const memory = createMemoryContenders(clock);
  try {
    await broker.rest.warm();
    const overSockets: readonly Contender[] = [
      createRequestFloor(clients[0]),
      createDispatchFloor(clients[1]),
      createEngineContender(engineName, broker.orders, clock),
      createAdapterContender(adapterName, broker.orders),
      ...createPeerContenders(peers, stub.url),
    ];
    const rounds = quick ? 3 : 15;
    const wire = await measureRatios(overSockets, {
      ...{ rounds, countPerRound: quick ? 200 : 500, warmUpCount: quick ? 500 : 2_000 },
      onRound: (round) => {
        tell(`order-path: round ${round} of ${rounds}`);
      },
    });
    const inProcess = await measureRatios([createJsonFloor(), ...memory.contenders], {
      ...{ rounds, countPerRound: quick ? 500 : 2_000, warmUpCount: quick ? 2_000 : 10_000 },
    });
    return [
      ...figuresOf('order-path', 'B2a, one order at a time, real HTTP on loopback', wire, {
        [engineName]: { must: 1.2, goal: 1 },
      }),
      ...figuresOf('order-path', 'B2e, the same without a socket', inProcess, {
        // O6 without a journal line: the memory journal keeps records and writes none out.
        [memoryNames.whole]: { must: 5, goal: 3 },
      }),
    ];
  } finally {
    await Promise.all([broker.close(), memory.close(), ...clients.map((client) => client.close())]);
    stub.close();
  }
}
