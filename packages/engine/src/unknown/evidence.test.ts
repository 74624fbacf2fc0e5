import { type OrderSnapshot } from '@qts/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ListRead, createEvidence, escalationReasons } from './evidence.ts';
import { resolverTimingsDefault } from './resolver-settings.ts';

const row = { orderedAtMs: 1 } as OrderSnapshot;
const none = { fitting: [], doubtful: [], foreign: [] };

const read = (seconds: number, fields: Partial<ListRead> = {}): ListRead => ({
  ...{ beganAfterMs: seconds * 1_000, complete: true, rowCount: 0, matched: none, contested: false, refused: false },
  ...fields,
});

/** What the last of these reads makes of all of them. */
function verdictOf(reads: readonly ListRead[]): string {
  const evidence = createEvidence(resolverTimingsDefault);
  const verdict = reads.map((each) => evidence.weigh(each)).at(-1);
  return verdict === undefined ? '' : 'reason' in verdict ? `${verdict.end} ${verdict.reason}` : verdict.end;
}

const fits = { matched: { ...none, fitting: [row] } };
const doubtful = { matched: { ...none, doubtful: [row] } };
const foreign = { matched: { ...none, foreign: [row] } };
const lost = [read(2), read(4), read(15)];

describe('reads of the order list', () => {
  it.each<[string, readonly ListRead[], string]>([
    ['one row that fits, in a complete list', [read(0.5, fits)], 'ADOPTED'],
    ['one row that fits, in a list with a hole', [read(0.5, { ...fits, complete: false })], ''],
    ['a row that fits, and one by hand', [read(0.5, { matched: { ...fits.matched, foreign: [row] } })], 'ADOPTED'],
    ['a row that another lost order fits as well', [read(0.5, { ...fits, contested: true })], ''],
    ['the same at the end', [read(30, { ...fits, contested: true })], 'ESCALATED MORE_THAN_ONE'],
    ['two rows that fit', [read(30, { matched: { ...none, fitting: [row, row] } })], 'ESCALATED MORE_THAN_ONE'],
    [
      'a row that fits beside a doubtful one',
      [read(30, { matched: { ...none, fitting: [row], doubtful: [row] } })],
      'ESCALATED ORIGIN_UNCLEAR',
    ],
    ['a doubtful row at the end', [...lost, read(30, doubtful)], 'ESCALATED ORIGIN_UNCLEAR'],
    ['an order by hand at the end', [...lost, read(30, foreign)], 'ESCALATED ORIGIN_UNCLEAR'],
    ['a doubtful row that vanished', [read(2, doubtful), ...lost, read(30)], 'ESCALATED ORIGIN_UNCLEAR'],
    [
      'a row in a list with a hole, and then never again',
      [read(1, { ...fits, complete: false }), ...lost, read(30)],
      'ESCALATED SEEN_ONCE',
    ],
    ['nothing, three times and late', [...lost, read(30)], 'ABSENT'],
    ['nothing, three times, but not late', lost, ''],
    ['nothing, late, but too seldom', [read(2), read(30)], ''],
    ['nothing, but too early to count', [read(0.5), read(1), read(1.9), read(30)], ''],
    ['nothing, but with holes', [read(2, { complete: false }), read(4, { complete: false }), read(8), read(30)], ''],
    ['nothing, in lists that shrank', [read(1, { rowCount: 5 }), ...lost, read(30)], ''],
    ['nothing, after a refusal', [read(1, { refused: true })], 'REJECTED'],
    ['nothing, after a refusal, within the second', [read(0.5, { refused: true })], ''],
    ['nothing, after a refusal, in a list with a hole', [read(1, { refused: true, complete: false })], ''],
    ['a row, after a refusal', [read(1, { ...fits, refused: true })], 'ADOPTED'],
    ['an order by hand, after a refusal', [read(1, { ...foreign, refused: true })], ''],
  ])('with %s', (_, reads, verdict) => {
    expect(verdictOf(reads)).toBe(verdict);
  });

  it('never prove absence while a row is there that could be the order', () => {
    const some = fc.record({
      seconds: fc.integer({ min: 0, max: 60 }),
      complete: fc.boolean(),
      matched: fc.constantFrom(fits.matched, doubtful.matched, foreign.matched, none),
      contested: fc.boolean(),
      refused: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 12 }), (steps) => {
        const evidence = createEvidence(resolverTimingsDefault);
        let seen = false;
        for (const { seconds, ...fields } of steps) {
          seen ||= fields.matched !== none;
          const end = evidence.weigh(read(seconds, fields))?.end;
          if (end === 'ABSENT' || end === 'REJECTED') expect(seen).toBe(false);
          if (end === 'ADOPTED')
            expect(fields).toMatchObject({ complete: true, contested: false, matched: fits.matched });
          if (end !== undefined) break;
        }
      }),
      { numRuns: 5_000 },
    );
  });

  it('that prove nothing in time leave the decision to a person', () => {
    const evidence = createEvidence(resolverTimingsDefault);
    expect(evidence.giveUp()).toEqual({ end: 'ESCALATED', reason: 'READS_FAILED' });
    evidence.weigh(read(1, doubtful));
    expect(evidence.giveUp()).toEqual({ end: 'ESCALATED', reason: 'ORIGIN_UNCLEAR' });
    expect(new Set(escalationReasons).size).toBe(escalationReasons.length);
  });
});
