import { type CodeKind, columnsOf, type RefusalRow } from '@qts/broker-kit';
import { type KiwoomEnvironment, kiwoomEnvironments } from '../rest/operation.ts';

/** What a code is about: the words that brokers share suffice. */
export type KiwoomCodeKind = CodeKind;

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

/** One failure code of Kiwoom. */
export interface KiwoomErrorRow extends RefusalRow<KiwoomCodeKind> {
  readonly evidence: KiwoomEvidence;
  /** Where the code may come from. A code of the mock server is not believed on the live one. */
  readonly environments: readonly KiwoomEnvironment[];
  /** `return_code` and HTTP status with which it was seen; absent where nobody recorded them. */
  readonly returnCode?: number;
  readonly http?: number;
  readonly note?: string;
}

/** What a row may add to its columns. */
export type KiwoomRowExtras = Pick<KiwoomErrorRow, 'returnCode' | 'http' | 'note' | 'renewsToken'> & {
  readonly environments?: readonly KiwoomEnvironment[];
};

type RowColumns = ReturnType<typeof columnsOf> & Pick<KiwoomErrorRow, 'kind'>;

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
  makeRow({ ...columnsOf('REFUSED'), kind }, evidence, meaning, { returnCode: 20, ...extras });

/**
 * The gateway refused the form of the request. F2 where it was seen to come under `return_code` 1 or 2
 * (execution-safety 11); F3 where nobody saw how it comes.
 */
export const formRefusal: RowMaker<'VALIDATION'> = (kind, evidence, meaning, extras = {}) => {
  const seen = extras.returnCode === 1 || extras.returnCode === 2;
  const columns = columnsOf(seen ? 'REFUSED' : 'GATEWAY_REFUSED');
  return makeRow({ ...columns, kind, guard: 'COUNT' }, evidence, meaning, extras);
};

/**
 * F2: the gateway does not know the symbol. Nobody recorded the class it comes under; the reference has it as a refusal of
 * the order, and bad input comes under 1 and 2 (execution-safety 11).
 */
export const symbolRefusal: RowMaker<'INSTRUMENT'> = (kind, evidence, meaning, extras = {}) =>
  makeRow({ ...columnsOf('REFUSED'), kind }, evidence, meaning, extras);

/** F3: the key, the address, the account or the environment does not fit. A person must act. */
export const credentialsRefusal: RowMaker<'CREDENTIALS' | 'PERMISSION' | 'WRONG_ENVIRONMENT'> = (
  kind,
  evidence,
  meaning,
  extras = {},
) => makeRow({ ...columnsOf('CREDENTIALS_REFUSED'), kind }, evidence, meaning, extras);

/** F3: the token is not valid (any more). */
export const tokenRefusal: RowMaker<'AUTH' | 'WRONG_ENVIRONMENT'> = (kind, evidence, meaning, extras = {}) =>
  makeRow({ ...columnsOf('TOKEN_REFUSED'), kind }, evidence, meaning, extras);

/** F3: too fast. */
export const rateRefusal: RowMaker<'RATE_LIMIT'> = (kind, evidence, meaning, extras = {}) =>
  makeRow({ ...columnsOf('RATE_LIMITED'), kind }, evidence, meaning, extras);

/** F4: the servers are in trouble. The order may be live. */
export const trouble: RowMaker<'UNKNOWN_OUTCOME'> = (kind, evidence, meaning, extras = {}) =>
  makeRow({ ...columnsOf('GATEWAY_TROUBLE'), kind }, evidence, meaning, extras);
