import { createFieldReaders, type FieldReaders, isWireRow, shapeOf, type WireRow } from '@qts/broker-kit';
import { type Krw, type Shares } from '@qts/core';

/**
 * Reading of what Kiwoom sends. Every value but `return_code` is text, numbers too: padded with zeros to widths that
 * are not firm, with a sign that is a direction in one field and a sign in another, with a space in front.
 */
export { isWireRow, shapeOf, type WireRow };

const readers = createFieldReaders('Kiwoom');
export const unexpectedField: FieldReaders['unexpectedField'] = readers.unexpectedField;
export const rowsIn: FieldReaders['rowsIn'] = readers.rowsIn;
export const textIn: FieldReaders['textIn'] = readers.textIn;
const { wholeIn } = readers;

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
