import { type RateLane } from '../limits/rate-lanes.ts';
import { type OperationDefinition } from './operation.ts';

/** One field of a request or an answer, as a person reads it. */
export interface FieldPage {
  /** The broker's name; `list.field` or `container.field` where it stands in one. */
  readonly name: string;
  readonly korean: string;
  /** What it means and which values it takes; empty when the Korean name says it all. */
  readonly meaning: string;
  /** Longest text of a request field. */
  readonly lengthMax?: number;
  readonly required?: boolean;
  /** How we read a field of an answer; absent for what passes unread. */
  readonly reading?: 'STRICT' | 'TOLERANT';
}

/** What the broker really sent, or printed in its documents. */
export interface OperationExample {
  /** Who recorded or published it. */
  readonly origin: string;
  /** Absent when the author kept only the answer. */
  readonly request?: Readonly<Record<string, string>>;
  readonly answer: unknown;
}

/** What the broker calls an operation on the wire. */
export interface OperationId {
  readonly id: string;
  /** `BUY`, `SELL` and so on; absent where there is one id for all. */
  readonly variant?: string;
}

/** The page of one wire operation: enough to write its request by hand and to read its answer. */
export interface OperationPage {
  /** What a person asks for: the broker's own name of it. */
  readonly id: string;
  readonly korean: string;
  /** What it does, one sentence. */
  readonly summary: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** The ids by server; none where the server does not offer it. */
  readonly ids: Readonly<Record<'LIVE' | 'PAPER', readonly OperationId[]>>;
  /** Requests that each server takes, in words. */
  readonly limits: Readonly<Record<'LIVE' | 'PAPER', string>>;
  /** The lane of the rate limiter; absent for tokens and keys, which have a limit of their own. */
  readonly lane?: RateLane;
  /** Whether a failed request may be sent again. Never true of an order. */
  readonly repeatable: boolean;
  /** What the field list rests on, and the broker's document. */
  readonly evidence: string;
  readonly source: string;
  readonly request: readonly FieldPage[];
  readonly answer: readonly FieldPage[];
  readonly examples: readonly OperationExample[];
}

/** What is written about a field: its name, the broker's Korean name, and what it means where that needs saying. */
export type FieldText = readonly [name: string, korean: string, meaning?: string];

/** What is written about an operation beside its declaration. */
export interface OperationText {
  readonly summary: string;
  readonly request: readonly FieldText[];
  /** Every field of the answer that the broker documents, used or not. */
  readonly answer: readonly FieldText[];
}

/** An operation as the adapters declare it. */
export type DeclaredOperation = Pick<
  OperationDefinition,
  'name' | 'method' | 'path' | 'operationId' | 'repeatable' | 'source'
> & {
  readonly lane?: RateLane;
  readonly korean: string;
  readonly evidence: string;
  readonly request: readonly Omit<FieldPage, 'meaning' | 'reading'>[];
  readonly response: readonly {
    readonly name: string;
    readonly korean: string;
    readonly reading: 'STRICT' | 'TOLERANT';
  }[];
};

/**
 * Joins the declaration of an operation, which the wire code obeys, with what is written about it. Where the two speak
 * of the same field the declaration wins.
 */
export function describeOperation(
  operation: DeclaredOperation,
  text: OperationText,
  limits: OperationPage['limits'],
  examples: readonly OperationExample[],
): OperationPage {
  const { name, korean, method, path, operationId, lane, repeatable, evidence, source } = operation;
  const meanings = new Map(text.request.map(([field, , meaning]) => [field, meaning]));
  const known = new Set(text.answer.map(([field]) => field));
  const readings = operation.response.flatMap((field) => fieldsOf(field.name).map((matches) => ({ matches, field })));
  return {
    id: name,
    korean,
    summary: text.summary,
    method,
    path,
    ids: { LIVE: idsOf(operationId.LIVE), PAPER: idsOf(operationId.PAPER) },
    limits,
    ...(lane === undefined ? {} : { lane }),
    repeatable,
    evidence,
    source,
    request: operation.request.map((field) => ({ ...field, meaning: meanings.get(field.name) ?? '' })),
    answer: [
      ...text.answer.map(([field, koreanName, meaning = '']) => {
        const declared = readings.find(({ matches }) => matches(field))?.field;
        const page = { name: field, korean: declared?.name === field ? declared.korean : koreanName, meaning };
        return declared === undefined ? page : { ...page, reading: declared.reading };
      }),
      // What we read although the broker does not document it.
      ...operation.response
        .filter(({ name: field }) => !field.includes('…') && !known.has(field))
        .map((field) => ({ ...field, meaning: '' })),
    ],
    examples,
  };
}

function idsOf(ids: string | Readonly<Record<string, string>> | null): readonly OperationId[] {
  if (ids === null) return [];
  if (typeof ids === 'string') return [{ id: ids }];
  const entries = Object.entries(ids);
  // A lone variant has no name worth reading.
  return entries.map(([variant, id]) => (entries.length === 1 ? { id } : { id, variant }));
}

/**
 * The fields that a line of a declaration stands for: one by its name, several written out with commas, or a row of them
 * (`output1.askp1 … askp10`), which are all that differ from the first in their digits only.
 */
function fieldsOf(name: string): readonly ((field: string) => boolean)[] {
  const container = /^[A-Za-z0-9_]+\./.exec(name)?.[0] ?? '';
  return name
    .slice(container.length)
    .split(', ')
    .map((part) => {
      const [first = '', ...rest] = part.split(' … ');
      if (rest.length === 0) return (field: string) => field === container + first;
      const shape = withoutDigits(first);
      return (field: string) => field.startsWith(container) && withoutDigits(field.slice(container.length)) === shape;
    });
}

function withoutDigits(name: string): string {
  return name.replace(/[0-9]+/g, '#');
}
