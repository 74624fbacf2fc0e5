import { printable } from '@qts/failsafe-codes';

/** Longer texts are described by their length: nobody reads them in an error, and they may be keys or tokens. */
const shownCharactersMax = 24;

/** Eight or more digits, as an account number has, with or without hyphens and spaces. */
const accountNumberShape = /\d(?:[ -]?\d){7,}/;

/** Whether a text has a part that may be an account number. */
export function looksLikeAccountNumber(text: string): boolean {
  return accountNumberShape.test(text);
}

/**
 * What was found where something else was wanted, for an error: short, on one line, and never a secret. A text that may
 * be a key, a token or an account number is described, not shown.
 */
export function describeFound(value: unknown): string {
  switch (typeof value) {
    case 'undefined':
      return 'nothing';
    case 'string':
      if (value === '') return 'an empty text';
      if (looksLikeAccountNumber(value))
        return `a text with ${String(value.replace(/\D/g, '').length)} digits (not shown)`;
      if (value.length > shownCharactersMax) return `a text of ${String(value.length)} characters (not shown)`;
      return `"${printable(value)}"`;
    case 'number':
    case 'boolean':
      return String(value);
    case 'bigint':
      return `${String(value)}n`;
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? `a list of ${String(value.length)}` : 'an object';
    case 'function':
    case 'symbol':
      return `a ${typeof value}`;
  }
}
