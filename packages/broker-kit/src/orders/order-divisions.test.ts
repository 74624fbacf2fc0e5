import { describe, expect, it } from 'vitest';
import { createDivisionFinder, orderDivision, type OrderTerms } from './order-divisions.ts';

const limit = orderDivision('00', '지정가', 'LIMIT', 'DAY', { KRX: ['REGULAR'], NXT: ['PRE_MARKET', 'REGULAR'] });
const market = orderDivision('01', '시장가', 'MARKET', 'DAY', { KRX: ['REGULAR'] }, { effectiveTo: '2026-09-11' });
const find = createDivisionFinder([limit, market], ({ effectiveFrom }, venue) =>
  venue === 'NXT' ? '2025-03-04' : effectiveFrom,
);
const terms = (each: Partial<OrderTerms>): OrderTerms => ({
  ...{ orderType: 'LIMIT', timeInForce: 'DAY', session: 'REGULAR', venue: 'KRX' },
  ...each,
});

describe('an order division', () => {
  it('carries a price when its type does', () => {
    expect([limit.carriesPrice, market.carriesPrice]).toEqual([true, false]);
  });

  it('is found by every combination that is offered, and by no other', () => {
    expect(find(terms({}), '2026-09-14')).toBe(limit);
    expect(find(terms({ venue: 'NXT', session: 'PRE_MARKET' }), '2026-09-14')).toBe(limit);
    expect(find(terms({ session: 'PRE_MARKET' }), '2026-09-14')).toBeUndefined();
    expect(find(terms({ timeInForce: 'IOC' }), '2026-09-14')).toBeUndefined();
  });

  it('is found on its dates, both inclusive', () => {
    expect(find(terms({ orderType: 'MARKET' }), '2026-09-11')).toBe(market);
    expect(find(terms({ orderType: 'MARKET' }), '2026-09-12')).toBeUndefined();
    expect(find(terms({ venue: 'NXT' }), '2025-03-04')).toBe(limit);
    expect(find(terms({ venue: 'NXT' }), '2025-03-03')).toBeUndefined();
  });
});
