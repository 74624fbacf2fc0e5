import { type OrderResponse, clientOrderId } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { readKiwoomAnswer } from './kiwoom-answer.ts';
import { classifyCommandAnswer } from './kiwoom-command-outcome.ts';
import { toCommandResponse } from './kiwoom-order-response.ts';
import { kt10000 } from './rest/kt10000.ts';

const reference = {
  ...{ brokerId: 'kiwoom', tradingDate: '2026-09-14', symbol: '005930', side: 'BUY', orderType: 'LIMIT' },
  ...{ timeInForce: 'DAY', venue: 'KRX', session: 'REGULAR', native: {} },
} as unknown as Parameters<typeof toCommandResponse>[2];

const jsonHeader = (name: string): string | undefined => (name === 'content-type' ? 'application/json' : undefined);

/** What the adapter makes of an answer. */
function respondTo(
  status: number,
  body: Readonly<Record<string, unknown>>,
  header: typeof jsonHeader = jsonHeader,
): OrderResponse {
  const context = { operation: kt10000.name, environment: 'LIVE' } as const;
  const text = JSON.stringify(body);
  const exchange = { status, body: text, header };
  const answer = readKiwoomAnswer(exchange, { ...context, apiId: 'kt10000', scrub: (each) => each });
  const judged = classifyCommandAnswer(answer, kt10000.parse, context);
  return toCommandResponse(judged, clientOrderId('intent-1'), reference, 1);
}

/** The refusal that the answer to an order carries, if a read could confirm one. */
function refusalOf(status: number, body: Readonly<Record<string, unknown>>): unknown {
  const response = respondTo(status, body);
  expect(response.outcome).toBe('UNKNOWN');
  return response.outcome === 'UNKNOWN' ? response.refusal : undefined;
}

describe('a refusal that proves nothing by itself', () => {
  // execution-safety 11: F3 and F2u are confirmed by a read; F4 and F6 are not refusals at all.
  it.each([
    ['of the gateway, listed (F3)', 429, 5, '1700', '빠름[1700:초과]', true],
    ['of the back end, unlisted (F2u)', 200, 20, '777777', '[2000](777777:이유)', true],
    ['listed, under another class', 200, 2, '855056', '[2000](855056:부족)', true],
    ['of the gateway, unlisted (F4)', 200, 2, '7777', '오류[7777:이유]', false],
    ['unlisted, under a 5xx (F4)', 500, 20, '777777', '[2000](777777:이유)', false],
    ['that names no code (F4)', 200, 20, '', '이유', false],
    ['that is trouble (F4)', 200, 1, '1999', '오류[1999:이유]', false],
  ])('%s: HTTP %i, %i %s is carried on for a read to confirm', (_, status, returnCode, code, text, confirmable) => {
    const refusal = refusalOf(status, { return_code: returnCode, return_msg: text });
    expect(refusal).toEqual(confirmable ? { code, message: text } : undefined);
  });

  it('is none when the answer is no refusal either', () => {
    expect(refusalOf(200, { return_code: 7, return_msg: '[2000](777777:이유)' })).toBeUndefined();
  });
});

describe('what a failure guard is told', () => {
  const refusal = (returnCode: number, text: string): Record<string, unknown> => ({
    return_code: returnCode,
    return_msg: text,
  });
  const cash = refusal(20, '[2000](855056:부족)');
  const yes = { ord_no: '0000001', return_code: 0, return_msg: '완료' };
  const echo = (name: string): string | undefined => (name === 'api-id' ? 'ka10001' : jsonHeader(name));

  // execution-safety 11: the column Guard, by class.
  it.each([
    ['F2: a listed refusal, by setting', 200, cash, undefined],
    ['F2: bad input that was ours to catch', 200, refusal(2, '오류[1511:stk_cd]'), 'COUNT'],
    ['F3: a rate refusal', 429, refusal(5, '초과[1700:유량=1]'), 'IGNORE'],
    ['F3: a token', 200, refusal(3, '인증[8005:Token]'), 'FORGIVE_ONCE'],
    ['F3: a key of the other environment', 200, refusal(3, '인증[8030:환경]'), 'TRIP'],
    ['F4: trouble', 200, refusal(1, '오류[1999:이유]'), 'COUNT'],
    ['F4: an unlisted word of the gateway', 200, refusal(2, '오류[7777:이유]'), undefined],
    ['F6: a yes without a number', 200, { ...yes, ord_no: '' }, 'TRIP'],
    ['F6: a yes under a 500', 500, yes, 'TRIP'],
    ['F6: a yes with a code that means no', 200, { ...yes, return_msg: '[2000](855056:부족)' }, 'TRIP'],
    ['F6: a no with a number', 200, { ...cash, ord_no: '0000001' }, 'TRIP'],
    ['F6: a verdict that is neither', 200, refusal(7, '[2000](777777:이유)'), 'TRIP'],
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
