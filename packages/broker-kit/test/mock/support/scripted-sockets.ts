import { lossyText, type StreamProtocol, type WebSocketHandlers, type WebSocketTransport } from '../../../src/index.ts';

/** One socket as the other side sees it. */
export interface ScriptedSocket {
  readonly url: string;
  readonly sent: readonly string[];
  readonly ended: 'NO' | 'CLOSED' | 'TERMINATED';
  open(): void;
  say(text: string): void;
  ping(): void;
  drop(code?: number): void;
}

export interface ScriptedSockets {
  readonly transport: WebSocketTransport;
  readonly all: readonly ScriptedSocket[];
  /** The newest one. */
  readonly last: () => ScriptedSocket;
}

const encoder = new TextEncoder();

/** A transport in memory: the test plays the server. A clean close is answered at once. */
export function createScriptedSockets(onSend?: (socket: ScriptedSocket, text: string) => void): ScriptedSockets {
  const all: ScriptedSocket[] = [];
  const transport: WebSocketTransport = {
    open(url: string, handlers: WebSocketHandlers) {
      const sent: string[] = [];
      let ended: ScriptedSocket['ended'] = 'NO';
      const socket: ScriptedSocket = {
        url,
        sent,
        get ended() {
          return ended;
        },
        open: () => {
          handlers.onOpen();
        },
        say: (text) => {
          handlers.onMessage(encoder.encode(text));
        },
        ping: () => {
          handlers.onPing();
        },
        drop: (code = 1006) => {
          handlers.onClose(code, '');
        },
      };
      all.push(socket);
      return {
        send(text) {
          sent.push(text);
          onSend?.(socket, text);
        },
        close() {
          ended = 'CLOSED';
          handlers.onClose(1000, '');
        },
        terminate() {
          if (ended === 'NO') ended = 'TERMINATED';
        },
      };
    },
  };
  return {
    transport,
    all,
    last: () => {
      const socket = all.at(-1);
      if (socket === undefined) throw new Error('no socket was opened');
      return socket;
    },
  };
}

/** A protocol of plain words: `+key` registers, `-key` removes; `ok key`, `no key code`, `busy`, `PING` come back. */
export const wordProtocol: StreamProtocol = {
  brokerId: 'words',
  registrationMax: 3,
  registrationGapMs: 10,
  pingPeriodMs: 10_000,
  prepare: () => Promise.resolve('ws://127.0.0.1:1'),
  registerText: (key) => `+${key}`,
  removeText: (key) => `-${key}`,
  receive(message, _atMs, port) {
    const text = lossyText(message);
    const [word, key, retry = 'NEVER'] = text.split(' ');
    if (word === 'PING') port.echo(text);
    else if (word === 'welcome') port.loggedIn();
    else if (word === 'ok') port.registered(key);
    else if (word === 'no')
      port.refused({ reason: 'NO', retry: retry as 'NEVER' | 'LATER' | 'NEW_CREDENTIALS', next: '' }, key);
    else if (word === 'busy') port.sessionRefused({ reason: 'KEY_IN_USE_ELSEWHERE', retry: 'LATER', next: 'End it.' });
  },
};
