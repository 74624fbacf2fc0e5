import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, type Socket } from 'node:net';
import { VenueError } from '../venue-error.ts';
import { HttpWire, type VenueWire } from './http-wire.ts';
import { serveStreams, type StreamDoor } from './stream-server.ts';
import { type VenueRequest } from './venue-exchange.ts';

/**
 * Takes a whole request and the way back to its client. The one place between a venue and its wire: whatever is to happen
 * to an exchange of bytes, before or after the venue has acted, happens in a function of this type.
 */
export type VenueResponder = (request: VenueRequest, wire: VenueWire) => void;

/** What ends a connection before its request has been read: a reset (RST), an end, or nothing. */
export type EarlyEnd = 'RESET' | 'DROP' | undefined;

/** Asked as a request comes in, before the responder. */
export interface VenueDoor {
  /** A connection stands. */
  onConnection(): EarlyEnd;
  /** Line and headers of a request have come; its body is empty here. `reused`: the connection carried another before. */
  onHead(request: VenueRequest, reused: boolean): EarlyEnd;
}

export interface VenueHttpServer {
  /** `http://127.0.0.1:49152`. */
  readonly url: string;
  /** Ends every connection and frees the port. Safe to call twice. */
  close(): Promise<void>;
}

/** The largest body taken. The broker's largest request is far below it. */
const bodyBytesMax = 64 * 1024;

/**
 * Serves `respond` over HTTP.
 *
 * @throws VenueError `PORT_IN_USE` when somebody else listens there, `LISTEN_FAILED` for any other reason.
 */
export async function startHttpServer(options: {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly respond: VenueResponder;
  readonly door: VenueDoor;
  /** Where connections go that turn into streams. */
  readonly streams: StreamDoor;
}): Promise<VenueHttpServer> {
  const used = new WeakSet<Socket>();
  const server = createServer((incoming, outgoing) => {
    const { socket } = incoming;
    const early = options.door.onHead(toVenueRequest(incoming, nothing), used.has(socket));
    used.add(socket);
    if (early !== undefined) {
      endEarly(socket, early);
      return;
    }
    readBody(incoming, outgoing, (body) => {
      options.respond(toVenueRequest(incoming, body), new HttpWire(incoming, outgoing));
    });
  });
  server.on('connection', (socket: Socket) => {
    const early = options.door.onConnection();
    if (early !== undefined) endEarly(socket, early);
  });
  // The venue's clock says what time it is, so the dialect writes the Date header.
  server.on('request', (_, outgoing: ServerResponse) => (outgoing.sendDate = false));
  // Idle connections stay: real time means nothing here, and a connection cut between two requests is a fault of its own.
  server.keepAliveTimeout = 0;
  const endStreams = serveStreams(server, options.streams);
  await listen(server, options);
  const { address, family, port } = server.address() as AddressInfo;
  let closing: Promise<void> | undefined;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    close() {
      closing ??= new Promise((resolve) => {
        endStreams();
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      });
      return closing;
    },
  };
}

const nothing = new Uint8Array();

function endEarly(socket: Socket, how: Exclude<EarlyEnd, undefined>): void {
  if (how === 'RESET') socket.resetAndDestroy();
  else socket.destroySoon();
}

function readBody(incoming: IncomingMessage, outgoing: ServerResponse, onBody: (body: Uint8Array) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  incoming.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= bodyBytesMax) chunks.push(chunk);
  });
  incoming.on('end', () => {
    if (size > bodyBytesMax) outgoing.writeHead(413).end();
    else onBody(Buffer.concat(chunks));
  });
}

function toVenueRequest(incoming: IncomingMessage, body: Uint8Array): VenueRequest {
  const target = incoming.url ?? '/';
  const mark = target.indexOf('?');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  const peerAddress = incoming.socket.remoteAddress;
  return {
    method: incoming.method ?? 'GET',
    path: mark === -1 ? target : target.slice(0, mark),
    query: new URLSearchParams(mark === -1 ? '' : target.slice(mark + 1)),
    headers,
    body,
    ...(peerAddress === undefined ? {} : { peerAddress }),
  };
}

function listen(server: Server, { host, port }: { readonly host: string; readonly port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new VenueError('PORT_IN_USE', `Port ${port} on ${host} is in use. Choose another, or 0 for any free one.`, {
              cause: error,
            })
          : new VenueError('LISTEN_FAILED', `The venue cannot listen on ${host}:${port}: ${error.message}.`, {
              cause: error,
            }),
      );
    });
    server.listen(port, host, resolve);
  });
}
