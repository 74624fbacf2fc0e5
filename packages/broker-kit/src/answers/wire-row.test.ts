import { describe, expect, it } from 'vitest';
import { isWireRow, shapeOf } from './wire-row.ts';

describe('shapeOf', () => {
  it.each([
    ['12-ab', "'99-aa'"],
    ['한글 1', "'aa 9'"],
    ['\u0000\n', "'??'"],
    ['1'.repeat(30), `'${'9'.repeat(24)}' … 30 characters`],
    [null, 'null'],
    [[1], 'list'],
    [12, 'number'],
    [undefined, 'undefined'],
  ])('shows %j as %s, never its content', (value, shape) => {
    expect(shapeOf(value)).toBe(shape);
  });
});

describe('isWireRow', () => {
  it.each([[null], [[]], ['text'], [1], [undefined]])('%j is none', (value) => {
    expect(isWireRow(value)).toBe(false);
  });

  it('is one object', () => {
    expect(isWireRow({})).toBe(true);
  });
});
