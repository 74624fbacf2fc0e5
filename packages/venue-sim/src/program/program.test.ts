import { describe, expect, it } from 'vitest';
import { parseMarketFile } from './market-file.ts';
import { nearestTradingDate } from './modelled-market.ts';
import { parseProgramOptions, UsageError } from './program-options.ts';

describe('parseProgramOptions', () => {
  it('has a default for everything', () => {
    expect(parseProgramOptions([])).toEqual({
      dialects: ['kis'],
      port: 0,
      paper: false,
      speed: 1,
      start: '09:05',
      seed: 1,
      json: false,
    });
  });

  it('takes what is given', () => {
    const args =
      '--dialect kiwoom --dialect kis --port 8080 --paper --speed 0.5 --start 15:25 --seed 7 --market m.json --json'.split(
        ' ',
      );
    expect(parseProgramOptions(['--date', '2026-11-20'])).toMatchObject({ date: '2026-11-20' });
    expect(parseProgramOptions(args)).toEqual({
      dialects: ['kiwoom', 'kis'],
      port: 8080,
      paper: true,
      speed: 0.5,
      start: '15:25',
      seed: 7,
      marketFile: 'm.json',
      json: true,
    });
  });

  it('has nothing to start when help is asked for', () => {
    expect(parseProgramOptions(['--port', '1', '-h'])).toBeUndefined();
  });

  it.each([
    [['--port', 'x'], 'The option --port is not usable: found "x". Give a whole number from 0 to 65535.'],
    [['--port', '65536'], 'The option --port is not usable: found "65536". Give a whole number from 0 to 65535.'],
    [['--dialect', 'xyz'], 'The option --dialect is not usable: found "xyz". Give kis or kiwoom, each at most once.'],
    [
      ['--dialect', 'kis', '--dialect', 'kis'],
      'The option --dialect is not usable: found "kis, kis". Give kis or kiwoom, each at most once.',
    ],
    [['--speed', '0'], 'The option --speed is not usable: found "0". Give a number above 0.'],
    [['--start', '9:5'], 'The option --start is not usable: found "9:5". Give a time of day such as 09:05.'],
    [['--date', '2026-02-30'], 'The option --date is not usable: found "2026-02-30". Give a date such as 2026-11-20.'],
    [
      ['--date', '2026-11-20', '--market', 'm.json'],
      'The option --date is not usable: found "2026-11-20". Give the date as "tradingDate" in the market file.',
    ],
    [['--unknown'], "Unknown option '--unknown'"],
  ])('refuses %j', (args, message) => {
    const parse = (): unknown => parseProgramOptions(args);
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(message);
  });
});

describe('nearestTradingDate', () => {
  it.each([
    ['a trading day, late in the evening in Korea', '2026-11-20T23:59:59+09:00', '2026-11-20'],
    ['a Saturday', '2026-11-21T09:00:00+09:00', '2026-11-23'],
    ['the last day of the year', '2026-12-31T09:00:00+09:00', '2027-01-04'],
  ])('on %s (%s) is %s', (_, now, date) => {
    expect(nearestTradingDate(Date.parse(now))).toBe(date);
  });

  it('is not guessed beyond the calendar', () => {
    expect(() => nearestTradingDate(Date.parse('2031-05-02T09:00:00+09:00'))).toThrow('Give one with --date.');
  });
});

describe('parseMarketFile', () => {
  const instrument = { symbol: '900010', name: '모형', market: 'KOSPI', productClass: 'STOCK', basePriceKrw: 1000 };
  const text = (value: unknown): string => JSON.stringify({ tradingDate: '2026-11-20', instruments: [value] });

  it('reads a market', () => {
    expect(parseMarketFile(text({ ...instrument, listedShares: 5 }))).toEqual({
      tradingDate: '2026-11-20',
      instruments: [{ ...instrument, listedShares: 5 }],
    });
  });

  it.each([
    ['{', 'not JSON'],
    ['null', '(whole file)'],
    ['{}', 'tradingDate'],
    ['{"tradingDate":"2026-02-30"}', 'tradingDate'],
    ['{"tradingDate":"2026-11-20","instruments":[]}', 'instruments'],
    [text(1), 'instruments[0]'],
    [text({ ...instrument, symbol: 'x' }), 'instruments[0].symbol'],
    [text({ ...instrument, name: 1 }), 'instruments[0].name'],
    [text({ ...instrument, market: 'NYSE' }), 'instruments[0].market'],
    [text({ ...instrument, productClass: 'BOND' }), 'instruments[0].productClass'],
    [text({ ...instrument, basePriceKrw: 0 }), 'instruments[0].basePriceKrw'],
    [text({ ...instrument, previousCloseKrw: 1.5 }), 'instruments[0].previousCloseKrw'],
    [text({ ...instrument, listedShares: -1 }), 'instruments[0].listedShares'],
  ])('refuses %s and names the field', (content, named) => {
    expect(() => parseMarketFile(content)).toThrow(named);
  });
});
