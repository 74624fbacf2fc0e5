import { shares } from '@qts/core';
import { cancel, list, newOrders, order, placed, read, replace, tradeAgainst } from '../case-steps.ts';
import { checkMatches, checkThat } from '../check.ts';
import { type ConformanceCase } from '../conformance-case.ts';

/** Replacing (정정). */
export const replaceCases: readonly ConformanceCase[] = [
  {
    id: 'REPLACE-010',
    promise: 'a new price gives a new number that points at the original',
    reason: 'notices go on arriving for both numbers, and both are one order',
    async run(bench) {
      const target = await placed(bench);
      const response = await replace(bench, target);
      checkThat(response.outcome === 'ACCEPTED', 'the replace is accepted', response);
      checkThat(response.brokerOrderId !== target.brokerOrderId, 'the number is new', response.brokerOrderId);
      checkMatches(
        bench.venue.orders().filter(({ kind }) => kind === 'REPLACE'),
        [
          {
            brokerOrderId: response.brokerOrderId,
            originalBrokerOrderId: target.brokerOrderId,
            limitPriceKrw: 69_800,
            leavesQuantity: 10,
          },
        ],
        'the venue’s replacement',
      );
    },
  },
  {
    id: 'REPLACE-020',
    promise: 'a part is replaced when a quantity is given',
    reason: 'what was not named keeps its price and its place in the queue',
    async run(bench) {
      const target = await placed(bench);
      const response = await replace(bench, target, { quantity: shares(4) });
      checkMatches(response.outcome, 'ACCEPTED', 'the outcome');
      const leaves = bench.venue.orders().map(({ kind, leavesQuantity }) => `${kind} ${String(leavesQuantity)}`);
      checkMatches(leaves, ['NEW 6', 'REPLACE 4'], 'what is left at the venue');
    },
  },
  {
    id: 'REPLACE-030',
    promise: 'a filled order is not replaced, and no new one appears',
    reason: 'a replace that turns into a new order doubles the position',
    async run(bench) {
      const target = await placed(bench);
      tradeAgainst(bench, order(), 10);
      const response = await replace(bench, target);
      checkThat(response.outcome !== 'ACCEPTED', 'the replace is not accepted', response);
      checkMatches(bench.venue.orders().length, 1, 'orders at the venue');
    },
  },
  {
    id: 'REPLACE-040',
    promise: 'a dry run sends nothing',
    reason: 'a rehearsal must not trade',
    async run(bench) {
      const target = await placed(bench);
      const response = await replace(bench, target, { dryRun: true });
      checkMatches(response, { outcome: 'ACCEPTED', dryRun: true }, 'the answer');
      checkMatches(bench.venue.requestCount('CHANGE'), 0, 'change requests');
    },
  },
  {
    id: 'REPLACE-050',
    promise: 'the replacement is canceled by its own reference',
    reason: 'whoever replaced must be able to get out',
    async run(bench) {
      const response = await replace(bench, await placed(bench));
      checkThat(response.outcome === 'ACCEPTED', 'the replace is accepted', response);
      await cancel(bench, response.reference);
      const open = bench.venue.orders().filter(({ leavesQuantity }) => leavesQuantity > 0);
      checkMatches(open, [], 'open orders at the venue');
    },
  },
  {
    id: 'REPLACE-060',
    promise: 'a lost answer leaves the replace unknown, and it is not sent again',
    reason: 'the first may have landed with a new number and price',
    async run(bench) {
      const target = await placed(bench);
      bench.venue.strike('drop-after', 'CHANGE');
      checkMatches((await replace(bench, target)).outcome, 'UNKNOWN', 'the outcome');
      checkMatches(bench.venue.requestCount('CHANGE'), 1, 'change requests');
    },
  },
  {
    id: 'REPLACE-070',
    promise: 'the list shows original and replacement with the venue’s figures',
    reason: 'the lineage is read from the list after a restart',
    async run(bench) {
      const target = await placed(bench);
      await replace(bench, target);
      const { orders, complete } = await list(bench);
      checkThat(complete, 'the list is complete');
      const rows = orders.map(({ kind, originalBrokerOrderId, leavesQuantity }) => ({
        kind,
        originalBrokerOrderId,
        leavesQuantity,
      }));
      checkMatches(
        rows,
        [
          { kind: 'NEW', originalBrokerOrderId: undefined, leavesQuantity: 0 },
          { kind: 'REPLACE', originalBrokerOrderId: target.brokerOrderId, leavesQuantity: 10 },
        ],
        'the rows',
      );
    },
  },
  {
    id: 'REPLACE-080',
    promise: 'fills of the replacement are read under its number',
    reason: 'a fill that nobody owns is a position that nobody knows',
    async run(bench) {
      const response = await replace(bench, await placed(bench));
      checkThat(response.outcome === 'ACCEPTED', 'the replace is accepted', response);
      bench.venue.placeOfMarket({ symbol: '005930', side: 'SELL', quantity: 3, priceKrw: 69_800 });
      const snapshot = await read(bench, response.reference);
      checkMatches(snapshot, { filledQuantity: 3, filledAmountKrw: 209_400, leavesQuantity: 7 }, 'the snapshot');
      checkMatches(newOrders(bench), [{ filledQuantity: 0 }], 'the original');
    },
  },
];
