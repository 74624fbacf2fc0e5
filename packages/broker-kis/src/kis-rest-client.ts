import { type HttpExchange, type RateLane } from '@qts/broker-kit';
import { type CallOptions, type Secret } from '@qts/core';
import { type KisEnvironment, type KisOperation } from './rest/operation.ts';

/** The fields of a request, by the broker's names. */
export type KisFields<Field extends string> = Readonly<Record<Field, string>>;

/** Pages of one read. */
export interface KisPages<Answer> {
  readonly pages: readonly Answer[];
  /** False when a page failed, a cursor came twice, or there were more pages than the limit allows. */
  readonly complete: boolean;
}

/** How a command is sent. */
export interface KisCommandOptions extends CallOptions {
  readonly lane: Extract<RateLane, 'ORDER' | 'RISK_CANCEL'>;
  /** Hears an answer that came after the command was given up as `UNKNOWN`. */
  readonly onLateAnswer?: (exchange: HttpExchange) => void;
}

/** A request that was refused before its first byte could leave, or an exchange. Never both. */
export type KisCommandResult =
  { readonly sent: true; readonly exchange: HttpExchange } | { readonly sent: false; readonly cause: unknown };

/**
 * Speaks KIS REST in the broker's own fields. Reads are repeated when that may help; commands never.
 */
export interface KisRestClient {
  readonly environment: KisEnvironment;
  /**
   * One read.
   * @throws {BrokerError} when it cannot be answered.
   */
  read<Field extends string, Answer, Variant extends string>(
    operation: KisOperation<Field, Answer, Variant>,
    variant: NoInfer<Variant>,
    fields: KisFields<NoInfer<Field>>,
    options?: CallOptions,
  ): Promise<Answer>;
  /**
   * All pages of a read, to the end that the answer's `tr_cont` header names.
   * @throws {BrokerError} when the first page cannot be read. A later one that fails makes the result incomplete.
   */
  readPages<Field extends string, Answer, Variant extends string>(
    operation: KisOperation<Field, Answer, Variant>,
    variant: NoInfer<Variant>,
    fields: KisFields<NoInfer<Field>>,
    options?: CallOptions,
  ): Promise<KisPages<Answer>>;
  /**
   * Sends a command once: one POST, whatever comes back.
   * @throws {TransportError} (rejects) when the exchange of bytes failed after it was begun.
   */
  command<Field extends string, Answer, Variant extends string>(
    operation: KisOperation<Field, Answer, Variant>,
    variant: NoInfer<Variant>,
    fields: KisFields<NoInfer<Field>>,
    options: KisCommandOptions,
  ): Promise<KisCommandResult>;
  /** A key that opens a WebSocket session. A new one for each session. */
  issueApprovalKey(options?: CallOptions): Promise<Secret>;
  /** Ends the token for every process that shares it. */
  revokeToken(): Promise<void>;
  /** Gets a token and opens the sockets of orders and cancels, so that the first order waits for neither. */
  warm(): Promise<void>;
  /** Safe to call twice. */
  close(): Promise<void>;
}
