import { type FailsafeCode, type OrderSnapshot, intentId, krw } from '@qts/core';
import { buildExecutionIntent } from '@qts/core/testing';
import { expect, it } from 'vitest';
import { referenceOf, rowOf } from '../../test/support/made-up-stream.ts';
import { createOrderTracker } from '../orders/order-tracker.ts';
import { type FillIncrement } from '../orders/tracked-order.ts';
import { createFillWatch } from './fill-watch.ts';

const first = intentId('intent-1');

function start() {
  const records: (readonly [FailsafeCode, unknown])[] = [];
  const frozen: string[] = [];
  const counted: FillIncrement[] = [];
  const tracker = createOrderTracker({
    onFill(fill) {
      counted.push(fill);
      watch(fill);
    },
  });
  const watch = createFillWatch({
    find: (id) => tracker.get(id),
    safety: {
      record({ code, metadata }) {
        records.push([code, metadata?.['kind']]);
        return { from: 'NORMAL', to: 'WARNING' } as never;
      },
    },
    restrict: (to, { symbol }) => frozen.push(`${to} ${symbol ?? ''}`),
  });
  tracker.beginPlace(buildExecutionIntent(), krw(70_000), 0);
  const reference = referenceOf('1');
  const answer = { accepted: true, outcome: 'ACCEPTED', broker: 'kis', message: '', timestampMs: 0 } as const;
  tracker.endPlace(first, { ...answer, intentId: first, reference });
  let atMs = 0;
  return {
    ...{ records, frozen, counted, tracker, reference },
    list: (...orders: OrderSnapshot[]) => tracker.applyList({ orders, readStartedAtMs: ++atMs }),
  };
}

it('says nothing of fills up to the quantity, nor of the rest that a cancel took', () => {
  const { list, records } = start();
  list(rowOf('1', { filled: 4 }));
  list(rowOf('1', { filled: 6, canceled: 4 }));
  expect(records).toEqual([]);
});

it('counts a fill that comes after the cancel was confirmed, and says so', () => {
  const { list, records, counted, frozen, tracker, reference } = start();
  const cancel = tracker.beginCancel(reference);
  const confirmed = { outcome: 'CONFIRMED', canceledQuantity: rowOf('1').orderedQuantity, dryRun: false } as const;
  tracker.endCancel(reference, cancel, { ...confirmed, receivedAtMs: 1 });
  expect(tracker.get(first)).toMatchObject({ leavesQuantity: 0 });
  list(rowOf('1', { filled: 3, canceled: 7 }));
  expect(counted).toMatchObject([{ quantity: 3 }]);
  expect(records).toEqual([['AN060', 'late-fill']]);
  expect(frozen).toEqual([]);
});

it('counts what was filled beyond the order, alarms and freezes the symbol', () => {
  const { list, records, counted, frozen } = start();
  list(rowOf('1', { filled: 12 }));
  expect(counted).toMatchObject([{ quantity: 12 }]);
  expect(records).toEqual([['FS045', 'overfill']]);
  expect(frozen).toEqual(['REDUCE_ONLY 005930']);
});
