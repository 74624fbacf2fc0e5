import { type OrderSnapshot } from '@qts/core';
import { type MatchedRows } from './match-rows.ts';

/** When the evidence is enough, ms after the outcome became unknown unless it says otherwise. */
export interface EvidenceRules {
  /** Complete reads without the order that prove its absence so far. Default 3. */
  readonly absentReadsMin: number;
  /** The first read that counts for that begins no earlier. Default 2,000: lists lag behind. */
  readonly absentFirstReadMs: number;
  /**
   * The last one begins no earlier. Default 30,000. Must not be earlier than the adapter stops listening for a late
   * answer: while that can come, nothing is absent.
   */
  readonly absentLastReadMs: number;
  /** A complete read that begins this late confirms a refusal of the broker. Default 1,000. */
  readonly refusalReadMs: number;
}

/** Why a person has to decide. */
export const escalationReasons = [
  'MORE_THAN_ONE',
  'ORIGIN_UNCLEAR',
  'SEEN_ONCE',
  'READS_FAILED',
  'NUMBER_BOUND',
] as const;
/**
 * - `MORE_THAN_ONE`: several rows fit, or one that another lost order of ours fits as well.
 * - `ORIGIN_UNCLEAR`: a row has our terms, and nobody can say whose it is.
 * - `SEEN_ONCE`: a row that could be ours was listed and then was not, or it was noticed and never listed.
 * - `READS_FAILED`: the list could not be read often enough, or long enough.
 * - `NUMBER_BOUND`: a late answer names an order that is another of ours.
 */
export type EscalationReason = (typeof escalationReasons)[number];

/** What the lists prove so far; `undefined`: nothing yet. */
export type Verdict =
  | { readonly end: 'ADOPTED'; readonly row: OrderSnapshot }
  | { readonly end: 'REJECTED' }
  | { readonly end: 'ABSENT' }
  | { readonly end: 'ESCALATED'; readonly reason: EscalationReason };

/** One read of the order list. */
export interface ListRead {
  /** When it began, ms after the outcome became unknown. */
  readonly beganAfterMs: number;
  readonly complete: boolean;
  /** Rows of the whole answer: a list that shrank is not complete. */
  readonly rowCount: number;
  readonly matched: MatchedRows;
  /** Another order of ours without a number has the same terms: a row that fits could be that one. */
  readonly contested: boolean;
  /** The broker refused, and a read has to confirm it. */
  readonly refused: boolean;
}

/** Weighs the reads about one order (execution-safety 6.2, 6.3). */
export interface Evidence {
  /** Takes a read and says what all of them prove. */
  weigh(read: ListRead): Verdict | undefined;
  /** A notice told of an order that could be this one: without a row it proves no number, and forbids to say absent. */
  noticed(): void;
  /** What to say when time is over and nothing was proven. */
  giveUp(): Verdict;
  /** Complete reads so far. */
  readonly completeReads: number;
}

export function createEvidence(rules: EvidenceRules): Evidence {
  let completeReads = 0;
  let readsWithout = 0;
  let rowCountMax = 0;
  let doubt: EscalationReason | undefined;

  /** What stands between this read and a clear word, if anything does. */
  function doubtOf({ matched: { fitting, doubtful, foreign }, contested }: ListRead): EscalationReason | undefined {
    if (fitting.length > 1 || (fitting.length === 1 && contested)) return 'MORE_THAN_ONE';
    // An order placed by hand is not ours; that ours is not there as well cannot be seen while the two look alike.
    if (doubtful.length > 0 || (foreign.length > 0 && fitting.length === 0)) return 'ORIGIN_UNCLEAR';
    return undefined;
  }

  return {
    get completeReads() {
      return completeReads;
    },

    weigh(read) {
      const { beganAfterMs, complete, rowCount, matched, refused } = read;
      const { fitting } = matched;
      const found = doubtOf(read);
      if (!complete || rowCount < rowCountMax) {
        // No proof of anything, except that somebody's order like ours was there.
        if (fitting.length > 0 || found !== undefined) doubt ??= found ?? 'SEEN_ONCE';
        return undefined;
      }
      rowCountMax = rowCount;
      completeReads++;
      const [row] = fitting;
      if (row !== undefined && found === undefined) return { end: 'ADOPTED', row };
      if (found !== undefined) {
        doubt = found;
      } else {
        if (beganAfterMs >= rules.absentFirstReadMs) readsWithout++;
        if (refused && doubt === undefined && beganAfterMs >= rules.refusalReadMs) return { end: 'REJECTED' };
      }
      // Until the last read counts, a late answer may still settle what a list leaves open.
      if (beganAfterMs < rules.absentLastReadMs) return undefined;
      if (doubt !== undefined) return { end: 'ESCALATED', reason: found ?? doubt };
      return readsWithout >= rules.absentReadsMin ? { end: 'ABSENT' } : undefined;
    },

    noticed() {
      doubt ??= 'SEEN_ONCE';
    },

    giveUp: () => ({ end: 'ESCALATED', reason: doubt ?? 'READS_FAILED' }),
  };
}
