import { fieldOf, refuseField, type Continuation, type KisAnswer, type KisCall } from './kis-operation.ts';
import { parseDigits } from './kis-text.ts';

/** A page of rows and where the next one starts. */
export interface KisPage<Row> {
  readonly rows: readonly Row[];
  readonly continuation: Exclude<Continuation, ''>;
  readonly success: 'MORE_PAGES' | 'LAST_PAGE';
  /** Both cursors with their padding, under the keys of the answer. */
  readonly cursors: { readonly ctx_area_fk100: string; readonly ctx_area_nk100: string };
}

const cursorWidth = 100;

/**
 * Cuts the page that the call asks for.
 *
 * `ctx_area_fk100` repeats the search and is filled on every page; `ctx_area_nk100` is blank on the last one (captured).
 * The place is kept as the number of rows already given, so rows shift between pages while orders come in (published:
 * pages are not a snapshot). Cursors count only with `tr_cont: N`; a search cursor of another search is refused (both
 * assumed).
 */
export function pageOf<Row>(
  call: KisCall,
  rows: readonly Row[],
  search: string,
  pageSize: number,
): KisPage<Row> | KisAnswer {
  let offset = 0;
  if (call.continues) {
    if (fieldOf(call, 'CTX_AREA_FK100').trimEnd() !== search) return refuseField('CTX_AREA_FK100');
    const given = parseDigits(fieldOf(call, 'CTX_AREA_NK100').trim());
    if (given === undefined) return refuseField('CTX_AREA_NK100');
    offset = given;
  }
  const end = offset + pageSize;
  const more = end < rows.length;
  return {
    rows: rows.slice(offset, end),
    continuation: continuationOf(call.continues, more),
    success: more ? 'MORE_PAGES' : 'LAST_PAGE',
    cursors: {
      ctx_area_fk100: search.padEnd(cursorWidth),
      ctx_area_nk100: (more ? String(end).padStart(10, '0') : '').padEnd(cursorWidth),
    },
  };
}

/** Which of the two letters stands for which place is not published: `F`, `D` on the first page, `M`, `E` later. */
export function continuationOf(continues: boolean, more: boolean): Exclude<Continuation, ''> {
  if (more) return continues ? 'M' : 'F';
  return continues ? 'E' : 'D';
}
