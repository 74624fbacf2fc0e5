import { setTimeout as delay } from 'node:timers/promises';
import {
  type HttpConnection,
  type HttpExchange,
  type HttpRequest,
  type UndiciTransportSettings,
} from '@qts/broker-kit';
import { TransportError } from '@qts/core';
import { createUndiciTransport, transportError, transportFailures } from '@qts/broker-kit';
import { afterEach, describe, expect, it } from 'vitest';
import { type RawServer, type RawServerBehaviour, answer, startRawServer } from './support/raw-server.ts';
import { until } from './support/until.ts';

const order: HttpRequest = {
  method: 'POST',
  path: '/orders?CANO=12345678',
  headers: ['content-type', 'application/json', 'appkey', 'planted-app-key'],
  body: '{"quantity":"10"}',
};

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((close) => close()));
});

async function start(
  behaviour: RawServerBehaviour,
  settings: UndiciTransportSettings = {},
): Promise<{ server: RawServer; connection: HttpConnection }> {
  const server = await startRawServer(behaviour);
  const connection = open(server.origin, settings);
  opened.push(() => server.close());
  return { server, connection };
}

function open(origin: string, settings: UndiciTransportSettings = {}): HttpConnection {
  const connection = createUndiciTransport(settings).open(origin);
  opened.push(() => connection.close());
  return connection;
}

async function failureOf(exchange: Promise<unknown>): Promise<TransportError> {
  const error: unknown = await exchange.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TransportError)) {
    throw new Error(`A TransportError was expected, not ${String(error)}`);
  }
  // What the table says of the code is what the error says.
  const listed: { readonly sent: string } = transportFailures[error.code as keyof typeof transportFailures];
  expect(error.sent).toBe(listed.sent);
  return error;
}

const short = { headersTimeoutMs: 60, answerTimeoutMs: 90, lateAnswerMsMax: 5_000 };

describe('an exchange', () => {
  it('sends the request as prepared, once, and reads status, headers and body', async () => {
    const { server, connection } = await start({
      onRequest: ({ socket }) =>
        socket.write(answer('{"가":1}', '500 Oops', 'TR_ID: A\r\nset-cookie: a\r\nset-cookie: b\r\n')),
    });
    const exchange = await connection.send(order);
    expect(exchange.status).toBe(500);
    expect(exchange.body).toBe('{"가":1}');
    expect(exchange.header('tr_id')).toBe('A');
    expect(exchange.header('set-cookie')).toBe('a, b');
    expect(exchange.header('constructor')).toBeUndefined();
    expect(server.connections[0]?.received).toBe(
      `POST /orders?CANO=12345678 HTTP/1.1\r\nhost: 127.0.0.1:${server.port}\r\nconnection: keep-alive\r\n` +
        `content-type: application/json\r\nappkey: planted-app-key\r\ncontent-length: 17\r\n\r\n{"quantity":"10"}`,
    );
  });

  it('asks once more before its first byte, and writes nothing when the answer is no', async () => {
    const { server, connection } = await start({ onRequest: ({ socket }) => socket.write(answer('{}')) });
    const asked: string[] = [];
    const ask = (refuse: boolean) => () => {
      asked.push(`after ${server.connections.length} connections`);
      return refuse ? transportError('HELD_BACK', { code: 'why' }) : undefined;
    };
    expect(await failureOf(connection.send(order, { beforeSend: ask(true) }))).toMatchObject({ code: 'HELD_BACK' });
    expect((await connection.send(order, { beforeSend: ask(false) })).status).toBe(200);
    // Warm now: it is asked again.
    expect(await failureOf(connection.send(order, { beforeSend: ask(true) }))).toMatchObject({ code: 'HELD_BACK' });
    const thrown = connection.send(order, {
      beforeSend: () => {
        throw new Error('a defect of the check');
      },
    });
    expect((await failureOf(thrown)).sent).toBe('NOT_SENT');
    expect((await connection.send(order)).status).toBe(200);
    expect(asked).toHaveLength(3);
    expect(server.requests()).toBe(2);
    expect(server.connections.map(({ received }) => received.length > 0)).toEqual(
      server.connections.map(({ received }) => received.startsWith('POST ')),
    );
  });

  it('joins a body that arrives in pieces, also in the middle of a character', async () => {
    const { connection } = await start({
      onRequest: ({ socket }) => {
        const bytes = Buffer.from(answer('{"name":"삼성전자"}'));
        socket.write(bytes.subarray(0, -6));
        setTimeout(() => socket.write(bytes.subarray(-6)), 10);
      },
    });
    expect((await connection.send(order)).body).toBe('{"name":"삼성전자"}');
  });

  it('takes an empty body and passes over an informational answer', async () => {
    const { connection } = await start({
      onRequest: ({ socket }) => socket.write(`HTTP/1.1 103 Early Hints\r\n\r\n${answer('')}`),
    });
    expect(await connection.send(order)).toMatchObject({ status: 200, body: '' });
  });

  it('hands a redirect back instead of following it', async () => {
    const { server, connection } = await start({
      onRequest: ({ socket }) => socket.write(answer('', '307 Temporary Redirect', `location: ${server.origin}/b\r\n`)),
    });
    expect((await connection.send(order)).status).toBe(307);
    expect(server.requests()).toBe(1);
  });

  it('uses the connection again while it is fresh', async () => {
    const { server, connection } = await start({ onRequest: ({ socket }) => socket.write(answer('{}')) });
    for (let count = 0; count < 5; count += 1) {
      await connection.send(order);
    }
    expect(server.requests()).toBe(5);
    expect(server.connections).toHaveLength(1);
  });

  it('does not use a connection again that was idle for too long', async () => {
    const { server, connection } = await start(
      { onRequest: ({ socket }) => socket.write(answer('{}')) },
      { idleAgeMsMax: 20 },
    );
    await connection.send(order);
    await delay(25); // An age is a duration; there is no condition to wait for.
    await connection.send(order);
    expect(server.connections).toHaveLength(2);
  });

  it.each([
    ['said that it closes', 'connection: close\r\n'],
    ['ended the idle one without a word', ''],
  ])('goes on by a new connection when the server has %s', async (_what, header) => {
    const { server, connection } = await start({
      onRequest: ({ socket }) => socket.end(answer('{}', '200 OK', header)),
    });
    await connection.send(order);
    await until(() => server.connections[0]?.socket.closed === true);
    await connection.send(order);
    expect(server.connections).toHaveLength(2);
    expect(server.requests()).toBe(2);
  });

  it('never gives a second answer on the socket to the next request', async () => {
    const { server, connection } = await start({
      onRequest: ({ socket }, index) =>
        socket.write(index === 0 ? answer('{"n":1}') + answer('{"n":1.5}') : answer('{"n":2}')),
    });
    expect((await connection.send(order)).body).toBe('{"n":1}');
    expect((await connection.send(order)).body).toBe('{"n":2}');
    expect(server.connections).toHaveLength(2);
  });
});

describe('warm', () => {
  it('connects without sending a byte, and the next request uses that connection', async () => {
    const { server, connection } = await start({ onRequest: ({ socket }) => socket.write(answer('{}')) });
    await connection.warm();
    await until(() => server.connections.length === 1);
    expect(server.connections[0]?.received).toBe('');
    await connection.warm();
    await connection.send(order);
    expect(server.connections).toHaveLength(1);
    expect(server.requests()).toBe(1);
  });

  it('does not hold up a request that comes while it connects', async () => {
    const { server, connection } = await start({ onRequest: ({ socket }) => socket.write(answer('{}')) });
    const [, exchange] = await Promise.all([connection.warm(), connection.send(order)]);
    expect(exchange.status).toBe(200);
    expect(server.connections).toHaveLength(1);
    expect(server.requests()).toBe(1);
  });

  it('says NOT_SENT when it cannot connect', async () => {
    const { server, connection } = await start({});
    await server.close();
    expect(await failureOf(connection.warm())).toMatchObject({ code: 'CONNECTION_REFUSED', sent: 'NOT_SENT' });
  });
});

describe('NOT_SENT', () => {
  it('is what a refused connection proves', async () => {
    const { server, connection } = await start({});
    await server.close();
    const error = await failureOf(connection.send(order));
    expect(error).toMatchObject({ code: 'CONNECTION_REFUSED', sent: 'NOT_SENT', facts: { native: 'ECONNREFUSED' } });
  });

  it('is what an unknown host name proves', async () => {
    // `.invalid` is reserved and never resolves (RFC 2606); without any name server it is EAI_AGAIN, which reads the same.
    const connection = open('https://no-such-broker.invalid');
    expect(await failureOf(connection.send(order))).toMatchObject({ code: 'NAME_NOT_RESOLVED', sent: 'NOT_SENT' });
  });

  it('is what a handshake that never ends proves', async () => {
    const { server } = await start({});
    const connection = open(`https://127.0.0.1:${server.port}`, { connectTimeoutMs: 50 });
    expect(await failureOf(connection.send(order))).toMatchObject({ code: 'CONNECT_TIMEOUT', sent: 'NOT_SENT' });
    expect(server.connections[0]?.received).not.toContain('planted-app-key');
  });

  it('is what an abort before or while connecting proves', async () => {
    const { server } = await start({});
    const connection = open(`https://127.0.0.1:${server.port}`);
    const aborted = await failureOf(connection.send(order, { signal: AbortSignal.abort() }));
    expect(aborted).toMatchObject({ code: 'ABORTED_BEFORE_SEND', sent: 'NOT_SENT' });

    const controller = new AbortController();
    const exchange = connection.send(order, { signal: controller.signal });
    await until(() => server.connections.length === 1);
    controller.abort();
    expect(await failureOf(exchange)).toMatchObject({ code: 'ABORTED_BEFORE_SEND', sent: 'NOT_SENT' });
  });

  it('is what a busy or closed connection proves', async () => {
    const { server, connection } = await start({});
    const first = connection.send(order);
    expect(connection.busy).toBe(true);
    expect(await failureOf(connection.send(order))).toMatchObject({ code: 'CONNECTION_BUSY' });
    await until(() => server.requests() === 1);
    await connection.close();
    expect(await failureOf(first)).toMatchObject({ code: 'ABORTED_AFTER_SEND', sent: 'MAYBE_SENT' });
    expect(await failureOf(connection.send(order))).toMatchObject({ code: 'SESSION_CLOSED' });
    expect(await failureOf(connection.warm())).toMatchObject({ code: 'SESSION_CLOSED' });
    expect(server.requests()).toBe(1);
  });

  it.each<[string, Partial<HttpRequest>]>([
    ['a line break in a header', { headers: ['appkey', 'a\r\nb: c'] }],
    ['a header without a value', { headers: ['appkey'] }],
    ['a space in the path', { path: '/a b' }],
    ['an absolute URL', { path: 'http://elsewhere.example/' }],
  ])('is what a request with %s proves', async (_what, change) => {
    const { server, connection } = await start({});
    const error = await failureOf(connection.send({ ...order, ...change }));
    expect(error).toMatchObject({ code: 'REQUEST_NOT_VALID', sent: 'NOT_SENT' });
    expect(server.requests()).toBe(0);
  });
});

describe('MAYBE_SENT', () => {
  it.each<[string, string, RawServerBehaviour]>([
    ['a reset after the request', 'CONNECTION_RESET', { onRequest: ({ socket }) => socket.resetAndDestroy() }],
    ['an end before the answer', 'CONNECTION_CLOSED_EARLY', { onRequest: ({ socket }) => socket.end() }],
    [
      'an end within the head',
      'CONNECTION_CLOSED_EARLY',
      { onRequest: ({ socket }) => socket.end('HTTP/1.1 200 OK\r\ncont') },
    ],
    [
      'an end within the body',
      'BODY_CUT',
      { onRequest: ({ socket }) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{"a":') },
    ],
    [
      'an end within a chunk',
      'BODY_CUT',
      { onRequest: ({ socket }) => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n8\r\n{"a":') },
    ],
    [
      'an end within the body of a connection that closes',
      'BODY_CUT',
      { onRequest: ({ socket }) => socket.end('HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 20\r\n\r\n{') },
    ],
    [
      'a reset within the body',
      'BODY_CUT',
      {
        onRequest: ({ socket }) =>
          socket.write('HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{"a":', () =>
            setTimeout(() => socket.resetAndDestroy(), 10),
          ),
      },
    ],
    ['an answer that is not HTTP', 'RESPONSE_NOT_HTTP', { onRequest: ({ socket }) => socket.write('SSH-2.0-x\r\n') }],
    [
      'an answer above the size limit',
      'RESPONSE_TOO_LARGE',
      { onRequest: ({ socket }) => socket.write(answer('x'.repeat(2_000))) },
    ],
    [
      'a head above the size limit',
      'RESPONSE_TOO_LARGE',
      { onRequest: ({ socket }) => socket.write(answer('{}', '200 OK', `a: ${'x'.repeat(40_000)}\r\n`)) },
    ],
    ['no answer', 'HEADERS_TIMEOUT', {}],
    [
      'an answer that does not end',
      'ANSWER_TIMEOUT',
      { onRequest: ({ socket }) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{"a":') },
    ],
  ])('is all that can be said after %s: %s', async (_what, code, behaviour) => {
    const { server, connection } = await start(behaviour, { ...short, bodyBytesMax: 1_000 });
    const error = await failureOf(connection.send(order));
    expect(error).toMatchObject({ code, sent: 'MAYBE_SENT' });
    expect(connection.busy).toBe(false);
    // Not sent a second time: neither on this connection nor on another.
    await delay(5);
    expect(server.connections).toHaveLength(1);
    expect(server.requests()).toBeLessThanOrEqual(1);
  });

  it('is said of a connection that is reset at once, unless the reset came before the first byte', async () => {
    const { server, connection } = await start({ onConnection: ({ socket }) => socket.resetAndDestroy() });
    const error = await failureOf(connection.send(order));
    expect(['CONNECT_FAILED', 'CONNECTION_RESET', 'CONNECTION_CLOSED_EARLY']).toContain(error.code);
    expect(server.connections).toHaveLength(1);
    expect(server.requests()).toBe(0);
  });

  it('is what an abort after the request leaves', async () => {
    const { server, connection } = await start({});
    const controller = new AbortController();
    const exchange = connection.send(order, { signal: controller.signal });
    await until(() => server.requests() === 1);
    controller.abort();
    expect(await failureOf(exchange)).toMatchObject({ code: 'ABORTED_AFTER_SEND', sent: 'MAYBE_SENT' });
  });

  it('leaves a connection that works: the next request goes by a new socket', async () => {
    const { server, connection } = await start({
      onRequest: ({ socket }, index) => (index === 0 ? socket.resetAndDestroy() : socket.write(answer('{}'))),
    });
    await failureOf(connection.send(order));
    expect((await connection.send(order)).status).toBe(200);
    expect(server.requests()).toBe(2);
  });

  it('says nothing of query, headers or body', async () => {
    const { connection } = await start({
      onRequest: ({ socket }) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"x'),
    });
    const error = await failureOf(connection.send(order));
    const seen = `${error.stack ?? ''} ${JSON.stringify(error.facts)} ${String(error.cause)}`;
    expect(seen).not.toMatch(/12345678|planted-app-key|quantity|\{"x/);
    expect(error.facts).toMatchObject({ method: 'POST', path: '/orders' });
  });
});

describe('a late answer', () => {
  it('is heard after the deadline, by a socket that takes no other request', async () => {
    const { server, connection } = await start(
      { onRequest: ({ socket }, index) => index > 0 && socket.write(answer('{"n":2}')) },
      short,
    );
    const heard: HttpExchange[] = [];
    const error = await failureOf(connection.send(order, { onLateAnswer: (late) => heard.push(late) }));
    expect(error.code).toBe('HEADERS_TIMEOUT');
    expect((await connection.send(order)).body).toBe('{"n":2}');
    expect(server.connections).toHaveLength(2);

    server.connections[0]?.socket.write(answer('{"ODNO":"0000117057"}'));
    await until(() => heard.length === 1);
    expect(heard[0]?.body).toBe('{"ODNO":"0000117057"}');
    await until(() => server.connections[0]?.socket.closed === true);
  });

  it('is no longer waited for at the hard deadline', async () => {
    const { server, connection } = await start({}, { ...short, lateAnswerMsMax: 100 });
    const heard: HttpExchange[] = [];
    await failureOf(connection.send(order, { onLateAnswer: (late) => heard.push(late) }));
    await until(() => server.connections[0]?.socket.closed === true);
    expect(heard).toHaveLength(0);
  });

  it('is no longer waited for when the connection is closed', async () => {
    const { server, connection } = await start({}, short);
    const heard: HttpExchange[] = [];
    await failureOf(connection.send(order, { onLateAnswer: (late) => heard.push(late) }));
    await connection.close();
    await connection.close();
    await until(() => server.connections[0]?.socket.closed === true);
    expect(heard).toHaveLength(0);
  });
});

describe('open', () => {
  it.each([
    'http://openapi.example.com',
    'ftp://127.0.0.1',
    'https://user:word@example.com',
    'https://example.com/path',
    'https://example.com/?a=1',
    'example.com',
  ])('refuses %s', (origin) => {
    expect(() => createUndiciTransport().open(origin)).toThrow(expect.objectContaining({ code: 'ORIGIN_NOT_SAFE' }));
  });

  it('refuses settings out of range', () => {
    expect(() => createUndiciTransport({ answerTimeoutMs: 0 })).toThrow(
      expect.objectContaining({
        code: 'TRANSPORT_SETTING_NOT_VALID',
        facts: { setting: 'answerTimeoutMs', found: '0' },
      }),
    );
  });
});
