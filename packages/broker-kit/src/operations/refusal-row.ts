import { type ErrorMapRow } from './error-map.ts';
import { type FailureClass, failureClasses, type GuardClass } from './failure-classes.ts';

/** What a code is about, in the words that brokers share. A broker whose list tells more apart adds words of its own. */
export const codeKinds = [
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
export type CodeKind = (typeof codeKinds)[number];

/** A row of an error map from which the fate of an order command is judged. */
export interface RefusalRow<Kind extends string = string> extends ErrorMapRow {
  readonly kind: Kind;
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
  readonly guard: GuardClass;
  /** A new token may help: a read is repeated once with one, an order never. */
  readonly renewsToken?: true;
}

/** The columns of a row that follow from its class; a row that differs says why. */
export function columnsOf(
  failureClass: FailureClass,
): Pick<RefusalRow, 'failureClass' | 'code' | 'outcome' | 'confirmByRead' | 'guard'> {
  const { code, outcome, confirmByRead, guard } = failureClasses[failureClass];
  return { failureClass, code, outcome, confirmByRead, guard };
}
