/**
 * The way to a broker's WebSocket servers. The real form is `createWsTransport` in `src/system/`; an in-memory form lets
 * a simulated day run under one virtual clock. A transport never reconnects: that is the session's to decide.
 */

/** What a connection tells. Nothing is told before `open` has returned, and nothing after `onClose`. */
export interface WebSocketHandlers {
  onOpen(): void;
  /**
   * One text message, whole: its bytes. They should be UTF-8, and nobody has checked it. They are handed over: the transport
   * never writes into them again, and who keeps them keeps what came with them in one read of the socket, 64 KiB at most.
   */
  onMessage(message: Uint8Array): void;
  /** A ping or pong of the WebSocket protocol itself: a sign of life. */
  onPing(): void;
  /** The connection is over, or never came to be. `code` 1006: without a close frame. */
  onClose(code: number, reason: string): void;
}

/** One socket. No method throws for what the network does. */
export interface WebSocketConnection {
  send(text: string): void;
  /** Asks for a clean close; `onClose` follows when the other side agrees. */
  close(): void;
  /** Ends the socket now; `onClose` is told with 1006 unless it was told before. */
  terminate(): void;
}

export interface WebSocketTransport {
  /**
   * Begins to connect.
   *
   * @throws {ConfigurationError} when the address is not one that keys may be sent to.
   */
  open(url: string, handlers: WebSocketHandlers): WebSocketConnection;
}
