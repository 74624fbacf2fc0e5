import { describe, expect, it } from 'vitest';
import { isKisSymbol, symbolOfPdno } from './kis-symbols.ts';

describe('symbolOfPdno', () => {
  it.each([
    ['088350', '088350'],
    ['00000A088350', '088350'],
    ['Q500001', 'Q500001'],
    ['00000Q500001', 'Q500001'],
    ['0004V0', '0004V0'],
    ['000000088350', undefined],
    ['', undefined],
    ['88350', undefined],
    ['A088350', undefined],
  ])('reads %o as %o', (pdno, symbol) => {
    expect(symbolOfPdno(pdno)).toBe(symbol);
  });

  it('agrees with what orders take', () => {
    expect(['005930', 'Q500001'].map(isKisSymbol)).toEqual([true, true]);
    expect(['5930', 'A005930', 'q500001'].map(isKisSymbol)).toEqual([false, false, false]);
  });
});
