import { type OrderList, tradingDate } from '@qts/core';
import { type Contender, measureRatios } from '../measure/ratios.ts';
import { timeOneByOne } from '../measure/time-one-by-one.ts';
import { createBenchBroker } from '../order-path/bench-broker.ts';
import { createMemoryTransport } from '../order-path/memory-transport.ts';
import { createMarketClock } from '../order-path/order-day.ts';
import { type Figure, figuresOf } from '../report/figure.ts';
import { answerTo } from '../stub/order-stub.ts';
import { orderListText } from './order-list-text.ts';

/** `rowsPerPage` of the operation on live. */
const rows = 100;

/**
 * A page of the order list to checked order snapshots, by the broker's own `listOrders` over a transport that answers at
 * once, beside `JSON.parse` of the same text.
 *
 * @throws when a row is lost.
 */
export async function runParseBenchmark(quick: boolean, tell: (line: string) => void): Promise<readonly Figure[]> {
  const text = orderListText(rows);
  const broker = createBenchBroker(
    createMarketClock(),
    'http://127.0.0.1:1',
    createMemoryTransport((path) => (path.startsWith('/oauth2/') ? answerTo(path, () => 0) : text)),
  );
  const requireRows = (found: number, complete: boolean): void => {
    if (found !== rows || !complete) throw new Error(`${found} of ${rows} rows were read.`);
  };
  const floor: Contender = {
    name: 'JSON.parse alone',
    role: 'floor',
    run: (count) =>
      timeOneByOne(count, {
        prepare: () => undefined,
        run: () => Promise.resolve(JSON.parse(text) as { readonly output1: readonly unknown[] }),
        finish: ({ output1 }) => {
          requireRows(output1.length, true);
        },
      }),
  };
  const ours: Contender = {
    name: 'QTS broker-kis listOrders to order snapshots',
    role: 'ours',
    run: (count) =>
      timeOneByOne<undefined, OrderList>(count, {
        prepare: () => undefined,
        run: () => broker.orders.listOrders({ tradingDate: tradingDate('2026-11-20') }),
        finish: ({ orders, complete }) => {
          requireRows(orders.length, complete);
        },
      }),
  };
  try {
    const rounds = quick ? 3 : 15;
    const measured = await measureRatios([floor, ours], {
      ...{ rounds, countPerRound: quick ? 50 : 200, warmUpCount: quick ? 200 : 1_000 },
      onRound: (round) => {
        tell(`parse: round ${round} of ${rounds}`);
      },
    });
    return figuresOf('parse', `a list of ${rows} orders, ${Math.round(Buffer.byteLength(text) / 1_024)} KB`, measured);
  } finally {
    await broker.close();
  }
}
