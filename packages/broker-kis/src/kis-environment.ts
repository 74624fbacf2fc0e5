import { simulatedOriginOf } from '@qts/broker-kit';
import { ConfigurationError } from '@qts/core';
import { type KisEnvironment } from './rest/operation.ts';

/** The hosts of each environment (KIS Developers). They are fixed: no setting changes them. */
export const kisHosts: Readonly<Record<KisEnvironment, string>> = {
  LIVE: 'https://openapi.koreainvestment.com:9443',
  PAPER: 'https://openapivts.koreainvestment.com:29443',
};

/** Where streams are opened (KIS Developers). The broker publishes no form with TLS: only notices are encrypted. */
export const kisStreamOrigins: Readonly<Record<KisEnvironment, string>> = {
  LIVE: 'ws://ops.koreainvestment.com:21000',
  PAPER: 'ws://ops.koreainvestment.com:31000',
};

/** The address of a session: the environment's own, or that of the simulated venue. */
export function streamUrlOf(environment: KisEnvironment, simulatedOrigin: string | undefined): string {
  return `${simulatedOrigin?.replace(/^http/, 'ws') ?? kisStreamOrigins[environment]}/tryitout`;
}

/**
 * Where requests go: the environment's own host, or a simulated venue on this machine.
 *
 * @throws {ConfigurationError} when `simulatedUrl` is not an `http:` URL on loopback without a path.
 */
export function originOf(environment: KisEnvironment, simulatedUrl: string | undefined): string {
  const host = kisHosts[environment];
  return simulatedUrl === undefined ? host : simulatedOriginOf(simulatedUrl, { brokerName: 'KIS', environment, host });
}

/**
 * Refuses a TR id of the other environment before anything is sent: paper ids begin with `V`, live ones with `T`, `C`
 * or `J`; `F` and `H` are the same in both.
 *
 * @throws {ConfigurationError}
 */
export function assertTrIdOf(environment: KisEnvironment, trId: string): void {
  const owner = trId.startsWith('V') ? 'PAPER' : /^[TCJ]/.test(trId) ? 'LIVE' : environment;
  if (owner === environment) return;
  throw new ConfigurationError({
    code: 'WRONG_ENVIRONMENT',
    summary: `A TR id of the ${owner} environment cannot be used in ${environment}.`,
    facts: { field: 'tr_id', environment, found: trId },
    next: 'Nothing was sent. Take the TR id of the operation for this environment.',
  });
}
