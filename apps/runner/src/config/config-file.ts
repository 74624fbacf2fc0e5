import { existsSync, readFileSync } from 'node:fs';
import { ConfigurationError } from '@qts/core';
import { parse, YAMLParseError } from 'yaml';
import { chooseBroker } from './choose-broker.ts';
import { type Environment } from './env-file.ts';
import { type RunnerConfig, parseRunnerConfig } from './runner-config.ts';

/** The file that is read when none is named, if it is there. */
export const defaultConfigFile = 'qts.yaml';

/** Settings that the command line gives over those of the file. */
export interface ConfigOverrides {
  readonly mode?: string;
  readonly broker?: string;
  readonly seed?: number;
  readonly date?: string;
  readonly symbols?: readonly string[];
  readonly strategy?: string;
  readonly port?: number;
  readonly lostAnswers?: number;
  readonly streamFaults?: boolean;
}

/**
 * Reads the configuration file (YAML; JSON is YAML too), lays the command line over it, and checks the whole. The broker
 * is the environment's, if that names one.
 *
 * @param file the file to read; absent: `qts.yaml` if it exists, else the defaults
 * @param environment the process's own variables; a `.env` names no broker
 * @throws {ConfigurationError} when the file is missing, unreadable, not YAML or not valid, or names of brokers are not
 */
export function loadRunnerConfig(
  file: string | undefined,
  overrides: ConfigOverrides,
  environment: Environment = process.env,
): RunnerConfig {
  const path = file ?? (existsSync(defaultConfigFile) ? defaultConfigFile : undefined);
  const read = path === undefined ? {} : readYaml(path);
  const source = path ?? 'defaults and command line';
  if (Array.isArray(read) || (read !== null && typeof read !== 'object')) return parseRunnerConfig(read, source);
  const config = parseRunnerConfig(layOver((read ?? {}) as Group, overrides), source);
  return chooseBroker(config, overrides.broker, environment);
}

type Group = Record<string, unknown>;

function isGroup(value: unknown): value is Group {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function layOver(config: Group, { mode, broker, symbols, strategy, ...sim }: ConfigOverrides): Group {
  const group = (name: string, values: Group): Group => {
    const set = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
    const present = config[name];
    // A group of the wrong shape is left as it is, for the check to name.
    if (Object.keys(set).length === 0 || (present !== undefined && !isGroup(present))) {
      return present === undefined ? {} : { [name]: present };
    }
    return { [name]: { ...(present ?? {}), ...set } };
  };
  return {
    ...config,
    ...(mode === undefined ? {} : { mode }),
    ...(broker === undefined ? {} : { broker: broker.trim().toLowerCase() }),
    ...(symbols === undefined ? {} : { symbols }),
    ...group('strategy', { use: strategy }),
    ...group('sim', { ...sim }),
  };
}

function readYaml(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ConfigurationError({
      code: 'CONFIGURATION_UNREADABLE',
      summary: 'The configuration file cannot be read; nothing was started.',
      facts: { file, reason: (cause as NodeJS.ErrnoException).code },
      next: 'Name an existing file with --config, or leave it out to run with the defaults.',
      cause,
    });
  }
  try {
    return parse(text, { prettyErrors: true });
  } catch (cause) {
    const at = cause instanceof YAMLParseError ? cause.linePos?.[0] : undefined;
    throw new ConfigurationError({
      code: 'CONFIGURATION_NOT_YAML',
      summary: 'The configuration file is not valid YAML; nothing was started.',
      facts: {
        file,
        line: at?.line,
        column: at?.col,
        reason: cause instanceof YAMLParseError ? cause.code : undefined,
      },
      next: 'Mend the line named above; docs/reference/configuration.md shows a whole file.',
      cause,
    });
  }
}
