import { type VenueFaultId, type VenueOrder, type VenueSim } from '@qts/venue-sim';
import {
  type ConformanceFault,
  type ConformanceVenue,
  type OtherOrder,
  type VenueTruth,
} from '../conformance-target.ts';
import { type SimulatedTargetSettings } from './simulated-target.ts';

/** What each fault of the suite is called in the venue's catalogue. */
const venueFaultOf: Readonly<Record<ConformanceFault, VenueFaultId>> = {
  'drop-before': 'R07-drop-before-accept',
  'drop-after': 'R08-drop-after-accept',
  'reset-before': 'R07-reset-before-accept',
  'reset-after': 'R08-reset-after-accept',
  'silence-before': 'R09-silence-before-accept',
  'silence-after': 'R10-silence-after-accept',
  'cut-body-after': 'R13-cut-body-after-accept',
  'half-json-before': 'R13-half-json-before-accept',
  'half-json-after': 'R13-half-json-after-accept',
  'empty-before': 'R14-empty-200-before-accept',
  'empty-after': 'R14-empty-200-after-accept',
  'html-before': 'R15-html-page-before-accept',
  'html-after': 'R15-html-page-after-accept',
  'no-number-before': 'R18-no-order-number-before-accept',
  'no-number-after': 'R18-no-order-number-after-accept',
  'error-500-before': 'R20-error-500-before-accept',
  'error-500-after': 'R19-error-500-after-accept',
  'error-502-after': 'R21-error-502-after-accept',
  'error-503-after': 'R21-error-503-after-accept',
  'error-504-after': 'R21-error-504-after-accept',
  'other-operation-before': 'wrong-operation-echoed-before-accept',
  'other-operation-after': 'wrong-operation-echoed-after-accept',
  'redirect-before': 'R36-redirect-before-accept',
  'unlisted-refusal': 'R17-unlisted-refusal',
  'rate-limit': 'R22-rate-limit-under-500',
  'rate-limit-storm': 'R24-rate-limit-storm',
  'token-expired': 'R25-token-expired',
  'token-issue-refused': 'R27-token-issue-refused',
  'answer-late': 'answer-late-within-deadline',
  'page-fails': 'R38-page-fails',
  'pages-endless': 'R38-pages-endless',
  'rows-doubled': 'R38-rows-doubled',
  'numbers-for-text': 'R44-numbers-for-text',
};

/** The simulated venue behind the suite's own words. */
export function createSimulatedVenue(venue: VenueSim, settings: SimulatedTargetSettings): ConformanceVenue {
  const { exchange } = venue;
  const { operations, rateRefusalCodes } = settings;

  function enter(order: OtherOrder, accountId: string | undefined): void {
    const result = exchange.placeOrder({
      ...(accountId === undefined ? undefined : { accountId }),
      symbol: order.symbol,
      side: order.side,
      quantity: order.quantity,
      orderType: 'LIMIT',
      timeInForce: 'DAY',
      session: 'REGULAR',
      limitPriceKrw: order.priceKrw,
      stopPriceKrw: 0,
    });
    if (!result.ok) throw new Error(`The case's own order was refused: ${result.refusal}, ${result.detail}`);
  }

  return {
    placeOfMarket(order) {
      enter(order, undefined);
    },
    placeByHand(order) {
      enter(order, 'main');
    },
    orders: () => exchange.listOrders('main').map(truthOf),
    account() {
      const account = exchange.getAccount('main');
      if (account === undefined) throw new Error('The venue lost the account of the case.');
      return account;
    },
    requestCount: (kind) =>
      kind === 'ANY'
        ? venue.requests().length
        : operations[kind].reduce((sum, operation) => sum + venue.requests(operation).length, 0),
    rateRefusalCount: () => venue.requests().filter(({ resultCode }) => rateRefusalCodes.includes(resultCode)).length,
    strike(fault, on, times = 1) {
      const names = on === 'ANY' ? [undefined] : operations[on];
      for (const operation of names) {
        venue.faults.plan({
          fault: venueFaultOf[fault],
          ...(operation === undefined ? undefined : { operation }),
          ...(times === 1 ? undefined : { times }),
        });
      }
    },
    struckCount: () => Object.values(venue.faults.counters()).reduce((sum, count) => sum + count, 0),
  };
}

function truthOf(order: VenueOrder): VenueTruth {
  const { orderNumber, originalOrderNumber, ...rest } = order;
  return {
    ...rest,
    brokerOrderId: String(orderNumber),
    ...(originalOrderNumber === undefined ? undefined : { originalBrokerOrderId: String(originalOrderNumber) }),
  };
}
