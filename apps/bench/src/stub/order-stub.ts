import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { argv } from 'node:process';

/** How the program is told to be the stub. */
export const orderStubFlag = '--order-stub';

export interface OrderStub {
  readonly url: string;
  close(): void;
}

/** An accepted order as KIS answers it (fixture order-cash.live.sor.accepted.json), with a number of its own. */
export function acceptedOrderText(orderNumber: number): string {
  return (
    '{"rt_cd":"0","msg_cd":"APBK0013","msg1":"주문 전송 완료 되었습니다.",' +
    `"output":{"KRX_FWDG_ORD_ORGNO":"03930","ODNO":"${String(orderNumber).padStart(10, '0')}","ORD_TMD":"094414","SOR_ODNO":""}}`
  );
}

/** 340 characters, as a real one has. */
const tokenText = JSON.stringify({
  access_token: 'bench-'.padEnd(340, 'x'),
  token_type: 'Bearer',
  expires_in: 86_400,
  access_token_token_expired: '2099-12-31 23:59:59',
});

/** An accepted order as Upbit's reference shows it, for the peer `ccxt`. */
const upbitOrderText = JSON.stringify({
  uuid: 'cdd92199-2897-4e14-9448-f923320408ad',
  side: 'bid',
  ord_type: 'limit',
  price: '70000',
  state: 'wait',
  market: 'KRW-BTC',
  created_at: '2026-11-20T10:00:00+09:00',
  volume: '1',
  remaining_volume: '1',
  reserved_fee: '35',
  remaining_fee: '35',
  paid_fee: '0',
  locked: '70035',
  executed_volume: '0',
  trades_count: 0,
});

/** Starts a process that answers every POST at once: the order path's floor is what any client needs to talk to it. */
export function startOrderStub(): Promise<OrderStub> {
  const child = fork(argv[1] ?? '', [orderStubFlag], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`The stub ended with ${String(code)} before it listened.`));
    });
    child.once('message', (port) => {
      child.removeAllListeners('exit');
      resolve({ url: `http://127.0.0.1:${Number(port)}`, close: () => void child.kill() });
    });
  });
}

/** The child's half: answers without a look at the body, and ends with its parent. */
export function runOrderStub(): void {
  let orderNumber = 0;
  const server = createServer((request, response) => {
    request.resume();
    request.once('end', () => {
      const body = answerTo(request.url ?? '', () => (orderNumber += 1));
      const trId = request.headers['tr_id'];
      response.writeHead(200, {
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(body),
        ...(typeof trId === 'string' ? { tr_id: trId } : {}),
        tr_cont: '',
      });
      response.end(body);
    });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
  process.once('disconnect', () => process.exit(0));
}

/** What the stub says to a path. */
export function answerTo(path: string, nextOrderNumber: () => number): string {
  if (path === '/oauth2/tokenP') return tokenText;
  return path.startsWith('/v1/') ? upbitOrderText : acceptedOrderText(nextOrderNumber());
}
