import { describe, expect, it } from 'vitest';
import { ConfigurationError } from './errors.ts';
import { parseSwitch, switchSpellings } from './parse-switch.ts';

describe('parseSwitch', () => {
  it.each(switchSpellings.on)('reads %s as on, in either case and with spaces around it', (word) => {
    for (const each of [word, word.toUpperCase(), ` ${word}\n`]) expect(parseSwitch(each, 'X', false)).toBe(true);
  });

  it.each(switchSpellings.off)('reads %s as off, in either case and with spaces around it', (word) => {
    for (const each of [word, word.toUpperCase(), ` ${word}\n`]) expect(parseSwitch(each, 'X', true)).toBe(false);
  });

  it('takes what is a switch already', () => {
    expect([parseSwitch(true, 'X', false), parseSwitch(false, 'X', true)]).toEqual([true, false]);
  });

  it.each([undefined, '', '   '])('asks the caller what %j means', (value) => {
    expect([parseSwitch(value, 'X', true), parseSwitch(value, 'X', false)]).toEqual([true, false]);
  });

  it.each(['enabled', 'truе', 'yess', 'none', '2', '-1', 'active', 1, 0, null, {}, []])(
    'does not guess at %j',
    (value) => {
      for (const whenAbsent of [true, false]) {
        expect(() => parseSwitch(value, 'ENABLE_REAL_ORDER', whenAbsent)).toThrow(ConfigurationError);
      }
    },
  );

  it('says which switch, what was found and what to write', () => {
    expect(() => parseSwitch('enabled', 'trading_enabled', true)).toThrowErrorMatchingInlineSnapshot(`
      [ConfigurationError: The switch trading_enabled is neither on nor off. Nothing was started.
        switch  trading_enabled
        found   "enabled"
        next    Use one of 1, true, yes, on, y or 0, false, no, off, n.]
    `);
  });
});
