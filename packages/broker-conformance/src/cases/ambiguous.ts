import { cancel, list, newOrders, order, place, placed } from '../case-steps.ts';
import { checkMatches, checkThat } from '../check.ts';
import { type ConformanceCase } from '../conformance-case.ts';
import { type ConformanceFault } from '../conformance-target.ts';

/** Answers that prove nothing, and whether the venue has the order behind them. */
const ambiguities: readonly { readonly fault: ConformanceFault; readonly what: string; readonly landed: boolean }[] = [
  { fault: 'drop-before', what: 'a connection that ends, the order not taken', landed: false },
  { fault: 'drop-after', what: 'a connection that ends, the order taken', landed: true },
  { fault: 'reset-before', what: 'a reset, the order not taken', landed: false },
  { fault: 'reset-after', what: 'a reset, the order taken', landed: true },
  { fault: 'silence-before', what: 'silence, the order not taken', landed: false },
  { fault: 'silence-after', what: 'silence, the order taken', landed: true },
  { fault: 'cut-body-after', what: 'an answer cut in the middle, the order taken', landed: true },
  { fault: 'half-json-before', what: 'half a JSON, the order not taken', landed: false },
  { fault: 'half-json-after', what: 'half a JSON, the order taken', landed: true },
  { fault: 'empty-before', what: 'an empty 200, the order not taken', landed: false },
  { fault: 'empty-after', what: 'an empty 200, the order taken', landed: true },
  { fault: 'html-before', what: 'a page in HTML, the order not taken', landed: false },
  { fault: 'html-after', what: 'a page in HTML, the order taken', landed: true },
  { fault: 'no-number-before', what: 'a success without a number, the order not taken', landed: false },
  { fault: 'no-number-after', what: 'a success without a number, the order taken', landed: true },
  { fault: 'error-500-before', what: 'HTTP 500, the order not taken', landed: false },
  { fault: 'error-500-after', what: 'HTTP 500, the order taken', landed: true },
  { fault: 'error-502-after', what: 'HTTP 502, the order taken', landed: true },
  { fault: 'error-503-after', what: 'HTTP 503, the order taken', landed: true },
  { fault: 'error-504-after', what: 'HTTP 504, the order taken', landed: true },
  { fault: 'other-operation-before', what: 'the echo of another operation, the order not taken', landed: false },
  { fault: 'other-operation-after', what: 'the echo of another operation, the order taken', landed: true },
  { fault: 'redirect-before', what: 'a redirect to another host', landed: false },
];

/** Answers from which nobody can tell what became of the order. */
export const ambiguousCases: readonly ConformanceCase[] = [
  ...ambiguities.map(({ fault, what, landed }, index): ConformanceCase => ({
    id: `AMBIGUOUS-${String(10 + index * 10).padStart(3, '0')}`,
    promise: `${what}: UNKNOWN, by one request`,
    reason: 'a second order, or an order that is forgotten, are the two ways to lose money here',
    async run(bench) {
      await list(bench);
      bench.venue.strike(fault, 'PLACE');
      const response = await place(bench, order());
      checkMatches(response.outcome, 'UNKNOWN', 'the outcome');
      checkMatches(bench.venue.requestCount('PLACE'), 1, 'place requests');
      checkMatches(newOrders(bench).length, landed ? 1 : 0, 'orders at the venue');
      checkThat(bench.venue.struckCount() === 1, 'the fault struck once', bench.venue.struckCount());
    },
  })),
  {
    id: 'AMBIGUOUS-500',
    promise: 'a late answer inside the deadline is the answer',
    reason: 'patience is cheaper than an unknown order',
    async run(bench) {
      await list(bench);
      bench.venue.strike('answer-late', 'PLACE');
      const pending = bench.broker.orders.placeOrder(order());
      for (let step = 0; step < 40; step += 1) await bench.advance(100);
      checkMatches((await pending).outcome, 'ACCEPTED', 'the outcome');
    },
  },
  {
    id: 'AMBIGUOUS-510',
    promise: 'the next order after an unknown one gets its own answer',
    reason: 'an answer that stayed on the wire must not be taken for the next one’s',
    async run(bench) {
      await list(bench);
      bench.venue.strike('drop-after', 'PLACE');
      await place(bench, order());
      const reference = await placed(bench);
      checkMatches(newOrders(bench)[1]?.brokerOrderId, reference.brokerOrderId, 'the number');
    },
  },
  {
    id: 'AMBIGUOUS-520',
    promise: 'numbers that come as JSON numbers are read as the same order number',
    reason: 'a zero that is lost must not make another order of it',
    async run(bench) {
      await list(bench);
      bench.venue.strike('numbers-for-text', 'PLACE');
      const response = await place(bench, order());
      if (response.outcome === 'ACCEPTED') {
        checkMatches(newOrders(bench), [{ brokerOrderId: response.brokerOrderId }], 'the venue’s order');
        await cancel(bench, response.reference);
        checkMatches(newOrders(bench), [{ leavesQuantity: 0 }], 'the canceled order');
      } else {
        checkMatches(response.outcome, 'UNKNOWN', 'the outcome');
      }
    },
  },
];
