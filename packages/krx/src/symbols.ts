/** What a short code (단축코드) is, and what can be told from its form alone. */
export type ShortCode =
  | {
      readonly ok: true;
      /** As the exchange writes it: `005930`, `0001A0`, `Q760028`. */
      readonly code: string;
      /** The six characters without the `Q` of an ETN. */
      readonly body: string;
      /** Whether it carries the `Q` of an ETN. Nothing else of the class can be told from the form. */
      readonly isEtn: boolean;
    }
  | { readonly ok: false; readonly reason: string };

/**
 * Six characters, capital letters allowed since codes ran out of digits (`0001A0`, preferred shares `00104K`); an ETN has
 * a `Q` before them. Funds and rights of other lengths (`F70100030`, subscription rights) are not orders of this package.
 */
const shortCodePattern = /^Q?[0-9][0-9A-Z]{5}$/;

/** Reads a short code. Nothing is repaired: no trimming, no padding, no change of case. What a broker adds is its own matter. */
export function parseShortCode(text: string): ShortCode {
  if (!shortCodePattern.test(text)) {
    return {
      ok: false,
      reason:
        'A short code has six characters, a digit first, then digits or capital letters; an ETN has a Q before them.',
    };
  }
  const isEtn = text.startsWith('Q');
  return { ok: true, code: text, body: isEtn ? text.slice(1) : text, isEtn };
}

/** Whether the text is a short code. */
export function isShortCode(text: string): boolean {
  return shortCodePattern.test(text);
}
