import { BrokerError, type OrderReference, brokerOrderId } from '@qts/core';
import { cancel, hynix, list, order, placed, samsung, sellOrder } from '../case-steps.ts';
import { checkMatches, checkRejects, checkThat } from '../check.ts';
import { type ConformanceCase } from '../conformance-case.ts';
import { type ConformanceBench } from '../conformance-target.ts';

/** More than one page at any broker. */
const many = 230;

function fillTheList({ venue }: ConformanceBench): void {
  for (let index = 0; index < many; index += 1) {
    venue.placeByHand({
      symbol: '005930',
      side: 'BUY',
      quantity: 1,
      priceKrw: 50_000 + index * 50 - ((index * 50) % 100),
    });
  }
}

/** What a list under a fault may be: an error, or a list that says that it is not complete, or the whole truth. */
async function listIsHonest(bench: ConformanceBench): Promise<void> {
  let result: Awaited<ReturnType<typeof list>>;
  try {
    result = await list(bench);
  } catch (error) {
    checkThat(BrokerError.isInstance(error), 'the error is a BrokerError', error);
    return;
  }
  if (!result.complete) return;
  const numbers = new Set(result.orders.map(({ reference }) => reference.brokerOrderId));
  checkMatches(numbers.size, many, 'orders of a list that calls itself complete');
  checkMatches(result.orders.length, many, 'rows of a list that calls itself complete');
}

/** Reading orders, and paging. */
export const listCases: readonly ConformanceCase[] = [
  {
    id: 'LIST-010',
    promise: 'no orders are a complete, empty list',
    reason: 'brokers word "nothing" as an error, and absence is evidence only when complete',
    async run(bench) {
      checkMatches(await list(bench), { orders: [], complete: true }, 'the list');
    },
  },
  {
    id: 'LIST-020',
    promise: 'every page is read, and each order comes once',
    reason: 'one public client lost an order because it stopped after a page',
    async run(bench) {
      fillTheList(bench);
      const { orders, complete } = await list(bench);
      checkThat(complete, 'the list is complete');
      const numbers = orders.map(({ reference }) => reference.brokerOrderId);
      checkMatches(new Set(numbers).size, many, 'different numbers');
      checkMatches(numbers.length, many, 'rows');
    },
  },
  {
    id: 'LIST-030',
    promise: 'a symbol keeps the others out',
    reason: 'evidence about one order must not be mixed with another’s',
    async run(bench) {
      await placed(bench);
      await placed(bench, sellOrder());
      const { orders } = await list(bench, { symbol: hynix });
      checkMatches(
        orders.map(({ reference }) => reference.symbol),
        ['000660'],
        'symbols',
      );
    },
  },
  {
    id: 'LIST-040',
    promise: 'a side keeps the other out',
    reason: 'a sale must never be adopted as a purchase',
    async run(bench) {
      await placed(bench);
      await placed(bench, sellOrder());
      const { orders } = await list(bench, { side: 'SELL' });
      checkMatches(
        orders.map(({ reference }) => reference.side),
        ['SELL'],
        'sides',
      );
    },
  },
  {
    id: 'LIST-050',
    promise: 'open orders are those with a remainder',
    reason: 'a mass cancel works through this list',
    async run(bench) {
      const first = await placed(bench);
      const second = await placed(bench);
      await cancel(bench, first);
      const { orders } = await list(bench, { state: 'OPEN' });
      checkMatches(
        orders.map(({ reference }) => reference.brokerOrderId),
        [second.brokerOrderId],
        'numbers',
      );
    },
  },
  {
    id: 'LIST-060',
    promise: 'a failing page never leaves a partial list that calls itself complete',
    reason: 'a missing row would be taken for an order that does not exist',
    async run(bench) {
      fillTheList(bench);
      bench.venue.strike('page-fails', 'LIST', Infinity);
      await listIsHonest(bench);
      checkThat(bench.venue.struckCount() > 0, 'the fault struck');
    },
  },
  {
    id: 'LIST-070',
    promise: 'pages without an end come to one, and the list does not call itself complete for it',
    reason: 'a reader that never returns resolves nothing',
    async run(bench) {
      fillTheList(bench);
      bench.venue.strike('pages-endless', 'LIST', Infinity);
      await listIsHonest(bench);
      checkThat(bench.venue.struckCount() > 0, 'the fault struck');
    },
  },
  {
    id: 'LIST-080',
    promise: 'a row that comes twice is counted once',
    reason: 'fills counted twice are a position that is not there',
    async run(bench) {
      fillTheList(bench);
      bench.venue.strike('rows-doubled', 'LIST');
      await listIsHonest(bench);
      checkThat(bench.venue.struckCount() > 0, 'the fault struck');
    },
  },
  {
    id: 'LIST-090',
    promise: 'an order that a complete list does not have is told as absent',
    reason: 'absence needs a word of its own, apart from errors',
    async run(bench) {
      const target = await placed(bench);
      const stranger: OrderReference = { ...target, brokerOrderId: brokerOrderId('999') };
      const found = await bench.settle(bench.broker.orders.getOrder(stranger));
      checkMatches(found, undefined, 'the order');
    },
  },
  {
    id: 'LIST-100',
    promise: 'an order that an incomplete list does not have is an error',
    reason: 'half a list proves nothing',
    async run(bench) {
      fillTheList(bench);
      const [first] = (await list(bench)).orders;
      checkThat(first !== undefined, 'the list has rows');
      bench.venue.strike('page-fails', 'LIST', Infinity);
      const stranger: OrderReference = { ...first.reference, brokerOrderId: brokerOrderId('999999') };
      const error = await checkRejects(bench.settle(bench.broker.orders.getOrder(stranger)), 'the read');
      checkThat(BrokerError.isInstance(error), 'the error is a BrokerError', error);
    },
  },
  {
    id: 'LIST-110',
    promise: 'an order given by hand is listed as it is',
    reason: 'a stranger’s order is exposure, and must not be taken for ours',
    async run(bench) {
      bench.venue.placeByHand({ symbol: '005930', side: 'BUY', quantity: 7, priceKrw: 69_000 });
      const { orders } = await list(bench);
      checkMatches(orders, [{ kind: 'NEW', orderedQuantity: 7, limitPriceKrw: 69_000 }], 'the list');
    },
  },
  {
    id: 'LIST-120',
    promise: 'a read that fails once is repeated and answered',
    reason: 'reads may be repeated, and a hiccup must not stop the resolver',
    async run(bench) {
      await placed(bench);
      bench.venue.strike('error-500-before', 'LIST');
      const { orders, complete } = await list(bench);
      checkMatches([orders.length, complete], [1, true], 'rows, complete');
    },
  },
  {
    id: 'LIST-130',
    promise: 'the list says when its first page was asked for',
    reason: 'fills that arrive during the read are not a difference',
    async run(bench) {
      const beforeMs = bench.clock.nowMs();
      const { readStartedAtMs } = await list(bench, { symbol: samsung });
      checkThat(
        readStartedAtMs >= beforeMs && readStartedAtMs <= bench.clock.nowMs(),
        'the time of the read',
        readStartedAtMs,
      );
    },
  },
  {
    id: 'LIST-140',
    promise: 'rows keep side, price, quantity, type and time of the order',
    reason: 'an order whose answer was lost is recognised by them',
    async run(bench) {
      const atMs = bench.clock.nowMs();
      const request = order();
      await placed(bench, request);
      const [row] = (await list(bench)).orders;
      checkMatches(
        row,
        {
          kind: 'NEW',
          orderedQuantity: 10,
          limitPriceKrw: 69_900,
          reference: {
            symbol: '005930',
            side: 'BUY',
            orderType: 'LIMIT',
            timeInForce: 'DAY',
            venue: 'KRX',
            tradingDate: '2026-09-14',
          },
        },
        'the row',
      );
      checkThat(Math.abs((row?.orderedAtMs ?? 0) - atMs) < 5_000, 'the time of the order', row?.orderedAtMs);
    },
  },
  ...(['error-500-before', 'html-before', 'half-json-before', 'empty-before'] as const).map(
    (fault, index): ConformanceCase => ({
      id: `LIST-${String(200 + index * 10)}`,
      promise: `a list that cannot be had (${fault}) rejects, and is not taken for an empty one`,
      reason: 'an order that a complete list does not show is called absent, and may be given once more',
      async run(bench) {
        await placed(bench);
        bench.venue.strike(fault, 'LIST', Infinity);
        const error = await checkRejects(list(bench), 'the read');
        checkThat(BrokerError.isInstance(error), 'the error is a BrokerError', error);
        checkThat(bench.venue.struckCount() > 0, 'the fault struck', bench.venue.struckCount());
      },
    }),
  ),
];
