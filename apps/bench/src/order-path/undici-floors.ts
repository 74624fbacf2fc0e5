import { Client } from 'undici';
import { type Contender } from '../measure/ratios.ts';
import { timeOneByOne } from '../measure/time-one-by-one.ts';
import { benchKeys } from './bench-broker.ts';

/** The bytes of one limit order, as `@qts/broker-kis` sends them. */
export const orderFields = {
  CANO: '87654321',
  ACNT_PRDT_CD: '01',
  PDNO: '005930',
  SLL_TYPE: '',
  ORD_DVSN: '00',
  ORD_QTY: '1',
  ORD_UNPR: '70000',
  CNDT_PRIC: '',
  EXCG_ID_DVSN_CD: 'KRX',
} as const;

const request = {
  method: 'POST',
  path: '/uapi/domestic-stock/v1/trading/order-cash',
  headers: [
    ...['content-type', 'application/json; charset=utf-8'],
    ...['authorization', `Bearer ${'bench-'.padEnd(340, 'x')}`],
    ...['appkey', benchKeys.appKey],
    ...['appsecret', benchKeys.appSecret],
    ...['tr_id', 'VTTC0012U'],
    ...['custtype', 'P'],
  ],
  body: JSON.stringify(orderFields),
} as const;

/** What an answer must say for a figure to count. */
function requireAccepted(answer: unknown): void {
  if ((answer as { readonly rt_cd?: unknown }).rt_cd !== '0') throw new Error('The stub did not accept the order.');
}

/**
 * The measure of everything else: undici's plain request with prepared headers and a prepared body, its text, and
 * `JSON.parse`. No check, no risk, no limiter, no deadline, nothing written down.
 */
export function createRequestFloor(client: Client): Contender {
  return {
    name: 'undici Client.request, bare',
    role: 'floor',
    run: (count) =>
      timeOneByOne(count, {
        prepare: () => ({ ...request, headers: [...request.headers] }),
        async run(options) {
          const { body } = await client.request(options);
          return JSON.parse(await body.text()) as unknown;
        },
        finish: requireAccepted,
      }),
  };
}

/** The same by undici's lower door, for scale: it makes no streams. */
export function createDispatchFloor(client: Client): Contender {
  return {
    name: 'undici Client.dispatch, bare',
    role: 'floor',
    run: (count) =>
      timeOneByOne(count, {
        prepare: () => ({ ...request, headers: [...request.headers] }),
        run: (options) =>
          new Promise<unknown>((resolve, reject) => {
            let text = '';
            client.dispatch(options, {
              onRequestStart: () => undefined,
              onResponseStart: () => undefined,
              onResponseData: (_controller, chunk) => {
                text += chunk.toString('utf8');
              },
              onResponseEnd: () => {
                resolve(JSON.parse(text));
              },
              onResponseError: (_controller, error) => {
                reject(error);
              },
            });
          }),
        finish: requireAccepted,
      }),
  };
}

/** One keep-alive connection. */
export function openClient(url: string): Client {
  return new Client(url, { pipelining: 1 });
}
