import { createHash } from 'node:crypto';
import { type KiwoomCall } from './kiwoom-operation.ts';

/** A page of rows, and how many have been given when more follow. */
export interface KiwoomPage<Row> {
  readonly rows: readonly Row[];
  readonly next: { readonly nextOffset?: number };
}

/**
 * Cuts the page that the call asks for. The place is the number of rows already given, so rows shift between pages while
 * orders come in (assumed).
 */
export function pageOf<Row>(
  call: KiwoomCall,
  rows: readonly Row[],
  pageSize: number = call.context.listRows,
): KiwoomPage<Row> {
  const end = call.offset + pageSize;
  return { rows: rows.slice(call.offset, end), next: end < rows.length ? { nextOffset: end } : {} };
}

/** `next-key`: the query it belongs to and the place in it. What the broker's own means is not published. */
export function nextKey(apiId: string, body: Uint8Array, offset: number): string {
  return `${queryMark(apiId, body)}${String(offset).padStart(10, '0')}`;
}

/** The place that a key names; `undefined` for a key of another query, or none of ours. */
export function readNextKey(apiId: string, body: Uint8Array, key: string): number | undefined {
  const mark = queryMark(apiId, body);
  const place = key.slice(mark.length);
  return key.startsWith(mark) && /^\d{10}$/.test(place) ? Number(place) : undefined;
}

function queryMark(apiId: string, body: Uint8Array): string {
  return createHash('sha256').update(apiId).update(body).digest('hex').slice(0, 12).toUpperCase();
}
