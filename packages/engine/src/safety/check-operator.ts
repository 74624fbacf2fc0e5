import { ConfigurationError, describeFound } from '@qts/core';

/**
 * A stop is ended by a person who gives a name and a reason.
 * @throws {ConfigurationError} `OPERATOR_UNNAMED` naming the field that is blank. Nothing was changed.
 */
export function checkOperator(by: { readonly requestedBy: string; readonly reason: string }): void {
  for (const field of ['requestedBy', 'reason'] as const) {
    const found: unknown = by[field];
    if (typeof found === 'string' && found.trim() !== '') continue;
    throw new ConfigurationError({
      code: 'OPERATOR_UNNAMED',
      summary: 'Who decides this, and why, has to be on record. Nothing was changed.',
      facts: { field, found: describeFound(found) },
      next: 'Give your name and a reason in a few words.',
    });
  }
}
