import { inspect } from 'node:util';

/** An answer or an error as a program that prints everything would print it: causes and facts included. */
export function inspectAnswer(answer: unknown): string {
  return inspect(answer, { depth: 8, breakLength: Infinity });
}
