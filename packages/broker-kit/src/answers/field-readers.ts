import { UnexpectedResponseError } from '@qts/core';
import { isWireRow, shapeOf, type WireRow } from './wire-row.ts';

/**
 * Readers of what every wire has. A field that is used and is not what it should be is an error that names the operation and
 * the field and shows the shape of what was found, never the value. Forms of numbers are the broker's own.
 */
export interface FieldReaders {
  /** The error for an answer that does not fit the question. */
  readonly unexpectedField: (
    operation: string,
    field: string,
    expected: string,
    found: unknown,
  ) => UnexpectedResponseError;
  /** The rows of a list. */
  readonly rowsIn: (body: WireRow, list: string, operation: string) => readonly WireRow[];
  /** Text as sent. */
  readonly textIn: (row: WireRow, field: string, operation: string) => string;
  /** A whole number that travels as text of the form `pattern`; one that a number cannot hold exactly is an error. */
  readonly wholeIn: (pattern: RegExp, row: WireRow, field: string, expected: string, operation: string) => number;
}

/**
 * @param brokerName as errors name the broker: `KIS`.
 */
export function createFieldReaders(brokerName: string): FieldReaders {
  const unexpectedField: FieldReaders['unexpectedField'] = (operation, field, expected, found) =>
    new UnexpectedResponseError({
      code: 'UNEXPECTED_FIELD',
      summary: `${brokerName} answered ${operation} with a field that cannot be understood.`,
      facts: { operation, field, expected, found: shapeOf(found) },
      next: 'The broker may have changed the field. Do not trade on this answer; report the shape above.',
    });
  return {
    unexpectedField,
    rowsIn(body, list, operation) {
      const value = body[list];
      if (!Array.isArray(value) || !value.every(isWireRow)) {
        throw unexpectedField(operation, list, 'a list of objects', value);
      }
      return value;
    },
    textIn(row, field, operation) {
      const value = row[field];
      if (typeof value !== 'string') throw unexpectedField(operation, field, 'text', value);
      return value;
    },
    wholeIn(pattern, row, field, expected, operation) {
      const value = row[field];
      const whole = typeof value === 'string' && pattern.test(value) ? Number(value) : Number.NaN;
      if (!Number.isSafeInteger(whole)) throw unexpectedField(operation, field, expected, value);
      // `-0` would print as a negative nothing.
      return whole === 0 ? 0 : whole;
    },
  };
}
