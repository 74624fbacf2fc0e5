import { type CredentialVariable, readCredentialVariables } from '@qts/broker-kit';
import { type KisCredentials, kisLiveCredentials, kisPaperCredentials } from './kis-credentials.ts';
import { kisHosts } from './kis-environment.ts';
import { type KisEnvironment } from './rest/operation.ts';

/** One environment variable. */
export type KisVariable = CredentialVariable;

/** What the variables of an environment begin with. */
const prefixes: Readonly<Record<KisEnvironment, string>> = { LIVE: 'KIS_REAL', PAPER: 'KIS_VTS' };

function variablesOf(environment: KisEnvironment): readonly KisVariable[] {
  const prefix = prefixes[environment];
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
  LIVE: variablesOf('LIVE'),
  PAPER: variablesOf('PAPER'),
};

/** The variable behind the prefix that each field comes from. */
const variableOf: Readonly<Record<string, string>> = {
  appKey: 'APP_KEY',
  appSecret: 'APP_SECRET',
  accountNumber: 'ACCOUNT_NO',
  htsId: 'HTS_ID',
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
  const make = environment === 'LIVE' ? kisLiveCredentials : kisPaperCredentials;
  return readCredentialVariables(
    {
      ...{ brokerName: 'KIS', environment, prefix: prefixes[environment] },
      ...{ known: kisEnvironmentVariables[environment], host: kisHosts[environment], variableOf },
    },
    variables,
    (valueOf) => {
      const account = valueOf('ACCOUNT_NO').trim();
      const productCode = valueOf('ACNT_PRDT_CD').trim();
      const htsId = valueOf('HTS_ID').trim();
      return make({
        appKey: valueOf('APP_KEY'),
        appSecret: valueOf('APP_SECRET'),
        accountNumber: productCode !== '' && /^[0-9]{8}$/.test(account) ? `${account}-${productCode}` : account,
        ...(htsId === '' ? {} : { htsId }),
      });
    },
  );
}
