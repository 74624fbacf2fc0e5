import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { argv } from 'node:process';

/** An accepted order as KIS answers it (fixture order-cash.live.sor.accepted.json), 150 bytes or so. */
const acceptedOrder = JSON.stringify({
  rt_cd: '0',
  msg_cd: 'APBK0013',
  msg1: '주문 전송 완료 되었습니다.',
  output: { KRX_FWDG_ORD_ORGNO: '03930', ODNO: '0000085100', ORD_TMD: '094414', SOR_ODNO: '' },
});

const token = JSON.stringify({
  access_token: 'bench-'.padEnd(340, 'x'),
  token_type: 'Bearer',
  expires_in: 86_400,
  access_token_token_expired: '2099-12-31 23:59:59',
});

/** How the program is told to be the stub. */
export const orderStubFlag = '--order-stub';

export interface OrderStub {
  readonly url: string;
  close(): void;
}

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

/** The child's half. */
export function runOrderStub(): void {
  const server = createServer((request, response) => {
    request.resume();
    request.once('end', () => {
      const body = request.url === '/oauth2/tokenP' ? token : acceptedOrder;
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
