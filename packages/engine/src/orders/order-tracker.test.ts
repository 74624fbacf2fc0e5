import {
  type ExecutionResponse,
  type OrderReference,
  type OrderSnapshot,
  brokerOrderId,
  intentId,
  krw,
  shares,
  symbolCode,
  tradingDate,
} from '@qts/core';
import { buildExecutionIntent } from '@qts/core/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expiryMarginMs } from './order-expiry.ts';
import { createOrderTracker } from './order-tracker.ts';
import { type FillIncrement } from './tracked-order.ts';

const samsung = symbolCode('005930');
const first = intentId('intent-1');
const worst = krw(70_000);

const reference: OrderReference = {
  ...{ brokerId: 'kis', tradingDate: tradingDate('2026-09-14'), brokerOrderId: brokerOrderId('117057') },
  ...{ symbol: samsung, side: 'BUY', orderType: 'LIMIT', timeInForce: 'DAY', venue: 'KRX', session: 'REGULAR' },
  native: {},
};

const response = (fields: Partial<ExecutionResponse>): ExecutionResponse => ({
  ...{ intentId: first, accepted: false, outcome: 'ACCEPTED', broker: 'kis', message: 'm', timestampMs: 5 },
  ...fields,
});
const accepted = response({ accepted: true, reference });

const row = (
  fields: Partial<Record<'filled' | 'amount' | 'canceled' | 'rejected' | 'leaves', number>> = {},
): OrderSnapshot => {
  const { filled = 0, amount = filled * 70_000, canceled = 0, rejected = 0 } = fields;
  return {
    ...{ reference, kind: 'NEW', orderedQuantity: shares(10), orderedAtMs: 5 },
    ...{ filledQuantity: shares(filled), filledAmountKrw: krw(amount) },
    ...{ canceledQuantity: shares(canceled), rejectedQuantity: shares(rejected) },
    leavesQuantity: shares(fields.leaves ?? 10 - filled - canceled - rejected),
  };
};

function startOrder(outcome: ExecutionResponse = accepted): {
  readonly tracker: ReturnType<typeof createOrderTracker>;
  readonly fills: FillIncrement[];
  readonly list: (...rows: OrderSnapshot[]) => ReturnType<ReturnType<typeof createOrderTracker>['applyList']>;
} {
  const fills: FillIncrement[] = [];
  const tracker = createOrderTracker({ onFill: (fill) => fills.push(fill) });
  tracker.beginPlace(buildExecutionIntent(), worst, 4);
  tracker.endPlace(first, outcome);
  let readStartedAtMs = 10;
  return { tracker, fills, list: (...orders) => tracker.applyList({ orders, readStartedAtMs: readStartedAtMs++ }) };
}

describe('createOrderTracker', () => {
  it('counts an order at its worst from the moment it is sent', () => {
    const tracker = createOrderTracker();
    tracker.beginPlace(buildExecutionIntent(), worst, 4);
    expect(tracker.get(first)).toMatchObject({ status: 'SUBMITTED', leavesQuantity: 10 });
    expect(tracker.openBuyValueKrw()).toBe(700_000);
    expect(tracker.openBuyValueKrw(samsung)).toBe(700_000);
    expect(tracker.openOrders(samsung, 'BUY').size).toBe(1);
    expect(tracker.sentCount).toBe(1);
  });

  // domain 13, row 8
  it('never takes an accepted order for a filled one', () => {
    const { tracker } = startOrder();
    expect(tracker.get(first)).toMatchObject({ status: 'ACCEPTED', leavesQuantity: 10, facts: { filledQuantity: 0 } });
    expect(tracker.findByReference(reference)?.intentId).toBe(first);
  });

  it.each([
    ['REJECTED', { outcome: 'REJECTED', code: 'FS040' }, 'REJECTED', 1],
    ['NOT_SENT', { outcome: 'NOT_SENT', code: 'FS040' }, 'DENIED', 0],
  ] as const)('counts nothing of an order that was %s', (_, fields, status, sent) => {
    const { tracker } = startOrder(response(fields));
    expect(tracker.get(first)).toMatchObject({ status, leavesQuantity: 0, needsReconciliation: false });
    expect([tracker.openBuyValueKrw(), tracker.openOrdersTotal, tracker.sentCount]).toEqual([0, 0, sent]);
  });

  it('counts an unknown order in full until a clear word ends it', () => {
    const { tracker } = startOrder(response({ outcome: 'UNKNOWN', code: 'FS042' }));
    expect(tracker.hasUnknown(samsung)).toBe(true);
    expect(tracker.hasUnknown(symbolCode('000660'))).toBe(false);
    expect(tracker.get(first)).toMatchObject({ status: 'SUBMITTED', needsReconciliation: true });
    expect(tracker.openBuyValueKrw()).toBe(700_000);
    tracker.endPlace(first, accepted);
    expect(tracker.hasUnknown(samsung)).toBe(false);
    expect(tracker.get(first)).toMatchObject({ status: 'ACCEPTED', needsReconciliation: false });
  });

  it('counts nothing of an order that was not found, and all of it when it lands after all', () => {
    const { tracker, list, fills } = startOrder(response({ outcome: 'UNKNOWN', code: 'FS042' }));
    tracker.endAbsent(first);
    expect(tracker.get(first)).toMatchObject({ status: 'ABSENT', leavesQuantity: 0, needsReconciliation: false });
    expect([tracker.openBuyValueKrw(), tracker.openOrdersTotal, tracker.hasUnknown(samsung)]).toEqual([0, 0, false]);
    tracker.endPlace(first, accepted);
    expect(tracker.get(first)).toMatchObject({ status: 'ACCEPTED', leavesQuantity: 10 });
    expect([tracker.openBuyValueKrw(), tracker.openOrdersTotal]).toEqual([700_000, 1]);
    list(row({ filled: 10 }));
    expect(fills).toMatchObject([{ quantity: 10 }]);
    expect(tracker.openOrdersTotal).toBe(0);
  });

  it('calls nothing absent that was never unknown', () => {
    const { tracker } = startOrder();
    tracker.endAbsent(first);
    tracker.endAbsent(intentId('nobody'));
    expect(tracker.get(first)).toMatchObject({ status: 'ACCEPTED', leavesQuantity: 10 });
  });

  it('holds back the shares of an open sell', () => {
    const tracker = createOrderTracker();
    tracker.beginPlace(buildExecutionIntent({ side: 'SELL' }), worst, 4);
    tracker.endPlace(first, response({ outcome: 'UNKNOWN', code: 'FS042' }));
    expect(tracker.openSellQuantity(samsung)).toBe(10);
    expect(tracker.openBuyValueKrw()).toBe(0);
  });

  it('takes fills from the broker’s cumulative figures, each once', () => {
    const { tracker, fills, list } = startOrder();
    list(row({ filled: 3 }));
    list(row({ filled: 3 }));
    list(row({ filled: 10, amount: 699_000 }));
    expect(fills.map(({ quantity, amountKrw }) => [quantity, amountKrw])).toEqual([
      [3, 210_000],
      [7, 489_000],
    ]);
    expect(tracker.get(first)?.status).toBe('FILLED');
    expect(tracker.openOrdersTotal).toBe(0);
  });

  // domain 13, row 19
  it('ends with the same fills and sums whatever the order and repetition of lists', () => {
    const steps = [row({ filled: 2 }), row({ filled: 5 }), row({ filled: 5, canceled: 5 })];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...steps), { minLength: 1, maxLength: 12 }), (seen) => {
        const { tracker, fills, list } = startOrder();
        for (const each of [...seen, ...steps]) list(each);
        expect(fills.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(5);
        expect(tracker.get(first)).toMatchObject({ status: 'CANCELED', leavesQuantity: 0 });
        expect(tracker.openBuyValueKrw()).toBe(0);
        expect(tracker.openOrders(samsung, 'BUY').size).toBe(0);
      }),
    );
  });

  it('takes a remainder that vanished without a word for expired at the second read, not at the first', () => {
    const { tracker, list } = startOrder();
    list(row({ filled: 4, leaves: 0 }));
    expect(tracker.get(first)).toMatchObject({ status: 'PARTIALLY_FILLED', leavesQuantity: 6 });
    list(row({ filled: 4, leaves: 0 }));
    expect(tracker.get(first)?.status).toBe('EXPIRED');
    expect(tracker.openOrdersTotal).toBe(0);
  });

  it('takes an order that works again after such a row for what it is', () => {
    const { tracker, list } = startOrder();
    list(row({ leaves: 0 }));
    list(row());
    list(row({ leaves: 0 }));
    expect(tracker.get(first)).toMatchObject({ status: 'ACCEPTED', leavesQuantity: 10 });
  });

  describe('after the end of its session', () => {
    const endMs = 1_000_000;
    const over = endMs + expiryMarginMs;
    const reads = (...seen: (readonly [atMs: number, each: OrderSnapshot])[]): string | undefined => {
      const tracker = createOrderTracker({ endsAtMs: () => endMs });
      tracker.beginPlace(buildExecutionIntent(), worst, 4);
      tracker.endPlace(first, accepted);
      for (const [readStartedAtMs, each] of seen) tracker.applyList({ orders: [each], readStartedAtMs });
      return tracker.get(first)?.status;
    };

    it.each<[string, Parameters<typeof reads>, string]>([
      ['one read with a remainder', [[over, row()]], 'ACCEPTED'],
      [
        'the same read twice',
        [
          [over, row()],
          [over, row()],
        ],
        'ACCEPTED',
      ],
      [
        'two reads with a remainder',
        [
          [over, row()],
          [over + 1, row()],
        ],
        'EXPIRED',
      ],
      [
        'two reads, the first of them too early',
        [
          [over - 1, row()],
          [over, row()],
        ],
        'ACCEPTED',
      ],
      [
        'two reads with part of it filled',
        [
          [over, row({ filled: 4 })],
          [over + 1, row({ filled: 4 })],
        ],
        'EXPIRED',
      ],
      ['one read that says that nothing is left', [[over, row({ leaves: 0 })]], 'EXPIRED'],
      ['the same a moment too early', [[over - 1, row({ leaves: 0 })]], 'ACCEPTED'],
      [
        'a fill that was listed late',
        [
          [over, row()],
          [over + 1, row({ filled: 10 })],
        ],
        'FILLED',
      ],
      [
        'a cancel that was listed late',
        [
          [over, row()],
          [over + 1, row({ canceled: 10 })],
        ],
        'CANCELED',
      ],
    ])('is what the broker shows: %s', (_, seen, status) => {
      expect(reads(...seen)).toBe(status);
    });

    it('is never expired by the clock alone, and not at all where nobody knows the end', () => {
      expect(reads()).toBe('ACCEPTED');
      const { tracker, list } = startOrder();
      list(row());
      list(row());
      expect(tracker.get(first)?.status).toBe('ACCEPTED');
    });
  });

  it('adopts no order of others', () => {
    const { tracker, list } = startOrder();
    const stranger = { ...row(), reference: { ...reference, brokerOrderId: brokerOrderId('999') } };
    expect(list(stranger)).toMatchObject({ unbound: [stranger], fills: [] });
    expect(tracker.list()).toHaveLength(1);
  });

  it('leaves rows of cancels and replaces alone', () => {
    const { list } = startOrder();
    const cancel = { ...row(), kind: 'CANCEL', originalBrokerOrderId: reference.brokerOrderId } as const;
    expect(list(cancel)).toEqual({ fills: [], unbound: [], contradicting: [] });
  });

  it('says which figures contradict themselves, and counts an overfill as the exposure it is', () => {
    const { list, fills } = startOrder();
    expect(list(row({ filled: 12, leaves: 0 })).contradicting).toEqual([
      { intentId: first, contradictions: ['OVERFILLED'] },
    ]);
    expect(fills).toMatchObject([{ quantity: 12 }]);
  });

  it('believes nothing that a list says of another side under our number', () => {
    const { tracker, list, fills } = startOrder();
    const other = { ...row({ filled: 10 }), reference: { ...reference, side: 'SELL' as const } };
    expect(list(other).contradicting).toEqual([{ intentId: first, contradictions: ['OTHER_SYMBOL_OR_SIDE'] }]);
    expect(fills).toEqual([]);
    expect(tracker.get(first)?.leavesQuantity).toBe(10);
  });

  describe('a cancel', () => {
    it('is pending until the broker’s figures show it', () => {
      const { tracker, list } = startOrder();
      const id = tracker.beginCancel(reference);
      tracker.endCancel(reference, id, { outcome: 'REQUESTED', receivedAtMs: 6, dryRun: false });
      expect(tracker.get(first)?.status).toBe('PENDING_CANCEL');
      list(row({ canceled: 10 }));
      expect(tracker.get(first)?.status).toBe('CANCELED');
    });

    it('of a part ends when that part is gone', () => {
      const { tracker, list } = startOrder();
      tracker.endCancel(reference, tracker.beginCancel(reference), {
        outcome: 'REQUESTED',
        receivedAtMs: 6,
        dryRun: false,
      });
      list(row({ canceled: 4 }));
      expect(tracker.get(first)).toMatchObject({ status: 'ACCEPTED', leavesQuantity: 6 });
    });

    it('that came too late changes nothing', () => {
      const { tracker } = startOrder();
      tracker.endCancel(reference, tracker.beginCancel(reference), {
        outcome: 'TOO_LATE_FILLED',
        receivedAtMs: 6,
        dryRun: false,
      });
      expect(tracker.get(first)?.status).toBe('ACCEPTED');
    });

    it('without an answer leaves an order to be read', () => {
      const { tracker } = startOrder();
      tracker.endCancel(reference, tracker.beginCancel(reference), {
        outcome: 'UNKNOWN',
        receivedAtMs: 6,
        dryRun: false,
      });
      expect(tracker.get(first)).toMatchObject({ status: 'PENDING_CANCEL', needsReconciliation: true });
    });

    it('that is confirmed frees what it canceled', () => {
      const { tracker } = startOrder();
      const answer = { outcome: 'CONFIRMED', receivedAtMs: 6, dryRun: false, canceledQuantity: shares(10) } as const;
      tracker.endCancel(reference, tracker.beginCancel(reference), answer);
      expect(tracker.get(first)?.status).toBe('CANCELED');
      expect(tracker.openBuyValueKrw()).toBe(0);
    });
  });
});
