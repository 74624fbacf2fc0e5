import { type Krw, type Shares, UnexpectedResponseError } from '@qts/core';

/**
 * Reading of what KIS sends. Every JSON value is text, numbers too. A field that we use and that is not what it should
 * be is an error that names the operation and the field and shows the shape of what was found, never the value.
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
    summary: `KIS answered ${operation} with a field that cannot be understood.`,
    facts: { operation, field, expected, found: shapeOf(found) },
    next: 'The broker may have changed the field. Do not trade on this answer; report the shape above.',
  });
}

export function isWireRow(value: unknown): value is WireRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object of a container such as `output`. */
export function objectIn(body: WireRow, container: string, operation: string): WireRow {
  const value = body[container];
  if (!isWireRow(value)) throw unexpectedField(operation, container, 'an object', value);
  return value;
}

/** The rows of a container such as `output1`. */
export function rowsIn(body: WireRow, container: string, operation: string): readonly WireRow[] {
  const value: unknown = body[container];
  if (!Array.isArray(value) || !value.every(isWireRow)) {
    throw unexpectedField(operation, container, 'a list of objects', value);
  }
  return value;
}

/** Text as sent. */
export function textIn(row: WireRow, field: string, operation: string): string {
  const value = row[field];
  if (typeof value !== 'string') throw unexpectedField(operation, field, 'text', value);
  return value;
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

/** A number of shares: digits only. */
export function sharesIn(row: WireRow, field: string, operation: string): Shares {
  const value = row[field];
  const count = typeof value === 'string' && /^[0-9]+$/.test(value) ? Number(value) : Number.NaN;
  if (!Number.isSafeInteger(count)) throw unexpectedField(operation, field, 'a whole number of shares', value);
  return count as Shares;
}

/** Won, zero or more. A fraction of zeros is allowed (`3145.0000`); any other would be rounding, which is not ours to do. */
export function wonIn(row: WireRow, field: string, operation: string): Krw {
  return wonMatching(/^[0-9]+(?:\.0+)?$/, row, field, operation);
}

/** Won that may be negative. */
export function signedWonIn(row: WireRow, field: string, operation: string): Krw {
  return wonMatching(/^-?[0-9]+(?:\.0+)?$/, row, field, operation);
}

function wonMatching(pattern: RegExp, row: WireRow, field: string, operation: string): Krw {
  const value = row[field];
  const won = typeof value === 'string' && pattern.test(value) ? Number(value) : Number.NaN;
  if (!Number.isSafeInteger(won)) throw unexpectedField(operation, field, 'whole won', value);
  // `-0` would print as a negative nothing.
  return (won === 0 ? 0 : won) as Krw;
}
