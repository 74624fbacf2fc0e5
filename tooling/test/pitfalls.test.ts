import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type HoldingTest, pitfalls } from '../docs/pitfalls.ts';

const root = resolve(import.meta.dirname, '../..');

/** Whether the file has a test of this title that runs. */
function isThere({ file, title }: HoldingTest): boolean {
  const path = join(root, file);
  if (!existsSync(path)) return false;
  const [before = '', ...rest] = readFileSync(path, 'utf8').split(`'${title}'`);
  const opening = [...before.matchAll(/^ *(?:it|test)(?<modifiers>(?:\.\w+)*)[(<]/gm)].at(-1);
  return rest.length > 0 && opening !== undefined && !/skip|todo|fails/.test(opening.groups?.['modifiers'] ?? '');
}

describe('the pitfall catalogue', () => {
  it('has the rows of the domain reference, each once and with a test', () => {
    expect(pitfalls.map(({ row }) => row)).toEqual(Array.from({ length: 26 }, (_, index) => index + 1));
    expect(pitfalls.filter(({ tests }) => tests.length === 0)).toEqual([]);
  });

  it('names tests that are there', () => {
    expect(
      pitfalls.flatMap(({ row, tests }) => tests.filter((each) => !isThere(each)).map((each) => [row, each])),
    ).toEqual([]);
  });

  it.each([
    ['of a file that is not there', { file: 'packages/core/src/nothing.test.ts', title: 'does not guess at %j' }],
    ['of another title', { file: 'packages/core/src/parse-switch.test.ts', title: 'guesses at %j' }],
  ])('would miss a test %s', (_, missing) => {
    expect(isThere(missing)).toBe(false);
  });
});
