import { type VenueSim, createAcceleratedClock, createVenueSim } from '@qts/venue-sim';
import { benchKeys } from '../order-path/bench-broker.ts';

const tradingDate = '2026-11-20';
/** Ten o'clock of a trading day, whatever the machine's clock says. */
const startMs = Date.parse(`${tradingDate}T10:00:00+09:00`);

/** The order of every client: ten shares at a price at which nothing trades. */
export const theOrder = { symbol: '005930', quantity: 10, limitPriceKrw: 69_900 } as const;

/** A venue of the KIS dialect at real speed, with one account and no other orders. Simulated. */
export function startLostReplyVenue(): Promise<VenueSim> {
  return createVenueSim({
    dialect: 'kis',
    environment: 'LIVE',
    tradingDate,
    instruments: [
      { symbol: theOrder.symbol, name: '삼성전자', market: 'KOSPI', productClass: 'STOCK', basePriceKrw: 70_000 },
    ],
    accounts: [{ accountId: 'main', cashKrw: 1_000_000_000, terms: { feePartsPerBillion: 140_527 }, ...benchKeys }],
    seed: 1,
    clock: createAcceleratedClock({ startMs, speed: 1 }),
  });
}

/** What the venue knows in the end. */
export interface VenueWord {
  /** Requests to place an order that arrived. */
  readonly posts: number;
  /** Orders of the account that exist. */
  readonly orders: number;
}

export function wordOf(venue: VenueSim): VenueWord {
  return { posts: venue.requests('order-cash').length, orders: venue.exchange.listOrders('main').length };
}
