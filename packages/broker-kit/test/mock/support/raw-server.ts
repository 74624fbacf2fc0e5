import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';

/** One accepted connection: what came in, and the socket to misbehave with. */
export interface RawConnection {
  readonly socket: Socket;
  /** Bytes received so far, as text. */
  received: string;
}

export interface RawServer {
  readonly port: number;
  readonly origin: string;
  readonly connections: readonly RawConnection[];
  /** Requests received on all connections, counted by their heads. */
  requests(): number;
  close(): Promise<void>;
}

export interface RawServerBehaviour {
  onConnection?(connection: RawConnection): void;
  /** Called when a request with its whole body is in; `index` counts requests over all connections, from 0. */
  onRequest?(connection: RawConnection, index: number): void;
}

/** A TCP server on a free loopback port that does exactly what the test tells it, HTTP or not. */
export async function startRawServer(behaviour: RawServerBehaviour): Promise<RawServer> {
  const connections: RawConnection[] = [];
  let answered = 0;
  const server: Server = createServer((socket) => {
    const connection: RawConnection = { socket, received: '' };
    connections.push(connection);
    let unread = '';
    socket.on('error', () => undefined); // Resets are what these tests are about.
    socket.on('data', (chunk) => {
      connection.received += chunk.toString('latin1');
      unread += chunk.toString('latin1');
      for (let end = endOfRequest(unread); end > 0; end = endOfRequest(unread)) {
        unread = unread.slice(end);
        answered += 1;
        behaviour.onRequest?.(connection, answered - 1);
      }
    });
    behaviour.onConnection?.(connection);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    connections,
    requests: () => answered,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const { socket } of connections) {
          socket.destroy();
        }
      }),
  };
}

/** Index behind the first complete request, or 0. */
function endOfRequest(text: string): number {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) {
    return 0;
  }
  const length = Number(/content-length: (\d+)/i.exec(text.slice(0, head))?.[1] ?? '0');
  return text.length >= head + 4 + length ? head + 4 + length : 0;
}

/** A whole answer with a JSON body. */
export function answer(body: string, status = '200 OK', extra = ''): string {
  return `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\n${extra}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
