/** Why a broker, or our own budget, does not serve something. */
export interface StreamRefusal {
  /** Stable, `UPPER_SNAKE`. */
  readonly reason: string;
  readonly nativeCode?: string;
  readonly nativeMessage?: string;
  /** What may help: nothing, time, or fresh credentials. */
  readonly retry: 'NEVER' | 'LATER' | 'NEW_CREDENTIALS';
  /** What a person should do. */
  readonly next: string;
}

/** What a protocol reports of the messages it reads. */
export interface ProtocolPort {
  /** Sends a text back at once. The protocol calls it before any other work. */
  echo(text: string): void;
  loggedIn(): void;
  /** `key` absent: the answer does not say; the one that waits is meant. */
  registered(key?: string): void;
  refused(refusal: StreamRefusal, key?: string): void;
  /** The session as a whole is refused: the key is in use elsewhere, the login is not accepted. */
  sessionRefused(refusal: StreamRefusal): void;
}

/**
 * What a broker's WebSocket speaks. The session knows when to speak, the protocol knows the words. Frames with data go
 * from `receive` to whoever decodes them and never touch the session.
 */
export interface StreamProtocol {
  readonly brokerId: string;
  /** Registrations of one session at most. */
  readonly registrationMax: number;
  /** Shortest time between two registrations, ms. */
  readonly registrationGapMs: number;
  /** Longest time between pings of the server, ms. */
  readonly pingPeriodMs: number;
  /**
   * Gets what a new connection needs (a fresh key) and answers its address.
   *
   * @throws what went wrong; the session tries again.
   */
  prepare(signal: AbortSignal): Promise<string>;
  /** The login, for a protocol that has one. */
  readonly loginText?: () => string;
  registerText(key: string): string;
  removeText(key: string): string;
  /**
   * Reads one message. Never throws. Control messages may become text here; data is read from its bytes.
   *
   * @param message its bytes, to keep or to drop. They should be UTF-8, and nobody has checked it.
   * @param atMs monotonic time of receipt.
   */
  receive(message: Uint8Array, atMs: number, port: ProtocolPort): void;
}
