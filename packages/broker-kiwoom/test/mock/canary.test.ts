import { inspect } from 'node:util';
import { krw, shares, symbolCode, tradingDate } from '@qts/core';
import { buildOrderRequest } from '@qts/core/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { configurationErrorOf } from '../support/configuration-error.ts';
import { kiwoomPaperCredentials, readKiwoomCredentials } from '../../src/index.ts';
import { fakeAccount, fakeKeys } from '../support/start-kiwoom.ts';
import { startStubbedKiwoom, type StubbedKiwoom } from '../support/start-stubbed-kiwoom.ts';
import { answerJson, stubToken, type StubHandler } from '../support/stub-server.ts';

let kiwoom: StubbedKiwoom | undefined;
afterEach(() => kiwoom?.stop());

const { accountNumber } = fakeAccount;
const marks = [accountNumber, fakeAccount.appKey, fakeAccount.appSecret, stubToken];

/** Every form in which a secret might slip out. */
function leaksIn(text: string): readonly string[] {
  return marks.filter((mark) =>
    [
      mark,
      Buffer.from(mark).toString('base64'),
      Buffer.from(mark).toString('hex'),
      encodeURIComponent(mark),
      JSON.stringify(mark).slice(1, -1),
    ].some((form) => text.includes(form)),
  );
}

function everythingOf(value: unknown): string {
  const plain = inspect(value, { depth: 12, showHidden: true, getters: true });
  const error = value instanceof Error ? `${value.stack ?? ''} ${inspect(value.cause, { depth: 12 })}` : '';
  return `${plain} ${error} ${JSON.stringify(value)}`;
}

const echoOfEverything = {
  return_code: 20,
  return_msg: `[2000](999999:계좌 ${accountNumber} Bearer ${stubToken} appkey=${fakeAccount.appKey})`,
};

/** Answers in which a broker, or what stands between, quotes what we sent. */
const handlers: readonly (readonly [string, StubHandler])[] = [
  [
    'a refusal that quotes the request',
    (_request, response) => {
      answerJson(response, 200, echoOfEverything);
    },
  ],
  [
    'a gateway refusal that quotes the request',
    (_request, response) => {
      answerJson(response, 200, { ...echoOfEverything, return_code: 3 });
    },
  ],
  [
    'a cut list that begins with the account number',
    (_request, response) =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(`{"oso":[{"acnt_no":"${accountNumber}","ord_`),
  ],
  [
    'an HTML page that quotes the headers',
    (request, response) =>
      response.writeHead(502, { 'content-type': 'text/html' }).end(`<pre>${JSON.stringify(request.headers)}</pre>`),
  ],
  [
    'a refusal that quotes key and secret among other words',
    (_request, response) => {
      const text = `key ${fakeAccount.appKey} and ${fakeAccount.appSecret} do not fit`;
      answerJson(response, 200, { return_code: 20, return_msg: `[2000](999999:${text})` });
    },
  ],
  [
    'a content type that quotes the key',
    (_request, response) => response.writeHead(200, { 'content-type': `text/${fakeAccount.appKey}` }).end('no'),
  ],
  ['a cut connection', (_request, response) => response.destroy()],
  [
    'an echo of another operation',
    (_request, response) => {
      answerJson(response, 200, { return_code: 0 }, { 'api-id': accountNumber });
    },
  ],
  [
    'a list whose fields hold secrets',
    (_request, response) => {
      answerJson(response, 200, {
        acnt_ord_cntr_prps_dtl: [{ ord_no: accountNumber, stk_cd: stubToken }],
        return_code: 0,
      });
    },
  ],
];

describe('no secret and no account number', () => {
  it.each(handlers)('reaches a response, an error or the log after %s', async (_name, handler) => {
    kiwoom = await startStubbedKiwoom(handler);
    const { orders, account, quotes } = kiwoom.broker;
    const symbol = symbolCode('005930');
    const request = buildOrderRequest({
      symbol,
      quantity: shares(1),
      orderType: 'LIMIT',
      limitPriceKrw: krw(70_000),
      dryRun: false,
    });
    const target = {
      brokerId: 'kiwoom',
      tradingDate: tradingDate('2026-09-14'),
      brokerOrderId: '7' as never,
      symbol,
      side: 'BUY',
      orderType: 'LIMIT',
      timeInForce: 'DAY',
      venue: 'KRX',
      session: 'REGULAR',
      native: {},
    } as const;
    const seen = await kiwoom.settle(
      Promise.allSettled([
        orders.placeOrder(request),
        orders.cancelOrder({ target, dryRun: false }),
        orders.listOrders({ tradingDate: tradingDate('2026-09-14') }),
        account.listPositions(),
        account.getCashBalance(),
        quotes.getQuote({ symbol }),
      ]),
    );
    expect(seen.some(({ status }) => status === 'rejected')).toBe(true);
    for (const each of seen) expect(leaksIn(everythingOf(each))).toEqual([]);
    expect(leaksIn(everythingOf(kiwoom.logger.entries))).toEqual([]);
    expect(leaksIn(everythingOf(kiwoom.broker))).toEqual([]);
  });

  it('reaches an error about credentials', () => {
    const wrong = [
      () => kiwoomPaperCredentials({ ...fakeKeys, accountNumber: `${accountNumber}-1` }),
      () => kiwoomPaperCredentials({ ...fakeKeys, appKey: `${fakeAccount.appKey} with a space` }),
      () => kiwoomPaperCredentials({ ...fakeKeys, secretKey: fakeAccount.appSecret.repeat(4) }),
      () => readKiwoomCredentials('PAPER', { KIWOOM_VTS_APP_KEY: fakeAccount.appKey }),
    ];
    for (const make of wrong) expect(leaksIn(everythingOf(configurationErrorOf(make)))).toEqual([]);
  });

  it('would be found if one did', () => {
    expect(leaksIn(`x ${Buffer.from(accountNumber).toString('base64')} x`)).toEqual([accountNumber]);
    expect(leaksIn(everythingOf(new Error('boom', { cause: new Error(stubToken) })))).toEqual([stubToken]);
  });
});
