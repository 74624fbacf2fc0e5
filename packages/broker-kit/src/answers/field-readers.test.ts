import { UnexpectedResponseError } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { createFieldReaders } from './field-readers.ts';

const { rowsIn, textIn, wholeIn } = createFieldReaders('Demo');

describe('a field that is not what it should be', () => {
  it('is an error that names operation and field, and shows a shape', () => {
    let error: unknown;
    try {
      wholeIn(/^[0-9]+$/, { price: '12a45' }, 'price', 'whole won', 'list');
    } catch (caught) {
      error = caught;
    }
    expect(UnexpectedResponseError.isInstance(error) && error.message).toMatchInlineSnapshot(`
      "Demo answered list with a field that cannot be understood.
        operation  list
        field      price
        expected   whole won
        found      '99a99'
        next       The broker may have changed the field. Do not trade on this answer; report the shape above."
    `);
  });

  it.each([
    ['no list', {}],
    ['an object', { rows: {} }],
    ['a list of lists', { rows: [[]] }],
  ])('rows: %s', (_, body) => {
    expect(() => rowsIn(body, 'rows', 'list')).toThrow(UnexpectedResponseError);
  });

  it.each([[undefined], [7], [null]])('text: %j', (value) => {
    expect(() => textIn({ name: value }, 'name', 'list')).toThrow(UnexpectedResponseError);
  });

  it.each([[''], ['1.5'], [7], ['99999999999999999'], [undefined]])('a whole number: %j', (value) => {
    expect(() => wholeIn(/^-?[0-9]+$/, { n: value }, 'n', 'a number', 'list')).toThrow(UnexpectedResponseError);
  });
});

describe('a field that is', () => {
  it('is read', () => {
    expect(rowsIn({ rows: [{ a: 1 }] }, 'rows', 'list')).toEqual([{ a: 1 }]);
    expect(textIn({ name: '' }, 'name', 'list')).toBe('');
    expect(wholeIn(/^-?[0-9]+$/, { n: '-007' }, 'n', 'a number', 'list')).toBe(-7);
  });

  it('is never a negative nothing', () => {
    expect(Object.is(wholeIn(/^-?[0-9]+$/, { n: '-000' }, 'n', 'a number', 'list'), 0)).toBe(true);
  });
});
