import { type BrokerCapabilities } from '@qts/core';
import { buildOrderRequest } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { createTermsCheck } from './carriable-terms.ts';

const row = { orderType: 'LIMIT', timeInForce: 'DAY', venues: ['KRX', 'SOR'], sessions: ['REGULAR'] } as const;
const capabilities = (orderTerms: BrokerCapabilities['orderTerms']): BrokerCapabilities => ({
  brokerId: 'stub',
  environment: 'PAPER',
  orderTerms,
  queries: {},
});
const inKorea = (text: string): number => Date.parse(`${text}+09:00`);

describe('createTermsCheck', () => {
  const nowMs = inKorea('2026-09-14T10:00:00.000');

  it.each([
    [{}, true],
    [{ venue: 'SOR' }, true],
    [{ venue: 'NXT' }, false],
    [{ session: 'AFTER_MARKET' }, false],
    [{ timeInForce: 'IOC' }, false],
    [{ orderType: 'MARKET' }, false],
  ] as const)('answers %o with %s', (terms, carried) => {
    expect(createTermsCheck(capabilities([row]))(buildOrderRequest(terms), nowMs)).toBe(carried);
  });

  it.each([
    ['2026-09-13T23:59:59.999', false],
    ['2026-09-14T00:00:00.000', true],
    ['2026-09-15T23:59:59.999', true],
    ['2026-09-16T00:00:00.000', false],
  ])('takes the dates of a row as days in Korea: %s is %s', (at, carried) => {
    const dated = { ...row, effectiveFrom: '2026-09-14', effectiveTo: '2026-09-15' };
    expect(createTermsCheck(capabilities([dated]))(buildOrderRequest(), inKorea(at))).toBe(carried);
  });

  it('takes the rows of one combination together', () => {
    const rows = [
      { ...row, effectiveTo: '2026-09-11' },
      { ...row, effectiveFrom: '2026-09-14' },
    ];
    expect(createTermsCheck(capabilities(rows))(buildOrderRequest(), nowMs)).toBe(true);
  });
});
