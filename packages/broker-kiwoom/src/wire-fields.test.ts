import { UnexpectedResponseError } from '@qts/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  priceIn,
  priceOrZeroIn,
  rowsIn,
  shapeOf,
  sharesIn,
  signedSharesMagnitudeIn,
  signedWonIn,
  textIn,
  textOrEmptyIn,
  type WireRow,
  wonIn,
} from './wire-fields.ts';

type Reader = (row: WireRow, field: string, operation: string) => number;

/** The forms of numbers on the wire, and what each reader makes of them; `error` is a refusal. */
const forms: readonly (readonly [form: string, reader: Reader, text: unknown, value: number | 'error'])[] = [
  ['padded to 15 places', wonIn, '000000017598258', 17_598_258],
  ['padded to 12 places', wonIn, '000000124500', 124_500],
  ['padded to 10 places', sharesIn, '0000004900', 4_900],
  ['padded nothing', sharesIn, '000000000000000', 0],
  ['padded, with the sign inside the width', signedWonIn, '-00000000196888', -196_888],
  ['padded nothing with a sign', signedWonIn, '-00000000000000', 0],
  ['a width that is not firm', wonIn, '0000000000000000000000017', 17],
  ['a price below the close', priceIn, '-258000', 258_000],
  ['a price above the close', priceIn, '+258500', 258_500],
  ['a price equal to the close', priceIn, ' 67300', 67_300],
  ['a price without a sign', priceIn, '20850', 20_850],
  ['a price that does not exist', priceOrZeroIn, '', 0],
  ['a price whose key is missing', priceOrZeroIn, undefined, 0],
  ['a price of zero', priceOrZeroIn, '0', 0],
  ['a zero with a blank', priceOrZeroIn, ' 0', 0],
  ['a change, whose sign is its value', signedWonIn, '-11250', -11_250],
  ['a rise, whose sign is its value', signedWonIn, '+6000', 6_000],
  ['a quantity sold into the book', signedSharesMagnitudeIn, '-19', 19],
  ['a quantity bought from the book', signedSharesMagnitudeIn, '+6', 6],
  ['a quantity of shares with a sign', sharesIn, '-3', 'error'],
  ['money that cannot be negative', wonIn, '-5', 'error'],
  ['no value where one has to be', wonIn, '', 'error'],
  ['no price where one has to be', priceIn, '', 'error'],
  ['blanks alone', sharesIn, '  ', 'error'],
  ['commas', wonIn, '20,190', 'error'],
  ['a fraction', priceIn, '97602.9573459', 'error'],
  ['two signs', signedWonIn, '--3405260', 'error'],
  ['a sign alone', priceIn, '-', 'error'],
  ['words', priceOrZeroIn, 'N/A', 'error'],
  ['a JSON number', wonIn, 17_534, 'error'],
  ['more than a number can hold', wonIn, '99999999999999999', 'error'],
];

describe('numbers on the wire', () => {
  it.each(forms)('%s', (_form, read, text, value) => {
    const row = { field: text };
    if (value === 'error') expect(() => read(row, 'field', 'ka10001')).toThrow(UnexpectedResponseError);
    else expect(read(row, 'field', 'ka10001')).toBe(value);
  });
});

describe('any number', () => {
  /** A number as Kiwoom may write it: a blank, a sign, any padding. */
  const written = fc
    .tuple(fc.nat(), fc.integer({ min: 1, max: 25 }), fc.constantFrom('', ' '), fc.constantFrom('', '+', '-'))
    .map(([value, width, blank, sign]) => ({
      value,
      sign,
      text: `${blank}${sign}${String(value).padStart(width, '0')}`,
    }));

  it('reads the same at every width: as a magnitude where the sign is direction, as itself where it is real', () => {
    fc.assert(
      fc.property(written, ({ value, sign, text }) => {
        expect(priceIn({ text }, 'text', 'any')).toBe(value);
        expect(signedSharesMagnitudeIn({ text }, 'text', 'any')).toBe(value);
        expect(signedWonIn({ text }, 'text', 'any')).toBe(sign === '-' && value > 0 ? -value : value);
      }),
    );
  });

  it('has no sign in a count or in money that cannot be owed', () => {
    fc.assert(
      fc.property(written, ({ value, sign, text }) => {
        for (const read of [sharesIn, wonIn]) {
          if (sign === '') expect(read({ text }, 'text', 'any')).toBe(value);
          else expect(() => read({ text }, 'text', 'any')).toThrow(UnexpectedResponseError);
        }
      }),
    );
  });

  it('is never made out of other text', () => {
    const notNumbers = fc.string().filter((text) => !/^ *[+-]?[0-9]+$/.test(text));
    fc.assert(
      fc.property(notNumbers, (text) => {
        for (const read of [priceIn, sharesIn, wonIn, signedWonIn, signedSharesMagnitudeIn]) {
          expect(() => read({ text }, 'text', 'any')).toThrow(UnexpectedResponseError);
        }
      }),
    );
  });
});

describe('a field that cannot be understood', () => {
  it('is named with the operation and its shape, and its value is not shown', () => {
    expect(() => wonIn({ entr: '12,345 won' }, 'entr', 'kt00001')).toThrow(
      expect.objectContaining({
        code: 'UNEXPECTED_FIELD',
        facts: { operation: 'kt00001', field: 'entr', expected: 'whole won, zero or more', found: "'99,999 aaa'" },
      }),
    );
  });

  it.each([
    ['nothing', undefined, 'undefined'],
    ['null', null, 'null'],
    ['a list', [], 'list'],
    ['long text', '1'.repeat(30), `'${'9'.repeat(24)}' … 30 characters`],
    ['Korean text', '매수 가', "'aa a'"],
  ])('has a shape: %s', (_name, value, shape) => {
    expect(shapeOf(value)).toBe(shape);
  });

  it.each([
    ['a list that is missing', {}],
    ['a list of something else', { list: ['A005930'] }],
    ['an object', { list: {} }],
  ])('is no list: %s', (_name, body) => {
    expect(() => rowsIn(body, 'list', 'ka10099')).toThrow(UnexpectedResponseError);
  });

  it('is text that is a number; a key that may be missing reads as empty', () => {
    expect(() => textIn({ stk_cd: 5_930 }, 'stk_cd', 'ka10001')).toThrow(UnexpectedResponseError);
    expect(() => textOrEmptyIn({ stk_cd: 5_930 }, 'stk_cd', 'ka10001')).toThrow(UnexpectedResponseError);
    expect(textOrEmptyIn({}, 'crd_tp', 'kt00018')).toBe('');
  });
});
