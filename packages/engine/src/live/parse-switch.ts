import { ConfigurationError } from '@qts/core';

const spellings: Readonly<Record<string, boolean>> = {
  ...{ '1': true, true: true, yes: true, on: true, y: true },
  ...{ '0': false, false: false, no: false, off: false, n: false },
};

/**
 * Reads a yes or no from configuration. Case and surrounding space do not matter; an absent or empty value is
 * `fallback`. A spelling that is not listed is an error and never a guess.
 *
 * @throws {ConfigurationError} for an unknown spelling.
 */
export function parseSwitch(name: string, text: string | undefined, fallback: boolean): boolean {
  const word = (text ?? '').trim().toLowerCase();
  if (word === '') return fallback;
  if (Object.hasOwn(spellings, word)) return spellings[word] === true;
  throw new ConfigurationError({
    code: 'SWITCH_UNREADABLE',
    summary: `${name} is neither yes nor no.`,
    facts: { field: name, found: word.slice(0, 20) },
    next: 'Use one of: 1, true, yes, on, y, 0, false, no, off, n.',
  });
}
