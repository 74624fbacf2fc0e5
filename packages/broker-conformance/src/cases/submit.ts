import { orderTypePrices, orderTypes, shares, timesInForce } from '@qts/core';
import { cancel, list, newOrders, order, place, placed, read, sellOrder } from '../case-steps.ts';
import { checkMatches, checkThat } from '../check.ts';
import { type ConformanceCase, needsTerms } from '../conformance-case.ts';
import { type ConformanceBench } from '../conformance-target.ts';

/** Terms that a venue of one market carries in the regular session; mid-point and stop orders are not modelled there. */
const modelled = new Set(['LIMIT', 'MARKET', 'CONDITIONAL_LIMIT', 'BEST_LIMIT', 'PRIORITY_LIMIT']);

/** A market on both sides, so that every type finds a price. */
function quoteBothSides({ venue }: ConformanceBench): void {
  venue.placeOfMarket({ symbol: '005930', side: 'BUY', quantity: 100, priceKrw: 69_900 });
  venue.placeOfMarket({ symbol: '005930', side: 'SELL', quantity: 100, priceKrw: 70_100 });
}

/** Each declared type and condition, as a case of its own. */
const typeCases: readonly ConformanceCase[] = orderTypes
  .filter((orderType) => modelled.has(orderType))
  .flatMap((orderType) =>
    timesInForce.filter((timeInForce) => timeInForce !== 'GTP').map((timeInForce) => ({ orderType, timeInForce })),
  )
  .map(({ orderType, timeInForce }, index): ConformanceCase => ({
    id: `SUBMIT-${String(200 + index * 10)}`,
    promise: `${orderType} ${timeInForce} reaches the venue as exactly that`,
    reason: 'a limit that arrives as a market order, or an IOC that rests, is somebody’s money',
    cannot: needsTerms(orderType, timeInForce),
    async run(bench) {
      quoteBothSides(bench);
      const { limit } = orderTypePrices[orderType];
      const request = order({ orderType, timeInForce, ...(limit ? undefined : { limitPriceKrw: undefined }) });
      await placed(bench, request);
      checkMatches(
        newOrders(bench),
        [{ symbol: '005930', side: 'BUY', quantity: 10, orderType, timeInForce }],
        'the venue’s order',
      );
      if (limit) checkMatches(newOrders(bench)[0]?.limitPriceKrw, 69_900, 'the venue’s price');
    },
  }));

/** Placing orders. */
export const submitCases: readonly ConformanceCase[] = [
  {
    id: 'SUBMIT-010',
    promise: 'a limit order to buy is accepted with the venue’s number, by one request',
    reason: 'everything later hangs on the number',
    async run(bench) {
      const reference = await placed(bench);
      checkMatches(
        newOrders(bench),
        [
          {
            brokerOrderId: reference.brokerOrderId,
            symbol: '005930',
            side: 'BUY',
            quantity: 10,
            limitPriceKrw: 69_900,
          },
        ],
        'the venue’s order',
      );
      checkMatches(bench.venue.requestCount('PLACE'), 1, 'place requests');
    },
  },
  {
    id: 'SUBMIT-020',
    promise: 'a limit order to sell is a sale at the venue',
    reason: 'a side that is swapped doubles a position instead of closing it',
    async run(bench) {
      await placed(bench, sellOrder());
      checkMatches(newOrders(bench), [{ symbol: '000660', side: 'SELL', quantity: 10 }], 'the venue’s order');
    },
  },
  {
    id: 'SUBMIT-030',
    promise: 'a dry run sends nothing, says so, and gives numbers that differ',
    reason: 'a rehearsal must not trade, nor look as if it had',
    async run(bench) {
      const answers = [await place(bench, order({ dryRun: true })), await place(bench, order({ dryRun: true }))];
      checkMatches(
        answers,
        [
          { outcome: 'ACCEPTED', dryRun: true },
          { outcome: 'ACCEPTED', dryRun: true },
        ],
        'the answers',
      );
      const numbers = new Set(answers.map((each) => (each.outcome === 'ACCEPTED' ? each.brokerOrderId : '')));
      checkMatches(numbers.size, 2, 'different numbers');
      checkMatches(bench.venue.requestCount('ANY'), 0, 'requests');
    },
  },
  {
    id: 'SUBMIT-040',
    promise: 'the reference survives JSON and still cancels the order',
    reason: 'after a restart the journal is all that is left of it',
    async run(bench) {
      const stored = JSON.parse(JSON.stringify(await placed(bench))) as Awaited<ReturnType<typeof placed>>;
      await cancel(bench, stored);
      checkMatches(newOrders(bench), [{ canceledQuantity: 10, leavesQuantity: 0 }], 'the venue’s order');
    },
  },
  {
    id: 'SUBMIT-050',
    promise: 'an accepted order is not called filled',
    reason: 'fills come from executions only',
    async run(bench) {
      const snapshot = await read(bench, await placed(bench));
      checkMatches(snapshot, { filledQuantity: 0, filledAmountKrw: 0, leavesQuantity: 10 }, 'the snapshot');
    },
  },
  {
    id: 'SUBMIT-060',
    promise: 'an order aborted before it leaves is not sent',
    reason: 'a caller who gave up must be able to rely on it',
    async run(bench) {
      await list(bench);
      const before = bench.venue.requestCount('ANY');
      const { outcome } = await bench.settle(
        bench.broker.orders.placeOrder(order(), { signal: AbortSignal.abort(new Error('the case gives up')) }),
      );
      checkMatches(outcome, 'NOT_SENT', 'the outcome');
      checkMatches(bench.venue.requestCount('ANY') - before, 0, 'requests');
    },
  },
  {
    id: 'SUBMIT-070',
    promise: 'an order whose deadline has passed is not sent',
    reason: 'a price of a minute ago is another order',
    async run(bench) {
      await list(bench);
      const deadlineMs = bench.clock.nowMs() - 1;
      const { outcome } = await bench.settle(bench.broker.orders.placeOrder(order(), { deadlineMs }));
      checkMatches(outcome, 'NOT_SENT', 'the outcome');
      checkMatches(bench.venue.requestCount('PLACE'), 0, 'place requests');
    },
  },
  {
    id: 'SUBMIT-080',
    promise: 'the last look keeps an order here, with its code',
    reason: 'a kill switch pulled during a wait must still hold',
    async run(bench) {
      const response = await bench.settle(bench.broker.orders.placeOrder(order(), { refuseSend: () => 'FS030' }));
      checkMatches(response, { outcome: 'NOT_SENT', code: 'FS030' }, 'the answer');
      checkMatches(bench.venue.requestCount('PLACE'), 0, 'place requests');
    },
  },
  {
    id: 'SUBMIT-090',
    promise: 'two equal orders are two orders',
    reason: 'an adapter judges nothing: whoever asks twice means it',
    async run(bench) {
      const numbers = [await placed(bench), await placed(bench)].map(({ brokerOrderId }) => brokerOrderId);
      checkThat(new Set(numbers).size === 2, 'two numbers', numbers);
      checkMatches(newOrders(bench).length, 2, 'orders at the venue');
    },
  },
  {
    id: 'SUBMIT-100',
    promise: 'five orders given at once arrive once each',
    reason: 'one connection that serves two callers must not mix their answers',
    async run(bench) {
      const quantities = [11, 12, 13, 14, 15];
      const answers = await bench.settle(
        Promise.all(quantities.map((each) => bench.broker.orders.placeOrder(order({ quantity: shares(each) })))),
      );
      const byNumber = new Map(newOrders(bench).map(({ brokerOrderId, quantity }) => [brokerOrderId, quantity]));
      const told = answers.map((each) => (each.outcome === 'ACCEPTED' ? byNumber.get(each.brokerOrderId) : undefined));
      checkMatches(told, quantities, 'the quantity behind each answer’s number');
      checkMatches(byNumber.size, 5, 'orders at the venue');
    },
  },
  {
    id: 'SUBMIT-110',
    promise: 'the answer carries the client’s own id and the time of its arrival',
    reason: 'answers are matched to orders by it',
    async run(bench) {
      const request = order();
      const response = await place(bench, request);
      checkMatches(response.clientOrderId, request.clientOrderId, 'the client order id');
      const age = bench.clock.nowMs() - response.receivedAtMs;
      checkThat(age >= 0 && age < 60_000, 'received between start and now', age);
    },
  },
  ...typeCases,
];
