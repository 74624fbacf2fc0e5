import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import { type VenueResponse } from './venue-exchange.ts';

/** The way back to one client: everything that can be done to an answer on a socket. */
export interface VenueWire {
  /** Sends a whole answer. */
  answer(response: VenueResponse): void;
  /** Ends the connection; `reset` with a RST. Bytes that were written before it leave first, unless it is a RST. */
  drop(reset: boolean): void;
  /** Writes bytes as they are, past HTTP. After it the connection can only be dropped, or left as it is. */
  write(bytes: Uint8Array): void;
  /** Writes the same bytes `times` times, as fast as the client takes them and until it goes; then calls `then`. */
  flood(bytes: Uint8Array, times: number, then: () => void): void;
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

  flood(bytes: Uint8Array, times: number, then: () => void): void {
    const { socket } = this.#incoming;
    let left = times;
    const pump = (): void => {
      while (left > 0 && !socket.destroyed) {
        left -= 1;
        if (!socket.write(bytes)) {
          socket.once('drain', pump);
          return;
        }
      }
      if (!socket.destroyed) then();
    };
    pump();
  }
}

/** An answer as bytes: the head, and the body. The usual headers tell the body's length and that the connection ends. */
export function answerBytes(
  response: VenueResponse,
  body: Uint8Array = Buffer.from(response.body),
  own: Readonly<Record<string, string | number>> = { 'content-length': body.length, connection: 'close' },
): { readonly head: Uint8Array; readonly body: Uint8Array } {
  const headers = Object.entries({ ...response.headers, ...own });
  const head = [
    `HTTP/1.1 ${response.status} ${STATUS_CODES[response.status] ?? ''}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    '\r\n',
  ].join('\r\n');
  return { head: Buffer.from(head), body };
}
