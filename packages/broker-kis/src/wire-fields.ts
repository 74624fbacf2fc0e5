import { createFieldReaders, type FieldReaders, isWireRow, shapeOf, type WireRow } from '@qts/broker-kit';
import { type Krw, type Shares } from '@qts/core';

/** Reading of what KIS sends. Every JSON value is text, numbers too. */
export { isWireRow, shapeOf, type WireRow };

const readers = createFieldReaders('KIS');
export const unexpectedField: FieldReaders['unexpectedField'] = readers.unexpectedField;
export const rowsIn: FieldReaders['rowsIn'] = readers.rowsIn;
export const textIn: FieldReaders['textIn'] = readers.textIn;
const { wholeIn } = readers;

/** The object of a container such as `output`. */
export function objectIn(body: WireRow, container: string, operation: string): WireRow {
  const value = body[container];
  if (!isWireRow(value)) throw unexpectedField(operation, container, 'an object', value);
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
  return wholeIn(/^[0-9]+$/, row, field, 'a whole number of shares', operation) as Shares;
}

/** Won, zero or more. A fraction of zeros is allowed (`3145.0000`); any other would be rounding, which is not ours to do. */
export function wonIn(row: WireRow, field: string, operation: string): Krw {
  return wholeIn(/^[0-9]+(?:\.0+)?$/, row, field, 'whole won', operation) as Krw;
}

/** Won that may be negative. */
export function signedWonIn(row: WireRow, field: string, operation: string): Krw {
  return wholeIn(/^-?[0-9]+(?:\.0+)?$/, row, field, 'whole won', operation) as Krw;
}
