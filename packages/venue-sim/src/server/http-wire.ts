import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import { type VenueResponse } from './venue-exchange.ts';

/** The way back to one client: everything that can be done to an answer on a socket. */
export interface VenueWire {
  /** Sends a whole answer. */
  answer(response: VenueResponse): void;
  /** Ends the connection; `reset` with a RST. Bytes that were written before it leave first, unless it is a RST. */
  drop(reset: boolean): void;
  /** Writes bytes as they are, past HTTP. After it the connection can only be dropped. */
  write(bytes: Uint8Array): void;
}

/** A request of `node:http` as a wire. */
export class HttpWire implements VenueWire {
  readonly #incoming: IncomingMessage;
  readonly #outgoing: ServerResponse;

  constructor(incoming: IncomingMessage, outgoing: ServerResponse) {
    this.#incoming = incoming;
    this.#outgoing = outgoing;
  }

  answer(response: VenueResponse): void {
    const body = Buffer.from(response.body);
    this.#outgoing.writeHead(response.status, { ...response.headers, 'content-length': body.length }).end(body);
  }

  drop(reset: boolean): void {
    const { socket } = this.#incoming;
    if (reset) socket.resetAndDestroy();
    else socket.destroySoon();
  }

  write(bytes: Uint8Array): void {
    const { socket } = this.#incoming;
    if (!socket.destroyed) socket.write(bytes);
  }
}

/** An answer as bytes: the head, and the body for whose whole length the head answers. */
export function answerBytes(response: VenueResponse): { readonly head: Uint8Array; readonly body: Uint8Array } {
  const body = Buffer.from(response.body);
  const headers = Object.entries({ ...response.headers, 'content-length': body.length, connection: 'close' });
  const head = [
    `HTTP/1.1 ${response.status} ${STATUS_CODES[response.status] ?? ''}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    '\r\n',
  ].join('\r\n');
  return { head: Buffer.from(head), body };
}
