import { ConfigurationError, Secret } from '@qts/core';
import { type KisEnvironment } from './rest/operation.ts';
import { shapeOf } from './wire-fields.ts';

declare const environmentOfCredentials: unique symbol;

interface KisCredentialsOf<Environment extends KisEnvironment> {
  readonly environment: Environment;
  readonly appKey: Secret;
  readonly appSecret: Secret;
  /** `CANO`: the first eight digits of the account number. */
  readonly accountNumber: Secret;
  /** `ACNT_PRDT_CD`: the two digits behind it; 01 is a brokerage account. */
  readonly productCode: string;
  /** The customer's login id (HTS id): order notices are asked for by it, and by nothing else. */
  readonly htsId?: Secret;
  readonly [environmentOfCredentials]: Environment;
}

/** Credentials of a real account. Made by {@link kisLiveCredentials} only; paper ones do not fit in their place. */
export type KisLiveCredentials = KisCredentialsOf<'LIVE'>;
/** Credentials of a 모의투자 account. Made by {@link kisPaperCredentials} only. */
export type KisPaperCredentials = KisCredentialsOf<'PAPER'>;
export type KisCredentials = KisLiveCredentials | KisPaperCredentials;

/** What somebody types. */
export interface KisCredentialsInput {
  readonly appKey: string | Secret;
  readonly appSecret: string | Secret;
  /** `12345678-01`, `1234567801`, or the first eight digits alone (then the product code is 01). */
  readonly accountNumber: string | Secret;
  /** Login id of HTS, for the stream of order notices. Not the account number. */
  readonly htsId?: string | Secret | undefined;
}

/** Live credentials. @throws {ConfigurationError} naming the field; values are never shown, their shape is. */
export function kisLiveCredentials(input: KisCredentialsInput): KisLiveCredentials {
  return makeCredentials('LIVE', input);
}

/** Paper credentials. @throws {ConfigurationError} naming the field; values are never shown, their shape is. */
export function kisPaperCredentials(input: KisCredentialsInput): KisPaperCredentials {
  return makeCredentials('PAPER', input);
}

/** Published widths: 36 and 180 characters. Test keys are shorter, so only the upper bound is held. */
const appKeyLengthMax = 36;
const appSecretLengthMax = 180;
/** Length of `tr_key` on the wire. */
const htsIdLengthMax = 20;
/** Visible ASCII without spaces: a header takes nothing else. */
const headerText = /^[!-~]+$/;
const accountPattern = /^([0-9]{8})-?([0-9]{2})?$/;

function makeCredentials<Environment extends KisEnvironment>(
  environment: Environment,
  input: KisCredentialsInput,
): KisCredentialsOf<Environment> {
  const account = accountPattern.exec(reveal(input.accountNumber));
  const cano = account?.[1];
  if (cano === undefined) {
    throw invalid(environment, 'accountNumber', 'eight digits, optionally with two more', input.accountNumber);
  }
  return {
    environment,
    appKey: keyOf(environment, 'appKey', input.appKey, appKeyLengthMax),
    appSecret: keyOf(environment, 'appSecret', input.appSecret, appSecretLengthMax),
    accountNumber: new Secret(cano),
    productCode: account?.[2] ?? '01',
    ...(input.htsId === undefined ? {} : { htsId: keyOf(environment, 'htsId', input.htsId, htsIdLengthMax) }),
  } as KisCredentialsOf<Environment>;
}

function keyOf(environment: KisEnvironment, field: string, value: string | Secret, lengthMax: number): Secret {
  const text = reveal(value);
  if (!headerText.test(text) || text.length > lengthMax) {
    throw invalid(environment, field, `1 to ${lengthMax} visible characters without spaces`, value);
  }
  return new Secret(text);
}

function reveal(value: string | Secret): string {
  return (typeof value === 'string' ? value : value.reveal()).trim();
}

function invalid(
  environment: KisEnvironment,
  field: string,
  expected: string,
  found: string | Secret,
): ConfigurationError {
  const text = reveal(found);
  return new ConfigurationError({
    code: 'CREDENTIALS_NOT_VALID',
    summary: `The KIS ${environment} credentials are not usable.`,
    // Digits are masked too, so an account number shows as nines; a key shows only how long it is.
    facts: { field, expected, found: field === 'accountNumber' ? shapeOf(text) : `${text.length} characters` },
    next: 'Copy the value from the KIS Developers portal. Live and paper have keys and accounts of their own.',
  });
}
