import { describeFound } from './describe-found.ts';
import { ValidationError } from './errors.ts';

/** What is wrong with an input: by field, what was found and the remedy. Empty when nothing is. */
export type InputProblems = Record<string, string>;

/** Fields of an input that nobody has looked at yet. */
export type InputFields = Readonly<Record<string, unknown>>;

/** Unknown field names that an error lists. Somebody else's object may have thousands. */
const unknownNamesMax = 5;

/** Notes that `field` is wrong. */
export function noteProblem(problems: InputProblems, field: string, found: unknown, remedy: string): void {
  problems[field] = `found ${describeFound(found)}. ${remedy}`;
}

/**
 * The fields of `input`.
 * @throws {ValidationError} when it is not an object with fields.
 */
export function fieldsOf(input: unknown, what: string, code: string): InputFields {
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input as InputFields;
  throw new ValidationError({
    code,
    summary: `The ${what} cannot be used. Nothing was done.`,
    facts: { found: describeFound(input) },
    next: `Give an object with the fields of the ${what}.`,
  });
}

/**
 * Notes fields that nobody knows. A misspelt `validUntilMs` that is dropped silently would send a stale order, so the
 * odd name is an error.
 */
export function noteUnknownFields(fields: InputFields, known: readonly string[], problems: InputProblems): void {
  const unknown = Object.keys(fields).filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  const names = unknown.slice(0, unknownNamesMax).map(describeFound).join(', ');
  const more = unknown.length > unknownNamesMax ? ` and ${String(unknown.length - unknownNamesMax)} more` : '';
  problems['(unknown fields)'] = `found ${names}${more}. Known are: ${known.join(', ')}.`;
}

/**
 * Ends a check.
 * @throws {ValidationError} that names every field with a problem, if there is one.
 */
export function throwProblems(problems: InputProblems, what: string, code: string): void {
  const count = Object.keys(problems).length;
  if (count === 0) return;
  throw new ValidationError({
    code,
    summary: `The ${what} cannot be used: ${count === 1 ? '1 field is' : `${String(count)} fields are`} wrong. Nothing was done.`,
    facts: problems,
    next: `Correct what is named above and give the ${what} again.`,
  });
}
