import { shares } from '@qts/core';
import { cancel, list, order, placed, read, tradeAgainst } from '../case-steps.ts';
import { checkMatches, checkThat } from '../check.ts';
import { type ConformanceCase } from '../conformance-case.ts';

/** Fills. */
export const fillCases: readonly ConformanceCase[] = [
  {
    id: 'FILL-010',
    promise: 'a partial fill shows cumulative quantity and amount',
    reason: 'increments that are lost cannot be made up; sums can',
    async run(bench) {
      const target = await placed(bench);
      tradeAgainst(bench, order(), 4);
      checkMatches(
        await read(bench, target),
        { filledQuantity: 4, filledAmountKrw: 279_600, leavesQuantity: 6 },
        'the snapshot',
      );
    },
  },
  {
    id: 'FILL-020',
    promise: 'fills at several prices sum to the exact amount',
    reason: 'an average that was rounded is not what was paid',
    async run(bench) {
      const prices = [69_700, 69_800, 69_900];
      for (const priceKrw of prices) {
        bench.venue.placeOfMarket({ symbol: '005930', side: 'SELL', quantity: 3, priceKrw });
      }
      const target = await placed(bench);
      const [truth] = bench.venue.orders();
      checkMatches(truth?.filledAmountKrw, 3 * (69_700 + 69_800 + 69_900), 'the venue’s amount');
      checkMatches(
        await read(bench, target),
        { filledQuantity: 9, filledAmountKrw: 628_200, leavesQuantity: 1 },
        'the snapshot',
      );
    },
  },
  {
    id: 'FILL-030',
    promise: 'a second fill adds to the first',
    reason: 'figures only grow',
    async run(bench) {
      const target = await placed(bench);
      tradeAgainst(bench, order(), 4);
      await read(bench, target);
      tradeAgainst(bench, order(), 6);
      checkMatches(await read(bench, target), { filledQuantity: 10, leavesQuantity: 0 }, 'the snapshot');
    },
  },
  {
    id: 'FILL-040',
    promise: 'what was ordered is filled, canceled, rejected or left',
    reason: 'a share that is nowhere is a share that is lost',
    async run(bench) {
      const first = await placed(bench);
      await placed(bench, order({ quantity: shares(20) }));
      tradeAgainst(bench, order(), 15);
      await cancel(bench, first);
      const { orders } = await list(bench);
      for (const row of orders.filter(({ kind }) => kind === 'NEW')) {
        const { orderedQuantity, filledQuantity, canceledQuantity, rejectedQuantity, leavesQuantity } = row;
        const sum = filledQuantity + canceledQuantity + rejectedQuantity + leavesQuantity;
        checkThat(sum === orderedQuantity, 'the row adds up', row);
      }
    },
  },
];
