import { type SymbolCode, type Venue } from '@qts/core';

/**
 * Every way in which Kiwoom writes a symbol and a venue, in one place: bare codes with the venue beside them in orders, a
 * suffix in quotes, a product letter in front in the account's lists, digits for venues in two of them.
 */

/** What an order carries in `stk_cd`: six characters, letters in newer listings. */
const bareCode = /^[0-9A-Z]{6}$/;
/** Seven characters: a product letter (A stock, J ELW, Q ETN) and the code. */
const prefixedCode = /^[AJQ]([0-9A-Z]{6})$/;
const suffixedCode = /^([0-9A-Z]{6})(_NX|_AL)?$/;

/** `stex_tp` of ka10075 and ka10076 (FID 2134 too): 통합, KRX, NXT. */
export const venueDigits = { ALL: '0', KRX: '1', NXT: '2' } as const;

/** `dmst_stex_tp` of kt00007, kt00009 and the balances that mean every venue. */
export const everyVenue = '%';

/** What a quote or a stream carries behind the code. `_AL` is the view over both venues: where a SOR order trades. */
const suffixOfVenue: Readonly<Record<Venue, '' | '_NX' | '_AL'>> = { KRX: '', NXT: '_NX', SOR: '_AL' };
const venueOfSuffix: Readonly<Record<string, Venue>> = { _NX: 'NXT', _AL: 'SOR' };

/** Whether a symbol has the shape that an order takes. A suffix is a venue, and that stands in a field of its own. */
export function isKiwoomSymbol(symbol: string): boolean {
  return bareCode.test(symbol);
}

/**
 * The symbol of a `stk_cd` that Kiwoom sent in an account's list: bare, or with one product letter. `undefined` when it
 * has neither shape. The letter is dropped for ETNs too: Kiwoom takes the bare code back.
 */
export function symbolOfStkCd(stkCd: string): SymbolCode | undefined {
  const code = stkCd.trim();
  if (bareCode.test(code)) return code as SymbolCode;
  return prefixedCode.exec(code)?.[1] as SymbolCode | undefined;
}

/** The code of a quote: `005930`, `005930_NX`, `005930_AL`. */
export function quoteCodeOf(symbol: string, venue: Venue): string {
  return `${symbol}${suffixOfVenue[venue]}`;
}

/** Symbol and venue of a quote's code, or `undefined` when it is none. */
export function readQuoteCode(code: string): { readonly symbol: SymbolCode; readonly venue: Venue } | undefined {
  const parts = suffixedCode.exec(code.trim());
  if (parts === null) return undefined;
  return { symbol: parts[1] as SymbolCode, venue: venueOfSuffix[parts[2] ?? ''] ?? 'KRX' };
}

/**
 * The venue of an order in a list. `S-KRX` and `S-NXT` mark a part that smart order routing sent there (documented
 * samples show `SOR` and `S-KRX`; `S-NXT` is assumed): the order is SOR's, and is replaced and canceled as such.
 */
export function venueOfText(text: string): Venue | undefined {
  const name = text.trim();
  if (name === 'KRX' || name === 'NXT' || name === 'SOR') return name;
  return name === 'S-KRX' || name === 'S-NXT' ? 'SOR' : undefined;
}
