import { type ErrorMapRow } from '@qts/broker-kit';
import { type FailsafeCode } from '@qts/core';
import { type KisEnvironment, kisEnvironments } from '../rest/operation.ts';

/** What a code is about, in the words of the KIS code list. */
export const kisCodeKinds = [
  'SUCCESS',
  'NO_DATA',
  'AUTH',
  'AUTH_RATE_LIMIT',
  'CREDENTIALS',
  'PERMISSION',
  'ACCOUNT',
  'WRONG_ENVIRONMENT',
  'VALIDATION',
  'RATE_LIMIT',
  'TRANSIENT',
  'UNKNOWN_OUTCOME',
  'ORDER_REJECTED',
  'MARKET_CLOSED',
  'INSUFFICIENT_FUNDS',
  'INSUFFICIENT_HOLDINGS',
  'INSUFFICIENT_FUNDS_OR_HOLDINGS',
  'NOTHING_TO_CANCEL',
  'INSTRUMENT',
  'WS_IDEMPOTENT',
  'WS_LIMIT',
  'WS_SESSION_CONFLICT',
] as const;
export type KisCodeKind = (typeof kisCodeKinds)[number];

/** How well a code is known, and what that is worth as a source. */
export const kisEvidence = {
  captured: 'seen in recorded traffic',
  official: 'code table of the broker',
  reported: 'several client authors',
  'single report': 'one client author',
  recollection: 'recollection, no stored source',
} as const;
export type KisEvidence = keyof typeof kisEvidence;

/**
 * What a consecutive-failure guard makes of the code (execution-safety 11).
 *
 * - `SETTING`: a listed business refusal; whether it counts is a setting. `COUNT`: counts.
 * - `PACE_DOWN`: does not count, the limiter slows down. `FORGIVE_ONCE`: a token; the second in a row counts.
 * - `TRIP`: trips at once, a person is needed.
 */
export const kisGuardClasses = ['SETTING', 'COUNT', 'PACE_DOWN', 'FORGIVE_ONCE', 'TRIP'] as const;
export type KisGuardClass = (typeof kisGuardClasses)[number];

/** One failure code of KIS. */
export interface KisErrorRow extends ErrorMapRow {
  readonly kind: KisCodeKind;
  /**
   * What the adapter answers to a place or a replace command that gets this code. `REJECTED` only where the order back
   * end itself refused, for a listed reason with a source; anything a gateway says is `UNKNOWN`.
   */
  readonly outcome: 'REJECTED' | 'UNKNOWN';
  /**
   * True: one complete order list without the order, a second or more later, turns the `UNKNOWN` into `REJECTED`. That
   * read is the engine's: an adapter holds no policy and never waits.
   */
  readonly confirmByRead: boolean;
  readonly guard: KisGuardClass;
  readonly evidence: KisEvidence;
  /** Where the code may come from. A paper code on the live server is not believed. */
  readonly environments: readonly KisEnvironment[];
  /** The broker's text, for people: never matched on. */
  readonly korean?: string;
  readonly note?: string;
  /** HTTP status and `rt_cd` as observed; absent where nobody recorded them. */
  readonly http?: number;
  readonly rtCd?: string;
  /** A new token may help: a read is repeated once with one, an order never. */
  readonly renewsToken?: true;
}

/** What a row may add to its columns. */
export type KisRowExtras = Pick<KisErrorRow, 'korean' | 'note' | 'http' | 'rtCd' | 'renewsToken'>;

interface RowColumns extends Pick<KisErrorRow, 'failureClass' | 'kind' | 'outcome' | 'confirmByRead' | 'guard'> {
  readonly code: FailsafeCode;
  readonly environments?: readonly KisEnvironment[];
}

function makeRow(columns: RowColumns, evidence: KisEvidence, meaning: string, extras: KisRowExtras): KisErrorRow {
  const confidence = { reported: 'hearsay', 'single report': 'hearsay', recollection: 'assumed' } as const;
  return {
    environments: kisEnvironments,
    ...columns,
    meaning,
    source: `KIS: ${kisEvidence[evidence]}`,
    evidence,
    ...(evidence in confidence ? { confidence: confidence[evidence as keyof typeof confidence] } : {}),
    ...extras,
  };
}

type RowMaker<Kind> = (kind: Kind, evidence: KisEvidence, meaning: string, extras?: KisRowExtras) => KisErrorRow;

/** Evidence on which a live refusal is believed without a confirming read. */
const believed: ReadonlySet<KisEvidence> = new Set(['captured', 'official', 'reported']);

/** F2: the ledger refused the order for a listed reason. With one witness or none, a read must confirm it. */
export const ledgerRefusal: RowMaker<KisCodeKind> = (kind, evidence, meaning, extras = {}) => {
  const sure = believed.has(evidence);
  return makeRow(
    {
      failureClass: 'REFUSED',
      kind,
      code: 'FS040',
      outcome: sure ? 'REJECTED' : 'UNKNOWN',
      confirmByRead: !sure,
      guard: 'SETTING',
    },
    evidence,
    meaning,
    extras,
  );
};

/** F2 on paper: the paper engine refused. Believed whatever the evidence, since no money hangs on it; never on live. */
export const paperRefusal: RowMaker<KisCodeKind> = (kind, evidence, meaning, extras = {}) =>
  makeRow(
    {
      failureClass: 'REFUSED',
      kind,
      code: 'FS040',
      outcome: 'REJECTED',
      confirmByRead: false,
      guard: 'SETTING',
      environments: ['PAPER'],
    },
    evidence,
    meaning,
    extras,
  );

/** F3: refused before the order back end, for the form of the request. That it never got there is field knowledge. */
export const gatewayRefusal: RowMaker<'VALIDATION' | 'AUTH_RATE_LIMIT'> = (kind, evidence, meaning, extras = {}) =>
  makeRow(
    { failureClass: 'GATEWAY_REFUSED', kind, code: 'FS040', outcome: 'UNKNOWN', confirmByRead: true, guard: 'COUNT' },
    evidence,
    meaning,
    extras,
  );

/** F3: the key, the account, the permission or the environment does not fit. A person must act. */
export const credentialsRefusal: RowMaker<'CREDENTIALS' | 'PERMISSION' | 'ACCOUNT' | 'WRONG_ENVIRONMENT'> = (
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
export const tokenRefusal: RowMaker<'AUTH'> = (kind, evidence, meaning, extras = {}) =>
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

/** F4: the servers are in trouble, or say themselves that the transaction must be looked up. The order may be live. */
export const trouble: RowMaker<'TRANSIENT' | 'UNKNOWN_OUTCOME'> = (kind, evidence, meaning, extras = {}) =>
  makeRow(
    { failureClass: 'GATEWAY_TROUBLE', kind, code: 'FS042', outcome: 'UNKNOWN', confirmByRead: false, guard: 'COUNT' },
    evidence,
    meaning,
    extras,
  );
