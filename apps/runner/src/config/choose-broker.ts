import { ConfigurationError } from '@qts/core';
import { createBrokerRegistry, getBrokerForConfig } from '@qts/bridge';
import { type Environment } from './env-file.ts';
import { type RunnerBrokerId, type RunnerConfig, runnerBrokers } from './runner-config.ts';

const registry = createBrokerRegistry<RunnerBrokerId>(Object.fromEntries(runnerBrokers.map((id) => [id, id])));

/**
 * The configuration with the broker that is meant: `QTS_BROKER_ID`, else that of the command line or the file, else
 * `kis`. A command line that names another broker than the environment is refused: whoever typed it means it, and a
 * service manager that set the variable means that.
 *
 * @param typed the broker of the command line
 * @throws {ConfigurationError} when a name is not known, or the two disagree
 */
export function chooseBroker(config: RunnerConfig, typed: string | undefined, environment: Environment): RunnerConfig {
  const { brokerId, entry, source, fallbackBrokerId } = getBrokerForConfig(registry, {
    environment: {
      brokerId: environment['QTS_BROKER_ID'],
      fallbackBrokerId: environment['QTS_FALLBACK_BROKER_ID'],
    },
    strategy: {
      brokerId: config.broker,
      ...(config.fallbackBroker === 'none' ? {} : { fallbackBrokerId: config.fallbackBroker }),
    },
  });
  if (typed !== undefined && source === 'environment' && config.broker !== entry) {
    throw new ConfigurationError({
      code: 'BROKER_NAMED_TWICE',
      summary: 'The command line and the environment name different brokers. Nothing was started.',
      facts: { '--broker': config.broker, QTS_BROKER_ID: brokerId },
      next: 'Unset QTS_BROKER_ID, or leave --broker out.',
    });
  }
  const fallbackBroker = fallbackBrokerId === undefined ? 'none' : registry.getBroker(fallbackBrokerId);
  return { ...config, broker: entry, fallbackBroker };
}
