import { type VenueAccount } from '@qts/venue-sim';
import { simulatedInstruments } from './world/market.ts';

/** The account of every run. Invented; the marks in it are looked for in all output (I11). */
export const simulatedAccount: VenueAccount & Required<Pick<VenueAccount, 'holdings'>> = {
  accountId: 'simulated-1',
  accountNumber: '73915024-01',
  appKey: 'CANARY-KEY-5cf81e0a7b',
  appSecret: 'CANARY-SECRET-91d7c4e2aa0f',
  cashKrw: 60_000_000,
  holdings: simulatedInstruments.map(({ symbol, basePriceKrw }) => ({
    symbol,
    quantity: 60,
    costKrw: 60 * basePriceKrw,
  })),
  terms: { feePartsPerBillion: 140_527 },
};
