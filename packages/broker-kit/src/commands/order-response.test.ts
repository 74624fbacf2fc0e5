import {
  AuthenticationError,
  BrokerError,
  type BrokerOrderId,
  clientOrderId,
  type OrderReference,
  type OrderResponse,
} from '@qts/core';
import { describe, expect, it } from 'vitest';
import { columnsOf } from '../operations/refusal-row.ts';
import { type JudgedCommand } from './command-outcome.ts';
import { toOrderResponse } from './order-response.ts';

const details = { code: 'X', summary: 'No.', facts: {}, next: 'Read.' };
const cause = new BrokerError(details);
const native = { code: 'D1', message: 'a reason' };
const reference = { brokerId: 'demo', native: { kind: 'limit' } } as unknown as OrderReference;
const row = { ...columnsOf('CREDENTIALS_REFUSED'), kind: 'CREDENTIALS', meaning: 'no', source: 'made up' };

function respond(judged: JudgedCommand<string>): OrderResponse {
  return toOrderResponse(judged, clientOrderId('intent-1'), reference, 7, (answer, atMs) => ({
    answer,
    at: `${atMs}`,
  }));
}

describe('what was not sent', () => {
  it('has the code of what held it back, of keys, or of a broker failure', () => {
    const keys = new AuthenticationError(details);
    expect(respond({ sent: 'NO', cause, heldBy: 'FS041' })).toMatchObject({ outcome: 'NOT_SENT', code: 'FS041' });
    expect(respond({ sent: 'NO', cause: keys })).toMatchObject({ outcome: 'NOT_SENT', code: 'FS044' });
    expect(respond({ sent: 'NO', cause })).toMatchObject({ outcome: 'NOT_SENT', code: 'FS040' });
  });

  it('is unknown when it may have been', () => {
    expect(respond({ sent: 'MAYBE', cause })).toMatchObject({ outcome: 'UNKNOWN', code: 'FS042', cause });
  });
});

describe('what was answered', () => {
  it('keeps of an acceptance what the broker needs to find the order again', () => {
    const accepted = respond({ outcome: 'ACCEPTED', brokerOrderId: '17' as BrokerOrderId, answer: 'yes' });
    expect(accepted).toMatchObject({
      outcome: 'ACCEPTED',
      brokerOrderId: '17',
      reference: { brokerOrderId: '17', native: { kind: 'limit', answer: 'yes', at: '7' } },
      dryRun: false,
    });
  });

  it('has the code of the row that refused', () => {
    const rejected = respond({ outcome: 'REJECTED', row, native, cause, guard: 'TRIP' });
    expect(rejected).toMatchObject({ outcome: 'REJECTED', code: 'FS044', native, guard: 'TRIP' });
  });

  it('carries on a word that a read may confirm, and no other', () => {
    const unknown = { outcome: 'UNKNOWN', cause, native } as const;
    expect(respond({ ...unknown, confirmByRead: true })).toMatchObject({ code: 'FS042', refusal: native });
    expect(respond(unknown)).not.toHaveProperty('refusal');
  });
});
