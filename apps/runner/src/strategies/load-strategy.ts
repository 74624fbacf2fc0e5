import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigurationError } from '@qts/core';
import { type Strategy, type StrategyFactory, type StrategyParameters } from '@qts/pipeline';
import { makeBreakout } from './breakout.ts';
import { makeReversion } from './reversion.ts';

/** The strategies that come with the runner. */
export const sampleStrategies: Readonly<Record<string, StrategyFactory>> = {
  breakout: makeBreakout,
  reversion: makeReversion,
};

/**
 * Makes the strategy that the configuration names: a sample, or the default export of a file of the user's own
 * (TypeScript or JavaScript; Node runs both).
 *
 * @throws {ConfigurationError} when there is no such sample and no such file, or the file does not export a factory
 */
export async function loadStrategy(use: string, parameters: StrategyParameters): Promise<Strategy> {
  const sample = Object.hasOwn(sampleStrategies, use) ? sampleStrategies[use] : undefined;
  const strategy = (sample ?? (await loadFactory(use)))(parameters) as Partial<Strategy> | undefined;
  if (typeof strategy?.evaluate !== 'function' || typeof strategy.name !== 'string') {
    throw refusal(use, 'What it makes has no name and evaluate().', 'Return { name, evaluate } from the factory.');
  }
  return strategy as Strategy;
}

async function loadFactory(file: string): Promise<StrategyFactory> {
  const path = resolve(file);
  if (!existsSync(path)) {
    const known = Object.keys(sampleStrategies).join(', ');
    throw refusal(file, 'There is no such file.', `Name a sample (${known}), or a file such as ./my-strategy.ts.`);
  }
  let loaded: { readonly default?: unknown };
  try {
    loaded = (await import(pathToFileURL(path).href)) as typeof loaded;
  } catch (cause) {
    const reason = `It cannot be loaded: ${cause instanceof Error ? cause.message : 'unknown reason'}`;
    throw refusal(file, reason, adviseOn(reason), cause);
  }
  if (typeof loaded.default === 'function') return loaded.default as StrategyFactory;
  throw refusal(file, 'Its default export is not a function.', 'export default (parameters) => ({ name, evaluate });');
}

/** `import { type X }` leaves an import of the package behind; `import type { X }` does not. */
function adviseOn(reason: string): string {
  return reason.includes("Cannot find package '@qts/")
    ? 'Write `import type { … }` for types: it leaves nothing to load. Values of @qts packages need an install.'
    : 'Run it alone with node to see the whole error.';
}

function refusal(use: string, reason: string, next: string, cause?: unknown): ConfigurationError {
  return new ConfigurationError({
    code: 'STRATEGY_NOT_USABLE',
    summary: 'The strategy is not usable; nothing was started.',
    facts: { strategy: use, reason },
    next,
    cause,
  });
}
