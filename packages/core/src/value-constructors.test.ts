import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeFound } from './describe-found.ts';
import { ValidationError } from './errors.ts';
import * as make from './value-constructors.ts';

type Maker =
  | 'krw'
  | 'signedKrw'
  | 'shares'
  | 'symbolCode'
  | 'intentId'
  | 'clientOrderId'
  | 'brokerOrderId'
  | 'accountId'
  | 'tradingDate';

const wrongType: readonly unknown[] = [undefined, null, {}, [], true, Symbol('x')];

const rows: Readonly<Record<Maker, { readonly good: readonly unknown[]; readonly bad: readonly unknown[] }>> = {
  krw: { good: [0, 1, 70_000, Number.MAX_SAFE_INTEGER], bad: [-1, 0.5, 2 ** 53, Number.NaN, Infinity, '1', 1n] },
  signedKrw: { good: [0, -1, 70_000, Number.MIN_SAFE_INTEGER], bad: [0.5, -(2 ** 53), Number.NaN, -Infinity, '1', 1n] },
  shares: { good: [0, 1, 1_000_000], bad: [-1, 1.5, 2 ** 53, Number.NaN, Infinity, '10', 10n] },
  symbolCode: {
    good: ['005930', '0001A0', 'Q500001', 'Q52000B'],
    bad: ['', '5930', '00593', '0059300', 'A005930', '00593a', '005930 ', '삼성전자', 5930],
  },
  intentId: { good: ['a', '0190-abc', 'x'.repeat(64)], bad: ['', ' ', 'a b', 'é', 'a\n', 'x'.repeat(65), 7] },
  clientOrderId: { good: ['a', 'x'.repeat(64)], bad: ['', 'a b', 'x'.repeat(65)] },
  brokerOrderId: { good: ['117057', 'KIS-VIRTUAL-1'], bad: ['', '   ', '0000', '1 2', 'x'.repeat(65)] },
  accountId: {
    good: ['main', 'kis-paper-1', 'isa_2026'],
    bad: ['', 'my account', '12345678', '12345678-01', '1234567801', '1234-5678-01', 'main-12345678'],
  },
  tradingDate: {
    good: ['2026-09-14', '2024-02-29', '1999-12-31'],
    bad: ['', '2026-02-30', '2026-13-01', '2026-00-10', '20260914', '2026-9-14', '2026-09-14T00:00', 20260914],
  },
};

/** The constructor, as JavaScript calls it: with whatever there is. */
const maker = (name: Maker) => make[name] as (value: unknown) => unknown;

describe.each(Object.entries(rows) as [Maker, (typeof rows)[Maker]][])('%s', (name, { good, bad }) => {
  it.each(good)('takes %j as it is', (value) => {
    expect(maker(name)(value)).toBe(value);
  });

  it.each(bad.map((value) => [describeFound(value), value] as const))('refuses %s', (_found, value) => {
    expect(() => maker(name)(value)).toThrow(ValidationError);
  });

  it('refuses what is not even the right type, with the same error', () => {
    for (const value of wrongType) expect(() => maker(name)(value)).toThrow(ValidationError);
  });
});

describe('brokerOrderId', () => {
  it.each([
    ['0000117057', '117057'],
    ['117057', '117057'],
    ['  0000117057  ', '117057'],
    ['0001170570', '1170570'],
    ['0A1', 'A1'],
  ])('compares %j as %s', (padded, bare) => {
    expect(make.brokerOrderId(padded)).toBe(bare);
  });

  it('compares numbers as equal exactly when they are', () => {
    const number = fc.integer({ min: 1, max: 9_999_999_999 });
    fc.assert(
      fc.property(number, number, (a, b) => {
        expect(make.brokerOrderId(String(a).padStart(10, '0'))).toBe(make.brokerOrderId(String(a)));
        expect(make.brokerOrderId(String(a)) === make.brokerOrderId(String(b).padStart(10, '0'))).toBe(a === b);
      }),
    );
  });
});

describe('an error of a constructor', () => {
  it('says what was found and what to do', () => {
    expect(() => make.shares(1.5)).toThrowErrorMatchingInlineSnapshot(`
      [ValidationError: The value cannot be used as quantity.
        field  quantity
        found  1.5
        next   Give a whole number of shares, zero or more.]
    `);
  });

  it('does not show an account number', () => {
    for (const text of ['12345678-01', '1234567801', 'acct 12345678 01']) {
      expect(() => make.accountId(text)).toThrow(/found +a text with \d+ digits \(not shown\)/);
      expect(() => make.accountId(text)).not.toThrow(/1234/);
    }
  });
});

describe('the checks without an error', () => {
  it('agree with the constructors', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const takes = (name: Maker) => {
          try {
            maker(name)(value);
            return true;
          } catch {
            return false;
          }
        };
        expect([make.isKrw(value), make.isShares(value), make.isSymbolCode(value), make.isId(value)]).toEqual([
          takes('krw'),
          takes('shares'),
          takes('symbolCode'),
          takes('intentId'),
        ]);
      }),
      { numRuns: 500 },
    );
  });
});
