import { type OrderReference, brokerOrderId } from '@qts/core';
import { cancel, list, newOrders, order, placed, read, tradeAgainst } from '../case-steps.ts';
import { checkMatches, checkThat } from '../check.ts';
import { type ConformanceCase } from '../conformance-case.ts';

/** Canceling (취소). */
export const cancelCases: readonly ConformanceCase[] = [
  {
    id: 'CANCEL-010',
    promise: 'a cancel ends the order, and the list shows it',
    reason: 'getting out is the one thing that has to work',
    async run(bench) {
      const target = await placed(bench);
      const { outcome } = await cancel(bench, target);
      checkThat(outcome === 'REQUESTED' || outcome === 'CONFIRMED', 'requested or confirmed', outcome);
      checkMatches(await read(bench, target), { canceledQuantity: 10, leavesQuantity: 0 }, 'the snapshot');
    },
  },
  {
    id: 'CANCEL-020',
    promise: 'a part is canceled when a quantity is given',
    reason: 'what was not named stays in the queue',
    async run(bench) {
      const target = await placed(bench);
      await cancel(bench, target, { quantity: 4 });
      checkMatches(newOrders(bench), [{ canceledQuantity: 4, leavesQuantity: 6 }], 'the venue’s order');
    },
  },
  {
    id: 'CANCEL-030',
    promise: 'the remainder of a partly filled order is canceled, and the fills stay',
    reason: 'a cancel is no bust',
    async run(bench) {
      const target = await placed(bench);
      tradeAgainst(bench, order(), 3);
      await cancel(bench, target);
      checkMatches(
        await read(bench, target),
        { filledQuantity: 3, filledAmountKrw: 209_700, canceledQuantity: 7, leavesQuantity: 0 },
        'the snapshot',
      );
    },
  },
  {
    id: 'CANCEL-040',
    promise: 'a cancel of a filled order comes too late, and says that it was filled',
    reason: 'the position is there, and whoever canceled has to know',
    async run(bench) {
      const target = await placed(bench);
      tradeAgainst(bench, order(), 10);
      checkMatches((await cancel(bench, target)).outcome, 'TOO_LATE_FILLED', 'the outcome');
    },
  },
  {
    id: 'CANCEL-050',
    promise: 'a second cancel comes too late, and says that the order was closed',
    reason: 'a cancel may be repeated without harm',
    async run(bench) {
      const target = await placed(bench);
      await cancel(bench, target);
      checkMatches((await cancel(bench, target)).outcome, 'TOO_LATE_CLOSED', 'the outcome');
    },
  },
  {
    id: 'CANCEL-060',
    promise: 'a number that was never given is not called canceled',
    reason: 'a boolean would have said "false" or, worse, "true"',
    async run(bench) {
      const target = await placed(bench);
      const stranger: OrderReference = { ...target, brokerOrderId: brokerOrderId('999') };
      await bench.advance(60_000);
      const { outcome } = await cancel(bench, stranger);
      checkThat(outcome === 'NOT_FOUND' || outcome === 'UNKNOWN', 'not found, or unknown', outcome);
      checkMatches(newOrders(bench), [{ leavesQuantity: 10 }], 'the order that is there');
    },
  },
  {
    id: 'CANCEL-070',
    promise: 'a dry run sends nothing and says so',
    reason: 'a rehearsal must not take an order away',
    async run(bench) {
      const target = await placed(bench);
      checkMatches((await cancel(bench, target, { dryRun: true })).dryRun, true, 'dryRun');
      checkMatches(bench.venue.requestCount('CHANGE'), 0, 'change requests');
    },
  },
  {
    id: 'CANCEL-080',
    promise: 'a lost answer leaves the cancel unknown, and the adapter does not repeat it',
    reason: 'who repeats a cancel reads the order first; that is the engine’s part',
    async run(bench) {
      const target = await placed(bench);
      bench.venue.strike('drop-after', 'CHANGE');
      checkMatches((await cancel(bench, target)).outcome, 'UNKNOWN', 'the outcome');
      checkMatches(bench.venue.requestCount('CHANGE'), 1, 'change requests');
    },
  },
  {
    id: 'CANCEL-090',
    promise: 'the last look that keeps orders here lets cancels pass',
    reason: 'what blocks orders never blocks cancels',
    async run(bench) {
      const target = await placed(bench);
      await bench.settle(bench.broker.orders.cancelOrder({ target, dryRun: false }, { refuseSend: () => 'FS030' }));
      checkMatches(newOrders(bench), [{ leavesQuantity: 0 }], 'the venue’s order');
    },
  },
  {
    id: 'CANCEL-100',
    promise: 'an order known from the list alone is canceled by that reference',
    reason: 'an order whose answer was lost is adopted from the list and has to be got rid of',
    async run(bench) {
      bench.venue.strike('drop-after', 'PLACE');
      await bench.settle(bench.broker.orders.placeOrder(order()));
      const { orders } = await list(bench);
      const [found] = orders;
      checkThat(found !== undefined, 'the order is on the list');
      await cancel(bench, found.reference);
      checkMatches(newOrders(bench), [{ leavesQuantity: 0 }], 'the venue’s order');
    },
  },
  {
    id: 'CANCEL-110',
    promise: 'a cancel is not sent when nobody listens, and says so',
    reason: 'NOT_SENT tells the caller that the order still rests',
    async run(bench) {
      const target = await placed(bench);
      await bench.stopVenue();
      checkMatches((await cancel(bench, target)).outcome, 'NOT_SENT', 'the outcome');
    },
  },
  {
    id: 'CANCEL-120',
    promise: 'a cancel overtakes orders that wait for their turn',
    reason: 'getting out must not queue behind getting in',
    async run(bench) {
      const target = await placed(bench);
      const waiting = Array.from({ length: 60 }, () => bench.broker.orders.placeOrder(order()));
      const canceling = bench.broker.orders.cancelOrder({ target, dryRun: false });
      await bench.settle(canceling);
      const placedBefore = bench.venue.requestCount('PLACE');
      await bench.settle(Promise.all(waiting));
      checkThat(placedBefore < 61, 'the cancel was answered before the last order left', placedBefore);
    },
  },
];
