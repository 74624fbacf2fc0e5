import { createFileTokenStore, systemClock, systemIds } from '@qts/broker-kit';
import { type Logger } from '@qts/core';
import { type Strategy } from '@qts/pipeline';
import { connectAccount } from '../brokers/connect-account.ts';
import { type Environment } from '../config/env-file.ts';
import { type RunnerConfig } from '../config/runner-config.ts';
import { type DayReport } from '../report/day-report.ts';
import { type AccountDayEvents, runAccountDay } from './account-day.ts';
import { tokenFolder } from './runner-files.ts';

export interface BrokerDaySettings extends AccountDayEvents {
  readonly config: RunnerConfig;
  readonly environment: Environment;
  readonly strategy: Strategy;
  readonly signal: AbortSignal;
  readonly logger: Logger;
}

/**
 * Trades today at the broker's paper account (모의투자), or, when the live gate is open, at the real one.
 *
 * @throws {ConfigurationError} when credentials are missing or not valid, a fact is missing that live needs, and as
 *   {@link runAccountDay} does
 * @throws {BrokerError} when the account cannot be read
 */
export function runBrokerDay({ environment, ...settings }: BrokerDaySettings): Promise<DayReport> {
  const { config, logger } = settings;
  return runAccountDay({
    ...settings,
    clock: systemClock,
    ids: systemIds,
    connect: (parts) =>
      connectAccount(config, environment, {
        ...parts,
        tokenStore: createFileTokenStore({ directory: tokenFolder(config) }),
        logger,
      }),
  });
}
