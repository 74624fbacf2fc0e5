import { BrokerError } from '@qts/core';
import { list, order, place, placed, samsung, today } from '../case-steps.ts';
import { checkMatches, checkRejects, checkThat } from '../check.ts';
import { type ConformanceCase } from '../conformance-case.ts';

/** Closing. */
export const shutdownCases: readonly ConformanceCase[] = [
  {
    id: 'SHUTDOWN-010',
    promise: 'closing twice is as good as once',
    reason: 'a signal and a finally may both do it',
    async run({ broker, settle }) {
      await settle(broker.close());
      await settle(broker.close());
    },
  },
  {
    id: 'SHUTDOWN-020',
    promise: 'no timer is left behind',
    reason: 'a process that does not end is killed, and what it held is lost',
    async run(bench) {
      await placed(bench);
      await list(bench);
      await bench.settle(bench.broker.close());
      checkMatches(bench.clock.pendingTimers, 0, 'timers');
    },
  },
  {
    id: 'SHUTDOWN-025',
    promise: 'no timer is left when it is closed while a read waits for its repetition',
    reason: 'the wait of a read must not keep a process alive that has said goodbye',
    async run(bench) {
      await list(bench);
      bench.venue.strike('drop-before', 'LIST');
      const read = bench.broker.orders.listOrders({ tradingDate: today });
      const ended = read.then(
        () => 'answered',
        () => 'rejected',
      );
      for (let step = 0; step < 100 && bench.venue.struckCount() === 0; step += 1) await bench.advance(20);
      // Short of the shortest wait before a repetition, half a second.
      await bench.advance(100);
      checkThat(bench.clock.pendingTimers > 0, 'a repetition waits', bench.clock.pendingTimers);
      await bench.settle(bench.broker.close());
      checkMatches(bench.clock.pendingTimers, 0, 'timers');
      checkMatches(await bench.settle(ended), 'rejected', 'the read');
    },
  },
  {
    id: 'SHUTDOWN-030',
    promise: 'an order after the close is not sent, and says so',
    reason: 'a late task of the loop must not trade',
    async run(bench) {
      await list(bench);
      await bench.settle(bench.broker.close());
      checkMatches((await place(bench, order())).outcome, 'NOT_SENT', 'the outcome');
      checkMatches(bench.venue.requestCount('PLACE'), 0, 'place requests');
    },
  },
  {
    id: 'SHUTDOWN-040',
    promise: 'a read that was answered before the close rejects after it, and sends nothing',
    reason: 'nobody must wait for an answer that cannot come',
    async run({ broker, venue, settle }) {
      await settle(broker.quotes.getQuote({ symbol: samsung }));
      const before = venue.requestCount('ANY');
      await settle(broker.close());
      const error = await checkRejects(settle(broker.quotes.getQuote({ symbol: samsung })), 'the read');
      checkThat(BrokerError.isInstance(error), 'the error is a BrokerError', error);
      checkMatches(venue.requestCount('ANY') - before, 0, 'requests');
    },
  },
];
