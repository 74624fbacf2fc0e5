import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { type AddressInfo, type Socket } from 'node:net';
import { argv } from 'node:process';
import { kiwoomTradeFrames } from '../streams/kiwoom-frames.ts';
import { tradeFrames } from '../streams/trade-frames.ts';

/** How the program is told to be the stub. */
export const frameStubFlag = '--frame-stub';

export interface FrameStub {
  /** `ws:` address; the path `/kis` or `/kiwoom` says whose frames. */
  readonly url: string;
  close(): void;
}

/** Frames that a connection gets for each message it sends. */
export const framesPerAsk = 10_000;
/** Different frames, and how many of them go out in one write. */
const distinctFrames = 1_000;
const blockFrames = 500;

/** Starts a process that sends frames of trades over WebSocket, as fast as a socket takes them. */
export function startFrameStub(): Promise<FrameStub> {
  const child = fork(argv[1] ?? '', [frameStubFlag], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`The stub ended with ${String(code)} before it listened.`));
    });
    child.once('message', (port: number) => {
      child.removeAllListeners('exit');
      resolve({ url: `ws://127.0.0.1:${port}`, close: () => void child.kill() });
    });
  });
}

/** The stub itself. Frames are made beforehand, so that it costs little more than the writing. */
export function runFrameStub(): void {
  const blocks = {
    '/kis': blocksOf(tradeFrames(distinctFrames)),
    '/kiwoom': blocksOf(kiwoomTradeFrames(distinctFrames)),
  };
  const server = createServer();
  server.on('upgrade', (request, socket: Socket) => {
    const ours = request.url === '/kiwoom' ? blocks['/kiwoom'] : blocks['/kis'];
    const key = createHash('sha1')
      .update(`${request.headers['sec-websocket-key'] ?? ''}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64');
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        `Sec-WebSocket-Accept: ${key}\r\n\r\n`,
    );
    // What the client says is not read: every message of its asks for the next frames.
    socket.on('data', () => {
      for (let sent = 0; sent < framesPerAsk; sent += blockFrames) {
        socket.write(ours[(sent / blockFrames) % ours.length] ?? '');
      }
    });
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1', () => {
    process.send?.((server.address() as AddressInfo).port);
  });
  process.on('disconnect', () => {
    process.exit();
  });
}

function blocksOf(frames: readonly string[]): readonly Buffer[] {
  return Array.from({ length: frames.length / blockFrames }, (_, block) =>
    Buffer.concat(frames.slice(block * blockFrames, (block + 1) * blockFrames).map(frameOf)),
  );
}

/** A text frame of a server: unmasked, with a length of two bytes. */
function frameOf(text: string): Buffer {
  const payload = Buffer.from(text, 'utf8');
  const head = Buffer.from([0x81, 126, 0, 0]);
  head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
}
