import { describe, expect, it } from 'vitest';
import { parseArguments } from './parse-arguments.ts';

describe('parseArguments', () => {
  it('measures everything when nothing is named', () => {
    expect(parseArguments([])).toEqual({
      ...{ help: false, json: false, quick: false, write: false },
      benchmarks: ['order-path', 'matching', 'parse', 'streams', 'journal', 'limiter'],
    });
  });

  it('measures what is named, in one order', () => {
    expect(parseArguments(['parse', 'order-path', '--quick', '--json'])).toMatchObject({
      ...{ quick: true, json: true },
      benchmarks: ['order-path', 'parse'],
    });
  });

  it.each([
    [['bogus'], /no benchmark "bogus". Known: order-path, matching, parse, streams, journal, limiter/],
    [['--fast'], /--fast/],
    [['--write', '--quick'], /--write takes a whole run/],
    [['--write', 'parse'], /--write takes a whole run/],
  ])('refuses %j', (argv, message) => {
    expect(() => parseArguments(argv)).toThrow(message);
  });
});
