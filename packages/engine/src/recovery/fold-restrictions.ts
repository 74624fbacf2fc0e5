import { type FailsafeCode, type JournalRecord, type Side, type SymbolCode } from '@qts/core';
import { type RepeatKey, isSameRepeat } from '../guards/repeat-throttle.ts';
import { type Restriction, covers } from '../guards/trading-state.ts';
import { type FoldedJournal } from './folded-journal.ts';
import { malformed, textOf } from './record-body.ts';

/** Takes in a restriction. One that whoever made it ends by itself ends with its process, too. */
export function foldRestriction(folded: FoldedJournal, record: JournalRecord): void {
  const reset = textOf(record, 'reset');
  const state = textOf(record, 'state');
  if (reset !== 'OPERATOR' && reset !== 'AUTOMATIC') throw malformed(record, 'reset', reset);
  if (state !== 'REDUCE_ONLY' && state !== 'HALTED') throw malformed(record, 'state', state);
  if (reset === 'AUTOMATIC') return;
  const repeat = repeatOf(record);
  if (repeat !== undefined) {
    folded.throttled = [...folded.throttled.filter((known) => !isSameRepeat(known, repeat)), repeat];
    return;
  }
  const code = textOf(record, 'code') as FailsafeCode | undefined;
  if (code === undefined) throw malformed(record, 'code', code);
  const symbol = textOf(record, 'symbol') as SymbolCode | undefined;
  const restriction: Restriction = {
    ...{ source: sourceOf(record), state, code, why: textOf(record, 'why') ?? '', reset },
    ...{ sinceMs: record.occurredAtMs, ...(symbol === undefined ? undefined : { symbol }) },
  };
  folded.restrictions = [...folded.restrictions.filter((known) => !covers(restriction, known)), restriction];
}

/** Takes in the end of a restriction, as a person wrote it down. */
export function foldResumption(folded: FoldedJournal, record: JournalRecord): void {
  const repeat = repeatOf(record);
  if (repeat !== undefined) {
    folded.throttled = folded.throttled.filter((known) => !isSameRepeat(known, repeat));
    return;
  }
  const source = sourceOf(record);
  const symbol = textOf(record, 'symbol');
  // What a source ends by itself is not among them, although it may bear the same name.
  if (textOf(record, 'requestedBy') === undefined) return;
  folded.restrictions = folded.restrictions.filter((known) => known.source !== source || known.symbol !== symbol);
}

function sourceOf(record: JournalRecord): string {
  const source = textOf(record, 'source');
  if (source === undefined) throw malformed(record, 'source', source);
  return source;
}

/** Who repeated itself; `undefined` of any other restriction. */
function repeatOf(record: JournalRecord): RepeatKey | undefined {
  const strategy = textOf(record, 'strategy');
  if (strategy === undefined) return undefined;
  const symbol = textOf(record, 'symbol') as SymbolCode | undefined;
  const side = textOf(record, 'side') as Side | undefined;
  if (symbol === undefined) throw malformed(record, 'symbol', symbol);
  if (side !== 'BUY' && side !== 'SELL') throw malformed(record, 'side', side);
  return { strategy, symbol, side };
}
