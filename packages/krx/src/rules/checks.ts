import { ValidationError } from '@qts/core';
import { isCalendarDate } from './kst-time.ts';

/** Throws unless `value` is a real day written `YYYY-MM-DD`. */
export function checkDate(field: string, value: string): void {
  if (isCalendarDate(value)) return;
  throw new ValidationError({
    code: 'KRX_DATE_INVALID',
    summary: `${field} is not a date.`,
    facts: { field, found: value },
    next: 'Give a real day as YYYY-MM-DD, for example 2026-11-20.',
  });
}

/** Throws unless `value` is a safe integer of at least `minimum`. */
export function checkWholeNumber(field: string, value: number, minimum: number): void {
  if (Number.isSafeInteger(value) && value >= minimum) return;
  throw new ValidationError({
    code: 'KRX_NUMBER_INVALID',
    summary: `${field} is not a whole number of at least ${minimum}.`,
    facts: { field, found: value },
    next: 'Give won and shares as safe integers.',
  });
}

/** Throws unless `value` is one of the listed words. Types say so already; data read from outside may not. */
export function checkOneOf(field: string, value: string, allowed: readonly string[]): void {
  if (allowed.includes(value)) return;
  throw new ValidationError({
    code: 'KRX_VALUE_UNKNOWN',
    summary: `${field} has no such value.`,
    facts: { field, found: value },
    next: `Use one of: ${allowed.join(', ')}.`,
  });
}
