import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { createWsTransport, type WebSocketConnection } from '@qts/broker-kit';
import { type Contender, measureRatios } from '../measure/ratios.ts';
import { type Figure, figuresOf } from '../report/figure.ts';
import { framesPerAsk, startFrameStub } from '../stub/frame-stub.ts';
import { readKiwoomTrade } from './kiwoom-benchmark.ts';
import { readKisTrade } from './kis-trade.ts';

/** What is used of `ws`: the bench has it through broker-kit. */
interface BareWebSocket {
  on(event: 'open' | 'message' | 'error', listener: (data: unknown) => void): void;
  send(text: string): void;
  terminate(): void;
}
type BareWebSocketConstructor = new (url: string, options: object) => BareWebSocket;

const unchecked = 'bare ws, UTF-8 not checked';

/** Waits for the frames of one ask, over and over. */
interface FrameCounter {
  heard(): void;
  /** Calls `ask`, and resolves when its frames are all there. */
  all(ask: () => void): Promise<void>;
}

function createFrameCounter(): FrameCounter {
  let left = 0;
  let done: (() => void) | undefined;
  return {
    heard() {
      left -= 1;
      if (left === 0) done?.();
    },
    all(ask) {
      left = framesPerAsk;
      return new Promise((resolve) => {
        done = resolve;
        ask();
      });
    },
  };
}

/** One way of receiving frames: answers the function that asks for the next ones. */
interface Opened {
  readonly ask: () => void;
  readonly close: () => void;
}

function openBare(url: string, options: object, heard: () => void): Promise<Opened> {
  const kit = fileURLToPath(import.meta.resolve('@qts/broker-kit'));
  const { WebSocket } = createRequire(kit)('ws') as { readonly WebSocket: BareWebSocketConstructor };
  const socket = new WebSocket(url, { perMessageDeflate: false, ...options });
  socket.on('message', heard);
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('open', () => {
      resolve({
        ask: () => {
          socket.send('more');
        },
        close: () => {
          socket.terminate();
        },
      });
    });
  });
}

/** Our transport, and a checked event of every frame. */
function openOurs(
  url: string,
  read: (message: Uint8Array) => { readonly priceKrw: number },
  heard: () => void,
): Promise<Opened> {
  return new Promise((resolve, reject) => {
    const connection: WebSocketConnection = createWsTransport().open(url, {
      onOpen() {
        resolve({
          ask: () => {
            connection.send('more');
          },
          close: () => {
            connection.terminate();
          },
        });
      },
      onMessage(message) {
        if (!(read(message).priceKrw > 0)) reject(new Error('A frame was not read.'));
        heard();
      },
      onPing: () => undefined,
      onClose: () => {
        reject(new Error('The stub ended the connection.'));
      },
    });
  });
}

/**
 * Frames over a loopback socket to checked events, beside bare `ws` that only counts them: as it comes, with its check of
 * UTF-8, which is the measure; and without it, as our transport asks for it, since the decoders check what they read.
 */
export async function runWireBenchmark(quick: boolean, tell: (line: string) => void): Promise<readonly Figure[]> {
  const stub = await startFrameStub();
  try {
    return [
      ...(await runWire('KIS', `${stub.url}/kis`, readKisTrade, quick, tell)),
      ...(await runWire('Kiwoom', `${stub.url}/kiwoom`, readKiwoomTrade, quick, tell)),
    ];
  } finally {
    stub.close();
  }
}

async function runWire(
  broker: string,
  url: string,
  read: (message: Uint8Array) => { readonly priceKrw: number },
  quick: boolean,
  tell: (line: string) => void,
): Promise<readonly Figure[]> {
  const ours = `QTS, ${broker}: wire to checked trade event`;
  const opened: Opened[] = [];
  async function contender(
    name: string,
    role: Contender['role'],
    open: (heard: () => void) => Promise<Opened>,
  ): Promise<Contender> {
    const counter = createFrameCounter();
    const connection = await open(() => {
      counter.heard();
    });
    opened.push(connection);
    return {
      name,
      role,
      async run(count) {
        const times: number[] = [];
        for (let asked = 0; asked < count; asked += 1) {
          const began = performance.now();
          await counter.all(connection.ask);
          times.push(((performance.now() - began) * 1_000) / framesPerAsk);
        }
        return times;
      },
    };
  }
  const rounds = quick ? 3 : 15;
  const measured = await measureRatios(
    [
      await contender('bare ws', 'floor', (heard) => openBare(url, {}, heard)),
      await contender(unchecked, 'floor', (heard) => openBare(url, { skipUTF8Validation: true }, heard)),
      await contender(ours, 'ours', (heard) => openOurs(url, read, heard)),
    ],
    {
      ...{ rounds, countPerRound: quick ? 3 : 10, warmUpCount: quick ? 5 : 20 },
      onRound: (round) => {
        tell(`streams, ${broker} wire: round ${round} of ${rounds}`);
      },
    },
  );
  for (const { close } of opened) close();
  // 0.65 and 0.8 of the rate, as times.
  return figuresOf('streams', `${broker} trade frames over a socket`, measured, {
    [ours]: { must: 1 / 0.65, goal: 1 / 0.8 },
  });
}
