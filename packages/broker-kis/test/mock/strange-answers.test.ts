import { type ServerResponse } from 'node:http';
import { krw, type OrderResponse, shares, symbolCode, tradingDate } from '@qts/core';
import { buildOrderRequest } from '@qts/core/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { startStubbedKis, type StubbedKis } from '../support/start-stubbed-kis.ts';
import { answerJson } from '../support/stub-server.ts';

let kis: StubbedKis | undefined;
afterEach(() => kis?.stop());

const request = buildOrderRequest({
  symbol: symbolCode('005930'),
  side: 'BUY',
  quantity: shares(10),
  orderType: 'LIMIT',
  limitPriceKrw: krw(69_900),
  dryRun: false,
});

async function placeAgainst(
  answer: (response: ServerResponse) => void,
  environment: 'LIVE' | 'PAPER' = 'LIVE',
): Promise<OrderResponse> {
  kis = await startStubbedKis((_request, response) => {
    answer(response);
  }, environment);
  const response = await kis.settle(kis.broker.orders.placeOrder(request));
  // Whatever came back: one order request, and never a second.
  expect(kis.stub.requests.filter(({ path }) => path.endsWith('/order-cash'))).toHaveLength(1);
  return response;
}

const output = { KRX_FWDG_ORD_ORGNO: '03930', ODNO: '0000085100', ORD_TMD: '100000' };
const yes = { rt_cd: '0', msg_cd: 'APBK0013', msg1: '주문 전송 완료 되었습니다.', output };

/** Answers that prove nothing, made up for this table, and the code of the cause that each gets. */
const unknowns: readonly (readonly [name: string, cause: string, answer: (response: ServerResponse) => void])[] = [
  [
    'an HTML page',
    'RESPONSE_NOT_JSON',
    (response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<html><body>Bad Gateway</body></html>'),
  ],
  [
    'half a JSON document',
    'RESPONSE_JSON_BROKEN',
    (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"rt_cd":"0","output":{"OD'),
  ],
  [
    'a yes under a wrong content type',
    'RESPONSE_NOT_JSON',
    (response) => response.writeHead(200, { 'content-type': 'text/plain' }).end(JSON.stringify(yes)),
  ],
  ['an empty body', 'RESPONSE_EMPTY', (response) => response.writeHead(200).end()],
  [
    'an rt_cd that nobody listed',
    'REFUSAL_UNLISTED',
    (response) => {
      answerJson(response, 200, { ...yes, rt_cd: '5' });
    },
  ],
  [
    'no rt_cd',
    'REFUSAL_UNLISTED',
    (response) => {
      answerJson(response, 200, { output });
    },
  ],
  [
    'a yes without an order number',
    'UNEXPECTED_FIELD',
    (response) => {
      answerJson(response, 200, { ...yes, output: { ORD_TMD: '100000' } });
    },
  ],
  [
    'a yes whose number is only zeros',
    'STRANGE_ANSWER',
    (response) => {
      answerJson(response, 200, { ...yes, output: { ...output, ODNO: '0000000000' } });
    },
  ],
  [
    'a yes under HTTP 500',
    'STRANGE_ANSWER',
    (response) => {
      answerJson(response, 500, yes);
    },
  ],
  [
    'a yes with a code that means no',
    'STRANGE_ANSWER',
    (response) => {
      answerJson(response, 200, { ...yes, msg_cd: 'EGW00123' });
    },
  ],
  [
    'a no that carries an order number',
    'STRANGE_ANSWER',
    (response) => {
      answerJson(response, 200, { ...yes, rt_cd: '1', msg_cd: 'APBK0988' });
    },
  ],
  [
    'a no that carries an order number as a number',
    'STRANGE_ANSWER',
    (response) => {
      answerJson(response, 200, { rt_cd: '1', msg_cd: 'APBK0988', msg1: '', output: { ODNO: 117057 } });
    },
  ],
  [
    'a no that carries an order number in a list',
    'STRANGE_ANSWER',
    (response) => {
      answerJson(response, 200, { rt_cd: '1', msg_cd: 'APBK0988', msg1: '', output: [output] });
    },
  ],
  [
    'the echo of another operation',
    'WRONG_OPERATION_ECHOED',
    (response) => {
      answerJson(response, 200, yes, { tr_id: 'TTTC0011U' });
    },
  ],
  [
    'a refusal with a code that nobody listed',
    'REFUSAL_UNLISTED',
    (response) => {
      answerJson(response, 200, { rt_cd: '1', msg_cd: 'APBK9999', msg1: '알 수 없음' });
    },
  ],
  [
    'an unlisted gateway code',
    'REFUSAL_UNLISTED',
    (response) => {
      answerJson(response, 500, { rt_cd: '1', msg_cd: 'EGW09999', msg1: '?' });
    },
  ],
  [
    'a rate limit',
    'RATE_LIMITED',
    (response) => {
      answerJson(response, 500, { rt_cd: '1', msg_cd: 'EGW00201', msg1: '초당 거래건수를 초과하였습니다.' });
    },
  ],
  [
    'an expired token',
    'TOKEN_REFUSED',
    (response) => {
      answerJson(response, 500, { rt_cd: '1', msg_cd: 'EGW00123', msg1: '기간이 만료된 token 입니다.' });
    },
  ],
  [
    'a transaction timeout behind the gateway',
    'GATEWAY_TROUBLE',
    (response) => {
      answerJson(response, 500, { rt_cd: '1', msg_cd: 'EGW00302', msg1: 'timeout' });
    },
  ],
  [
    'a paper code from the live server',
    'REFUSAL_UNLISTED',
    (response) => {
      answerJson(response, 200, { rt_cd: '1', msg_cd: '40580000', msg1: '모의투자 장종료 입니다.' });
    },
  ],
  ['a connection that is cut before the answer', 'CONNECTION_RESET', (response) => response.destroy()],
  [
    'a connection that is cut within the answer',
    'BODY_CUT',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
      response.write('{"rt_cd":"0"', () => response.destroy());
    },
  ],
];

describe('placeOrder', () => {
  it.each(unknowns)('is UNKNOWN after %s (%s), and nothing is sent again', async (_name, cause, answer) => {
    const response = await placeAgainst(answer);
    expect(response).toMatchObject({ outcome: 'UNKNOWN', code: 'FS042', clientOrderId: request.clientOrderId });
    const found = response.outcome === 'UNKNOWN' ? response.cause.code : '';
    // How a cut shows depends on what the kernel had handed over by then.
    if (cause === 'CONNECTION_RESET') expect(['CONNECTION_RESET', 'CONNECTION_CLOSED_EARLY']).toContain(found);
    else if (cause === 'BODY_CUT') expect(['BODY_CUT', 'CONNECTION_RESET']).toContain(found);
    else expect(found).toBe(cause);
  });

  it('is REJECTED by a listed code of the ledger', async () => {
    const response = await placeAgainst((stub) => {
      answerJson(stub, 200, { rt_cd: '1', msg_cd: 'APBK0918', msg1: '장운영시간이 아닙니다.(주문불가)      ' });
    });
    expect(response).toMatchObject({
      outcome: 'REJECTED',
      code: 'FS040',
      native: { code: 'APBK0918', message: '장운영시간이 아닙니다.(주문불가)' },
    });
  });

  it('is REJECTED by a code of the paper engine on paper', async () => {
    const response = await placeAgainst((stub) => {
      answerJson(stub, 200, { rt_cd: '1', msg_cd: '40580000', msg1: '모의투자 장종료 입니다.' });
    }, 'PAPER');
    expect(response).toMatchObject({ outcome: 'REJECTED', native: { code: '40580000' } });
  });

  it('is ACCEPTED by a number alone: a missing branch is read from the list later', async () => {
    const response = await placeAgainst((stub) => {
      answerJson(stub, 200, { ...yes, output: { ODNO: '0000085100' } });
    });
    expect(response).toMatchObject({ outcome: 'ACCEPTED', brokerOrderId: '85100' });
  });

  it('is NOT_SENT when nobody listens at the address', async () => {
    kis = await startStubbedKis((_request, response) => response.destroy());
    await kis.settle(kis.broker.rest.warm());
    await kis.stub.close();
    const response = await kis.settle(kis.broker.orders.placeOrder(request));
    // The warm socket may still look open: then nobody knows. Proof is needed to say that nothing was sent.
    expect(['NOT_SENT', 'UNKNOWN']).toContain(response.outcome);
    const again = await kis.settle(kis.broker.orders.placeOrder(request));
    expect(again).toMatchObject({ outcome: 'NOT_SENT', code: 'FS040', cause: { code: 'CONNECTION_REFUSED' } });
  });

  it('is NOT_SENT when it was aborted before its first byte', async () => {
    kis = await startStubbedKis((_request, response) => {
      answerJson(response, 200, yes);
    });
    const response = await kis.settle(kis.broker.orders.placeOrder(request, { signal: AbortSignal.abort() }));
    expect(response.outcome).toBe('NOT_SENT');
    expect(kis.stub.requests.filter(({ path }) => path.endsWith('/order-cash'))).toHaveLength(0);
  });

  it('is NOT_SENT when it was aborted while it waited for its token, and says so', async () => {
    kis = await startStubbedKis((_request, response) => {
      answerJson(response, 200, yes);
    });
    const abort = new AbortController();
    const pending = kis.broker.orders.placeOrder(request, { signal: abort.signal });
    abort.abort();
    expect(await kis.settle(pending)).toMatchObject({ outcome: 'NOT_SENT', cause: { code: 'ABORTED_BEFORE_SEND' } });
  });

  it('is UNKNOWN at the deadline, and what a late answer says is heard once', async () => {
    kis = await startStubbedKis((_request, response) => {
      setTimeout(() => {
        answerJson(response, 200, yes, { tr_id: 'TTTC0012U' });
      }, 1_700);
    });
    const response = await kis.settle(kis.broker.orders.placeOrder(request));
    expect(response).toMatchObject({ outcome: 'UNKNOWN', cause: { code: 'HEADERS_TIMEOUT' } });
    await expect.poll(() => kis?.lateAnswers.length, { timeout: 5_000 }).toBe(1);
    expect(kis.lateAnswers[0]).toMatchObject({
      outcome: 'ACCEPTED',
      clientOrderId: request.clientOrderId,
      brokerOrderId: '85100',
    });
    expect(kis.stub.requests.filter(({ path }) => path.endsWith('/order-cash'))).toHaveLength(1);
  });
});

describe('cancelOrder', () => {
  const target = {
    brokerId: 'kis',
    tradingDate: tradingDate('2026-09-14'),
    brokerOrderId: '85100' as never,
    symbol: symbolCode('005930'),
    side: 'BUY',
    orderType: 'LIMIT',
    timeInForce: 'DAY',
    venue: 'KRX',
    session: 'REGULAR',
    native: { KRX_FWDG_ORD_ORGNO: '03930', ORD_DVSN: '00' },
  } as const;

  it.each([
    ['REFUSED_BY_SESSION', 200, { rt_cd: '1', msg_cd: 'APBK0918', msg1: '장운영시간이 아닙니다.(주문불가)' }],
    ['UNKNOWN', 200, { rt_cd: '7', msg_cd: 'APBK0963', msg1: '주문구분코드 오류 입니다.' }],
    ['UNKNOWN', 500, { rt_cd: '1', msg_cd: 'EGW00201', msg1: '초당 거래건수를 초과하였습니다.' }],
    ['UNKNOWN', 500, { rt_cd: '1', msg_cd: 'EGW00202', msg1: 'routing' }],
    ['REQUESTED', 200, yes],
  ] as const)('is %s after HTTP %i and %o', async (outcome, status, body) => {
    kis = await startStubbedKis((_request, response) => {
      answerJson(response, status, body);
    });
    const response = await kis.settle(kis.broker.orders.cancelOrder({ target, dryRun: false }));
    expect(response.outcome).toBe(outcome);
    expect(kis.stub.requests.filter(({ path }) => path.endsWith('/order-rvsecncl'))).toHaveLength(1);
  });

  it('is UNKNOWN when there is nothing to cancel and the list cannot be read', async () => {
    kis = await startStubbedKis((stubRequest, response) => {
      if (stubRequest.method === 'POST') answerJson(response, 200, { rt_cd: '7', msg_cd: 'APBK0927', msg1: '없음' });
      else answerJson(response, 200, { rt_cd: '2', msg_cd: 'OPSQ2001', msg1: 'ERROR' });
    });
    const response = await kis.settle(kis.broker.orders.cancelOrder({ target, dryRun: false }));
    expect(response).toMatchObject({ outcome: 'UNKNOWN', native: { code: 'APBK0927' } });
  });

  it('gets its token and leaves although every socket for reads hangs', async () => {
    const hanging: (() => void)[] = [];
    kis = await startStubbedKis((stubRequest, response) => {
      const reply = (): void => {
        answerJson(response, 200, yes);
      };
      if (stubRequest.method === 'GET') hanging.push(reply);
      else if (stubRequest.path.endsWith('/order-cash')) answerJson(response, 500, { rt_cd: '1', msg_cd: 'EGW00123' });
      else reply();
    });
    const { broker, clock, stub } = kis;
    expect((await broker.orders.placeOrder(request)).outcome).toBe('UNKNOWN'); // Its token was refused.
    await clock.advance(61_000);
    await broker.rest.warm();
    let ended = 0;
    const reads = [1, 2].map(async () => {
      await broker.quotes.getQuote({ symbol: symbolCode('005930') }).catch(() => undefined);
      ended += 1;
    });
    while (hanging.length < 2) await clock.advance(100);
    expect((await broker.orders.placeOrder(request)).outcome).toBe('UNKNOWN'); // This one too.
    await clock.advance(61_000);
    expect((await broker.orders.cancelOrder({ target, dryRun: false })).outcome).toBe('REQUESTED');
    expect(ended).toBe(0); // Neither had to end first.
    expect(stub.requests.filter(({ path }) => path === '/oauth2/tokenP')).toHaveLength(3);
    await kis.stop();
    await Promise.all(reads);
  });

  it('leaves although new orders wait for a confirming read', async () => {
    kis = await startStubbedKis((stubRequest, response) => {
      const refused = stubRequest.path.endsWith('/order-cash');
      answerJson(response, refused ? 500 : 200, refused ? { rt_cd: '1', msg_cd: 'EGW00201', msg1: '' } : yes);
    });
    const { orders } = kis.broker;
    expect((await kis.settle(orders.placeOrder(request))).outcome).toBe('UNKNOWN');
    expect((await kis.settle(orders.cancelOrder({ target, dryRun: false }))).outcome).toBe('REQUESTED');
    expect(await kis.settle(orders.placeOrder(request))).toMatchObject({
      outcome: 'NOT_SENT',
      cause: { code: 'RATE_LIMIT_DEADLINE' },
    });
  });
});
