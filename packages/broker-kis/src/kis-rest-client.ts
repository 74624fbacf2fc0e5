import { type KisAnswer } from './kis-answer.ts';
import { type CommandOptions, type CommandResult } from '@qts/broker-kit';
import { type CallOptions, type Secret } from '@qts/core';
import { type KisEnvironment, type KisOperation } from './rest/operation.ts';

/** The fields of a request, by the broker's names. All of them; unused ones are empty. */
export type KisFields<Field extends string> = Readonly<Record<Field, string>>;

/** Pages of one read. */
export interface KisPages<Answer> {
  readonly pages: readonly Answer[];
  /** False when a page failed, a cursor came twice, or there were more pages than {@link kisPagesMax}. */
  readonly complete: boolean;
}

/** How a command is sent. */
export type KisCommandOptions = CommandOptions<KisAnswer>;

/** What became of one POST. */
export type KisCommandResult = CommandResult<KisAnswer>;

/** Speaks KIS REST in the broker's own fields. Reads are repeated when that may help; commands never. */
export interface KisRestClient {
  readonly environment: KisEnvironment;
  /**
   * One read.
   *
   * @throws {BrokerError} (rejects) when it cannot be answered; {@link ConfigurationError} when this environment does
   *   not offer the operation; {@link ValidationError} when a field is not valid. The last two before anything is sent.
   */
  read<Field extends string, Answer, Variant extends string>(
    operation: KisOperation<Field, Answer, Variant>,
    variant: NoInfer<Variant>,
    fields: KisFields<NoInfer<Field>>,
    options?: CallOptions,
  ): Promise<Answer>;
  /**
   * All pages of a read, to the end that the answer's `tr_cont` header names.
   *
   * @throws as `read`, for the first page. A later one that fails makes the result incomplete.
   */
  readPages<Field extends string, Answer, Variant extends string>(
    operation: KisOperation<Field, Answer, Variant>,
    variant: NoInfer<Variant>,
    fields: KisFields<NoInfer<Field>>,
    options?: CallOptions,
  ): Promise<KisPages<Answer>>;
  /**
   * Sends a command once: at most one POST, whatever comes back. Answers for everything that a broker or a network does.
   *
   * @throws {ValidationError} (rejects) when a field is not valid; nothing was sent.
   */
  command<Field extends string, Answer, Variant extends string>(
    operation: KisOperation<Field, Answer, Variant>,
    variant: NoInfer<Variant>,
    fields: KisFields<NoInfer<Field>>,
    options: KisCommandOptions,
  ): Promise<KisCommandResult>;
  /** A key that opens a WebSocket session: a new one for each. One a second is allowed. */
  issueApprovalKey(options?: CallOptions): Promise<Secret>;
  /** Ends the token for every process that shares it. */
  revokeToken(): Promise<void>;
  /** Gets a token and opens the sockets of orders and cancels, so that the first order waits for neither. */
  warm(): Promise<void>;
  /** What the broker's clock is ahead of ours, ms, by its answers to reads; `undefined` before a few of them. */
  readonly clockAheadMs: number | undefined;
  /** Safe to call twice. */
  close(): Promise<void>;
}

/** Pages of one read at most. At 100 rows a page (15 on paper) an account far busier than ours fits many times. */
export const kisPagesMax = 200;
