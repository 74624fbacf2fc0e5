import { ConfigurationError } from '@qts/core';
import { type KiwoomEnvironment } from './rest/operation.ts';

/** The hosts of each environment (Kiwoom REST API guide). They are fixed: no setting changes them. */
export const kiwoomHosts: Readonly<Record<KiwoomEnvironment, string>> = {
  LIVE: 'https://api.kiwoom.com',
  PAPER: 'https://mockapi.kiwoom.com',
};

/** Where streams are opened (Kiwoom REST API guide). */
export const kiwoomStreamOrigins: Readonly<Record<KiwoomEnvironment, string>> = {
  LIVE: 'wss://api.kiwoom.com:10000',
  PAPER: 'wss://mockapi.kiwoom.com:10000',
};

/** The address of a session: the environment's own, or that of the simulated venue. */
export function streamUrlOf(environment: KiwoomEnvironment, simulatedOrigin: string | undefined): string {
  return `${simulatedOrigin?.replace(/^http/, 'ws') ?? kiwoomStreamOrigins[environment]}/api/dostk/websocket`;
}

const loopbackHosts: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

/**
 * Where requests go: the environment's own host, or a simulated venue on this machine.
 *
 * @throws {ConfigurationError} when `simulatedUrl` is not an `http:` URL on loopback without a path.
 */
export function originOf(environment: KiwoomEnvironment, simulatedUrl: string | undefined): string {
  if (simulatedUrl === undefined) return kiwoomHosts[environment];
  const url = URL.canParse(simulatedUrl) ? new URL(simulatedUrl) : undefined;
  const loopback = url?.protocol === 'http:' && loopbackHosts.has(url.hostname);
  if (url === undefined || !loopback || url.pathname !== '/' || url.username !== '' || url.search !== '') {
    throw new ConfigurationError({
      code: 'HOST_NOT_ALLOWED',
      summary: 'Kiwoom requests may go to the host of their environment or to a simulated venue on this machine.',
      facts: {
        field: 'simulatedUrl',
        environment,
        found: url?.hostname ?? 'not a URL',
        allowed: kiwoomHosts[environment],
      },
      next: 'Leave simulatedUrl out, or give the http:// address of a venue on 127.0.0.1, ::1 or localhost.',
    });
  }
  return url.origin;
}
