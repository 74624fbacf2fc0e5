import { describe, expect, it } from 'vitest';
import { exchangeFee } from './exchange-fees.ts';

describe('exchangeFee', () => {
  it.each([
    ['KRX', '2025-12-12', 'MAKER', 22_763, 'CONFIRMED'],
    ['KRX', '2025-12-15', 'MAKER', 13_400, 'CONFIRMED'],
    ['KRX', '2025-12-15', 'TAKER', 18_200, 'CONFIRMED'],
    ['KRX', '2026-02-13', 'TAKER', 18_200, 'CONFIRMED'],
    ['KRX', '2026-02-19', 'TAKER', 22_763, 'UNCONFIRMED'],
    ['NXT', '2026-11-20', 'MAKER', 13_400, 'CONFIRMED'],
    ['NXT', '2026-11-20', 'TAKER', 18_200, 'CONFIRMED'],
  ] as const)('%s on %s, %s: %i parts per billion', (venue, tradingDate, liquidity, partsPerBillion, confidence) => {
    expect(exchangeFee({ venue, tradingDate, liquidity })).toMatchObject({ rule: { partsPerBillion, confidence } });
  });

  it('knows no fee of NXT before it opened', () => {
    expect(exchangeFee({ venue: 'NXT', tradingDate: '2025-02-28', liquidity: 'MAKER' })).toMatchObject({
      code: 'DATE_NOT_COVERED',
    });
  });
});
