import { BrokerError } from '@qts/core';
import { hynix, list, order, place, samsung } from '../case-steps.ts';
import { checkMatches, checkRejects, checkThat } from '../check.ts';
import { type ConformanceCase } from '../conformance-case.ts';

/** Connecting, tokens. */
export const connectCases: readonly ConformanceCase[] = [
  {
    id: 'CONNECT-010',
    promise: 'making a broker sends nothing',
    reason: 'a program that only reads its configuration must not spend a token or wake a session',
    async run({ venue, settle, clock }) {
      await settle(clock.settle());
      checkMatches(venue.requestCount('ANY'), 0, 'requests before the first call');
    },
  },
  {
    id: 'CONNECT-020',
    promise: 'ten callers at a time cause one token request',
    reason: 'brokers limit the issue of tokens, and a second one may end the first',
    async run({ broker, venue, settle }) {
      const reads = Array.from({ length: 10 }, () => broker.quotes.getQuote({ symbol: samsung }));
      await settle(Promise.all(reads));
      checkMatches(venue.requestCount('TOKEN'), 1, 'token requests');
    },
  },
  {
    id: 'CONNECT-030',
    promise: 'a read whose token is refused is answered after one renewal at most',
    reason: 'tokens end early in maintenance, and a day must not end with them',
    async run(bench) {
      const { broker, venue, settle, advance } = bench;
      await settle(broker.quotes.getQuote({ symbol: samsung }));
      await advance(61_000);
      venue.strike('token-expired', 'LIST');
      checkMatches(await list(bench), { orders: [], complete: true }, 'the list');
      checkMatches(venue.struckCount(), 1, 'faults that struck');
      checkThat(venue.requestCount('TOKEN') <= 2, 'one renewal at most', venue.requestCount('TOKEN'));
    },
  },
  {
    id: 'CONNECT-040',
    promise: 'an order whose token is refused is not sent again, and is not called rejected without a read',
    reason: 'that a gateway refused before the order system saw the order is hearsay',
    async run(bench) {
      await list(bench);
      bench.venue.strike('token-expired', 'PLACE');
      const { outcome } = await place(bench, order());
      checkMatches(outcome, 'UNKNOWN', 'the outcome');
      checkMatches(bench.venue.requestCount('PLACE'), 1, 'place requests');
    },
  },
  {
    id: 'CONNECT-050',
    promise: 'an order without a token to be had is not sent, and says so',
    reason: 'NOT_SENT is the one failure after which another attempt is safe',
    async run(bench) {
      bench.venue.strike('token-issue-refused', 'TOKEN', Infinity);
      checkMatches((await place(bench, order())).outcome, 'NOT_SENT', 'the outcome');
      checkMatches(bench.venue.requestCount('PLACE'), 0, 'place requests');
    },
  },
  {
    id: 'CONNECT-060',
    promise: 'a read without a token to be had ends with a typed error after few attempts',
    reason: 'a storm of token requests locks the key out for everybody',
    async run({ broker, venue, settle }) {
      venue.strike('token-issue-refused', 'TOKEN', Infinity);
      const error = await checkRejects(settle(broker.quotes.getQuote({ symbol: hynix })), 'the read');
      checkThat(BrokerError.isInstance(error), 'the error is a BrokerError', error);
      checkThat(venue.requestCount('TOKEN') <= 3, 'three token requests at most', venue.requestCount('TOKEN'));
    },
  },
  {
    id: 'CONNECT-070',
    promise: 'an order is not sent when nobody listens, and says so',
    reason: 'a refused connection is the proof that no byte left',
    async run(bench) {
      await list(bench);
      await bench.stopVenue();
      checkMatches((await place(bench, order())).outcome, 'NOT_SENT', 'the outcome');
    },
  },
  {
    id: 'CONNECT-080',
    promise: 'a read rejects with a typed error when nobody listens',
    reason: 'an empty list in place of an error would look like "no orders"',
    async run(bench) {
      await list(bench);
      await bench.stopVenue();
      const error = await checkRejects(list(bench), 'the read');
      checkThat(BrokerError.isInstance(error), 'the error is a BrokerError', error);
    },
  },
];
