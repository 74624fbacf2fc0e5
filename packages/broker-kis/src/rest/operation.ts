import { defineOperation as defineWireOperation, type OperationDefinition } from '@qts/broker-kit';
import { type WireRow } from '../wire-fields.ts';

/** The two servers of KIS: 실전 and 모의. */
export const kisEnvironments = ['LIVE', 'PAPER'] as const;
export type KisEnvironment = (typeof kisEnvironments)[number];

/** A field of a request. All of them are always sent; an optional one is empty when it is not used. */
export interface KisRequestField<Name extends string = string> {
  readonly name: Name;
  /** The broker's own name. */
  readonly korean: string;
  readonly lengthMax: number;
  readonly required: boolean;
}

/** A field of an answer that we use. Fields that are not listed pass unread. */
export interface KisResponseField {
  /** `container.field`, for example `output.ODNO`. */
  readonly name: string;
  readonly korean: string;
  /** `STRICT`: decides the state of an order, so an unlisted value fails loudly. */
  readonly reading: 'STRICT' | 'TOLERANT';
}

/** How an operation continues over pages: cursors of an answer go back unchanged, padding included. */
export interface KisPaging {
  readonly requestKeys: readonly [search: string, key: string];
  readonly answerKeys: readonly [search: string, key: string];
  readonly rowsPerPage: Readonly<Record<KisEnvironment, number | null>>;
}

/** What a catalogue tells of an operation. */
export type KisOperationInfo = OperationDefinition & {
  readonly korean: string;
  /** What the field list rests on. */
  readonly evidence: string;
  readonly request: readonly KisRequestField[];
  readonly response: readonly KisResponseField[];
  readonly paging?: KisPaging;
};

/** One operation of the REST API, under the broker's own name for it. */
export type KisOperation<Field extends string, Answer, Variant extends string> = KisOperationInfo & {
  readonly request: readonly KisRequestField<Field>[];
  /** TR ids by variant; `null` where the server does not offer the operation. */
  readonly operationId: {
    readonly LIVE: Readonly<Record<Variant, string>>;
    readonly PAPER: Readonly<Record<Variant, string>> | null;
  };
  /** What the answer of a success says. Throws `UnexpectedResponseError` when it cannot be understood. */
  readonly parse: (body: WireRow) => Answer;
};

/** The fields of a request of an operation. */
export type KisRequestOf<Operation extends { readonly request: readonly KisRequestField[] }> = Readonly<
  Record<Operation['request'][number]['name'], string>
>;

/** Declares an operation, keeping the names of its fields and variants as types. */
export function defineOperation<const Field extends string, Answer, const Variant extends string>(
  operation: KisOperation<Field, Answer, Variant>,
): KisOperation<Field, Answer, Variant> {
  return defineWireOperation(operation);
}

/** The cursors of most paged operations. */
export const pagingKeys100 = {
  requestKeys: ['CTX_AREA_FK100', 'CTX_AREA_NK100'],
  answerKeys: ['ctx_area_fk100', 'ctx_area_nk100'],
} as const;
