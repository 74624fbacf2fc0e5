import { type CodeKind, columnsOf, type RefusalRow } from '@qts/broker-kit';
import { type KisEnvironment, kisEnvironments } from '../rest/operation.ts';

/** What a code is about: the words that brokers share, and those that only the KIS code list needs. */
export type KisCodeKind =
  | CodeKind
  | 'SUCCESS'
  | 'AUTH_RATE_LIMIT'
  | 'TRANSIENT'
  | 'INSUFFICIENT_FUNDS_OR_HOLDINGS'
  | 'WS_IDEMPOTENT'
  | 'WS_LIMIT'
  | 'WS_SESSION_CONFLICT';

/** How well a code is known, and what that is worth as a source. */
export const kisEvidence = {
  captured: 'seen in recorded traffic',
  official: 'code table of the broker',
  reported: 'several client authors',
  'single report': 'one client author',
  recollection: 'recollection, no stored source',
} as const;
export type KisEvidence = keyof typeof kisEvidence;

/** One failure code of KIS. */
export interface KisErrorRow extends RefusalRow<KisCodeKind> {
  readonly evidence: KisEvidence;
  /** Where the code may come from. A paper code on the live server is not believed. */
  readonly environments: readonly KisEnvironment[];
  /** The broker's text, for people: never matched on. */
  readonly korean?: string;
  readonly note?: string;
  /** HTTP status and `rt_cd` as observed; absent where nobody recorded them. */
  readonly http?: number;
  readonly rtCd?: string;
}

/** What a row may add to its columns. */
export type KisRowExtras = Pick<KisErrorRow, 'korean' | 'note' | 'http' | 'rtCd' | 'renewsToken'>;

type RowColumns = ReturnType<typeof columnsOf> & Pick<KisErrorRow, 'kind'> & Partial<Pick<KisErrorRow, 'environments'>>;

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
    { ...columnsOf('REFUSED'), kind, outcome: sure ? 'REJECTED' : 'UNKNOWN', confirmByRead: !sure },
    evidence,
    meaning,
    extras,
  );
};

/** F2 on paper: the paper engine refused. Believed whatever the evidence, since no money hangs on it; never on live. */
export const paperRefusal: RowMaker<KisCodeKind> = (kind, evidence, meaning, extras = {}) =>
  makeRow({ ...columnsOf('REFUSED'), kind, environments: ['PAPER'] }, evidence, meaning, extras);

/** F3: refused before the order back end, for the form of the request. That it never got there is field knowledge. */
export const gatewayRefusal: RowMaker<'VALIDATION' | 'AUTH_RATE_LIMIT'> = (kind, evidence, meaning, extras = {}) =>
  makeRow({ ...columnsOf('GATEWAY_REFUSED'), kind }, evidence, meaning, extras);

/** F3: the key, the account, the permission or the environment does not fit. A person must act. */
export const credentialsRefusal: RowMaker<'CREDENTIALS' | 'PERMISSION' | 'ACCOUNT' | 'WRONG_ENVIRONMENT'> = (
  kind,
  evidence,
  meaning,
  extras = {},
) => makeRow({ ...columnsOf('CREDENTIALS_REFUSED'), kind }, evidence, meaning, extras);

/** F3: the token is not valid (any more). */
export const tokenRefusal: RowMaker<'AUTH'> = (kind, evidence, meaning, extras = {}) =>
  makeRow({ ...columnsOf('TOKEN_REFUSED'), kind }, evidence, meaning, extras);

/** F3: too fast. */
export const rateRefusal: RowMaker<'RATE_LIMIT'> = (kind, evidence, meaning, extras = {}) =>
  makeRow({ ...columnsOf('RATE_LIMITED'), kind }, evidence, meaning, extras);

/** F4: the servers are in trouble, or say themselves that the transaction must be looked up. The order may be live. */
export const trouble: RowMaker<'TRANSIENT' | 'UNKNOWN_OUTCOME'> = (kind, evidence, meaning, extras = {}) =>
  makeRow({ ...columnsOf('GATEWAY_TROUBLE'), kind }, evidence, meaning, extras);
