import { clientOrderId } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { readKisAnswer } from './kis-answer.ts';
import { classifyCommandAnswer } from './kis-command-outcome.ts';
import { toCommandResponse } from './kis-order-response.ts';
import { orderCash } from './rest/order-cash.ts';

const reference = {
  ...{ brokerId: 'kis', tradingDate: '2026-09-14', symbol: '005930', side: 'BUY', orderType: 'LIMIT' },
  ...{ timeInForce: 'DAY', venue: 'KRX', session: 'REGULAR', native: {} },
} as unknown as Parameters<typeof toCommandResponse>[2];

const jsonHeader = (name: string): string | undefined => (name === 'content-type' ? 'application/json' : undefined);

/** The refusal that the answer to an order carries, if a read could confirm one. */
function refusalOf(status: number, body: Readonly<Record<string, string>>): unknown {
  const context = { operation: orderCash.name, environment: 'PAPER' } as const;
  const text = JSON.stringify(body);
  const exchange = { status, body: text, header: jsonHeader };
  const answer = readKisAnswer(exchange, { ...context, trId: undefined, scrub: (each) => each });
  const judged = classifyCommandAnswer(answer, orderCash.parse, context);
  const response = toCommandResponse(judged, clientOrderId('intent-1'), reference, 1);
  expect(response.outcome).toBe('UNKNOWN');
  return response.outcome === 'UNKNOWN' ? response.refusal : undefined;
}

describe('a refusal that proves nothing by itself', () => {
  // execution-safety 11: F3 and F2u are confirmed by a read; F4 and F6 are not refusals at all.
  it.each([
    ['of the gateway, listed (F3)', 500, 'EGW00201', true],
    ['of the back end, unlisted (F2u)', 200, 'APBK7777', true],
    ['of the gateway, unlisted (F4)', 200, 'EGW77777', false],
    ['unlisted, under a 5xx (F4)', 500, 'APBK7777', false],
    ['that names no code (F4)', 200, '', false],
    ['that is trouble (F4)', 500, 'EGW00202', false],
  ])('%s: HTTP %i %s is carried on for a read to confirm: %s', (_, status, code, confirmable) => {
    const refusal = refusalOf(status, { rt_cd: '1', msg_cd: code, msg1: 'a reason' });
    expect(refusal).toEqual(confirmable ? { code, message: 'a reason' } : undefined);
  });

  it('is none when the answer is no refusal either', () => {
    expect(refusalOf(200, { rt_cd: '5', msg_cd: 'APBK7777', msg1: 'a reason' })).toBeUndefined();
  });
});
