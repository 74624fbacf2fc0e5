import { ValidationError } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { assertRequestFields } from './request-fields.ts';

const operation = {
  name: 'order',
  request: [
    { name: 'symbol', lengthMax: 6, required: true },
    { name: 'branch', lengthMax: 5, required: true },
    { name: 'note', lengthMax: 2, required: false },
  ],
};
const fields = { symbol: '005930', branch: '06010', note: '' };
const check = (changes: object, mayBeEmpty?: (name: string) => boolean) => () => {
  assertRequestFields('Demo', operation, { ...fields, ...changes }, mayBeEmpty);
};

describe('the fields of a request', () => {
  it('pass when they are the operation’s', () => {
    expect(check({})).not.toThrow();
    expect(check({ branch: '' }, (name) => name === 'branch')).not.toThrow();
  });

  it.each([
    ['one is missing', { note: undefined }],
    ['one is no text', { symbol: 5930 }],
    ['one is too long', { note: 'abc' }],
    ['a required one is empty', { branch: '' }],
    ['there is one more', { other: 'x' }],
  ])('are refused when %s', (_, changes) => {
    expect(check(changes)).toThrow(ValidationError);
  });

  it('are shown as shapes, never as values', () => {
    expect(check({ note: '8765432101' })).toThrowErrorMatchingInlineSnapshot(`
      [ValidationError: A field of the Demo request order is not valid.
        operation  order
        field      note
        expected   text of at most 2 characters
        found      '9999999999'
        next       Nothing was sent. Give every field of the operation as text; unused ones are empty.]
    `);
  });
});
