import { defineOperation as defineWireOperation, type OperationDefinition } from '@qts/broker-kit';
import { type WireRow } from '../wire-fields.ts';

/** The two servers of Kiwoom: 실전 and 모의투자. */
export const kiwoomEnvironments = ['LIVE', 'PAPER'] as const;
export type KiwoomEnvironment = (typeof kiwoomEnvironments)[number];

/** A field of a request. All of them are always sent; an optional one is empty when it is not used. */
export interface KiwoomRequestField<Name extends string = string> {
  readonly name: Name;
  /** The broker's own name. */
  readonly korean: string;
  readonly lengthMax: number;
  readonly required: boolean;
}

/** A field of an answer that we use. Fields that are not listed pass unread. */
export interface KiwoomResponseField {
  /** The field, or `list.field`: `ord_no`, `oso.ord_no`. */
  readonly name: string;
  readonly korean: string;
  /** `STRICT`: decides the state of an order, so an unlisted value fails loudly. */
  readonly reading: 'STRICT' | 'TOLERANT';
}

/** What a catalogue tells of an operation. Every one is a POST; what may be repeated says `repeatable`. */
export type KiwoomOperationInfo = OperationDefinition & {
  readonly korean: string;
  /** What the field list rests on. */
  readonly evidence: string;
  readonly request: readonly KiwoomRequestField[];
  readonly response: readonly KiwoomResponseField[];
  /** Whether the answer goes on over pages: the headers `cont-yn` and `next-key`, the same for all operations. */
  readonly paged: boolean;
  /**
   * What stands for the body when Kiwoom says that there is nothing (`return_code` 20 with 571758 or 501724), an empty
   * list under its name as a rule. Absent: the operation always has something to say, and "nothing" is an error.
   */
  readonly emptyAnswer?: WireRow;
  /**
   * Whether the question is for open orders alone, which "no open orders" (571758) answers. Absent: it never is. To any
   * other question that proves nothing: an order that filled at once is not open.
   */
  readonly asksForOpenOrders?: (fields: Readonly<Record<string, string>>) => boolean;
};

/** One operation of the REST API. `name` and id are the broker's api-id, which is the same on both servers. */
export type KiwoomOperation<Field extends string, Answer> = KiwoomOperationInfo & {
  readonly request: readonly KiwoomRequestField<Field>[];
  /** The api-id by server; `null` where the server does not offer the operation. */
  readonly operationId: { readonly LIVE: string; readonly PAPER: string | null };
  /** What the answer of a success says. Throws `UnexpectedResponseError` when it cannot be understood. */
  readonly parse: (body: WireRow) => Answer;
};

/** The fields of a request of an operation. */
export type KiwoomRequestOf<Operation extends { readonly request: readonly KiwoomRequestField[] }> = Readonly<
  Record<Operation['request'][number]['name'], string>
>;

/** Declares an operation, keeping the names of its fields as types. */
export function defineOperation<const Field extends string, Answer>(
  operation: KiwoomOperation<Field, Answer>,
): KiwoomOperation<Field, Answer> {
  return defineWireOperation(operation);
}

/** The same api-id on both servers, as nearly always. */
export function onBothServers(apiId: string): { readonly LIVE: string; readonly PAPER: string } {
  return { LIVE: apiId, PAPER: apiId };
}
