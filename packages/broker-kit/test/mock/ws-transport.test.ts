import { type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { createWsTransport, lossyText, type WebSocketConnection } from '../../src/index.ts';
import { until } from './support/until.ts';

let server: WebSocketServer;
let accepted: WebSocket[];
let heard: string[];
let connections: WebSocketConnection[];
beforeEach(async () => {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  accepted = [];
  heard = [];
  connections = [];
  server.on('connection', (socket) => {
    accepted.push(socket);
    socket.on('message', (data: Buffer) => heard.push(`server ${data.toString('utf8')}`));
    socket.on('close', (code) => heard.push(`server closed ${code}`));
  });
  await until(() => server.address() !== null);
});
afterEach(() => {
  for (const connection of connections) connection.terminate();
  server.close();
});

function open(messageBytesMax = 1_000): WebSocketConnection {
  const { port } = server.address() as AddressInfo;
  // What is told after the case, of its own sockets' end, is nobody's.
  const own = heard;
  const connection = createWsTransport({ messageBytesMax }).open(`ws://127.0.0.1:${port}/tryitout`, {
    onOpen: () => own.push('open'),
    onMessage: (message) => own.push(`message ${lossyText(message)}`),
    onPing: () => own.push('ping'),
    onClose: (code) => own.push(`closed ${code}`),
  });
  connections.push(connection);
  return connection;
}

describe('the WebSocket transport', () => {
  it('carries texts both ways, and tells pings', async () => {
    const connection = open();
    await until(() => heard.includes('open') && accepted.length === 1);
    connection.send('체결');
    accepted[0]?.send('PING');
    accepted[0]?.ping();
    await until(() => heard.length === 4);
    expect(heard.toSorted()).toEqual(['message PING', 'open', 'ping', 'server 체결']);
  });

  it('hands on a text that is no UTF-8, and goes on', async () => {
    open();
    await until(() => heard.includes('open') && accepted.length === 1);
    // 전자 in EUC-KR, sent as text.
    accepted[0]?.send(Buffer.from([0xc0, 0xfc, 0xc0, 0xda]), { binary: false });
    accepted[0]?.send('behind');
    await until(() => heard.includes('message behind'));
    expect(heard).toEqual(expect.arrayContaining(['message \uFFFD\uFFFD\uFFFD\uFFFD', 'message behind']));
    expect(heard.some((each) => each.startsWith('closed'))).toBe(false);
  });

  it('hands its bytes over: a message that is kept stays as it was while others come', async () => {
    const kept: Uint8Array[] = [];
    const { port } = server.address() as AddressInfo;
    const connection = createWsTransport().open(`ws://127.0.0.1:${port}/tryitout`, {
      ...{ onOpen: () => undefined, onPing: () => undefined, onClose: () => undefined },
      onMessage: (message) => kept.push(message),
    });
    connections.push(connection);
    await until(() => accepted.length === 1);
    const sent = Array.from({ length: 2_000 }, (_, index) => String(index).padStart(268, '.'));
    for (const text of sent) accepted[0]?.send(text);
    await until(() => kept.length === sent.length);
    expect(kept.map(lossyText)).toEqual(sent);
  });

  it('closes cleanly, and is told once', async () => {
    const connection = open();
    await until(() => heard.includes('open'));
    connection.close();
    await until(() => heard.includes('closed 1000') && heard.includes('server closed 1000'));
    connection.terminate();
    connection.send('too late');
    expect(heard.filter((each) => each.startsWith('closed'))).toHaveLength(1);
  });

  it('says 1006 for a cut, and for a server that is not there', async () => {
    open();
    await until(() => accepted.length === 1 && heard.includes('open'));
    accepted[0]?.terminate();
    await until(() => heard.includes('closed 1006'));
    heard.length = 0;
    await new Promise((resolve) => {
      server.close(resolve);
    });
    createWsTransport().open('ws://127.0.0.1:9', {
      ...{ onOpen: () => undefined, onMessage: () => undefined, onPing: () => undefined },
      onClose: (code) => heard.push(`closed ${code}`),
    });
    await until(() => heard.includes('closed 1006'));
  });

  it('ends on a message that is too long, and hands a binary one on as nothing readable', async () => {
    open();
    await until(() => accepted.length === 1 && heard.includes('open'));
    accepted[0]?.send(Buffer.from([1, 2, 3]), { binary: true });
    accepted[0]?.send('x'.repeat(1_001));
    await until(() => heard.some((each) => each.startsWith('closed')));
    expect(heard.filter((each) => !each.startsWith('server'))).toEqual(['open', 'message ', 'closed 1006']);
  });

  it.each(['http://127.0.0.1', 'ws://example.com', 'wss://user@example.com', 'nonsense'])(
    'opens nothing at %s',
    (url) => {
      const nothing = (): void => undefined;
      const handlers = { onOpen: nothing, onMessage: nothing, onPing: nothing, onClose: nothing };
      expect(() => createWsTransport().open(url, handlers)).toThrow(/not one that keys may be sent to/);
    },
  );
});
