import { type VenueAccount } from '@qts/venue-sim';
import { simulatedInstruments } from './world/market.ts';

/** Brokers under trial. */
export const simulatedBrokers = ['kis', 'kiwoom'] as const;
export type SimulatedBroker = (typeof simulatedBrokers)[number];

/** An account with everything that is left to defaults elsewhere. */
export type SimulatedAccount = VenueAccount & Required<Pick<VenueAccount, 'holdings' | 'htsId'>>;

const holdings = simulatedInstruments.map(({ symbol, basePriceKrw }) => ({
  symbol,
  quantity: 60,
  costKrw: 60 * basePriceKrw,
}));

/** One account at each broker. Invented; the marks in them are looked for in all output (I11). */
export const simulatedAccounts: Readonly<Record<SimulatedBroker, SimulatedAccount>> = {
  kis: {
    accountId: 'simulated-kis',
    accountNumber: '73915024-01',
    appKey: 'CANARY-KEY-5cf81e0a7b',
    appSecret: 'CANARY-SECRET-91d7c4e2aa0f',
    htsId: 'CANARY-HTS-40b1',
    cashKrw: 60_000_000,
    holdings,
    terms: { feePartsPerBillion: 140_527 },
  },
  kiwoom: {
    accountId: 'simulated-kiwoom',
    accountNumber: '6120847351',
    appKey: 'CANARY-KEY-a90d33f172',
    appSecret: 'CANARY-SECRET-0b6e58d1c4e7',
    htsId: 'CANARY-HTS-77c2',
    cashKrw: 60_000_000,
    holdings,
    terms: { feePartsPerBillion: 150_000 },
  },
};

/** Rows on a page of the simulated Kiwoom (`simulated`; 100 is the usual). */
export const kiwoomListRows = 25;
