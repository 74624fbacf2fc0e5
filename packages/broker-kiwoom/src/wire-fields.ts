import { type Krw, type Shares, UnexpectedResponseError } from '@qts/core';

/**
 * Reading of what Kiwoom sends. Every value but `return_code` is text, numbers too: padded with zeros to widths that
 * are not firm, with a sign that is a direction in one field and a sign in another, with a space in front. A field that
 * we use and that is not what it should be is an error that names the operation and the field and shows the shape of
 * what was found, never the value.
 */
export type WireRow = Readonly<Record<string, unknown>>;

/** The shape of a value with its content masked: `'12-ab'` → `'99-aa'`; cut at 24 characters. */
export function shapeOf(value: unknown): string {
  if (typeof value !== 'string') return value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
  const shape = value
    .slice(0, 24)
    .replace(/[0-9]/g, '9')
    .replace(/\p{L}/gu, 'a')
    .replace(/[^ -~]/g, '?');
  return `'${shape}'${value.length > 24 ? ` … ${value.length} characters` : ''}`;
}

/** The error for an answer that does not fit the question. */
export function unexpectedField(
  operation: string,
  field: string,
  expected: string,
  found: unknown,
): UnexpectedResponseError {
  return new UnexpectedResponseError({
    code: 'UNEXPECTED_FIELD',
    summary: `Kiwoom answered ${operation} with a field that cannot be understood.`,
    facts: { operation, field, expected, found: shapeOf(found) },
    next: 'The broker may have changed the field. Do not trade on this answer; report the shape above.',
  });
}

export function isWireRow(value: unknown): value is WireRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The rows of a list such as `oso`. */
export function rowsIn(body: WireRow, list: string, operation: string): readonly WireRow[] {
  const value: unknown = body[list];
  if (!Array.isArray(value) || !value.every(isWireRow)) {
    throw unexpectedField(operation, list, 'a list of objects', value);
  }
  return value;
}

/** Text as sent. */
export function textIn(row: WireRow, field: string, operation: string): string {
  const value = row[field];
  if (typeof value !== 'string') throw unexpectedField(operation, field, 'text', value);
  return value;
}

/** Text of a field that may be absent: rows lack keys at times. Empty then. */
export function textOrEmptyIn(row: WireRow, field: string, operation: string): string {
  return row[field] === undefined ? '' : textIn(row, field, operation);
}

/** Text that must have a form. */
export function matchingIn(row: WireRow, field: string, pattern: RegExp, expected: string, operation: string): string {
  const value = textIn(row, field, operation);
  if (!pattern.test(value)) throw unexpectedField(operation, field, expected, value);
  return value;
}

/** A number of shares: digits, padded or not, never with a sign. */
export function sharesIn(row: WireRow, field: string, operation: string): Shares {
  return wholeIn(/^ *[0-9]+$/, row, field, 'a whole number of shares', operation) as Shares;
}

/** A number of shares whose sign names a side (`-19` was sold into the book): the magnitude. */
export function signedSharesMagnitudeIn(row: WireRow, field: string, operation: string): Shares {
  return Math.abs(wholeIn(/^ *[+-]?[0-9]+$/, row, field, 'a whole number of shares', operation)) as Shares;
}

/** Won, zero or more, padded or not. */
export function wonIn(row: WireRow, field: string, operation: string): Krw {
  return wholeIn(/^ *[0-9]+$/, row, field, 'whole won, zero or more', operation) as Krw;
}

/** Won that may be negative: here the sign is the value's. Padding includes it: `-00000000196888`. */
export function signedWonIn(row: WireRow, field: string, operation: string): Krw {
  return wholeIn(/^ *[+-]?[0-9]+$/, row, field, 'whole won', operation) as Krw;
}

/** A price in won whose sign says how it stands against the previous close: `-258000` is 258,000. */
export function priceIn(row: WireRow, field: string, operation: string): Krw {
  return Math.abs(signedWonIn(row, field, operation)) as Krw;
}

/** A price that may not exist yet: absent, empty and zero all say so, with zero. */
export function priceOrZeroIn(row: WireRow, field: string, operation: string): Krw {
  const value = row[field];
  return value === undefined || value === '' ? (0 as Krw) : priceIn(row, field, operation);
}

function wholeIn(pattern: RegExp, row: WireRow, field: string, expected: string, operation: string): number {
  const value = row[field];
  const whole = typeof value === 'string' && pattern.test(value) ? Number(value) : Number.NaN;
  if (!Number.isSafeInteger(whole)) throw unexpectedField(operation, field, expected, value);
  // `-0` would print as a negative nothing.
  return whole === 0 ? 0 : whole;
}
