import { ConfigurationError } from '@qts/core';

/** Whose place a simulated venue takes. */
export interface SimulatedOriginRule {
  /** As errors name the broker: `KIS`. */
  readonly brokerName: string;
  readonly environment: 'LIVE' | 'PAPER';
  /** The environment's own host, for the error. */
  readonly host: string | undefined;
}

const loopbackHosts: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

/**
 * The origin of a simulated venue on this machine.
 *
 * @throws {ConfigurationError} `HOST_NOT_ALLOWED` when `simulatedUrl` is not an `http:` URL on loopback without a path.
 */
export function simulatedOriginOf(simulatedUrl: string, rule: SimulatedOriginRule): string {
  const { brokerName, environment, host } = rule;
  const url = URL.canParse(simulatedUrl) ? new URL(simulatedUrl) : undefined;
  const loopback = url?.protocol === 'http:' && loopbackHosts.has(url.hostname);
  if (url === undefined || !loopback || url.pathname !== '/' || url.username !== '' || url.search !== '') {
    throw new ConfigurationError({
      code: 'HOST_NOT_ALLOWED',
      summary: `${brokerName} requests may go to the host of their environment or to a simulated venue on this machine.`,
      facts: { field: 'simulatedUrl', environment, found: url?.hostname ?? 'not a URL', allowed: host },
      next: 'Leave simulatedUrl out, or give the http:// address of a venue on 127.0.0.1, ::1 or localhost.',
    });
  }
  return url.origin;
}
