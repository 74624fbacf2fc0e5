import { type KiwoomErrorRow, backEndRefusal } from './rows.ts';

const paper = { environments: ['PAPER'] } as const;

/**
 * Codes of the mock server's back end: `[2000](RC4058:text)`. Believed whatever the evidence, since no money hangs on
 * them; never on live, where the same matter has six digits.
 */
export const paperCodes: Readonly<Record<string, KiwoomErrorRow>> = {
  RC4003: backEndRefusal('ORDER_REJECTED', 'reported', 'mock: price off the tick grid', paper),
  RC4007: backEndRefusal('INSTRUMENT', 'reported', 'mock: stock is restricted from trading', paper),
  RC4025: backEndRefusal('INSUFFICIENT_FUNDS', 'reported', 'mock: not enough cash for the order', paper),
  RC4033: backEndRefusal('NOTHING_TO_CANCEL', 'OCX reports', 'mock: nothing left to replace or cancel', paper),
  RC4042: backEndRefusal('ORDER_REJECTED', 'OCX reports', 'mock: new quantity exceeds what can be replaced', paper),
  RC4057: backEndRefusal('MARKET_CLOSED', 'captured', 'mock: session not open yet', paper),
  RC4058: backEndRefusal('MARKET_CLOSED', 'captured', 'mock: session closed', { ...paper, http: 200 }),
  RC4085: backEndRefusal('ORDER_REJECTED', 'OCX reports', 'mock: part of the order is filling', {
    ...paper,
    note: 'check the quantity',
  }),
  RC4091: backEndRefusal('ACCOUNT', 'reported', 'mock: account is closed', {
    ...paper,
    note: 'mock accounts last a few months',
  }),
  RC5006: backEndRefusal('ACCOUNT', 'reported', 'mock: account only for buying back short sales', paper),
  RC9000: backEndRefusal('WRONG_ENVIRONMENT', 'captured', 'mock: service not offered', {
    ...paper,
    note: 'seen for kt00002, kt00015, kt00016, kt00017',
  }),
};
