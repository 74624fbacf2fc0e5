import { type ServerResponse } from 'node:http';
import { brokerOrderId, krw, type OrderResponse, shares, symbolCode, tradingDate } from '@qts/core';
import { buildOrderRequest } from '@qts/core/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { startStubbedKiwoom, type StubbedKiwoom } from '../support/start-stubbed-kiwoom.ts';
import { answerJson } from '../support/stub-server.ts';

let kiwoom: StubbedKiwoom | undefined;
afterEach(() => kiwoom?.stop());

const request = buildOrderRequest({
  symbol: symbolCode('005930'),
  side: 'BUY',
  quantity: shares(10),
  orderType: 'LIMIT',
  limitPriceKrw: krw(69_900),
  dryRun: false,
});

const sent = (apiId: string): number =>
  kiwoom?.stub.requests.filter(({ headers }) => headers['api-id'] === apiId).length ?? 0;

async function placeAgainst(
  answer: (response: ServerResponse) => void,
  environment: 'LIVE' | 'PAPER' = 'LIVE',
): Promise<OrderResponse> {
  kiwoom = await startStubbedKiwoom((_request, response) => {
    answer(response);
  }, environment);
  const response = await kiwoom.settle(kiwoom.broker.orders.placeOrder(request));
  // Whatever came back: one order request, and never a second.
  expect(sent('kt10000')).toBe(1);
  return response;
}

/** Answers made up for these tables. */
const json =
  (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  (response: ServerResponse): void => {
    answerJson(response, status, body, headers);
  };
const yes = { ord_no: '0085100', dmst_stex_tp: 'KRX', return_code: 0, return_msg: '매수주문이 완료되었습니다.' };
const no = (returnCode: number | string, message: string): unknown => ({
  return_code: returnCode,
  return_msg: message,
});
const cash = '[2000](855056:매수증거금이 부족합니다. 6주 매수가능)';

/** Answers that prove nothing: the code of the cause, and what a guard is told. */
const unknowns: readonly (readonly [
  name: string,
  cause: string,
  guard: string | undefined,
  answer: (response: ServerResponse) => void,
])[] = [
  [
    'an HTML page',
    'RESPONSE_NOT_JSON',
    undefined,
    (response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<html><body>Bad Gateway</body></html>'),
  ],
  [
    'half a JSON document',
    'RESPONSE_JSON_BROKEN',
    undefined,
    (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"ord_no":"00'),
  ],
  ['an empty body', 'RESPONSE_EMPTY', undefined, (response) => response.writeHead(200).end()],
  ['a return_code that nobody listed', 'REFUSAL_UNLISTED', 'TRIP', json(200, { ...yes, return_code: 7 })],
  ['no return_code', 'REFUSAL_UNLISTED', undefined, json(200, { ord_no: '0085100' })],
  ['a return_code that is no number', 'REFUSAL_UNLISTED', undefined, json(200, { ...yes, return_code: 'zero' })],
  ['a yes without an order number', 'UNEXPECTED_FIELD', 'TRIP', json(200, no(0, ''))],
  ['a yes whose number is only zeros', 'STRANGE_ANSWER', 'TRIP', json(200, { ...yes, ord_no: '0000000' })],
  ['a yes under HTTP 500', 'STRANGE_ANSWER', 'TRIP', json(500, yes)],
  ['a yes with a code that means no', 'STRANGE_ANSWER', 'TRIP', json(200, { ...yes, return_msg: cash })],
  [
    'a no that carries an order number',
    'STRANGE_ANSWER',
    'TRIP',
    json(200, { ...yes, return_code: 20, return_msg: cash }),
  ],
  [
    'a no that carries an order number as a number',
    'STRANGE_ANSWER',
    'TRIP',
    json(200, { ord_no: 85_100, return_code: 20, return_msg: cash }),
  ],
  ['the echo of another operation', 'WRONG_OPERATION_ECHOED', 'TRIP', json(200, yes, { 'api-id': 'kt10001' })],
  [
    'a refusal of the back end that nobody listed',
    'REFUSAL_UNLISTED',
    undefined,
    json(200, no(20, '[2000](999999:알 수 없음)')),
  ],
  ['a code of the gateway that nobody listed', 'REFUSAL_UNLISTED', undefined, json(200, no(2, '오류[1598:?]'))],
  ['two codes in one text', 'REFUSAL_UNLISTED', undefined, json(200, no(2, '오류[1511:a][1517:b]'))],
  ['a listed refusal under another class', 'ORDER_REFUSED', undefined, json(200, no(2, cash))],
  ['a listed refusal under HTTP 503', 'ORDER_REFUSED', undefined, json(503, no(20, cash))],
  ['a rate limit', 'RATE_LIMITED', 'IGNORE', json(429, no(5, '초과[1700:초과하였습니다. 유량=1, API ID=kt10000]'))],
  ['an invalid token', 'TOKEN_REFUSED', 'FORGIVE_ONCE', json(200, no(3, '인증[8005:Token이 유효하지 않습니다]'))],
  ['a code in the place of the class', 'TOKEN_REFUSED', 'FORGIVE_ONCE', json(200, no(8005, '인증에 실패했습니다'))],
  ['another IP', 'CREDENTIALS_REFUSED', 'TRIP', json(200, no(3, '인증[8010:IP]'))],
  ['a key of the other environment', 'CREDENTIALS_REFUSED', 'TRIP', json(200, no(3, '인증[8030:환경]'))],
  ['an unexpected failure of the broker', 'GATEWAY_TROUBLE', 'COUNT', json(200, no(1, '오류[1999:예기치 못한 에러]'))],
  [
    'a mock code from the live server',
    'REFUSAL_UNLISTED',
    undefined,
    json(200, no(20, '[2000](RC4058:모의투자 장종료)')),
  ],
  ['the words for nothing', 'REFUSAL_UNLISTED', undefined, json(200, no(20, '[2000](571758:미체결내역이 없습니다.)'))],
  ['a connection that is cut before the answer', 'CONNECTION_RESET', undefined, (response) => response.destroy()],
];

describe('placeOrder', () => {
  it.each(unknowns)('is UNKNOWN after %s (%s, guard %s), and nothing is sent again', async (...row) => {
    const [, cause, guard, answer] = row;
    const response = await placeAgainst(answer);
    expect(response).toMatchObject({ outcome: 'UNKNOWN', code: 'FS042', clientOrderId: request.clientOrderId });
    if (response.outcome !== 'UNKNOWN') return;
    // How a cut shows depends on what the kernel had handed over by then.
    const cuts = ['CONNECTION_RESET', 'CONNECTION_CLOSED_EARLY'];
    expect(cause === 'CONNECTION_RESET' ? cuts : [cause]).toContain(response.cause.code);
    expect(response.guard).toBe(guard);
  });

  it.each([
    ['an unlisted code of the back end', 200, 20, '[2000](999999:알 수 없음)', true],
    ['the same under HTTP 500', 500, 20, '[2000](999999:알 수 없음)', false],
    ['a listed refusal under another class', 200, 2, cash, true],
    ['a rate limit', 429, 5, '초과[1700:유량=1]', true],
    ['an invalid token', 200, 3, '인증[8005:Token]', true],
    ['an unlisted code of the gateway', 200, 2, '오류[1598:?]', false],
    ['an unexpected failure', 200, 1, '오류[1999:?]', false],
  ] as const)(
    'leaves %s (HTTP %i) to be confirmed by a read, or not: %#',
    async (_name, status, code, text, confirm) => {
      const response = await placeAgainst(json(status, no(code, text)));
      expect(response.outcome).toBe('UNKNOWN');
      expect('refusal' in response).toBe(confirm);
    },
  );

  it.each([
    ['LIVE', '855056', no(20, cash)],
    ['LIVE', '855056', no('20', cash)],
    ['LIVE', '521790', no(20, ' [2000](521790:해당 시간에는 주문할 수 없습니다)')],
    ['LIVE', '1511', no(2, '입력 값 오류입니다[1511:필수 입력 값이 없습니다. 필수입력 파라미터=stk_cd]')],
    ['LIVE', '1902', no(2, '입력 값 오류입니다[1902:종목 정보가 없습니다]')],
    ['PAPER', 'RC4058', no(20, '[2000](RC4058:모의투자 장종료)')],
  ] as const)('is REJECTED on %s by %s, a listed code under its own class: %o', async (environment, code, body) => {
    const response = await placeAgainst(json(200, body), environment);
    expect(response).toMatchObject({ outcome: 'REJECTED', code: 'FS040', native: { code } });
  });

  it.each([
    ['a number as the class', { ...yes, return_code: 0 }],
    ['digits as the class', { ...yes, return_code: '0000' }],
    ['five digits as the number, as in the guide', { ...yes, ord_no: '85100' }],
  ])('is ACCEPTED with %s', async (_name, body) => {
    expect(await placeAgainst(json(200, body))).toMatchObject({ outcome: 'ACCEPTED', brokerOrderId: '85100' });
  });

  it('is NOT_SENT when it was aborted before its first byte', async () => {
    kiwoom = await startStubbedKiwoom((_request, response) => {
      answerJson(response, 200, yes);
    });
    const options = { signal: AbortSignal.abort() };
    const response = await kiwoom.settle(kiwoom.broker.orders.placeOrder(request, options));
    expect(response.outcome).toBe('NOT_SENT');
    expect(sent('kt10000')).toBe(0);
  });

  it('is NOT_SENT with the code of whoever refuses at the last moment; a cancel is not asked', async () => {
    kiwoom = await startStubbedKiwoom((_request, response) => {
      answerJson(response, 200, yes);
    });
    const options = { refuseSend: () => 'FS040' as const };
    expect(await kiwoom.settle(kiwoom.broker.orders.placeOrder(request, options))).toMatchObject({
      outcome: 'NOT_SENT',
      code: 'FS040',
      cause: { code: 'HELD_BACK' },
    });
    expect(await kiwoom.settle(kiwoom.broker.orders.cancelOrder({ target, dryRun: false }, options))).toMatchObject({
      outcome: 'REQUESTED',
    });
    expect([sent('kt10000'), sent('kt10003')]).toEqual([0, 1]);
  });

  it('is UNKNOWN at the deadline, and what a late answer says is heard once', async () => {
    kiwoom = await startStubbedKiwoom((_request, response) => {
      setTimeout(() => {
        answerJson(response, 200, yes, { 'api-id': 'kt10000' });
      }, 1_700);
    });
    const response = await kiwoom.settle(kiwoom.broker.orders.placeOrder(request));
    expect(response).toMatchObject({ outcome: 'UNKNOWN', cause: { code: 'HEADERS_TIMEOUT' } });
    await expect.poll(() => kiwoom?.lateAnswers.length, { timeout: 5_000 }).toBe(1);
    expect(kiwoom.lateAnswers[0]).toMatchObject({ outcome: 'ACCEPTED', brokerOrderId: '85100' });
    expect(sent('kt10000')).toBe(1);
  });
});

const target = {
  brokerId: 'kiwoom',
  tradingDate: tradingDate('2026-09-14'),
  brokerOrderId: brokerOrderId('85100'),
  symbol: symbolCode('005930'),
  side: 'BUY',
  orderType: 'LIMIT',
  timeInForce: 'DAY',
  venue: 'KRX',
  session: 'REGULAR',
  native: { trde_tp: '0' },
} as const;

describe('cancelOrder', () => {
  it.each([
    ['REFUSED_BY_SESSION', 200, no(20, '[2000](521790:주문할 수 없는 시간입니다)')],
    ['REFUSED_BY_SESSION', 200, no(20, '[2000](509193:CB)')],
    ['UNKNOWN', 200, no(20, '[2000](571412:SOR주문은 SOR주문만 정정/취소가 가능합니다.)')],
    ['UNKNOWN', 429, no(5, '초과[1700:유량=1]')],
    ['UNKNOWN', 200, no(1, '오류[1999:?]')],
    ['REQUESTED', 200, yes],
  ] as const)('is %s after HTTP %i and %o', async (outcome, status, body) => {
    kiwoom = await startStubbedKiwoom((_request, response) => {
      answerJson(response, status, body);
    });
    const response = await kiwoom.settle(kiwoom.broker.orders.cancelOrder({ target, dryRun: false }));
    expect(response.outcome).toBe(outcome);
    expect(sent('kt10003')).toBe(1);
  });

  it('is UNKNOWN when there is nothing to cancel and the list cannot be read', async () => {
    kiwoom = await startStubbedKiwoom((stubRequest, response) => {
      const isCancel = stubRequest.headers['api-id'] === 'kt10003';
      answerJson(
        response,
        200,
        isCancel ? no(20, '[2000](506550:취소할 수량이 없습니다)') : no(2, '오류[1517:ord_dt]'),
      );
    });
    const response = await kiwoom.settle(kiwoom.broker.orders.cancelOrder({ target, dryRun: false }));
    expect(response).toMatchObject({ outcome: 'UNKNOWN', native: { code: '506550' } });
  });

  it('leaves although new orders wait for a confirming read, which lets them go', async () => {
    let storm = true;
    kiwoom = await startStubbedKiwoom((stubRequest, response) => {
      const apiId = String(stubRequest.headers['api-id']);
      if (apiId === 'kt00007') answerJson(response, 200, no(20, '[2000](501724:조회내역이 없습니다.)'));
      else if (apiId === 'kt10000' && storm) answerJson(response, 429, no(5, '초과[1700:유량=1]'));
      else answerJson(response, 200, yes);
    });
    const { orders } = kiwoom.broker;
    expect((await kiwoom.settle(orders.placeOrder(request))).outcome).toBe('UNKNOWN');
    storm = false;
    expect((await kiwoom.settle(orders.cancelOrder({ target, dryRun: false }))).outcome).toBe('REQUESTED');
    // A storm of purchases stops sales too: it is the lane that is shut.
    expect(await kiwoom.settle(orders.placeOrder({ ...request, side: 'SELL' }))).toMatchObject({
      outcome: 'NOT_SENT',
      cause: { code: 'RATE_LIMIT_DEADLINE' },
    });
    const list = await kiwoom.settle(orders.listOrders({ tradingDate: tradingDate('2026-09-14') }));
    expect(list).toMatchObject({ orders: [], complete: true });
    expect((await kiwoom.settle(orders.placeOrder(request))).outcome).toBe('ACCEPTED');
  });
});

describe('"no open orders"', () => {
  const tradingDay = tradingDate('2026-09-14');

  it.each([
    ['is a complete and empty list of open orders', 'OPEN', { complete: true, orders: [] }],
    // What filled at once is not open, and must not be called absent over that.
    ['proves nothing about all orders', 'ALL', { code: 'REFUSAL_UNLISTED' }],
  ] as const)('%s', async (_, state, expected) => {
    kiwoom = await startStubbedKiwoom((_request, response) => {
      answerJson(response, 200, no(20, '[2000](571758:해당 계좌의 미체결내역이 없습니다.)'));
    });
    const list = kiwoom.broker.orders.listOrders({ tradingDate: tradingDay, state });
    expect(await kiwoom.settle(list.catch((error: unknown) => error))).toMatchObject(expected);
  });
});
