import { describe, expect, it } from 'vitest';
import { isKiwoomSymbol, quoteCodeOf, readQuoteCode, symbolOfStkCd, venueOfText } from './kiwoom-symbols.ts';

describe('symbols and venues of Kiwoom', () => {
  it.each([
    ['005930', '005930'],
    ['A005930', '005930'],
    ['J57JU43', '57JU43'],
    ['Q530107', '530107'],
    ['0156T0', '0156T0'],
    [' A005930 ', '005930'],
    ['B005930', undefined],
    ['AA005930', undefined],
    ['005930_NX', undefined],
    ['', undefined],
  ])('read %j in a list as %j', (sent, symbol) => {
    expect(symbolOfStkCd(sent)).toBe(symbol);
  });

  it.each([
    ['005930', 'KRX', '005930'],
    ['005930', 'NXT', '005930_NX'],
    ['005930', 'SOR', '005930_AL'],
  ] as const)('write %s on %s as %s in a quote, and read it back', (symbol, venue, code) => {
    expect(quoteCodeOf(symbol, venue)).toBe(code);
    expect(readQuoteCode(code)).toEqual({ symbol, venue });
  });

  it.each(['005930_XX', '005930_nx', 'A005930', ''])('read no quote code in %j', (code) => {
    expect(readQuoteCode(code)).toBeUndefined();
  });

  it.each(['005930_NX', '005930_AL', 'A005930', '5930', '005930 '])(
    'take no order for %j: a venue is a field',
    (code) => {
      expect(isKiwoomSymbol(code)).toBe(false);
    },
  );

  it.each([
    ['KRX', 'KRX'],
    ['NXT', 'NXT'],
    ['SOR', 'SOR'],
    ['S-KRX', 'SOR'],
    ['S-NXT', 'SOR'],
    ['통합', undefined],
    ['', undefined],
  ])('read the venue %j as %j', (text, venue) => {
    expect(venueOfText(text)).toBe(venue);
  });
});
