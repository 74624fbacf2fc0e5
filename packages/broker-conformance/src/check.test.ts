import { describe, expect, it } from 'vitest';
import { ConformanceFailure, checkMatches, checkRejects, checkThat } from './check.ts';

describe('checkMatches', () => {
  it.each([
    [1, 1],
    [{ a: 1, b: 2 }, { a: 1 }],
    [[{ a: 1 }], [{ a: 1 }]],
    [undefined, undefined],
    [{ a: { b: [1, 2] } }, { a: { b: [1, 2] } }],
  ])('takes %j for %j', (found, expected) => {
    expect(() => {
      checkMatches(found, expected, 'it');
    }).not.toThrow();
  });

  it.each([
    [1, 2],
    [{ a: 1 }, { a: 1, b: 2 }],
    [[1, 2], [1]],
    [[1], [1, 2]],
    [null, {}],
    [{}, []],
    ['1', 1],
  ])('does not take %j for %j', (found, expected) => {
    expect(() => {
      checkMatches(found, expected, 'it');
    }).toThrow(ConformanceFailure);
  });
});

describe('checkThat', () => {
  it('shows what was found', () => {
    expect(() => {
      checkThat(false, 'one request', 4);
    }).toThrow('one request; found 4');
  });
});

describe('checkRejects', () => {
  it('gives the reason of a rejection', async () => {
    await expect(checkRejects(Promise.reject(new Error('no')), 'it')).resolves.toMatchObject({ message: 'no' });
  });

  it('fails when nothing is rejected', async () => {
    await expect(checkRejects(Promise.resolve(1), 'the read')).rejects.toThrow(
      'the read: expected a rejection, found 1',
    );
  });
});
