import { type KiwoomVenueSettings } from './dialects/kiwoom/kiwoom-settings.ts';
import { VenueError } from './venue-error.ts';
import {
  venueDialects,
  venueEnvironments,
  type FrontAccount,
  type FrontOptions,
  type SocketOptions,
  type VenueDialectName,
} from './venue-settings.ts';

/** Addresses that only this machine reaches. A simulated venue takes orders from whoever connects. */
const loopbackHosts = ['127.0.0.1', '::1', 'localhost'];

/** The broker's widths of an app key and its secret. */
const appKeyLengthMax = 36;
const appSecretLengthMax = 180;

/** @throws VenueError `INVALID_SETTING`. Trading date, instruments and cash are checked by the exchange. */
export function checkFrontOptions(options: FrontOptions): void {
  requireOneOf('dialect', options.dialect, venueDialects);
  requireOneOf('environment', options.environment, venueEnvironments);
  options.accounts.forEach((account, index) => {
    checkAccount(account, index, options.dialect);
  });
  requireDistinct('accountNumber', options.accounts);
  requireDistinct('appKey', options.accounts);
  const { kis = {} } = options;
  requireCount('kis.requestsPerSecond', kis.requestsPerSecond, 1);
  requireCount('kis.ledgerCallsPerSecond', kis.ledgerCallsPerSecond, 1);
  requireCount('kis.orderVisibilityDelayMs', kis.orderVisibilityDelayMs, 0);
  checkKiwoomSettings(options.kiwoom ?? {});
  if (kis.branch !== undefined && !/^\d{5}$/.test(kis.branch)) {
    refuse('kis.branch', `"${kis.branch}"`, 'five digits, for example 03930');
  }
}

function checkKiwoomSettings(kiwoom: KiwoomVenueSettings): void {
  requireCount('kiwoom.requestsPerSecond', kiwoom.requestsPerSecond, 1);
  requireCount('kiwoom.orderVisibilityDelayMs', kiwoom.orderVisibilityDelayMs, 0);
  requireCount('kiwoom.listRows', kiwoom.listRows, 1);
  for (const [apiId, perSecond] of Object.entries(kiwoom.requestsPerSecondOf ?? {})) {
    requireCount(`kiwoom.requestsPerSecondOf.${apiId}`, perSecond, 1);
  }
}

/** @throws VenueError `INVALID_SETTING`. */
export function checkSocketOptions({ host, port }: Required<SocketOptions>): void {
  if (!loopbackHosts.includes(host)) refuse('host', `"${host}"`, `a loopback address (${loopbackHosts.join(', ')})`);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) refuse('port', String(port), 'a port from 0 to 65535');
}

/** How each broker writes an account number. */
const accountNumberForms: Readonly<Record<VenueDialectName, { readonly form: RegExp; readonly remedy: string }>> = {
  kis: { form: /^\d{8}-\d{2}$/, remedy: 'eight digits, a dash, two digits' },
  kiwoom: { form: /^\d{10}$/, remedy: 'ten digits' },
};

function checkAccount(account: FrontAccount, index: number, dialect: VenueDialectName): void {
  const field = `accounts[${index}]`;
  const { form, remedy } = accountNumberForms[dialect];
  if (!form.test(account.accountNumber)) refuse(`${field}.accountNumber`, 'another form', remedy);
  requireLength(`${field}.appKey`, account.appKey, appKeyLengthMax);
  requireLength(`${field}.appSecret`, account.appSecret, appSecretLengthMax);
}

function requireLength(field: string, value: string, max: number): void {
  if (value.length === 0 || value.length > max) {
    refuse(field, `${value.length} characters`, `1 to ${max} characters`);
  }
}

function requireDistinct(name: 'accountNumber' | 'appKey', accounts: readonly FrontAccount[]): void {
  if (new Set(accounts.map((account) => account[name])).size < accounts.length) {
    refuse(`accounts[].${name}`, 'the same one twice', 'one per account: the broker binds a key to an account');
  }
}

function requireOneOf(field: string, value: string, allowed: readonly string[]): void {
  if (!allowed.includes(value)) refuse(field, `"${value}"`, `one of ${allowed.join(', ')}`);
}

function requireCount(field: string, value: number | undefined, min: number): void {
  if (value !== undefined && (!Number.isSafeInteger(value) || value < min)) {
    refuse(field, String(value), `a whole number, at least ${min}`);
  }
}

function refuse(field: string, found: string, remedy: string): never {
  throw new VenueError('INVALID_SETTING', `The setting ${field} is not usable: found ${found}. Give ${remedy}.`);
}
