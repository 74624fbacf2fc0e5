import { ConfigurationError } from '@qts/core';
import { WebSocket } from 'ws';
import { type WebSocketTransport } from '../websocket/websocket-transport.ts';

export interface WsTransportSettings {
  /** Largest message, bytes. Default 1 MiB: 8 KB was too little for KIS. */
  readonly messageBytesMax?: number;
  /** From `open` to a usable socket, ms. Default 5,000. */
  readonly handshakeTimeoutMs?: number;
  /**
   * Origins that may be spoken to without TLS, beside this machine: `ws://ops.koreainvestment.com:21000` publishes no
   * other way. Everything else wants `wss:`.
   */
  readonly plainOrigins?: readonly string[];
}

/** Hosts on which plain WebSocket is accepted: a simulator on this machine. */
const loopbackHosts: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

const nothing: Uint8Array = new Uint8Array(0);

/**
 * Real WebSocket over `ws`. It sends no pings of its own: they ended connections at KIS. TLS is verified, redirects are
 * not followed, compression is not offered.
 */
export function createWsTransport(settings: WsTransportSettings = {}): WebSocketTransport {
  const { messageBytesMax = 1_048_576, handshakeTimeoutMs = 5_000, plainOrigins = [] } = settings;
  return {
    open(address, handlers) {
      const socket = new WebSocket(requireSafeAddress(address, plainOrigins), {
        handshakeTimeout: handshakeTimeoutMs,
        maxPayload: messageBytesMax,
        perMessageDeflate: false,
        followRedirects: false,
        // The decoders verify what they read. `ws` would read every byte of every message once more, and end the session for
        // a name in another encoding, which is the broker's mistake and no reason to lose fills.
        skipUTF8Validation: true,
      });
      let over = false;
      socket.on('open', () => {
        handlers.onOpen();
      });
      socket.on('message', (data: Buffer, isBinary) => {
        // Neither broker sends binary messages: one is handed on as nothing, which nobody can read, so that it is noticed.
        if (!over) handlers.onMessage(isBinary ? nothing : data);
      });
      socket.on('ping', () => {
        handlers.onPing();
      });
      socket.on('pong', () => {
        handlers.onPing();
      });
      // The close that follows every error tells the session; without a listener the process would end.
      socket.on('error', () => undefined);
      socket.on('close', (code, reason) => {
        if (over) return;
        over = true;
        handlers.onClose(code, reason.toString('utf8'));
      });
      return {
        send(text) {
          if (socket.readyState === WebSocket.OPEN) socket.send(text);
        },
        close() {
          socket.close(1000);
        },
        terminate() {
          socket.terminate();
        },
      };
    },
  };
}

function requireSafeAddress(address: string, plainOrigins: readonly string[]): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const plain =
    url?.protocol === 'ws:' && (loopbackHosts.includes(url.hostname) || plainOrigins.includes(`ws://${url.host}`));
  if (url?.username === '' && (url.protocol === 'wss:' || plain)) return url;
  throw new ConfigurationError({
    code: 'ORIGIN_NOT_SAFE',
    summary: 'The address of the stream is not one that keys may be sent to.',
    facts: { found: url === undefined ? 'not a URL' : `${url.protocol}//${url.host}` },
    next: 'Give a wss: address, or ws: on 127.0.0.1, localhost or [::1].',
  });
}
