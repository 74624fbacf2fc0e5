import { BrokerError, type BrokerOrderId, type Clock, type OrderSnapshot } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { columnsOf } from '../operations/refusal-row.ts';
import { readCancelRefusal, saysNothingLeft, toCancelResponse } from './cancel-response.ts';

const cause = new BrokerError({ code: 'X', summary: 'No.', facts: {}, next: 'Read.' });
const native = { code: 'D1', message: 'nothing left' };
const refused = (kind: string) =>
  ({
    outcome: 'REJECTED',
    row: { ...columnsOf('REFUSED'), kind, meaning: 'no', source: 'made up' },
    native,
    cause,
  }) as const;

describe('the answer to a cancel', () => {
  it('says that it was sent, and never that it was done', () => {
    const accepted = { outcome: 'ACCEPTED', brokerOrderId: '18' as BrokerOrderId, answer: {} } as const;
    expect(toCancelResponse(accepted, 7)).toEqual({
      outcome: 'REQUESTED',
      receivedAtMs: 7,
      brokerOrderId: '18',
      dryRun: false,
    });
  });

  it.each([
    ['the session', refused('MARKET_CLOSED'), 'REFUSED_BY_SESSION'],
    ['anything else', refused('VALIDATION'), 'UNKNOWN'],
    ['a way that broke', { sent: 'MAYBE', cause } as const, 'UNKNOWN'],
    ['proof that nothing was sent', { sent: 'NO', cause } as const, 'NOT_SENT'],
    ['a word that proves nothing', { outcome: 'UNKNOWN', cause, native } as const, 'UNKNOWN'],
  ])('to %s is %s', (_, judged, outcome) => {
    expect(toCancelResponse(judged, 7)).toMatchObject({ outcome, cause, dryRun: false });
  });

  it('says nothing left only by its own kind', () => {
    expect(saysNothingLeft(refused('NOTHING_TO_CANCEL'))).toBe(true);
    expect(saysNothingLeft(refused('MARKET_CLOSED'))).toBe(false);
    expect(saysNothingLeft({ sent: 'NO', cause })).toBe(false);
  });
});

describe('a refusal because nothing is left', () => {
  const nowMs = 100_000;
  const clock = { nowMs: () => nowMs } as unknown as Clock;
  const ask = (readOrder: () => Promise<OrderSnapshot | undefined>, acceptedAtMs = Number.NEGATIVE_INFINITY) =>
    readCancelRefusal({
      ...{ brokerName: 'Demo', brokerOrderId: '17', acceptedAtMs, visibilityMsMax: 30_000 },
      ...{ native, readOrder, clock },
    });
  const order = (orderedQuantity: number, filledQuantity: number, leavesQuantity: number) => () =>
    Promise.resolve({ orderedQuantity, filledQuantity, leavesQuantity } as OrderSnapshot);
  const nowhere = () => Promise.resolve(undefined);

  it.each([
    ['filled', order(10, 10, 0), undefined, 'TOO_LATE_FILLED'],
    ['closed with a part unfilled', order(10, 4, 0), undefined, 'TOO_LATE_CLOSED'],
    ['open after all', order(10, 4, 6), undefined, 'UNKNOWN'],
    ['in no list, and old', nowhere, nowMs - 30_000, 'NOT_FOUND'],
    ['in no list, and of a moment ago', nowhere, nowMs - 29_999, 'UNKNOWN'],
    ['in no list, with no time of its own', nowhere, undefined, 'NOT_FOUND'],
  ])('of an order that is %s', async (_, readOrder, acceptedAtMs, outcome) => {
    expect(await ask(readOrder, acceptedAtMs)).toMatchObject({ outcome, native, receivedAtMs: nowMs });
  });

  it('says nothing when the list cannot be read', async () => {
    expect(await ask(() => Promise.reject(cause))).toMatchObject({ outcome: 'UNKNOWN', cause });
  });

  it('lets a defect through', async () => {
    await expect(ask(() => Promise.reject(new TypeError('defect')))).rejects.toThrow('defect');
  });

  it('tells a person what the list shows', async () => {
    const { cause: contradiction } = await ask(order(10, 4, 6));
    expect(contradiction?.message).toMatchInlineSnapshot(`
      "Demo says there is nothing to cancel, and lists the order with a remainder.
        brokerOrderId   17
        leavesQuantity  6
        next            Read the order and cancel again."
    `);
  });
});
