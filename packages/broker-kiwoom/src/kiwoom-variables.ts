import { ConfigurationError } from '@qts/core';
import { type KiwoomCredentials, kiwoomLiveCredentials, kiwoomPaperCredentials } from './kiwoom-credentials.ts';
import { kiwoomHosts } from './kiwoom-environment.ts';
import { type KiwoomEnvironment } from './rest/operation.ts';

/** One environment variable. */
export interface KiwoomVariable {
  readonly name: string;
  readonly meaning: string;
  readonly required: boolean;
  readonly secret: boolean;
}

function variablesOf(prefix: string, environment: KiwoomEnvironment): readonly KiwoomVariable[] {
  const words = environment === 'LIVE' ? 'live (실전)' : 'paper (모의투자)';
  return [
    { name: `${prefix}_APP_KEY`, meaning: `App key, ${words}`, required: true, secret: true },
    { name: `${prefix}_APP_SECRET`, meaning: `Secret key, ${words}`, required: true, secret: true },
    {
      name: `${prefix}_ACCOUNT_NO`,
      meaning: `Account number, ${words}: kept out of logs; the app key alone says whose account it is`,
      required: false,
      secret: true,
    },
    {
      name: `${prefix}_BASE_URL`,
      meaning: `May be set only to ${kiwoomHosts[environment]}: hosts are fixed per environment`,
      required: false,
      secret: false,
    },
  ];
}

/** The variables of each environment. `docs` prints them from here; only the composition root reads them. */
export const kiwoomEnvironmentVariables: Readonly<Record<KiwoomEnvironment, readonly KiwoomVariable[]>> = {
  LIVE: variablesOf('KIWOOM_REAL', 'LIVE'),
  PAPER: variablesOf('KIWOOM_VTS', 'PAPER'),
};

/**
 * Credentials out of environment variables.
 *
 * @throws {ConfigurationError} naming the variable that is missing or not valid, or a base URL that is another host's.
 */
export function readKiwoomCredentials(
  environment: KiwoomEnvironment,
  variables: Readonly<Record<string, string | undefined>>,
): KiwoomCredentials {
  const prefix = environment === 'LIVE' ? 'KIWOOM_REAL' : 'KIWOOM_VTS';
  const missing = kiwoomEnvironmentVariables[environment]
    .filter(({ name, required }) => required && (variables[name] ?? '').trim() === '')
    .map(({ name }) => name);
  if (missing.length > 0) {
    throw new ConfigurationError({
      code: 'VARIABLE_MISSING',
      summary: `Kiwoom ${environment} credentials are not complete.`,
      facts: { field: missing.join(', '), found: 'nothing' },
      next: 'Set the variables, or choose a mode that needs no credentials.',
    });
  }
  const baseUrl = (variables[`${prefix}_BASE_URL`] ?? '').trim().replace(/\/$/, '');
  if (baseUrl !== '' && baseUrl !== kiwoomHosts[environment]) {
    throw new ConfigurationError({
      code: 'HOST_NOT_ALLOWED',
      summary: `${prefix}_BASE_URL names another host than that of Kiwoom ${environment}.`,
      facts: { field: `${prefix}_BASE_URL`, found: 'another host', allowed: kiwoomHosts[environment] },
      next: 'Leave it unset: the host follows from the environment.',
    });
  }
  const account = (variables[`${prefix}_ACCOUNT_NO`] ?? '').trim();
  const make = environment === 'LIVE' ? kiwoomLiveCredentials : kiwoomPaperCredentials;
  try {
    return make({
      appKey: variables[`${prefix}_APP_KEY`] ?? '',
      secretKey: variables[`${prefix}_APP_SECRET`] ?? '',
      ...(account === '' ? {} : { accountNumber: account }),
    });
  } catch (error) {
    throw namingVariable(error, prefix);
  }
}

/** Variables of the fields that somebody may have typed wrongly. */
const variableOf: Readonly<Record<string, string>> = {
  appKey: 'APP_KEY',
  secretKey: 'APP_SECRET',
  accountNumber: 'ACCOUNT_NO',
};

/** An error about a field of the credentials, with the variable that it came from. */
function namingVariable(error: unknown, prefix: string): unknown {
  if (!ConfigurationError.isInstance(error)) return error;
  const { code, summary, facts, next } = error;
  const variable = variableOf[String(facts['field'])];
  if (variable === undefined) return error;
  return new ConfigurationError({ code, summary, facts: { ...facts, field: `${prefix}_${variable}` }, next });
}
