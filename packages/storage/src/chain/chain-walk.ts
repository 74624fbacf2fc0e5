import { recordTextStart, sha256 } from './record-text.ts';

/** What can be wrong with a journal. */
export const chainFaultKinds = [
  'HEADER', // the identity is not the one that the chain begins with
  'SEQUENCE', // a number is missing, repeated or out of order
  'HASH', // the text of a record is not what was written
  'LINK', // a record does not follow the one before
  'END', // the journal ends before or after what was written last
  'ANCHOR', // a hash that was noted earlier, here or elsewhere, is not the one found
  'SNAPSHOT', // a snapshot is not what was written, or belongs to another past
  'UNREADABLE', // SQLite cannot read the pages, or a text is not that of a record
] as const;
export type ChainFaultKind = (typeof chainFaultKinds)[number];

export interface ChainFault {
  readonly fault: ChainFaultKind;
  /** Number of the record where it shows; 0 for the header. */
  readonly seq: number;
}

/** A place in the chain: a record's number and hash. The start of a journal is 0 with the hash of its header. */
export interface ChainPoint {
  readonly seq: number;
  readonly hash: string;
}

/** Number, text and hash of a record, as stored. */
export type StoredRow = readonly [seq: number, text: string, hash: string];

/** Follows the chain record by record. */
export interface ChainWalk {
  /** The last record that was looked at. */
  readonly point: ChainPoint;
  /** The fault of the next record, or `undefined`. Goes on behind a fault, so that one fault is not told twice. */
  step(row: StoredRow): ChainFault | undefined;
}

export function createChainWalk(start: ChainPoint): ChainWalk {
  let { seq: lastSeq, hash: lastHash } = start;

  function judge([seq, text, hash]: StoredRow): ChainFault | undefined {
    if (seq !== lastSeq + 1) return { fault: 'SEQUENCE', seq };
    if (sha256(text) !== hash) return { fault: 'HASH', seq };
    return text.startsWith(recordTextStart(seq, lastHash)) ? undefined : { fault: 'LINK', seq };
  }

  return {
    get point() {
      return { seq: lastSeq, hash: lastHash };
    },
    step(row) {
      const fault = judge(row);
      [lastSeq, , lastHash] = row;
      return fault;
    },
  };
}
