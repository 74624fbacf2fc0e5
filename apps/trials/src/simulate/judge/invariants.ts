/** Names of the invariants: `I…` is the number in execution-safety 20.5, words are the trial's own. */
export type InvariantId =
  | 'I1'
  | 'I2'
  | 'I3'
  | 'I4'
  | 'I5'
  | 'I6'
  | 'I7'
  | 'I8'
  | 'I9'
  | 'I10'
  | 'I11'
  | 'I12'
  | 'I13'
  | 'I14'
  | 'I15'
  | 'I16'
  | 'I17'
  | 'I18'
  | 'ADOPTION'
  | 'GAP'
  | 'HALF_OPEN'
  | 'FROZEN'
  | 'HEALING'
  | 'CRASH';

/** When an invariant is looked at. */
export type CheckedAt = 'EVENT' | 'END' | 'RUNS' | 'NEVER';

/** A row of the table of invariants (execution-safety 20.5). */
export interface InvariantRow {
  readonly says: string;
  readonly checked: CheckedAt;
  /** What is left out, or why nothing is checked. */
  readonly note?: string;
}

/**
 * What must hold in every run. `EVENT`: looked at when it could first be broken, and after every event. `END`: when all
 * has converged. `RUNS`: by comparing runs. `NEVER`: not checked, and said so in every output.
 */
export const invariants: Readonly<Record<InvariantId, InvariantRow>> = {
  I1: { says: 'every order on the wire has an earlier durable journal record', checked: 'EVENT' },
  I2: { says: 'one POST and one venue order per intent at most', checked: 'EVENT' },
  I3: {
    says: 'filled is never above what the venue filled; in the end our orders equal the venue’s, one by one',
    checked: 'EVENT',
    note: 'what Kiwoom paid in several fills to less than a won a share: its list has an average cut down to the won',
  },
  I4: {
    says: 'in the end positions and cash equal the venue’s, strangers’ orders aside',
    checked: 'END',
    note: 'cash to the won of the same average, and of fees that are cut down number by number; a wrong opening must be said',
  },
  I5: {
    says: 'an unknown order ends, or is flagged for a person, within 75 s; in the end nothing is reserved without an order',
    checked: 'EVENT',
  },
  I6: {
    says: 'a settled order never changes',
    checked: 'EVENT',
    note: 'what was paid may become exact later',
  },
  I7: { says: 'no order leaves while trading is stopped', checked: 'EVENT' },
  I8: {
    says: 'no cancel waits longer than its bound for its first byte',
    checked: 'EVENT',
    note: 'bound 75 s: a refused token is a wait of a minute',
  },
  I9: {
    says: 'requests in any sliding second stay within the limit of the key',
    checked: 'EVENT',
    note: 'cancels aside: none is held back for its rate',
  },
  I10: {
    says: 'a replay of the journal gives the orders of the process',
    checked: 'END',
    note: 'the chain of hashes belongs to the SQLite journal and is verified in its own tests',
  },
  I11: { says: 'no canary secret in the journal, the log or an answer', checked: 'END' },
  I12: { says: 'same seed, same hash', checked: 'RUNS', note: 'for a sample of the seeds' },
  I13: { says: 'each intent gets exactly one final answer', checked: 'END' },
  I14: {
    says: 'no two own orders that could match each other',
    checked: 'END',
    note: 'of one account: an engine knows its own alone, so over two brokers nothing is checked; what landed late aside',
  },
  I15: { says: 'no order on the wire breaks a rule of the market', checked: 'EVENT' },
  I16: { says: 'the sequence of the journal has no gap and no repeat', checked: 'END' },
  I17: { says: 'timers and open requests stay within their limits, and none is left at the end', checked: 'EVENT' },
  I18: { says: 'any permutation and repetition of the same facts ends in the same order state', checked: 'END' },
  ADOPTION: { says: 'a number is bound to the intent whose request made it, and to no other', checked: 'END' },
  GAP: {
    says: 'a stream that may have missed something says so at once, and what it calls read has been read',
    checked: 'EVENT',
    note: 'what a hole swallowed: where no list was wrong',
  },
  HALF_OPEN: { says: 'a connection on which nothing comes is given up after two ping periods', checked: 'EVENT' },
  FROZEN: {
    says: 'a fill that no notice tells is known, and the silence of the stream is said, within 65 s',
    checked: 'EVENT',
    note: 'while requests are served; 105 s where a key takes one request a second, or answers and lists are late',
  },
  HEALING: { says: 'without faults everything converges in time', checked: 'END' },
  CRASH: { says: 'nothing of ours throws past its boundary', checked: 'EVENT' },
};

/** Where and how an invariant was broken. */
export interface Violation {
  readonly invariant: InvariantId;
  /** Ms since the run began. */
  readonly atMs: number;
  readonly message: string;
}
