import { type JournalRecord, accountId, clientOrderId, intentId, krw, shares } from '@qts/core';
import { buildExecutionIntent, createFakeClock } from '@qts/core/testing';
import { createMemoryJournal } from '@qts/storage';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createReplacingVenue } from '../../test/support/replacing-venue.ts';
import { createOrderGateway } from '../gateway/order-gateway.ts';
import { applyRecord, emptyFoldedJournal } from '../recovery/fold-journal.ts';
import { recordedAnswer, restoredOrder } from '../recovery/recorded-answer.ts';
import { createSafetyLayer } from '../safety/safety-layer.ts';
import { createKillSwitch } from '../stop/kill-switch.ts';
import { createMemoryStopLatch } from '../stop/stop-latch.ts';
import { createUnknownReplaces } from '../unknown/unknown-replaces.ts';
import { journalOrderFacts } from './journal-order-facts.ts';
import { type OrderTracker } from './order-tracker-contract.ts';
import { createOrderTracker } from './order-tracker.ts';

const id = intentId('intent-1');
const ordered = 20;
const by = { requestedBy: 'kim', reason: 'model' };

type Step =
  | {
      readonly do: 'replace';
      readonly quantity: number | undefined;
      readonly fate: 'ANSWERED' | 'LOST_AFTER' | 'LOST_BEFORE' | 'REFUSED';
    }
  | { readonly do: 'cancel'; readonly quantity: number | undefined }
  | { readonly do: 'fill'; readonly quantity: number }
  | { readonly do: 'read' | 'read-some' | 'wait' | 'stop' | 'resume' };

const quantity = fc.integer({ min: 1, max: 8 });
const maybe = fc.option(quantity, { nil: undefined });
const fate = fc.constantFrom(
  'ANSWERED' as const,
  'ANSWERED' as const,
  'LOST_AFTER' as const,
  'LOST_BEFORE' as const,
  'REFUSED' as const,
);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('replace' as const), quantity: maybe, fate }),
  fc.record({ do: fc.constant('cancel' as const), quantity: maybe }),
  fc.record({ do: fc.constant('fill' as const), quantity }),
  fc.record({ do: fc.constantFrom('read', 'read', 'read-some', 'wait', 'stop', 'resume') }),
);

function restoreFrom(records: readonly JournalRecord[]): OrderTracker {
  const order = records.reduce(applyRecord, emptyFoldedJournal()).orders.get(id);
  if (order === undefined) throw new Error('the journal does not know the order');
  const tracker = createOrderTracker();
  tracker.restore(restoredOrder(order, recordedAnswer(order)));
  return tracker;
}

function figuresOf(tracker: OrderTracker): unknown {
  const order = tracker.get(id);
  const { filledQuantity, filledAmountKrw, canceledQuantity, rejectedQuantity } = order?.facts ?? {};
  const number = order?.reference?.brokerOrderId;
  return { number, filledQuantity, filledAmountKrw, canceledQuantity, rejectedQuantity, leaves: order?.leavesQuantity };
}

// The model is the venue: what it holds, less what it filled and canceled, is what our order must come to.
it('an order that is replaced, canceled, filled, lost and stopped at random comes to the figures of the venue', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 25 }),
      fc.constantFrom('CANCELED' as const, 'NOTHING' as const),
      async (steps, showsMovedAs) => {
        const clock = createFakeClock();
        const venue = createReplacingVenue(clock);
        venue.showsMovedAs = showsMovedAs;
        let counted = 0;
        const journal = createMemoryJournal();
        const onFacts = journalOrderFacts(journal, clock);
        const tracker = createOrderTracker({ onFill: (fill) => (counted += fill.quantity), onFacts });
        const safety = createSafetyLayer({ clock, lockdownThreshold: 1_000 });
        const stop = createKillSwitch({ latch: createMemoryStopLatch(), clock, safety });
        const about = { accountId: accountId('main'), journal, tracker, clock, safety };
        const gateway = createOrderGateway({
          ...{ ...about, broker: venue, admit: () => stop.refusal() },
          admitReplace: () => stop.refusal(),
          checkOrder: () => ({ allowed: true, worstPriceKrw: krw(70_000) }),
          failurePolicy: {
            ...{ DENIED: 'guardrail', REJECTED: 'anomaly', NOT_SENT: 'anomaly', UNKNOWN: 'anomaly' },
            ...{ BLOCKED: 'anomaly', INTEGRITY: 'anomaly' },
          },
        });
        const listOrders = (): Promise<never> =>
          Promise.resolve({
            orders: structuredClone(venue.rows),
            complete: true,
            readStartedAtMs: clock.nowMs(),
          } as never);
        const replaces = createUnknownReplaces({ ...about, adapter: { listOrders }, gateway });
        const { reference } = await gateway.submitIntent(buildExecutionIntent({ quantity: ordered }));
        if (reference === undefined) throw new Error('no number');
        const target = reference;
        const posts = (): number => venue.replaces.length;
        const read = (rows = structuredClone(venue.rows)): void => {
          tracker.applyList({ orders: rows, readStartedAtMs: clock.nowMs() });
        };

        let isStopped = false;
        for (const [at, each] of steps.entries()) {
          await clock.advance(1);
          const before = posts();
          switch (each.do) {
            case 'replace':
              venue.replaceFates.splice(0, venue.replaceFates.length, each.fate);
              await gateway.replaceOrder({
                ...{
                  clientOrderId: clientOrderId(`r${at}`),
                  target,
                  orderType: 'LIMIT',
                  limitPriceKrw: krw(60_000 + at),
                },
                ...{ timeInForce: 'DAY', session: 'REGULAR', dryRun: false },
                ...(each.quantity === undefined ? undefined : { quantity: shares(each.quantity) }),
              });
              expect(posts() - before).toBeLessThanOrEqual(isStopped ? 0 : 1);
              break;
            case 'cancel': {
              const some = each.quantity === undefined ? undefined : { quantity: shares(each.quantity) };
              await gateway.cancelOrder({ target, dryRun: false, ...some });
              break;
            }
            case 'fill': {
              const row = venue.rows.find(({ leavesQuantity }) => leavesQuantity > 0);
              if (row !== undefined) {
                venue.fill(row.reference.brokerOrderId, Math.min(each.quantity, row.leavesQuantity));
              }
              break;
            }
            case 'read':
              read();
              break;
            case 'read-some':
              read(structuredClone(venue.rows.slice(0, 1)));
              break;
            case 'wait':
              await clock.advance(3_000);
              break;
            case 'stop':
              stop.engage(by);
              isStopped = true;
              break;
            case 'resume':
              stop.release(by);
              isStopped = false;
          }
          const order = tracker.get(id);
          const live = venue.rows.reduce((sum, { leavesQuantity }) => sum + leavesQuantity, 0);
          // What may still trade at the venue is never forgotten here, not even for a moment.
          expect(order?.leavesQuantity).toBeGreaterThanOrEqual(live);
        }

        await clock.advance(90_000);
        await replaces.settled();
        await clock.advance(1);
        read();
        // What a replace that was called absent may have taken along is canceled when a second read says so.
        await clock.advance(30_000);
        read();
        const filled = venue.rows.reduce((sum, { filledQuantity }) => sum + filledQuantity, 0);
        const live = venue.rows.reduce((sum, { leavesQuantity }) => sum + leavesQuantity, 0);
        const order = tracker.get(id);
        expect([counted, order?.facts.filledQuantity, order?.leavesQuantity]).toEqual([filled, filled, live]);
        expect(order?.facts.canceledQuantity).toBe(ordered - filled - live);
        expect([order?.openReplace, order?.needsReconciliation, clock.pendingTimers]).toEqual([undefined, false, 0]);

        // A restart has the same order from the journal alone, and a list that lost rows changes none that is settled.
        const again = restoreFrom(journal.records);
        expect(figuresOf(again)).toEqual(figuresOf(tracker));
        if (live > 0) return;
        for (const row of structuredClone(venue.rows)) {
          again.applyList({ orders: [row], readStartedAtMs: clock.nowMs() + 1 });
          expect(figuresOf(again)).toEqual(figuresOf(tracker));
        }
      },
    ),
    { numRuns: 150 },
  );
});
