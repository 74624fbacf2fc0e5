import { inspect } from 'node:util';

/** A promise was not kept. The message says what was expected and what was found. */
export class ConformanceFailure extends Error {
  override readonly name = 'ConformanceFailure';
}

/** Fails the case unless the two are equal by value; only the keys that `expected` has are looked at. */
export function checkMatches(found: unknown, expected: unknown, what: string): void {
  if (matches(found, expected)) return;
  throw new ConformanceFailure(`${what}: expected ${show(expected)}, found ${show(found)}`);
}

/** Fails the case unless the condition holds. */
export function checkThat(condition: boolean, what: string, found?: unknown): asserts condition {
  if (condition) return;
  throw new ConformanceFailure(found === undefined ? what : `${what}; found ${show(found)}`);
}

/** Waits for a promise that has to reject, and gives its reason. */
export async function checkRejects(pending: Promise<unknown>, what: string): Promise<unknown> {
  let result: unknown;
  try {
    result = await pending;
  } catch (error) {
    return error;
  }
  throw new ConformanceFailure(`${what}: expected a rejection, found ${show(result)}`);
}

function matches(found: unknown, expected: unknown): boolean {
  if (Object.is(found, expected)) return true;
  if (typeof expected !== 'object' || expected === null || typeof found !== 'object' || found === null) return false;
  if (Array.isArray(expected)) {
    return (
      Array.isArray(found) &&
      found.length === expected.length &&
      expected.every((each, index) => matches(found[index], each))
    );
  }
  return Object.entries(expected).every(([key, value]) => matches((found as Record<string, unknown>)[key], value));
}

function show(value: unknown): string {
  return inspect(value, { depth: 4, breakLength: Infinity, compact: true }).slice(0, 600);
}
