import { type CredentialVariable, readCredentialVariables } from '@qts/broker-kit';
import { type KiwoomCredentials, kiwoomLiveCredentials, kiwoomPaperCredentials } from './kiwoom-credentials.ts';
import { kiwoomHosts } from './kiwoom-environment.ts';
import { type KiwoomEnvironment } from './rest/operation.ts';

/** One environment variable. */
export type KiwoomVariable = CredentialVariable;

/** What the variables of an environment begin with. */
const prefixes: Readonly<Record<KiwoomEnvironment, string>> = { LIVE: 'KIWOOM_REAL', PAPER: 'KIWOOM_VTS' };

function variablesOf(environment: KiwoomEnvironment): readonly KiwoomVariable[] {
  const prefix = prefixes[environment];
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
  LIVE: variablesOf('LIVE'),
  PAPER: variablesOf('PAPER'),
};

/** The variable behind the prefix that each field comes from. */
const variableOf: Readonly<Record<string, string>> = {
  appKey: 'APP_KEY',
  secretKey: 'APP_SECRET',
  accountNumber: 'ACCOUNT_NO',
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
  const make = environment === 'LIVE' ? kiwoomLiveCredentials : kiwoomPaperCredentials;
  return readCredentialVariables(
    {
      ...{ brokerName: 'Kiwoom', environment, prefix: prefixes[environment] },
      ...{ known: kiwoomEnvironmentVariables[environment], host: kiwoomHosts[environment], variableOf },
    },
    variables,
    (valueOf) => {
      const account = valueOf('ACCOUNT_NO').trim();
      return make({
        appKey: valueOf('APP_KEY'),
        secretKey: valueOf('APP_SECRET'),
        ...(account === '' ? {} : { accountNumber: account }),
      });
    },
  );
}
