import { list, order, place, samsung } from '../case-steps.ts';
import { checkMatches, checkThat } from '../check.ts';
import { type ConformanceCase } from '../conformance-case.ts';

/** Rate limits. */
export const rateCases: readonly ConformanceCase[] = [
  {
    id: 'RATE-010',
    promise: 'twenty reads at once are answered, and none is refused for its haste',
    reason: 'a refusal costs a pause for everybody who uses the key',
    async run(bench) {
      const reads = Array.from({ length: 20 }, () => bench.broker.quotes.getQuote({ symbol: samsung }));
      checkMatches((await bench.settle(Promise.all(reads))).length, 20, 'answers');
      checkMatches(bench.venue.rateRefusalCount(), 0, 'refusals for haste');
    },
  },
  {
    id: 'RATE-020',
    promise: 'a read refused for haste is asked again and answered',
    reason: 'another program may use the same key',
    async run(bench) {
      bench.venue.strike('rate-limit', 'LIST');
      checkMatches((await list(bench)).complete, true, 'complete');
      checkMatches(bench.venue.rateRefusalCount(), 1, 'refusals for haste');
    },
  },
  {
    id: 'RATE-030',
    promise: 'an order refused for haste is not sent again, and is not called rejected without a read',
    reason: 'that such a refusal never reaches the order system is hearsay',
    async run(bench) {
      await list(bench);
      bench.venue.strike('rate-limit', 'PLACE');
      const response = await place(bench, order());
      checkMatches(response.outcome, 'UNKNOWN', 'the outcome');
      checkThat(response.outcome === 'UNKNOWN' && response.refusal !== undefined, 'the refusal is told', response);
      checkMatches(bench.venue.requestCount('PLACE'), 1, 'place requests');
    },
  },
  {
    id: 'RATE-040',
    promise: 'orders and reads together stay within the limits',
    reason: 'they share one key',
    async run(bench) {
      // Each in a promise of its own: what throws at once must not leave the others without anybody who waits for them.
      const twenty = (ask: () => Promise<unknown>): readonly Promise<unknown>[] =>
        Array.from({ length: 20 }, async () => ask());
      const work = [
        ...twenty(() => bench.broker.orders.placeOrder(order())),
        ...twenty(() => list(bench)),
        ...twenty(() => bench.broker.quotes.getQuote({ symbol: samsung })),
      ];
      await bench.settle(Promise.all(work));
      checkMatches(bench.venue.rateRefusalCount(), 0, 'refusals for haste');
    },
  },
];
