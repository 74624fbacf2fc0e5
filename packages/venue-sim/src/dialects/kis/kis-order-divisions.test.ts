import { describe, expect, it } from 'vitest';
import { kisOrderDivisions, orderDivisionCode } from './kis-order-divisions.ts';

describe('kisOrderDivisions', () => {
  it.each([...kisOrderDivisions])('%s is the only code of its terms', (code, terms) => {
    expect(orderDivisionCode(terms)).toBe(code);
  });

  it('has the codes that KRX takes, and none of NXT', () => {
    expect([...kisOrderDivisions.keys()].join(' ')).toBe(
      '00 01 02 03 04 05 06 07 11 12 13 14 15 16 21 22 23 24 41 42 43 44 45 46 47',
    );
  });

  it('has no code for terms that the broker does not carry', () => {
    expect(orderDivisionCode({ orderType: 'MARKET', timeInForce: 'DAY', session: 'AFTER_MARKET' })).toBeUndefined();
  });
});
