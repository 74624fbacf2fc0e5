import { type VenueAccount, type VenueDialectName } from '../venue-settings.ts';

/**
 * The accounts that the program opens, one with each broker. Keys and secrets open nothing but this venue. Those of KIS are
 * 36 and 180 characters long as the broker's are (published), because public clients refuse other lengths before their
 * first request; those of Kiwoom have no published length.
 */
export const demoAccounts: Readonly<Record<VenueDialectName, VenueAccount>> = {
  kis: {
    accountId: 'demo',
    accountNumber: '50001234-01',
    appKey: 'PSSIMULATEDAPPKEYONLYFORQTSVENUE0001',
    appSecret: 'simulated-app-secret-of-qts-venue-'.padEnd(180, '0123456789'),
    htsId: 'demo',
    cashKrw: 100_000_000,
    // 0.0140527 %, an online rate of the broker.
    terms: { feePartsPerBillion: 140_527 },
  },
  kiwoom: {
    accountId: 'demo-kiwoom',
    accountNumber: '5000123401',
    appKey: 'simulated-app-key-of-qts-venue',
    appSecret: 'simulated-secret-key-of-qts-venue',
    cashKrw: 100_000_000,
    // 0.015 %, an online rate of the broker.
    terms: { feePartsPerBillion: 150_000 },
  },
};
