import { type RunnerConfig } from '../config/runner-config.ts';
import { loadRunnerConfig } from '../config/config-file.ts';
import { journalFile, latestSimJournal, stopFile } from '../trading/runner-files.ts';

/** The options by which every command of an operator says which account it is about. */
export interface AccountOptions {
  readonly config?: string;
  readonly mode?: string;
  readonly broker?: string;
  /** A journal elsewhere than where the runner keeps it. */
  readonly journal?: string;
}

/** An account, and where its files are. */
export interface AccountChoice {
  readonly config: RunnerConfig;
  readonly journal: string;
  readonly stop: string;
}

/**
 * The account that a command is about: that of the configuration, in the mode and at the broker given. Of simulated runs it
 * is the journal of the latest.
 *
 * @throws {ConfigurationError} when the configuration is not valid
 */
export function chooseAccount({ config: file, mode, broker, journal }: AccountOptions): AccountChoice {
  const config = loadRunnerConfig(file, {
    ...(mode === undefined ? {} : { mode }),
    ...(broker === undefined ? {} : { broker }),
  });
  // Every simulated run has a journal of its own.
  const usual = config.mode === 'sim' ? latestSimJournal(config) : undefined;
  return {
    config,
    journal: journal ?? usual ?? journalFile(config),
    stop: stopFile(config),
  };
}
