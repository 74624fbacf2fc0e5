import { type BehaviourEvidence } from '../venue-behaviour.ts';
import { streamKinds, type StreamAct, type StreamKind } from './stream-acts.ts';

/** What a request is for, whatever a broker calls it. */
export const requestKinds = [
  'NEW_ORDER',
  'ORDER_CHANGE', // replace and cancel
  'ORDER_LIST',
  'ACCOUNT',
  'MARKET_DATA',
  'TOKEN', // the issue of access tokens
  'OTHER', // revocation, keys of other protocols, paths that nobody serves
] as const;
export type RequestKind = (typeof requestKinds)[number];

/** Everything that a fault can strike: requests, and what travels on streams. */
export const venueOperationKinds: readonly [...typeof requestKinds, ...typeof streamKinds] = [
  ...requestKinds,
  ...streamKinds,
];
export type VenueOperationKind = RequestKind | StreamKind;

/**
 * Whether the exchange hears of the request: `BEFORE` never (the fault strikes before acceptance), `AFTER` at once and as
 * usual, `LATE` some time after the client has lost its answer, `REJECTED` so late and only to refuse it, `ANY` as it would
 * without this fault.
 */
export const faultAcceptances = ['BEFORE', 'AFTER', 'LATE', 'REJECTED', 'ANY'] as const;
export type FaultAcceptance = (typeof faultAcceptances)[number];

/** Answers that need no broker's words. `OWN` is the one that the venue gives without the fault. */
export const plainAnswers = [
  'OWN',
  'EMPTY',
  'HALF',
  'HTML_PAGE',
  'PLAIN_ERROR',
  'REDIRECT',
  'BYTE_ORDER_MARK',
  'DATE_SKEWED',
] as const;
export type PlainAnswer = (typeof plainAnswers)[number];

/** Refusals in the broker's own words. */
export const dialectRefusals = [
  'RATE_LIMIT',
  'RATE_LIMIT_UNDER_200',
  'LEDGER_LIMIT',
  'TRANSACTION_TIMEOUT',
  'TOKEN_EXPIRED',
  'TOKEN_REVOKED',
  'TOKEN_TOO_OFTEN',
  'UNLISTED_REFUSAL',
] as const;
export type DialectRefusal = (typeof dialectRefusals)[number];

/** Answers of the broker that are not quite right. */
export const dialectEdits = [
  'WITHOUT_ORDER_NUMBER',
  'OTHER_OPERATION',
  'NUMBERS_FOR_TEXT',
  'ROWS_MISSING',
  'ROWS_DOUBLED',
  'PAGES_ENDLESS',
] as const;
export type DialectEdit = (typeof dialectEdits)[number];

/** Answers that the venue gave before: to whatever was asked last, and to the same question while it had another answer. */
export const rememberedAnswers = ['ANSWER_OF_ANOTHER', 'OLDER_SNAPSHOT'] as const;
export type RememberedAnswer = (typeof rememberedAnswers)[number];

export type FaultAnswer = PlainAnswer | DialectRefusal | DialectEdit | RememberedAnswer;

/** How the answer travels: `DROP` and `RESET` end the connection without a byte, `SILENCE` leaves it open (half-open). */
export const faultTransports = [
  'WHOLE',
  'DROP',
  'RESET',
  'SILENCE',
  'SLOW_HEAD',
  'SLOW_BODY',
  'CUT_BODY',
  'ENDLESS_BODY',
  'HUGE_BODY',
  'TWICE',
  'EUC_KR',
] as const;
export type FaultTransport = (typeof faultTransports)[number];

/**
 * What has come of a request when a fault strikes: the connection alone, its line and headers, or all of it. Only the last
 * can do anything at the venue.
 */
export const faultStages = ['CONNECTION', 'HEAD', 'REQUEST'] as const;
export type FaultStage = (typeof faultStages)[number];

/** What a fault can be told. All are whole numbers; `…Ms` are milliseconds of the venue's clock. */
export const faultParameterNames = [
  'delayMs',
  'landsAfterMs',
  'durationMs',
  'byteEveryMs',
  'skewMs',
  'lagMs',
  'lingersMs',
  'rows',
  'frames',
  'kilobytes',
  'megabytes',
] as const;
export type FaultParameterName = (typeof faultParameterNames)[number];

export interface FaultParameter {
  readonly name: FaultParameterName;
  readonly meaning: string;
  readonly min: number;
  readonly max: number;
  /** Taken by a plan that does not say. */
  readonly usual: number;
  /** Range from which a swarm draws, both ends included. */
  readonly drawn: readonly [number, number];
}

/** What a fault is, without its name. */
export interface FaultRow {
  readonly does: string;
  readonly acceptance: FaultAcceptance;
  readonly appliesTo: readonly VenueOperationKind[];
  /** Strikes only requests for a later page. */
  readonly laterPagesOnly: boolean;
  readonly stage: FaultStage;
  /** Strikes only requests on a connection that has carried another before. */
  readonly reusedConnectionsOnly: boolean;
  /** Needs a connection of bytes; a venue in memory refuses it. */
  readonly needsSocket: boolean;
  /**
   * `WHOLE` faults take a request for themselves, one each; any number of `BESIDE` faults goes along with another fault
   * or with none.
   */
  readonly takes: 'WHOLE' | 'BESIDE';
  /** `WINDOW`: from its first request on, every request to which it applies, for `durationMs`. */
  readonly lasts: 'REQUEST' | 'WINDOW';
  readonly answer: FaultAnswer;
  readonly transport: FaultTransport;
  /** What happens to a stream; `NONE` for faults of requests, whose `answer` and `transport` say it. */
  readonly stream: StreamAct;
  /** HTTP status of an answer that no broker worded. */
  readonly status: number;
  readonly parameters: readonly FaultParameter[];
  /** How sure it is that this happens; that it may happen to any TCP client is `published`. */
  readonly evidence: BehaviourEvidence;
  readonly source: string;
}

/** Operations that present a token. */
export const tokenOperations: readonly VenueOperationKind[] = [
  'NEW_ORDER',
  'ORDER_CHANGE',
  'ORDER_LIST',
  'ACCOUNT',
  'MARKET_DATA',
];

/** Operations that may enter something into the exchange. */
export const commandOperations: readonly VenueOperationKind[] = ['NEW_ORDER', 'ORDER_CHANGE'];

const usualRow: Omit<FaultRow, 'does' | 'acceptance' | 'evidence' | 'source'> = {
  appliesTo: requestKinds,
  laterPagesOnly: false,
  stage: 'REQUEST',
  reusedConnectionsOnly: false,
  needsSocket: false,
  takes: 'WHOLE',
  lasts: 'REQUEST',
  answer: 'OWN',
  transport: 'WHOLE',
  stream: 'NONE',
  status: 200,
  parameters: [],
};

/** What a row must say; the rest is as most faults have it. */
export type FaultRowGiven = Partial<FaultRow> & Pick<FaultRow, 'does' | 'evidence' | 'source'>;

/** A row, filled up with what most faults have. */
export function fault(row: FaultRowGiven & Pick<FaultRow, 'acceptance'>): FaultRow {
  return { ...usualRow, ...row };
}

/** The two cases that are never one: before and after the venue has acted. */
export function beforeAndAfter<Before extends string, After extends string>(
  before: Before,
  after: After,
  row: FaultRowGiven,
): Readonly<Record<Before | After, FaultRow>> {
  const rows: Partial<Record<Before | After, FaultRow>> = {};
  rows[before] = fault({ ...row, acceptance: 'BEFORE' });
  rows[after] = fault({ ...row, acceptance: 'AFTER' });
  return rows as Readonly<Record<Before | After, FaultRow>>;
}
