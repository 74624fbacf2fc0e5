import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { defaultRunnerConfig, parseRunnerConfig } from './runner-config.ts';

const check = (yaml: string) => () => parseRunnerConfig(parse(yaml), 'qts.yaml');

describe('the runner configuration', () => {
  it('needs nothing for a simulated day', () => {
    expect(parseRunnerConfig(undefined, 'defaults')).toEqual(defaultRunnerConfig());
    expect(defaultRunnerConfig().mode).toBe('sim');
  });

  it('keeps what a file says and fills in the rest', () => {
    const config = check('mode: paper\nsymbols: ["000660"]\nlimits: { ordersPerDayMax: 5 }')();
    expect(config).toMatchObject({
      mode: 'paper',
      symbols: ['000660'],
      limits: { ordersPerDayMax: 5, orderQuantityMax: 10_000 },
    });
  });

  it('names a symbol that YAML read as a number, and what to do', () => {
    expect(check('symbols: [005930, "000660"]')).toThrowErrorMatchingInlineSnapshot(`
      [ConfigurationError: The configuration is not valid; nothing was started.
        source     qts.yaml
        symbols.0  found the number 5930; six characters in quotes, for example "005930" (an ETN: "Q" and six digits)
        next       Mend the settings named above; docs/reference/configuration.md lists all of them with their defaults.]
    `);
  });

  it('names every wrong setting at once', () => {
    expect(check('mode: demo\nloop: { intervalMs: "60000" }\nlimits: { symbolShareMax: 15 }'))
      .toThrowErrorMatchingInlineSnapshot(`
      [ConfigurationError: The configuration is not valid; nothing was started.
        source                 qts.yaml
        mode                   found the text "demo"; Invalid option: expected one of "sim"|"paper"|"live"
        loop.intervalMs        found the text "60000"; Invalid input: expected number, received string
        limits.symbolShareMax  found the number 15; Too big: expected number to be <=1
        next                   Mend the settings named above; docs/reference/configuration.md lists all of them with their defaults.]
    `);
  });

  it.each([
    ['an unknown setting', 'modus: sim', 'modus'],
    ['an unknown setting in a group', 'sim: { sede: 1 }', 'sim.sede'],
    ['a fraction where a whole number is wanted', 'sim: { seed: 1.5 }', 'sim.seed'],
    ['text for a switch', 'trading: { enabled: "yes" }', 'trading.enabled'],
    ['an account number for a label', 'account: "12345678-01"', 'account'],
    ['a value for a group', 'limits: 7', 'limits'],
    ['a list for the whole file', '- 1', 'file'],
    ['a list for a group', 'limits: [1]', 'limits'],
    ['a day that does not exist', 'sim: { date: "2025-02-30" }', 'sim.date'],
    ['a seed below zero', 'sim: { seed: -1 }', 'sim.seed'],
  ])('refuses %s', (_, yaml, field) => {
    expect(check(yaml)).toThrow(new RegExp(`^ +${field.replace('.', '\\.')} `, 'm'));
  });
});
