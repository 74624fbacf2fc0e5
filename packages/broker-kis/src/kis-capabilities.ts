import { type BrokerCapabilities, type OrderTermsCapability, type Venue } from '@qts/core';
import { kisOrderDivisions, kisVenueEffectiveFrom } from './kis-order-divisions.ts';
import { kisOperations } from './kis-operations.ts';
import { type KisEnvironment } from './rest/operation.ts';

/** Paper takes KRX only. Which of the rarer order types it takes is not documented: all are offered, it may refuse. */
const venuesOf: Readonly<Record<KisEnvironment, ReadonlySet<Venue>>> = {
  LIVE: new Set(['KRX', 'NXT', 'SOR']),
  PAPER: new Set(['KRX']),
};

function orderTermsOf(environment: KisEnvironment): readonly OrderTermsCapability[] {
  return kisOrderDivisions.flatMap(({ orderType, timeInForce, offered, effectiveFrom, effectiveTo }) =>
    (Object.entries(offered) as [Venue, OrderTermsCapability['sessions']][])
      .filter(([venue]) => venuesOf[environment].has(venue))
      .map(([venue, sessions]) => {
        const from = effectiveFrom ?? kisVenueEffectiveFrom[venue];
        return {
          orderType,
          timeInForce,
          venues: [venue],
          sessions,
          ...(from === undefined ? {} : { effectiveFrom: from }),
          ...(effectiveTo === undefined ? {} : { effectiveTo }),
        };
      }),
  );
}

function capabilitiesOf(environment: KisEnvironment): BrokerCapabilities {
  return {
    brokerId: 'kis',
    environment,
    orderTerms: orderTermsOf(environment),
    queries: Object.fromEntries(
      kisOperations
        .filter(({ method }) => method === 'GET')
        .map(({ name, operationId }) => [name, operationId[environment] !== null]),
    ),
  };
}

/** What KIS can do in each environment, as data: the engine refuses the rest before anything is sent. */
export const kisCapabilities: Readonly<Record<KisEnvironment, BrokerCapabilities>> = {
  LIVE: capabilitiesOf('LIVE'),
  PAPER: capabilitiesOf('PAPER'),
};
