import { type OrderResponse } from '@qts/core';
import { type FailureClass } from './failure-classes.ts';

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
