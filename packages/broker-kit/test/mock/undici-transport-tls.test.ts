import { type AddressInfo } from 'node:net';
import { type TlsOptions, type TLSSocket, createServer } from 'node:tls';
import { type UndiciTransportSettings, createUndiciTransport } from '@qts/broker-kit';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { answer, startRawServer } from './support/raw-server.ts';
import { makeSelfSigned } from './support/self-signed.ts';

const certificate = makeSelfSigned();
const request = { method: 'GET', path: '/', headers: ['appkey', 'planted-app-key'] } as const;

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(opened.splice(0).map((close) => close()));
});

async function startTls(
  options: TlsOptions = {},
): Promise<{ origin: string; received: string[]; protocols: unknown[] }> {
  const received: string[] = [];
  const protocols: unknown[] = [];
  const sockets: TLSSocket[] = [];
  const server = createServer({ ...certificate, ALPNProtocols: ['h2', 'http/1.1'], ...options }, (socket) => {
    sockets.push(socket);
    protocols.push(socket.alpnProtocol);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      received.push(chunk.toString());
      socket.write(answer('{}'));
    });
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push(
    () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) {
          socket.destroy();
        }
      }),
  );
  return { origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, received, protocols };
}

function send(origin: string, settings: UndiciTransportSettings = {}): Promise<unknown> {
  const connection = createUndiciTransport(settings).open(origin);
  opened.push(() => connection.close());
  return connection.send(request);
}

const trusting = { certificateAuthorities: [certificate.cert] };
const refusal: unknown = expect.objectContaining({ code: 'TLS_FAILED', sent: 'NOT_SENT' });

describe('TLS', () => {
  it('carries a request when the certificate is trusted, over HTTP/1.1 whatever else is offered', async () => {
    const { origin, protocols } = await startTls();
    await expect(send(origin, trusting)).resolves.toMatchObject({ status: 200 });
    expect(protocols).toEqual(['http/1.1']);
  });

  it('sends nothing to a server whose certificate nobody vouches for', async () => {
    const { origin, received } = await startTls();
    await expect(send(origin)).rejects.toEqual(refusal);
    expect(received).toEqual([]);
  });

  it('cannot be talked out of verification by the environment', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const { origin, received } = await startTls();
    await expect(send(origin)).rejects.toEqual(refusal);
    expect(received).toEqual([]);
  });

  it('sends nothing to a server that has the certificate of another host', async () => {
    const { origin, received } = await startTls();
    await expect(send(origin.replace('127.0.0.1', 'localhost'), trusting)).rejects.toEqual(refusal);
    expect(received).toEqual([]);
  });

  it('sends nothing below version 1.2', async () => {
    const { origin, received } = await startTls({
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    await expect(send(origin, trusting)).rejects.toEqual(refusal);
    expect(received).toEqual([]);
  });

  it.each([
    ['that speaks something else', (socket: { write(text: string): unknown }) => socket.write('220 mail\r\n')],
    ['that hangs up', (socket: { destroy(): unknown }) => socket.destroy()],
  ])('sends nothing to a server %s', async (_what, onConnection) => {
    const server = await startRawServer({
      onConnection: ({ socket }) => {
        onConnection(socket);
      },
    });
    opened.push(() => server.close());
    await expect(send(`https://127.0.0.1:${server.port}`, trusting)).rejects.toEqual(refusal);
    expect(server.connections[0]?.received ?? '').not.toContain('planted-app-key');
  });
});
