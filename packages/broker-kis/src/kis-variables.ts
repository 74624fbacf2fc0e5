import { ConfigurationError } from '@qts/core';
import { type KisCredentials, kisLiveCredentials, kisPaperCredentials } from './kis-credentials.ts';
import { kisHosts } from './kis-environment.ts';
import { type KisEnvironment } from './rest/operation.ts';

/** One environment variable. */
export interface KisVariable {
  readonly name: string;
  readonly meaning: string;
  readonly required: boolean;
  readonly secret: boolean;
}

function variablesOf(prefix: string, environment: KisEnvironment): readonly KisVariable[] {
  const words = environment === 'LIVE' ? 'live (실전)' : 'paper (모의투자)';
  return [
    { name: `${prefix}_APP_KEY`, meaning: `App key, ${words}`, required: true, secret: true },
    { name: `${prefix}_APP_SECRET`, meaning: `App secret, ${words}`, required: true, secret: true },
    {
      name: `${prefix}_ACCOUNT_NO`,
      meaning: `Account number, ${words}: 12345678-01, or the first eight digits`,
      required: true,
      secret: true,
    },
    { name: `${prefix}_ACNT_PRDT_CD`, meaning: 'Last two digits of the account; 01', required: false, secret: false },
    {
      name: `${prefix}_HTS_ID`,
      meaning: `Login id of HTS, ${words}: order notices are asked for by it; without it fills come by reads`,
      required: false,
      secret: true,
    },
    {
      name: `${prefix}_BASE_URL`,
      meaning: `May be set only to ${kisHosts[environment]}: hosts are fixed per environment`,
      required: false,
      secret: false,
    },
  ];
}

/** The variables of each environment. `docs` prints them from here; only the composition root reads them. */
export const kisEnvironmentVariables: Readonly<Record<KisEnvironment, readonly KisVariable[]>> = {
  LIVE: variablesOf('KIS_REAL', 'LIVE'),
  PAPER: variablesOf('KIS_VTS', 'PAPER'),
};

/**
 * Credentials out of environment variables.
 *
 * @throws {ConfigurationError} naming the variable that is missing or not valid, or a base URL that is another host's.
 */
export function readKisCredentials(
  environment: KisEnvironment,
  variables: Readonly<Record<string, string | undefined>>,
): KisCredentials {
  const prefix = environment === 'LIVE' ? 'KIS_REAL' : 'KIS_VTS';
  const missing = kisEnvironmentVariables[environment]
    .filter(({ name, required }) => required && (variables[name] ?? '').trim() === '')
    .map(({ name }) => name);
  if (missing.length > 0) {
    throw new ConfigurationError({
      code: 'VARIABLE_MISSING',
      summary: `KIS ${environment} credentials are not complete.`,
      facts: { field: missing.join(', '), found: 'nothing' },
      next: 'Set the variables, or choose a mode that needs no credentials.',
    });
  }
  const baseUrl = (variables[`${prefix}_BASE_URL`] ?? '').trim().replace(/\/$/, '');
  if (baseUrl !== '' && baseUrl !== kisHosts[environment]) {
    throw new ConfigurationError({
      code: 'HOST_NOT_ALLOWED',
      summary: `${prefix}_BASE_URL names another host than that of KIS ${environment}.`,
      facts: { field: `${prefix}_BASE_URL`, found: 'another host', allowed: kisHosts[environment] },
      next: 'Leave it unset: the host follows from the environment.',
    });
  }
  const account = (variables[`${prefix}_ACCOUNT_NO`] ?? '').trim();
  const productCode = (variables[`${prefix}_ACNT_PRDT_CD`] ?? '').trim();
  const htsId = (variables[`${prefix}_HTS_ID`] ?? '').trim();
  const make = environment === 'LIVE' ? kisLiveCredentials : kisPaperCredentials;
  try {
    return make({
      appKey: variables[`${prefix}_APP_KEY`] ?? '',
      appSecret: variables[`${prefix}_APP_SECRET`] ?? '',
      accountNumber: productCode !== '' && /^[0-9]{8}$/.test(account) ? `${account}-${productCode}` : account,
      ...(htsId === '' ? {} : { htsId }),
    });
  } catch (error) {
    throw namingVariable(error, prefix);
  }
}

/** Variables of the fields that somebody may have typed wrongly. */
const variableOf: Readonly<Record<string, string>> = {
  appKey: 'APP_KEY',
  appSecret: 'APP_SECRET',
  accountNumber: 'ACCOUNT_NO',
  htsId: 'HTS_ID',
};

/** An error about a field of the credentials, with the variable that it came from. */
function namingVariable(error: unknown, prefix: string): unknown {
  if (!ConfigurationError.isInstance(error)) return error;
  const { code, summary, facts, next } = error;
  const variable = variableOf[String(facts['field'])];
  if (variable === undefined) return error;
  return new ConfigurationError({ code, summary, facts: { ...facts, field: `${prefix}_${variable}` }, next });
}
