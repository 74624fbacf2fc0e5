import { krw, shares } from '@qts/core';
import { halted, newOrders, order, place } from '../case-steps.ts';
import { checkMatches, checkThat } from '../check.ts';
import { type ConformanceCase, needsTerms } from '../conformance-case.ts';
import { type BenchSettings } from '../conformance-target.ts';

interface RefusalRow {
  readonly id: string;
  readonly what: string;
  readonly reason: string;
  readonly request: Parameters<typeof order>[0];
  readonly bench?: BenchSettings;
}

/** Refusals that a broker words, each with a code of its own table. */
const refusals: readonly RefusalRow[] = [
  {
    id: 'REFUSE-010',
    what: 'an order above the account’s cash',
    reason: 'the caller may spend the money elsewhere only when this order is surely dead',
    request: { quantity: shares(1_000_000) },
  },
  {
    id: 'REFUSE-020',
    what: 'a sale of shares that the account does not hold',
    reason: 'short sales are not what anybody asked for',
    request: { side: 'SELL' },
  },
  {
    id: 'REFUSE-030',
    what: 'a price between two ticks',
    reason: 'a rounded price is another order',
    request: { limitPriceKrw: krw(69_950) },
  },
  {
    id: 'REFUSE-040',
    what: 'a price outside the daily limits',
    reason: 'the exchange refuses it; whoever validates must learn that he did not',
    request: { limitPriceKrw: krw(200_000), quantity: shares(1) },
  },
  {
    id: 'REFUSE-060',
    what: 'an order for a halted issue',
    reason: 'a halt must not look like a silence',
    request: { symbol: halted, limitPriceKrw: krw(250_000), quantity: shares(1) },
  },
  {
    id: 'REFUSE-070',
    what: 'an order of the regular session in the evening',
    reason: 'an order that waits for tomorrow unseen is the worst kind',
    request: {},
    bench: { startsAt: '20:30' },
  },
];

/** The broker's no. */
export const refuseCases: readonly ConformanceCase[] = [
  ...refusals.map(({ id, what, reason, request, bench: settings }): ConformanceCase => ({
    id,
    promise: `${what} is rejected with the broker’s own code`,
    reason,
    ...(settings === undefined ? undefined : { bench: settings }),
    async run(bench) {
      const response = await place(bench, order(request));
      checkMatches(response, { outcome: 'REJECTED', code: 'FS040' }, 'the answer');
      checkThat(response.outcome === 'REJECTED' && response.native.code !== '', 'a native code is told', response);
      checkMatches(bench.venue.requestCount('PLACE'), 1, 'place requests');
      checkMatches(
        newOrders(bench).filter(({ leavesQuantity }) => leavesQuantity > 0),
        [],
        'open orders at the venue',
      );
    },
  })),
  {
    id: 'REFUSE-050',
    promise: 'an order for a symbol that nobody lists is refused in the broker’s words, and open nowhere',
    reason: 'a misspelt symbol must not stay open; a gateway that refuses it proves it by a read only',
    async run(bench) {
      const response = await place(bench, order({ symbol: '999999' }));
      const told =
        response.outcome === 'REJECTED'
          ? response.native
          : response.outcome === 'UNKNOWN'
            ? response.refusal
            : undefined;
      checkThat(told !== undefined && told.code !== '', 'a refusal with a native code', response);
      checkMatches(bench.venue.requestCount('PLACE'), 1, 'place requests');
      checkMatches(newOrders(bench), [], 'orders at the venue');
    },
  },
  {
    id: 'REFUSE-080',
    promise: 'a refusal whose code no table has is UNKNOWN until a read confirms it',
    reason: 'broker codes are not published in full, and a code that is not understood proves nothing',
    async run(bench) {
      bench.venue.strike('unlisted-refusal', 'PLACE');
      const response = await place(bench, order());
      checkMatches(response.outcome, 'UNKNOWN', 'the outcome');
      checkThat(response.outcome === 'UNKNOWN' && response.refusal !== undefined, 'the refusal is told', response);
      checkMatches(bench.venue.requestCount('PLACE'), 1, 'place requests');
    },
  },
  {
    id: 'REFUSE-090',
    promise: 'an order for another market that is not taken there is open on no market',
    reason: 'an adapter that drops the venue trades where nobody asked it to, at another price',
    cannot: needsTerms('LIMIT', 'DAY', 'NXT'),
    async run(bench) {
      const { outcome } = await place(bench, order({ venue: 'NXT' }));
      checkThat(outcome === 'REJECTED' || outcome === 'UNKNOWN', 'rejected or unknown', outcome);
      checkMatches(bench.venue.requestCount('PLACE'), 1, 'place requests');
      checkMatches(newOrders(bench), [], 'orders at the venue, which is KRX alone');
    },
  },
];
