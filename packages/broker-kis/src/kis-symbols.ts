import { type SymbolCode } from '@qts/core';

/** What an order carries in `PDNO`: six characters, or seven with a leading `Q` for an ETN. */
const shortCode = /^(?:[0-9A-Z]{6}|Q[0-9A-Z]{6})$/;

/**
 * Some account operations show the code twelve wide: five zeros, a product letter, six characters
 * (`00000A088350`, captured in a continuation key). For ETNs the letter is assumed to be their `Q`.
 */
const wideCode = /^0{5}([AQ])([0-9A-Z]{6})$/;

/**
 * The symbol of a `pdno` that KIS sent, however wide, or `undefined` when it has neither shape.
 */
export function symbolOfPdno(pdno: string): SymbolCode | undefined {
  if (shortCode.test(pdno)) return pdno as SymbolCode;
  const wide = wideCode.exec(pdno);
  if (wide === null) return undefined;
  const [, letter, code] = wide;
  return `${letter === 'Q' ? 'Q' : ''}${code ?? ''}` as SymbolCode;
}

/** Whether a symbol has the shape that KIS takes in orders and quotes. */
export function isKisSymbol(symbol: string): boolean {
  return shortCode.test(symbol);
}
