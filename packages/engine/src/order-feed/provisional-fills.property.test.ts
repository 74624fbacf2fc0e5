import { type OrderNotice, type OrderState, intentId, krw, symbolCode } from '@qts/core';
import { buildExecutionIntent } from '@qts/core/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noticeAt, referenceOf, rowOf, stateAt } from '../../test/support/made-up-stream.ts';
import { createBook } from '../orders/book.ts';
import { createOrderTracker } from '../orders/order-tracker.ts';
import { createProvisionalFills } from './provisional-fills.ts';

const samsung = symbolCode('005930');
const first = intentId('intent-1');

/** What happens to an order of 10 at the broker, step by step: fills, looks at the list, and at the end a cancel. */
const runs = fc.record({
  steps: fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 4 }), read: fc.boolean() }), { maxLength: 6 }),
  isCanceled: fc.boolean(),
});
type Run = typeof runs extends fc.Arbitrary<infer Of> ? Of : never;

/** All that a stream would tell of it. The last word is a read. */
function storyOf({ steps, isCanceled }: Run): readonly (OrderNotice | OrderState)[] {
  const story: (OrderNotice | OrderState)[] = [];
  let atMs = 0;
  let filled = 0;
  let read = 0;
  for (const step of steps) {
    const quantity = Math.min(step.quantity, 10 - filled);
    if (quantity === 0) break;
    filled += quantity;
    story.push(noticeAt(++atMs, '1', filled - read));
    if (!step.read) continue;
    read = filled;
    story.push(stateAt(++atMs, rowOf('1', { filled })));
  }
  story.push(stateAt(atMs + 1, rowOf('1', { filled, canceled: isCanceled ? 10 - filled : 0 })));
  return story;
}

/** What is known after these events, in this order. */
function fold(events: readonly (OrderNotice | OrderState)[]) {
  const book = createBook({
    ...{ openingCashKrw: 100_000_000, feePartsPerBillion: 0, sellTaxesPartsPerBillion: () => [] },
  });
  const tracker = createOrderTracker({
    onFill: (fill) => {
      book.applyFill(fill);
    },
  });
  tracker.beginPlace(buildExecutionIntent(), krw(70_000), 0);
  const answer = { accepted: true, outcome: 'ACCEPTED', broker: 'kis', message: '', timestampMs: 0 } as const;
  tracker.endPlace(first, { ...answer, intentId: first, reference: referenceOf('1') });
  const provisional = createProvisionalFills({
    find: (number) => tracker.findByReference(number),
    externalQuantity: () => 0,
    isHeld: () => false,
  });
  for (const event of events) {
    if (event.kind === 'order-state') {
      tracker.applyList({ orders: [event.snapshot], readStartedAtMs: event.readStartedAtMs });
    }
    provisional.hear(event);
  }
  const order = tracker.get(first);
  return {
    status: order?.status,
    leaves: order?.leavesQuantity,
    facts: { ...order?.facts, readings: undefined },
    needsReconciliation: order?.needsReconciliation,
    held: book.position(samsung)?.quantity ?? 0,
    cashKrw: book.cashKrw,
    provisional: provisional.quantity(samsung, 'BUY'),
    noticedKrw: provisional.openBuyValueKrw(),
    freeKrw: book.cashKrw - tracker.openBuyValueKrw() - provisional.openBuyValueKrw(),
  };
}

describe('the notices and reads of an order (I18)', () => {
  it('end in the same order, book and provisional figures whatever their order, repeats and holes', () => {
    fc.assert(
      fc.property(
        runs.chain((run) => {
          const story = storyOf(run);
          // The last read is never lost: reconciliation sees to it.
          const kept = fc.subarray(story.slice(0, -1));
          const repeats = fc.array(fc.constantFrom(...story), { maxLength: 6 });
          return fc.record({
            story: fc.constant(story),
            mixed: fc
              .tuple(kept, repeats)
              .map(([some, again]) => [...some, ...again, ...story.slice(-1)])
              .chain((events) => fc.shuffledSubarray(events, { minLength: events.length })),
          });
        }),
        ({ story, mixed }) => {
          const wanted = fold(story);
          const found = fold(mixed);
          expect(found).toEqual(wanted);
          expect(found.provisional).toBe(0);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('never make more possible than the whole order leaves', () => {
    fc.assert(
      fc.property(
        runs.chain((run) => fc.shuffledSubarray([...storyOf({ ...run, isCanceled: false })])),
        (events) => {
          for (let count = 0; count <= events.length; count++) {
            const known = fold(events.slice(0, count));
            expect(known.provisional).toBeGreaterThanOrEqual(0);
            expect(known.held + known.provisional).toBeLessThanOrEqual(10);
            expect(known.freeKrw).toBeLessThanOrEqual(100_000_000 - 700_000);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
