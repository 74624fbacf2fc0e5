import { describeFound } from './describe-found.ts';
import { ConfigurationError } from './errors.ts';

/** Spellings of on and off, in lower case. */
export const switchSpellings: Readonly<Record<'on' | 'off', readonly string[]>> = {
  on: ['1', 'true', 'yes', 'on', 'y'],
  off: ['0', 'false', 'no', 'off', 'n'],
};

/**
 * Reads a switch of the configuration, once and for all. Letters may be of either case and spaces around them do not
 * count. A switch that nobody can read does not get a meaning: it stops the start.
 *
 * @param whenAbsent what `undefined` and an empty text mean
 * @throws {ConfigurationError} that names the switch, what was found and the spellings.
 */
export function parseSwitch(value: unknown, name: string, whenAbsent: boolean): boolean {
  if (typeof value === 'boolean') return value;
  if (value === undefined) return whenAbsent;
  const word = typeof value === 'string' ? value.trim().toLowerCase() : undefined;
  if (word === '') return whenAbsent;
  if (word !== undefined && switchSpellings.on.includes(word)) return true;
  if (word !== undefined && switchSpellings.off.includes(word)) return false;
  throw new ConfigurationError({
    code: 'SWITCH_UNREADABLE',
    summary: `The switch ${name} is neither on nor off. Nothing was started.`,
    facts: { switch: name, found: describeFound(value) },
    next: `Use one of ${switchSpellings.on.join(', ')} or ${switchSpellings.off.join(', ')}.`,
  });
}
