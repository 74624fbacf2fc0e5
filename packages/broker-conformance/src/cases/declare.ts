import { orderTypes, timesInForce, tradingSessions, venues } from '@qts/core';
import { checkMatches, checkThat } from '../check.ts';
import { type ConformanceCase } from '../conformance-case.ts';

/** What a broker says of itself. */
export const declareCases: readonly ConformanceCase[] = [
  {
    id: 'DECLARE-010',
    promise: 'an adapter that cannot leave the machine says that it is simulated',
    reason: 'a live account needs the live gate; whoever lies here opens it',
    async run({ broker, settle, clock }) {
      await settle(clock.settle());
      checkMatches(broker.orders.capabilities.environment, 'SIMULATED', 'the environment');
    },
  },
  {
    id: 'DECLARE-020',
    promise: 'the terms that it declares are terms of the contract, none twice',
    reason: 'the engine refuses the rest before anything is sent',
    async run({ broker, settle, clock }) {
      await settle(clock.settle());
      const seen = new Set<string>();
      for (const row of broker.orders.capabilities.orderTerms) {
        checkThat(orderTypes.includes(row.orderType), 'a type of the contract', row);
        checkThat(timesInForce.includes(row.timeInForce), 'a condition of the contract', row);
        for (const venue of row.venues) {
          checkThat(venues.includes(venue), 'a venue of the contract', row);
          for (const session of row.sessions) {
            checkThat(tradingSessions.includes(session), 'a session of the contract', row);
            const key = [row.orderType, row.timeInForce, venue, session, row.effectiveFrom].join(' ');
            checkThat(!seen.has(key), 'no terms twice', key);
            seen.add(key);
          }
        }
      }
      checkThat(seen.size > 0, 'something is declared');
    },
  },
  {
    id: 'DECLARE-030',
    promise: 'a plain limit order on KRX in the regular session is among them',
    reason: 'without it there is nothing to test',
    async run({ broker, settle, clock }) {
      await settle(clock.settle());
      const found = broker.orders.capabilities.orderTerms.some(
        ({ orderType, timeInForce, venues: at, sessions }) =>
          orderType === 'LIMIT' && timeInForce === 'DAY' && at.includes('KRX') && sessions.includes('REGULAR'),
      );
      checkThat(found, 'LIMIT DAY on KRX in REGULAR is declared');
    },
  },
  {
    id: 'DECLARE-040',
    promise: 'its parts go by one broker id, and its name is not empty',
    reason: 'journals and reports tell brokers apart by it',
    async run({ broker, settle, clock }) {
      await settle(clock.settle());
      const { orders, account, quotes } = broker;
      checkMatches([account.brokerId, quotes.brokerId], [orders.brokerId, orders.brokerId], 'the ids of the parts');
      checkMatches(orders.capabilities.brokerId, orders.brokerId, 'the id of the capabilities');
      checkThat(orders.displayName.length > 0, 'a display name');
    },
  },
];
