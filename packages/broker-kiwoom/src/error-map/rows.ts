import { type ErrorMapRow } from '@qts/broker-kit';
import { type FailsafeCode } from '@qts/core';
import { type KiwoomEnvironment, kiwoomEnvironments } from '../rest/operation.ts';

/** What a code is about. The words are those of the other broker package, where the matter is the same. */
export const kiwoomCodeKinds = [
  'NO_DATA',
  'AUTH',
  'CREDENTIALS',
  'PERMISSION',
  'ACCOUNT',
  'WRONG_ENVIRONMENT',
  'VALIDATION',
  'RATE_LIMIT',
  'UNKNOWN_OUTCOME',
  'ORDER_REJECTED',
  'MARKET_CLOSED',
  'INSUFFICIENT_FUNDS',
  'INSUFFICIENT_HOLDINGS',
  'NOTHING_TO_CANCEL',
  'INSTRUMENT',
] as const;
export type KiwoomCodeKind = (typeof kiwoomCodeKinds)[number];

/** How well a code is known, and what that is worth as a source. */
export const kiwoomEvidence = {
  captured: 'seen in recorded traffic',
  official: 'error table of the broker’s guide',
  'official, new': 'rows that a newer edition of the guide added',
  reported: 'client authors',
  'OCX reports': 'authors of clients of the older OCX API',
  'single report': 'one note of a client author',
} as const;
export type KiwoomEvidence = keyof typeof kiwoomEvidence;

/**
 * What a consecutive-failure guard makes of the code (execution-safety 11).
 *
 * - `SETTING`: a listed business refusal; whether it counts is a setting. `COUNT`: counts.
 * - `PACE_DOWN`: does not count, the limiter slows down. `FORGIVE_ONCE`: a token; the second in a row counts.
 * - `TRIP`: trips at once, a person is needed.
 */
export const kiwoomGuardClasses = ['SETTING', 'COUNT', 'PACE_DOWN', 'FORGIVE_ONCE', 'TRIP'] as const;
export type KiwoomGuardClass = (typeof kiwoomGuardClasses)[number];

/** One failure code of Kiwoom. */
export interface KiwoomErrorRow extends ErrorMapRow {
  readonly kind: KiwoomCodeKind;
  /**
   * What the adapter answers to a place or a replace command that gets this code. `REJECTED` only where the order back
   * end itself refused, for a listed reason, or the form of the request was refused by a code that was seen to do so.
   */
  readonly outcome: 'REJECTED' | 'UNKNOWN';
  /**
   * True: one complete order list without the order, a second or more later, turns the `UNKNOWN` into `REJECTED`. That
   * read is the engine's: an adapter holds no policy and never waits.
   */
  readonly confirmByRead: boolean;
  readonly guard: KiwoomGuardClass;
  readonly evidence: KiwoomEvidence;
  /** Where the code may come from. A code of the mock server is not believed on the live one. */
  readonly environments: readonly KiwoomEnvironment[];
  /** `return_code` and HTTP status with which it was seen; absent where nobody recorded them. */
  readonly returnCode?: number;
  readonly http?: number;
  readonly note?: string;
  /** A new token may help: a read is repeated once with one, an order never. */
  readonly renewsToken?: true;
}

/** What a row may add to its columns. */
export type KiwoomRowExtras = Pick<KiwoomErrorRow, 'returnCode' | 'http' | 'note' | 'renewsToken'> & {
  readonly environments?: readonly KiwoomEnvironment[];
};

interface RowColumns extends Pick<KiwoomErrorRow, 'failureClass' | 'kind' | 'outcome' | 'confirmByRead' | 'guard'> {
  readonly code: FailsafeCode;
}

/** What no document of the broker says. */
const hearsay: ReadonlySet<KiwoomEvidence> = new Set(['reported', 'OCX reports', 'single report']);

function makeRow(
  columns: RowColumns,
  evidence: KiwoomEvidence,
  meaning: string,
  extras: KiwoomRowExtras,
): KiwoomErrorRow {
  return {
    environments: kiwoomEnvironments,
    ...columns,
    meaning,
    source: `Kiwoom: ${kiwoomEvidence[evidence]}`,
    evidence,
    ...(hearsay.has(evidence) ? { confidence: 'hearsay' as const } : {}),
    ...extras,
  };
}

type RowMaker<Kind> = (
  kind: Kind,
  evidence: KiwoomEvidence,
  meaning: string,
  extras?: KiwoomRowExtras,
) => KiwoomErrorRow;

/** F2: the order back end refused for a listed reason, under `return_code` 20. */
export const backEndRefusal: RowMaker<KiwoomCodeKind> = (kind, evidence, meaning, extras = {}) =>
  makeRow(
    { failureClass: 'REFUSED', kind, code: 'FS040', outcome: 'REJECTED', confirmByRead: false, guard: 'SETTING' },
    evidence,
    meaning,
    { returnCode: 20, ...extras },
  );

/**
 * The gateway refused the form of the request. F2 where it was seen to come under `return_code` 1 or 2
 * (execution-safety 11); F3 where nobody saw how it comes.
 */
export const formRefusal: RowMaker<'VALIDATION'> = (kind, evidence, meaning, extras = {}) => {
  const seen = extras.returnCode === 1 || extras.returnCode === 2;
  return makeRow(
    {
      failureClass: seen ? 'REFUSED' : 'GATEWAY_REFUSED',
      kind,
      code: 'FS040',
      outcome: seen ? 'REJECTED' : 'UNKNOWN',
      confirmByRead: !seen,
      guard: 'COUNT',
    },
    evidence,
    meaning,
    extras,
  );
};

/**
 * F2: the gateway does not know the symbol. Nobody recorded the class it comes under; the reference has it as a refusal of
 * the order, and bad input comes under 1 and 2 (execution-safety 11).
 */
export const symbolRefusal: RowMaker<'INSTRUMENT'> = (kind, evidence, meaning, extras = {}) =>
  makeRow(
    { failureClass: 'REFUSED', kind, code: 'FS040', outcome: 'REJECTED', confirmByRead: false, guard: 'SETTING' },
    evidence,
    meaning,
    extras,
  );

/** F3: the key, the address, the account or the environment does not fit. A person must act. */
export const credentialsRefusal: RowMaker<'CREDENTIALS' | 'PERMISSION' | 'WRONG_ENVIRONMENT'> = (
  kind,
  evidence,
  meaning,
  extras = {},
) =>
  makeRow(
    {
      failureClass: 'CREDENTIALS_REFUSED',
      kind,
      code: 'FS044',
      outcome: 'UNKNOWN',
      confirmByRead: true,
      guard: 'TRIP',
    },
    evidence,
    meaning,
    extras,
  );

/** F3: the token is not valid (any more). */
export const tokenRefusal: RowMaker<'AUTH' | 'WRONG_ENVIRONMENT'> = (kind, evidence, meaning, extras = {}) =>
  makeRow(
    {
      failureClass: 'TOKEN_REFUSED',
      kind,
      code: 'FS040',
      outcome: 'UNKNOWN',
      confirmByRead: true,
      guard: 'FORGIVE_ONCE',
    },
    evidence,
    meaning,
    extras,
  );

/** F3: too fast. */
export const rateRefusal: RowMaker<'RATE_LIMIT'> = (kind, evidence, meaning, extras = {}) =>
  makeRow(
    { failureClass: 'RATE_LIMITED', kind, code: 'FS040', outcome: 'UNKNOWN', confirmByRead: true, guard: 'PACE_DOWN' },
    evidence,
    meaning,
    extras,
  );

/** F4: the servers are in trouble. The order may be live. */
export const trouble: RowMaker<'UNKNOWN_OUTCOME'> = (kind, evidence, meaning, extras = {}) =>
  makeRow(
    { failureClass: 'GATEWAY_TROUBLE', kind, code: 'FS042', outcome: 'UNKNOWN', confirmByRead: false, guard: 'COUNT' },
    evidence,
    meaning,
    extras,
  );
