import { type OrderType, type TimeInForce, type Venue, orderTypes, timesInForce } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { type WindowKind, windowKinds } from '../sessions/session-rules.ts';
import { type OrderTermsQuery, orderTermsAllowed } from './order-terms.ts';

const share = { productClass: 'STOCK', market: 'KOSPI' } as const;

/** Everything a venue's window takes from a KOSPI share on a date, as `TYPE CONDITION`. */
function taken(venue: Venue, tradingDate: string, window: WindowKind, issue: Partial<OrderTermsQuery> = {}): string[] {
  const all: string[] = [];
  for (const orderType of orderTypes) {
    for (const timeInForce of timesInForce) {
      const answer = orderTermsAllowed({ ...share, venue, tradingDate, window, orderType, timeInForce, ...issue });
      if (answer.ok) all.push(`${orderType} ${timeInForce}`);
    }
  }
  return all;
}

// The tables below are section 6.2 and the code table of section 6.3 of the market-rules reference, typed again.
const oldContinuous = [
  'LIMIT DAY',
  'LIMIT IOC',
  'LIMIT FOK',
  'MARKET DAY',
  'MARKET IOC',
  'MARKET FOK',
  'CONDITIONAL_LIMIT DAY',
  'BEST_LIMIT DAY',
  'BEST_LIMIT IOC',
  'BEST_LIMIT FOK',
  'PRIORITY_LIMIT DAY',
];
const newTypes = ['MIDPOINT DAY', 'MIDPOINT IOC', 'MIDPOINT FOK', 'STOP_LIMIT DAY'];

describe('KRX takes from a share', () => {
  it.each([
    ['2018-11-19', 'PRE_OPEN_CLOSING_PRICE', ['CLOSING_PRICE DAY']],
    ['2026-11-20', 'PRE_OPEN_CLOSING_PRICE', ['CLOSING_PRICE DAY']],
    ['2018-11-19', 'OPENING_AUCTION', ['LIMIT DAY', 'MARKET DAY', 'CONDITIONAL_LIMIT DAY']],
    ['2026-11-20', 'OPENING_AUCTION', ['LIMIT DAY', 'MARKET DAY', 'CONDITIONAL_LIMIT DAY']],
    ['2018-11-19', 'CONTINUOUS', oldContinuous],
    ['2025-03-03', 'CONTINUOUS', oldContinuous],
    ['2025-03-04', 'CONTINUOUS', [...oldContinuous, ...newTypes]],
    ['2026-11-20', 'CONTINUOUS', [...oldContinuous, ...newTypes]],
    ['2026-11-20', 'CLOSING_AUCTION', ['LIMIT DAY', 'MARKET DAY']],
    ['2026-11-20', 'POST_CLOSE_CLOSING_PRICE', ['CLOSING_PRICE DAY']],
    ['2026-09-11', 'AFTER_HOURS_SINGLE_PRICE', ['AFTER_HOURS_SINGLE_PRICE DAY']],
    ['2026-09-14', 'AFTER_HOURS_SINGLE_PRICE', []],
    ['2026-09-11', 'AFTER_MARKET', []],
    [
      '2026-09-14',
      'AFTER_MARKET',
      [
        'LIMIT DAY',
        'LIMIT IOC',
        'LIMIT FOK',
        'BEST_LIMIT DAY',
        'BEST_LIMIT IOC',
        'BEST_LIMIT FOK',
        'PRIORITY_LIMIT DAY',
      ],
    ],
    ['2026-11-20', 'PRE_MARKET', []],
  ] as const)('on %s in %s: %j', (tradingDate, window, expected) => {
    expect(taken('KRX', tradingDate, window)).toStrictEqual(expected);
  });
});

describe('NXT takes from a share', () => {
  it.each([
    ['2026-09-11', 'PRE_MARKET', ['LIMIT DAY']],
    ['2026-09-14', 'PRE_MARKET', ['LIMIT DAY', 'LIMIT GTP', 'BEST_LIMIT GTP', 'PRIORITY_LIMIT GTP']],
    [
      '2025-03-04',
      'CONTINUOUS',
      [
        'LIMIT DAY',
        'LIMIT IOC',
        'LIMIT FOK',
        'MARKET IOC',
        'MARKET FOK',
        'BEST_LIMIT DAY',
        'BEST_LIMIT IOC',
        'BEST_LIMIT FOK',
        'PRIORITY_LIMIT DAY',
        ...newTypes,
      ],
    ],
    ['2026-11-20', 'AFTER_MARKET', ['LIMIT DAY']],
    ['2026-11-20', 'POST_CLOSE_CLOSING_PRICE', []],
    ['2026-11-20', 'OPENING_AUCTION', []],
  ] as const)('on %s in %s: %j', (tradingDate, window, expected) => {
    expect(taken('NXT', tradingDate, window)).toStrictEqual(expected);
  });

  it('and nothing before it opened', () => {
    expect(windowKinds.flatMap((window) => taken('NXT', '2025-02-28', window))).toStrictEqual([]);
  });
});

describe('a routed order', () => {
  it('is taken in continuous trading only, without conditional limit, mid-point and stop', () => {
    expect(taken('SOR', '2026-11-20', 'CONTINUOUS')).toStrictEqual([
      'LIMIT DAY',
      'LIMIT IOC',
      'LIMIT FOK',
      'MARKET DAY',
      'MARKET IOC',
      'MARKET FOK',
      'BEST_LIMIT DAY',
      'BEST_LIMIT IOC',
      'BEST_LIMIT FOK',
      'PRIORITY_LIMIT DAY',
    ]);
    expect(taken('SOR', '2026-11-20', 'OPENING_AUCTION')).toStrictEqual([]);
  });
});

describe('by class of product', () => {
  it('ETF and ETN are not taken by the KRX after-market and by NXT', () => {
    for (const productClass of ['ETF', 'ETN'] as const) {
      expect(taken('KRX', '2026-11-20', 'AFTER_MARKET', { productClass })).toStrictEqual([]);
      expect(taken('NXT', '2026-11-20', 'CONTINUOUS', { productClass })).toStrictEqual([]);
      expect(taken('KRX', '2026-11-20', 'CONTINUOUS', { productClass })).toStrictEqual(oldContinuous);
    }
  });

  it('ELW takes limit orders in the regular session only', () => {
    const elw = { productClass: 'ELW' } as const;
    expect(windowKinds.map((window) => taken('KRX', '2026-11-20', window, elw))).toStrictEqual([
      [],
      [],
      ['LIMIT DAY'],
      ['LIMIT DAY'],
      ['LIMIT DAY'],
      [],
      [],
      [],
    ]);
  });

  it('KONEX takes limit and market, the price after the close, and nothing else', () => {
    const konex = { market: 'KONEX' } as const;
    expect(taken('KRX', '2026-11-20', 'CONTINUOUS', konex)).toStrictEqual(['LIMIT DAY', 'MARKET DAY']);
    expect(taken('KRX', '2026-11-20', 'POST_CLOSE_CLOSING_PRICE', konex)).toStrictEqual(['CLOSING_PRICE DAY']);
    expect(taken('KRX', '2026-11-20', 'PRE_OPEN_CLOSING_PRICE', konex)).toStrictEqual([]);
    expect(taken('KRX', '2026-11-20', 'AFTER_MARKET', konex)).toStrictEqual([]);
  });
});

describe('orderTermsAllowed', () => {
  const query = {
    ...share,
    venue: 'KRX',
    tradingDate: '2026-11-20',
    window: 'CONTINUOUS',
    orderType: 'LIMIT',
    timeInForce: 'DAY',
  } as const;

  it('names the session and how well the answer is supported', () => {
    expect(orderTermsAllowed(query)).toStrictEqual({ ok: true, session: 'REGULAR', confidence: 'CONFIRMED' });
    expect(orderTermsAllowed({ ...query, window: 'AFTER_MARKET', timeInForce: 'IOC' })).toStrictEqual({
      ok: true,
      session: 'AFTER_MARKET',
      confidence: 'SINGLE_SOURCE',
    });
  });

  it.each([
    [
      { window: 'AFTER_MARKET', orderType: 'MARKET' },
      'TERMS_NOT_ALLOWED',
      'KRX AFTER_MARKET does not take MARKET DAY (broker notices of 2026-09).',
    ],
    [
      { orderType: 'PRIORITY_LIMIT', timeInForce: 'IOC' },
      'TERMS_NOT_ALLOWED',
      'No source says that KRX CONTINUOUS takes PRIORITY_LIMIT IOC on 2026-11-20.',
    ],
    [
      { window: 'AFTER_HOURS_SINGLE_PRICE', orderType: 'AFTER_HOURS_SINGLE_PRICE' },
      'NO_SUCH_WINDOW',
      'KRX has no AFTER_HOURS_SINGLE_PRICE on 2026-11-20.',
    ],
    [
      { window: 'AFTER_MARKET', productClass: 'ETF' },
      'PRODUCT_NOT_ALLOWED',
      'KRX AFTER_MARKET does not take KOSPI ETF on 2026-11-20.',
    ],
    [
      { productClass: 'ETF', orderType: 'MIDPOINT' },
      'PRODUCT_NOT_ALLOWED',
      'No source says that KOSPI ETF takes MIDPOINT DAY on 2026-11-20.',
    ],
    [
      { productClass: 'ETF', market: 'KOSDAQ' },
      'PRODUCT_NOT_ALLOWED',
      'No source says that KOSDAQ ETF takes LIMIT DAY on 2026-11-20.',
    ],
  ] as const)('denies %j with a reason', (change, code, reason) => {
    expect(orderTermsAllowed({ ...query, ...change })).toStrictEqual({ ok: false, code, reason });
  });

  it.each([
    ['orderType', { orderType: 'ICEBERG' as OrderType }],
    ['timeInForce', { timeInForce: 'GTC' as TimeInForce }],
    ['venue', { venue: 'NYSE' as Venue }],
    ['window', { window: 'LUNCH' as WindowKind }],
    ['tradingDate', { tradingDate: '2026/11/20' }],
  ])('throws for an unknown %s', (field, change) => {
    expect(() => orderTermsAllowed({ ...query, ...change })).toThrow(field);
  });
});
