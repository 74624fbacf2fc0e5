import { type HttpTransport } from '../http/http-transport.ts';

export interface UndiciTransportSettings {
  /** From `send` to a usable socket (name, TCP, TLS). Default 2,000. */
  readonly connectTimeoutMs?: number;
  /** From the first byte sent to the answer's head. Default 5,000. */
  readonly headersTimeoutMs?: number;
  /** From the first byte sent to the answer's end. Default 8,000. */
  readonly answerTimeoutMs?: number;
  /** How long a socket listens for a late answer, from the first byte sent. Default 30,000. */
  readonly lateAnswerMsMax?: number;
  /** A socket idle for longer is not used again: the server may just be closing it. Default 4,000. */
  readonly idleAgeMsMax?: number;
  /** Largest answer body. Default 4 MiB. */
  readonly bodyBytesMax?: number;
  /** Certificate authorities (PEM) trusted beside the system's own. Verification itself cannot be turned off. */
  readonly extraCertificateAuthorities?: readonly string[];
}

/** Real HTTP/1.1 over real sockets. Its deadlines run in real time. */
export function createUndiciTransport(settings: UndiciTransportSettings = {}): HttpTransport {
  throw new Error(`In the making: ${String(settings.connectTimeoutMs)}`);
}
