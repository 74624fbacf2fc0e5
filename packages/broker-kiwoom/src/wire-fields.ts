import { type Krw, type Shares, UnexpectedResponseError } from '@qts/core';

/**
 * Reading of what Kiwoom sends. Every value is text, numbers too: padded with zeros to a width that is not firm, with a
 * blank in front at times, and on prices with a sign that shows the direction against the previous close. Whether a sign
 * is direction or value is a property of the field, so each has its own reader. A field that we use and that is not what
 * it should be is an error that names the operation and the field and shows the shape of what was found, never the value.
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

/** Text that must be one of a list. */
export function oneOfIn<const Value extends string>(
  row: WireRow,
  field: string,
  values: readonly Value[],
  operation: string,
): Value {
  const found = row[field];
  const value = values.find((each) => each === found);
  if (value === undefined) throw unexpectedField(operation, field, `one of ${values.join(', ')}`, found);
  return value;
}

/** A number of shares, zero or more: `000000000000003`. A sign is no part of it. */
export function sharesIn(row: WireRow, field: string, operation: string): Shares {
  return wholeIn(/^[0-9]+$/, row, field, operation, 'a whole number of shares') as Shares;
}

/** A number of shares whose sign names a side or a direction (`-19`): the magnitude. */
export function signedSharesMagnitudeIn(row: WireRow, field: string, operation: string): Shares {
  return Math.abs(wholeIn(/^[+-]?[0-9]+$/, row, field, operation, 'a whole number of shares')) as Shares;
}

/** Won, zero or more, without a sign: `000000124500`. */
export function wonIn(row: WireRow, field: string, operation: string): Krw {
  return wholeIn(/^[0-9]+$/, row, field, operation, 'whole won') as Krw;
}

/** Won whose sign is the value: `-00000000000084` is 84 below nothing, and the sign takes one place of the width. */
export function signedWonIn(row: WireRow, field: string, operation: string): Krw {
  return wholeIn(/^[+-]?[0-9]+$/, row, field, operation, 'whole won') as Krw;
}

/** A price whose sign is the direction against the previous close: `-258000` is 258,000 won, on a day below the close. */
export function priceIn(row: WireRow, field: string, operation: string): Krw {
  return Math.abs(wholeIn(/^[+-]?[0-9]+$/, row, field, operation, 'a price in whole won')) as Krw;
}

/** A price that may not exist yet: absent, empty and zero all say so, with zero. */
export function priceOrZeroIn(row: WireRow, field: string, operation: string): Krw {
  const value = row[field];
  return value === undefined || value === '' ? (0 as Krw) : priceIn(row, field, operation);
}

function wholeIn(pattern: RegExp, row: WireRow, field: string, operation: string, expected: string): number {
  const value = row[field];
  const text = typeof value === 'string' ? value.trim() : '';
  const count = pattern.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(count)) throw unexpectedField(operation, field, expected, value);
  // `-0` would print as a negative nothing.
  return count === 0 ? 0 : count;
}
