import { type OrderResponse, clientOrderId } from '@qts/core';
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

/** What the adapter makes of an answer. */
function respondTo(
  status: number,
  body: Readonly<Record<string, unknown>>,
  header: typeof jsonHeader = jsonHeader,
): OrderResponse {
  const context = { operation: orderCash.name, environment: 'PAPER' } as const;
  const text = JSON.stringify(body);
  const exchange = { status, body: text, header };
  const answer = readKisAnswer(exchange, { ...context, trId: 'VTTC0012U', scrub: (each) => each });
  const judged = classifyCommandAnswer(answer, orderCash.parse, context);
  return toCommandResponse(judged, clientOrderId('intent-1'), reference, 1);
}

/** The refusal that the answer to an order carries, if a read could confirm one. */
function refusalOf(status: number, body: Readonly<Record<string, string>>): unknown {
  const response = respondTo(status, body);
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

describe('what a failure guard is told', () => {
  const refusal = (code: string): Record<string, unknown> => ({ rt_cd: '1', msg_cd: code, msg1: 'a reason' });
  const yes = { rt_cd: '0', msg_cd: 'APBK0013', msg1: 'done', output: { ODNO: '0000000001' } };
  const echo = (name: string): string | undefined => (name === 'tr_id' ? 'FHKST01010100' : jsonHeader(name));

  // execution-safety 11: the column Guard, by class.
  it.each([
    ['F2: a listed refusal, by setting', 200, refusal('APBK0919'), undefined],
    ['F3: a rate refusal', 500, refusal('EGW00201'), 'IGNORE'],
    ['F3: a token', 500, refusal('EGW00123'), 'FORGIVE_ONCE'],
    ['F4: trouble', 500, refusal('EGW00202'), 'COUNT'],
    ['F4: an unlisted word of the gateway', 500, refusal('EGW77777'), undefined],
    ['F6: a yes without a number', 200, { ...yes, output: { ODNO: '' } }, 'TRIP'],
    ['F6: a yes under a 500', 500, yes, 'TRIP'],
    ['F6: a yes with a code that means no', 200, { ...yes, msg_cd: 'APBK0919' }, 'TRIP'],
    ['F6: a no with a number', 200, { ...refusal('APBK0919'), output: yes.output }, 'TRIP'],
    ['F6: a verdict that is neither', 200, { ...refusal('APBK7777'), rt_cd: '5' }, 'TRIP'],
  ] as const)('%s', (_, status, body, guard) => {
    const response = respondTo(status, body);
    expect('guard' in response ? response.guard : undefined).toBe(guard);
  });

  it('F6: the answer to another question trips', () => {
    expect(respondTo(200, yes, echo)).toMatchObject({ outcome: 'UNKNOWN', guard: 'TRIP' });
  });

  it('a page that is no JSON counts as an unknown outcome does', () => {
    const page = respondTo(200, yes, () => 'text/html');
    expect(page).toMatchObject({ outcome: 'UNKNOWN' });
    expect(page).not.toHaveProperty('guard');
  });
});
