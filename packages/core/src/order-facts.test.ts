import { env } from 'node:process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeOrderStatus, isSettled, leavesQuantity, needsReconciliation } from './compute-order-status.ts';
import { ValidationError } from './errors.ts';
import { findContradictions } from './order-contradictions.ts';
import {
  mergeOrderFacts,
  observeOrder,
  openOrderFacts,
  orderCommandKinds,
  type OrderFacts,
  type OrderObservation,
} from './order-facts.ts';
import { brokerOrderId, clientOrderId, krw, shares, symbolCode } from './value-constructors.ts';

const identity = {
  clientOrderId: clientOrderId('intent-1'),
  symbol: symbolCode('005930'),
  side: 'BUY',
  orderedQuantity: shares(10),
} as const;

const blank = openOrderFacts(identity);
const fold = (observations: readonly OrderObservation[]): OrderFacts => observations.reduce(observeOrder, blank);

const sent: OrderObservation = { commandOpened: { commandId: 'place', kind: 'PLACE' } };
const accepted: OrderObservation = { brokerOrderId: brokerOrderId('117057'), commandEnded: 'place' };
const cancelSent: OrderObservation = { commandOpened: { commandId: 'cancel', kind: 'CANCEL' } };
const filled = (quantity: number): OrderObservation => ({
  filledQuantity: shares(quantity),
  filledAmountKrw: krw(quantity * 70_000),
});
const canceled = (quantity: number): OrderObservation => ({
  canceledQuantity: shares(quantity),
  commandEnded: 'cancel',
});
const read = (asOfMs: number, quantity: number, source = 'inquire-daily-ccld'): OrderObservation => ({
  ...filled(quantity),
  reading: { source, asOfMs },
});

/** Permutations; at night 1,000,000, or the share of it that `pnpm test:night --scale` asks for. */
const permutationsWanted = Math.max(20_000, 1_000_000 * Number(env['QTS_NIGHT'] ?? 0));

describe('merging', () => {
  const count = fc.integer({ min: 0, max: 12 });
  const command = fc.constantFrom('place', 'cancel', 'replace');
  const statement: fc.Arbitrary<OrderObservation> = fc.oneof(
    count.map(filled),
    count.map((quantity) => ({ filledQuantity: shares(quantity) })),
    count.map(canceled),
    count.map((quantity) => ({ rejectedQuantity: shares(quantity) })),
    fc.constantFrom<OrderObservation>({ expired: true }, { denied: true }, sent, accepted, cancelSent),
    fc.constantFrom<OrderObservation>(
      { side: 'SELL' },
      { symbol: symbolCode('000660'), brokerOrderId: brokerOrderId('9') },
    ),
    fc
      .tuple(command, fc.constantFrom(...orderCommandKinds))
      .map(([commandId, kind]) => ({ commandOpened: { commandId, kind } })),
    command.map((commandUnknown) => ({ commandUnknown })),
    command.map((commandEnded) => ({ commandEnded })),
    fc.integer({ min: 1, max: 9 }).map((number) => ({ brokerOrderId: brokerOrderId(String(number)) })),
    fc
      .tuple(count, count, fc.constantFrom('a', 'b'))
      .map(([asOfMs, quantity, source]) => read(asOfMs, quantity, source)),
  );
  const story = fc.array(statement, { minLength: 1, maxLength: 8 });

  it('ends in the same facts whatever the order and the repeats (20,000 permutations)', () => {
    const permuted = story.chain((observations) =>
      fc.tuple(
        fc.constant(observations),
        fc.shuffledSubarray(observations, { minLength: observations.length }),
        fc.array(fc.constantFrom(...observations), { maxLength: 4 }),
      ),
    );
    let permutations = 0;
    fc.assert(
      fc.property(permuted, ([observations, shuffled, repeats]) => {
        permutations++;
        const [once, again] = [fold(observations), fold([...repeats, ...shuffled])];
        expect(JSON.stringify(again)).toBe(JSON.stringify(once));
      }),
      { numRuns: permutationsWanted },
    );
    expect(permutations).toBe(permutationsWanted);
  });

  it('is a join: the same alone, either way round, however grouped', () => {
    const facts = story.map(fold);
    fc.assert(
      fc.property(facts, facts, facts, (a, b, c) => {
        expect(mergeOrderFacts(a, a)).toEqual(a);
        expect(mergeOrderFacts(a, blank)).toEqual(a);
        expect(mergeOrderFacts(a, b)).toEqual(mergeOrderFacts(b, a));
        expect(mergeOrderFacts(mergeOrderFacts(a, b), c)).toEqual(mergeOrderFacts(a, mergeOrderFacts(b, c)));
      }),
      { numRuns: 1_000 },
    );
  });

  it('only grows', () => {
    fc.assert(
      fc.property(story, statement, (observations, more) => {
        const [before, after] = [fold(observations), fold([...observations, more])];
        for (const figure of ['filledQuantity', 'canceledQuantity', 'rejectedQuantity'] as const) {
          expect(after[figure]).toBeGreaterThanOrEqual(before[figure]);
        }
        expect(after.brokerOrderIds).toEqual(expect.arrayContaining([...before.brokerOrderIds]));
        expect([after.expired, after.denied]).toEqual([before.expired || after.expired, before.denied || after.denied]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('makes no new lists when there is nothing new', () => {
    const facts = fold([sent, accepted]);
    const again = observeOrder(facts, accepted);
    expect(again.brokerOrderIds).toBe(facts.brokerOrderIds);
    expect(again.commandsOpened).toBe(facts.commandsOpened);
  });

  it('survives a journal: the facts are plain data', () => {
    const facts = fold([sent, accepted, read(1, 4), { side: 'SELL' }]);
    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
  });

  it('keeps the amount that belongs to the larger filled quantity', () => {
    expect(fold([filled(5), { filledQuantity: shares(6) }])).toMatchObject({ filledQuantity: 6, filledAmountKrw: 0 });
    expect(fold([{ filledQuantity: shares(5) }, filled(5)])).toMatchObject({ filledAmountKrw: 350_000 });
  });

  it('refuses facts of another order', () => {
    const other = openOrderFacts({ ...identity, clientOrderId: clientOrderId('intent-2') });
    expect(() => mergeOrderFacts(blank, other)).toThrow(ValidationError);
    expect(() => mergeOrderFacts(blank, openOrderFacts({ ...identity, side: 'SELL' }))).toThrow('two different orders');
    expect(() => mergeOrderFacts(blank, openOrderFacts({ ...identity, orderedQuantity: shares(9) }))).toThrow(
      ValidationError,
    );
  });
});

describe('a fill overtaking', () => {
  it.each<[string, readonly OrderObservation[], string]>([
    ['the answer to the POST', [sent, filled(10), accepted], 'FILLED'],
    ['everything: from sent to filled at once', [sent, accepted, filled(10)], 'FILLED'],
    ['nothing: an IOC that found nobody', [sent, accepted, canceled(10)], 'CANCELED'],
    [
      'nothing: taken by the broker, refused by the exchange',
      [sent, accepted, { rejectedQuantity: shares(10) }],
      'REJECTED',
    ],
    ['a cancel that is open', [sent, accepted, cancelSent, filled(10)], 'FILLED'],
    ['the confirmation of a cancel', [sent, accepted, cancelSent, canceled(7), filled(3)], 'CANCELED'],
    [
      'an absence: the order landed late',
      [sent, { commandUnknown: 'place' }, { commandEnded: 'place' }, accepted],
      'ACCEPTED',
    ],
  ])('%s is legal', (_what, observations, status) => {
    const facts = fold(observations);
    expect(computeOrderStatus(facts)).toBe(status);
    expect(findContradictions(facts)).toEqual([]);
    expect(needsReconciliation(facts)).toBe(false);
  });

  it('is awaited for exactly what a cancel left out', () => {
    const facts = fold([sent, accepted, cancelSent, canceled(7)]);
    expect(leavesQuantity(facts)).toBe(3);
    expect(isSettled(facts)).toBe(false);
    expect(isSettled(observeOrder(facts, filled(3)))).toBe(true);
  });
});
