import { ConfigurationError, Secret } from '@qts/core';
import { type KiwoomEnvironment } from './rest/operation.ts';

declare const environmentOfCredentials: unique symbol;

interface KiwoomCredentialsOf<Environment extends KiwoomEnvironment> {
  /** Tells credentials of this broker from another's at run time, where types are gone. */
  readonly brokerId: 'kiwoom';
  readonly environment: Environment;
  readonly appKey: Secret;
  readonly secretKey: Secret;
  /** No request carries it: the app key says whose account it is. Kept to be taken out of texts of the broker. */
  readonly accountNumber: Secret | undefined;
  readonly [environmentOfCredentials]: Environment;
}

/** Credentials of a real account. Made by {@link kiwoomLiveCredentials} only; paper ones do not fit in their place. */
export type KiwoomLiveCredentials = KiwoomCredentialsOf<'LIVE'>;
/** Credentials of a 모의투자 account. Made by {@link kiwoomPaperCredentials} only. */
export type KiwoomPaperCredentials = KiwoomCredentialsOf<'PAPER'>;
export type KiwoomCredentials = KiwoomLiveCredentials | KiwoomPaperCredentials;

/** What somebody types. */
export interface KiwoomCredentialsInput {
  readonly appKey: string | Secret;
  readonly secretKey: string | Secret;
  /** Eight to ten digits, hyphens allowed. One app key has one account, so it may be left out. */
  readonly accountNumber?: string | Secret;
}

/** Live credentials. @throws {ConfigurationError} naming the field; values are never shown, their shape is. */
export function kiwoomLiveCredentials(input: KiwoomCredentialsInput): KiwoomLiveCredentials {
  return makeCredentials('LIVE', input);
}

/** Paper credentials. @throws {ConfigurationError} naming the field; values are never shown, their shape is. */
export function kiwoomPaperCredentials(input: KiwoomCredentialsInput): KiwoomPaperCredentials {
  return makeCredentials('PAPER', input);
}

/** Kiwoom publishes no widths. Its keys are far shorter than this; a secret of KIS has 180 characters. */
const keyLengthMax = 128;
/** Visible ASCII without spaces: a JSON body would take more, a key has no more. */
const keyText = /^[!-~]+$/;
const accountText = /^[0-9]{8,10}$/;

function makeCredentials<Environment extends KiwoomEnvironment>(
  environment: Environment,
  input: KiwoomCredentialsInput,
): KiwoomCredentialsOf<Environment> {
  return {
    brokerId: 'kiwoom',
    environment,
    appKey: keyOf(environment, 'appKey', input.appKey),
    secretKey: keyOf(environment, 'secretKey', input.secretKey),
    accountNumber: input.accountNumber === undefined ? undefined : accountOf(environment, input.accountNumber),
  } as KiwoomCredentialsOf<Environment>;
}

function keyOf(environment: KiwoomEnvironment, field: string, value: unknown): Secret {
  const text = reveal(value);
  if (text !== undefined && keyText.test(text) && text.length <= keyLengthMax) return new Secret(text);
  const found = text === undefined ? typeof value : `${text.length} characters`;
  throw invalid(environment, field, `1 to ${keyLengthMax} visible characters without spaces`, found);
}

function accountOf(environment: KiwoomEnvironment, value: unknown): Secret {
  const digits = reveal(value)?.replaceAll('-', '') ?? '';
  if (accountText.test(digits)) return new Secret(digits);
  throw invalid(environment, 'accountNumber', 'eight to ten digits', `${digits.length} characters`);
}

/** The text of a field; `undefined` when something else stands there, as in the credentials of another broker. */
function reveal(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim();
  return value instanceof Secret ? value.reveal().trim() : undefined;
}

function invalid(environment: KiwoomEnvironment, field: string, expected: string, found: string): ConfigurationError {
  return new ConfigurationError({
    code: 'CREDENTIALS_NOT_VALID',
    summary: `The Kiwoom ${environment} credentials are not usable.`,
    facts: { field, expected, found },
    next:
      'Copy the value from the Kiwoom REST API portal: app key and secret key, each environment its own. ' +
      'Keys of another broker do not fit; a KIS app secret has 180 characters.',
  });
}
