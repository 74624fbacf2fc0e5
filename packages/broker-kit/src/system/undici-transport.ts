import { ConfigurationError } from '@qts/core';
import { type HttpConnection, type HttpTransport } from '../http/http-transport.ts';
import { UndiciConnection, type UndiciLimits } from './undici-connection.ts';

export interface UndiciTransportSettings {
  /** From `send` to a usable socket (name, TCP, TLS), ms. Default 2,000. */
  readonly connectTimeoutMs?: number;
  /** From the first byte sent to the answer's head, ms. Default 5,000. */
  readonly headersTimeoutMs?: number;
  /** From the first byte sent to the answer's end, ms. Default 8,000. */
  readonly answerTimeoutMs?: number;
  /** How long a socket listens for a late answer, from the first byte sent, ms. Default 30,000. */
  readonly lateAnswerMsMax?: number;
  /** A socket idle for longer is not used again: the server may just be closing it, ms. Default 4,000. */
  readonly idleAgeMsMax?: number;
  /** Largest answer body, bytes. Default 4 MiB: the longest lists of orders are far below it. */
  readonly bodyBytesMax?: number;
  /** Certificate authorities (PEM) trusted instead of the system's own. Verification itself cannot be turned off. */
  readonly certificateAuthorities?: readonly string[];
}

/** Deadlines of execution-safety 5, step 7. */
const defaults = {
  connectTimeoutMs: 2_000,
  headersTimeoutMs: 5_000,
  answerTimeoutMs: 8_000,
  lateAnswerMsMax: 30_000,
  idleAgeMsMax: 4_000,
  bodyBytesMax: 4 * 1024 * 1024,
};

/** Hosts on which plain HTTP is accepted: a simulator on this machine. */
const loopbackHosts: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Real HTTP/1.1 over real sockets. Its deadlines run in real time, whatever clock the product runs on: a simulated
 * clock stands still while an exchange is under way.
 * @throws {ConfigurationError} for a setting out of range, and from `open` for an origin that is not safe.
 */
export function createUndiciTransport(settings: UndiciTransportSettings = {}): HttpTransport {
  const { certificateAuthorities, ...figures } = settings;
  const limits: UndiciLimits = { ...defaults, ...figures };
  for (const name of Object.keys(defaults) as (keyof typeof defaults)[]) {
    requirePositive(name, limits[name]);
  }
  return {
    open: (origin: string): HttpConnection =>
      new UndiciConnection(requireSafeOrigin(origin), limits, certificateAuthorities),
  };
}

function requirePositive(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new ConfigurationError({
      code: 'TRANSPORT_SETTING_NOT_VALID',
      summary: 'A setting of the HTTP transport is out of range.',
      facts: { setting: name, found: String(value) },
      next: 'Give a whole number of at least 1.',
    });
  }
}

function requireSafeOrigin(origin: string): URL {
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  const bare = url?.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  if (bare && (url.protocol === 'https:' || (url.protocol === 'http:' && loopbackHosts.includes(url.hostname)))) {
    return url;
  }
  throw new ConfigurationError({
    code: 'ORIGIN_NOT_SAFE',
    summary: 'The address of the service is not one that orders and keys may be sent to.',
    facts: { found: url === undefined ? 'not a URL' : `${url.protocol}//${url.host}` },
    next: 'Give scheme, host and port only: https, or http on 127.0.0.1, localhost or [::1].',
  });
}
