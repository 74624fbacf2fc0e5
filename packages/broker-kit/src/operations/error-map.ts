import { type OrderResponse } from '@qts/core';

/** Classes of a broker's explicit word, as execution-safety 11 numbers them. */
export const failureClasses = {
  /** F2: refused by the order back end, for a listed reason. */
  REFUSED: { taxonomy: 'F2', placeOutcome: 'REJECTED', confirmByRead: false, readRepeatable: false },
  /** F3: refused by the gateway for its rate. */
  RATE_LIMITED: { taxonomy: 'F3', placeOutcome: 'REJECTED', confirmByRead: true, readRepeatable: true },
  /** F3: the token is not valid (any more). */
  TOKEN_REFUSED: { taxonomy: 'F3', placeOutcome: 'REJECTED', confirmByRead: true, readRepeatable: false },
  /** F3: app key, registered address or environment do not fit. */
  CREDENTIALS_REFUSED: { taxonomy: 'F3', placeOutcome: 'REJECTED', confirmByRead: true, readRepeatable: false },
  /** F3: the gateway would not pass the request on for its form (a field, a length, a missing permission). */
  GATEWAY_REFUSED: { taxonomy: 'F3', placeOutcome: 'REJECTED', confirmByRead: true, readRepeatable: false },
  /** F4: the gateway is in trouble; the order may have passed. */
  GATEWAY_TROUBLE: { taxonomy: 'F4', placeOutcome: 'UNKNOWN', confirmByRead: false, readRepeatable: true },
} as const;
export type FailureClass = keyof typeof failureClasses;

/** One native code of a broker. */
export interface ErrorMapRow {
  readonly failureClass: FailureClass;
  /** Our safety code. */
  readonly code: Extract<OrderResponse, { readonly outcome: 'REJECTED' }>['code'];
  /** As the broker's sheet words it. */
  readonly meaning: string;
  /** Sheet, notice, capture; with its date where it has one. */
  readonly source: string;
  /** Present when no document of the broker says it. */
  readonly confidence?: 'hearsay' | 'assumed';
}

export interface ErrorMap<NativeCode extends string = string, Row extends ErrorMapRow = ErrorMapRow> {
  readonly rows: Readonly<Record<NativeCode, Row>>;
  /** The row of a native code; `undefined` for a code nobody listed: that is `UNKNOWN`, not a guess. */
  lookup(nativeCode: string): Row | undefined;
}

/** Declares the map. A broker's rows may carry columns of their own. */
export function defineErrorMap<const NativeCode extends string, Row extends ErrorMapRow>(
  rows: Readonly<Record<NativeCode, Row>>,
): ErrorMap<NativeCode, Row> {
  const byCode = new Map<string, Row>(Object.entries<Row>(rows));
  return { rows, lookup: (nativeCode) => byCode.get(nativeCode) };
}
