import { simulatedOriginOf } from '@qts/broker-kit';
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

/**
 * Where requests go: the environment's own host, or a simulated venue on this machine.
 *
 * @throws {ConfigurationError} when `simulatedUrl` is not an `http:` URL on loopback without a path.
 */
export function originOf(environment: KiwoomEnvironment, simulatedUrl: string | undefined): string {
  const host = kiwoomHosts[environment];
  return simulatedUrl === undefined
    ? host
    : simulatedOriginOf(simulatedUrl, { brokerName: 'Kiwoom', environment, host });
}
