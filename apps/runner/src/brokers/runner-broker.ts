import { type HttpTransport, type RandomSource, type WebSocketTransport } from '@qts/broker-kit';
import { type Clock, type IdGenerator, type Logger, type OrderResponse, type Secret, type TokenStore } from '@qts/core';
import { type LiveApproval, type LiveGateFacts } from '@qts/engine';
import { type Environment } from '../config/env-file.ts';
import { type RunnerBrokerId } from '../config/runner-config.ts';
import { type SessionBroker } from '../trading/session-settings.ts';

/** A broker of one account. Nothing is connected before the first request. */
export interface ConnectedBroker extends SessionBroker {
  readonly streams: NonNullable<SessionBroker['streams']>;
  /** What must not appear in any record: keys and account number. */
  readonly secrets: readonly Secret[];
  close(): Promise<void>;
}

/** What a broker is made with. What is left out is the real thing. */
export interface ConnectionParts {
  readonly clock?: Clock;
  readonly transport?: HttpTransport;
  readonly streamTransport?: WebSocketTransport;
  readonly tokenStore?: TokenStore;
  readonly random?: RandomSource;
  readonly ids?: IdGenerator;
  readonly logger?: Logger;
  readonly onLateAnswer?: (response: OrderResponse) => void;
}

/** Invented: how a client speaks for the account of a simulated venue. Printed on purpose, worth nothing elsewhere. */
export interface DemoAccount {
  readonly accountNumber: string;
  readonly appKey: string;
  readonly appSecret: string;
  /** KIS alone: by it notices are registered. */
  readonly htsId?: string;
}

/** What the runner knows of a broker package. A row for each in `runner-brokers.ts`. */
export interface RunnerBroker {
  readonly id: RunnerBrokerId;
  readonly demoAccount: DemoAccount;
  /** Operations that place an order, by the broker's own names. */
  readonly placeOperations: readonly string[];
  /** The stream of order notices and that of trades, by the broker's own names. */
  readonly noticeStream: string;
  readonly tradeStream: string;
  /** Origins of streams that the broker serves without TLS. */
  readonly plainStreamOrigins: readonly string[];
  /** A venue on this machine takes the broker's place. @throws {ConfigurationError} unless the URL is on loopback */
  connectSimulated(url: string, parts: ConnectionParts): ConnectedBroker;
  /** The broker's paper account (모의투자). @throws {ConfigurationError} when variables are missing or not valid */
  connectPaper(environment: Environment, parts: ConnectionParts): ConnectedBroker;
  /** What the live gate wants to know of the credentials. @throws {ConfigurationError} as {@link connectPaper} */
  liveFacts(environment: Environment): NonNullable<LiveGateFacts['credentials']>;
  /** The real account. @throws {ConfigurationError} as {@link connectPaper}, and without a genuine approval */
  connectLive(environment: Environment, approval: LiveApproval, parts: ConnectionParts): ConnectedBroker;
}
