import { ValidationError } from '@qts/core';
import { shapeOf } from '../answers/wire-row.ts';

/** An operation whose requests have fields of text, all of which are always sent. */
interface OperationWithFields {
  readonly name: string;
  readonly request: readonly { readonly name: string; readonly lengthMax: number; readonly required: boolean }[];
}

/**
 * Checks that a request has exactly the operation's fields, each as text that fits.
 *
 * @param brokerName as errors name the broker: `KIS`.
 * @param mayBeEmpty whether a required field may be empty all the same. Default: none may.
 * @throws {ValidationError} `FIELD_NOT_VALID`, naming the field; its value is shown as a shape only.
 */
export function assertRequestFields(
  brokerName: string,
  operation: OperationWithFields,
  fields: Readonly<Record<string, string>>,
  mayBeEmpty?: (name: string) => boolean,
): void {
  let known = 0;
  for (const { name, lengthMax, required } of operation.request) {
    const value: unknown = fields[name];
    const isMissing = required && value === '' && mayBeEmpty?.(name) !== true;
    if (typeof value !== 'string' || value.length > lengthMax || isMissing) {
      throw refuse(brokerName, operation.name, name, `text of at most ${lengthMax} characters`, shapeOf(value));
    }
    known += 1;
  }
  for (const name in fields) {
    known -= 1;
    if (known < 0) {
      throw refuse(brokerName, operation.name, name, 'no field that the operation does not have', 'one more field');
    }
  }
}

function refuse(
  brokerName: string,
  operation: string,
  field: string,
  expected: string,
  found: string,
): ValidationError {
  return new ValidationError({
    code: 'FIELD_NOT_VALID',
    summary: `A field of the ${brokerName} request ${operation} is not valid.`,
    facts: { operation, field, expected, found },
    next: 'Nothing was sent. Give every field of the operation as text; unused ones are empty.',
  });
}
