import { ValidationError } from '@qts/core';
import { type StrategyParameters } from '@qts/pipeline';

/** A number that a strategy takes, with its default and bounds (inclusive). */
export interface NumberParameter {
  readonly fallback: number;
  readonly minimum: number;
  readonly maximum: number;
}

/**
 * Reads the numbers of a strategy from the configuration.
 *
 * @throws {ValidationError} naming a parameter that the strategy does not know, or a value out of its bounds
 */
export function readNumbers<Name extends string>(
  strategy: string,
  given: StrategyParameters,
  wanted: Readonly<Record<Name, NumberParameter>>,
): Readonly<Record<Name, number>> {
  const facts: Record<string, string> = {};
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(wanted, name)) facts[name] = `unknown; known are ${Object.keys(wanted).join(', ')}`;
  }
  const read = {} as Record<Name, number>;
  for (const name of Object.keys(wanted) as Name[]) {
    const { fallback, minimum, maximum } = wanted[name];
    const value = given[name] ?? fallback;
    if (typeof value === 'number' && value >= minimum && value <= maximum) read[name] = value;
    else facts[name] = `found ${JSON.stringify(value)}; wanted a number from ${minimum} to ${maximum}`;
  }
  if (Object.keys(facts).length === 0) return read;
  throw new ValidationError({
    code: 'STRATEGY_PARAMETERS_INVALID',
    summary: `The parameters of the strategy ${strategy} are not valid; nothing was started.`,
    facts,
    next: 'Mend strategy.parameters in the configuration.',
  });
}
