import { type BrokerCapabilities, type OrderTermsCapability, type Venue } from '@qts/core';
import { effectiveFromOf, isOffered, kiwoomOrderDivisions } from './kiwoom-order-divisions.ts';
import { kiwoomOperations } from './kiwoom-operations.ts';
import { type KiwoomEnvironment } from './rest/operation.ts';

function orderTermsOf(environment: KiwoomEnvironment): readonly OrderTermsCapability[] {
  return kiwoomOrderDivisions.flatMap((division) =>
    (Object.entries(division.offered) as [Venue, OrderTermsCapability['sessions']][]).flatMap(([venue, sessions]) =>
      sessions
        .filter((session) => isOffered(environment, venue, session))
        .map((session) => {
          const { orderType, timeInForce, effectiveTo } = division;
          const effectiveFrom = effectiveFromOf(division, venue, session);
          return {
            orderType,
            timeInForce,
            venues: [venue],
            sessions: [session],
            ...(effectiveFrom === undefined ? {} : { effectiveFrom }),
            ...(effectiveTo === undefined ? {} : { effectiveTo }),
          };
        }),
    ),
  );
}

function capabilitiesOf(environment: KiwoomEnvironment): BrokerCapabilities {
  return {
    brokerId: 'kiwoom',
    environment,
    orderTerms: orderTermsOf(environment),
    queries: Object.fromEntries(
      kiwoomOperations
        .filter(({ repeatable }) => repeatable)
        .map(({ name, operationId }) => [name, operationId[environment] !== null]),
    ),
  };
}

/** What Kiwoom can do in each environment, as data: the engine refuses the rest before anything is sent. */
export const kiwoomCapabilities: Readonly<Record<KiwoomEnvironment, BrokerCapabilities>> = {
  LIVE: capabilitiesOf('LIVE'),
  PAPER: capabilitiesOf('PAPER'),
};
