import { describeFound, looksLikeAccountNumber } from './describe-found.ts';
import { ValidationError } from './errors.ts';
import { isTradingDate } from './kst.ts';
import {
  type AccountId,
  type BrokerOrderId,
  type ClientOrderId,
  type IntentId,
  type Krw,
  type Shares,
  type SymbolCode,
  type TradingDate,
} from './values.ts';

/** Longest id we make or take: a UUID has 36 characters. Longer ones are a mistake, and logs carry them often. */
export const idLengthMax = 64;

/** Visible ASCII, so that an id looks the same in a log, a file name and a database. */
const idShape = /^[\x21-\x7e]+$/;
const symbolShape = /^(?:[0-9A-Z]{6}|Q[0-9A-Z]{6})$/;

/** Whether `value` is an amount of won: a safe integer, zero or more. */
export function isKrw(value: unknown): value is Krw {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** Whether `value` is a number of shares: a safe integer, zero or more. */
export function isShares(value: unknown): value is Shares {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** Whether `value` is a short code: six digits or capitals, or seven with a leading `Q` (ETN). */
export function isSymbolCode(value: unknown): value is SymbolCode {
  return typeof value === 'string' && symbolShape.test(value);
}

/** Whether `value` may be an id of ours: 1 to {@link idLengthMax} visible ASCII characters. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length <= idLengthMax && idShape.test(value);
}

/**
 * Won.
 * @throws {ValidationError} unless `value` is a safe integer, zero or more.
 */
export function krw(value: number): Krw {
  if (!isKrw(value)) throw refuse('amount', value, 'Give whole won, zero or more; nothing is rounded here.');
  return value;
}

/**
 * Won that may be negative: an overdraft, a loss.
 * @throws {ValidationError} unless `value` is a safe integer.
 */
export function signedKrw(value: number): Krw {
  if (!Number.isSafeInteger(value)) throw refuse('amount', value, 'Give whole won; nothing is rounded here.');
  return value as Krw;
}

/**
 * A number of shares.
 * @throws {ValidationError} unless `value` is a safe integer, zero or more.
 */
export function shares(value: number): Shares {
  if (!isShares(value)) throw refuse('quantity', value, 'Give a whole number of shares, zero or more.');
  return value;
}

/**
 * The short code of an issue (종목코드).
 * @throws {ValidationError} unless `value` is six digits or capitals, or seven with a leading `Q`.
 */
export function symbolCode(value: string): SymbolCode {
  if (!isSymbolCode(value)) throw refuse('symbol', value, symbolRemedy);
  return value;
}

/** What to do about a symbol that is none. */
export const symbolRemedy = 'Give the short code: six digits or capitals such as 005930, or seven with a leading Q.';

/**
 * Our id of one wish to trade.
 * @throws {ValidationError} unless `value` has 1 to 64 visible ASCII characters.
 */
export function intentId(value: string): IntentId {
  if (!isId(value)) throw refuse('intentId', value, idRemedy);
  return value as IntentId;
}

/** What to do about an id that is none. */
export const idRemedy = 'Give 1 to 64 visible ASCII characters, no spaces.';

/**
 * Our id of an order.
 * @throws {ValidationError} unless `value` has 1 to 64 visible ASCII characters.
 */
export function clientOrderId(value: string): ClientOrderId {
  if (!isId(value)) throw refuse('clientOrderId', value, idRemedy);
  return value as ClientOrderId;
}

/**
 * The broker's order number, in the form in which numbers are compared: without the spaces and leading zeros that one
 * operation of a broker pads and another does not.
 * @throws {ValidationError} when nothing is left, or it has more than 64 visible ASCII characters.
 */
export function brokerOrderId(value: string): BrokerOrderId {
  // The type is a promise of TypeScript only; a number from JSON arrives here too.
  const text: unknown = value;
  const bare = typeof text === 'string' ? text.trim().replace(/^0+/, '') : undefined;
  if (!isId(bare)) throw refuse('brokerOrderId', value, "Give the broker's order number; zeros alone are none.");
  return bare as BrokerOrderId;
}

/**
 * A label of an account that is safe to print.
 * @throws {ValidationError} when it is not an id, or looks like an account number. The error does not show it.
 */
export function accountId(value: string): AccountId {
  if (!isId(value)) throw refuse('accountId', value, idRemedy);
  if (looksLikeAccountNumber(value)) {
    throw refuse('accountId', value, 'Choose a label such as main; an account number must not be printed.');
  }
  return value as AccountId;
}

/**
 * A date in Korea.
 * @throws {ValidationError} unless `value` is `YYYY-MM-DD` and exists.
 */
export function tradingDate(value: string): TradingDate {
  if (!isTradingDate(value)) throw refuse('tradingDate', value, 'Give a date that exists, as YYYY-MM-DD.');
  return value;
}

function refuse(field: string, found: unknown, next: string): ValidationError {
  return new ValidationError({
    code: 'VALUE_INVALID',
    summary: `The value cannot be used as ${field}.`,
    facts: { field, found: describeFound(found) },
    next,
  });
}
