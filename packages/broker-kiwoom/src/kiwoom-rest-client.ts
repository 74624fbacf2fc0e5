import { type CommandOptions, type CommandResult } from '@qts/broker-kit';
import { type CallOptions, type Secret } from '@qts/core';
import { type KiwoomAnswer } from './kiwoom-answer.ts';
import { type KiwoomEnvironment, type KiwoomOperation } from './rest/operation.ts';

/** The fields of a request, by the broker's names. All of them; unused ones are empty. */
export type KiwoomFields<Field extends string> = Readonly<Record<Field, string>>;

/** Where a read goes on: the broker's opaque key, with the question that it belongs to. */
export interface KiwoomPageKey {
  readonly operation: string;
  /** The body of the question. A key under another body would be an answer to nobody knows what. */
  readonly body: string;
  readonly nextKey: string;
}

/** One page of a read. */
export interface KiwoomPage<Answer> {
  readonly answer: Answer;
  /** Absent on the last page. */
  readonly next?: KiwoomPageKey;
}

/** Pages of one read. */
export interface KiwoomPages<Answer> {
  readonly pages: readonly Answer[];
  /** False when a page failed, a key came twice, or there were more pages than {@link kiwoomPagesMax}. */
  readonly complete: boolean;
}

/** How a page is read. */
export interface KiwoomPageOptions extends CallOptions {
  /** The key of the page before. It must come from the same operation with the same fields. */
  readonly after?: KiwoomPageKey;
}

/** How a command is sent. */
export type KiwoomCommandOptions = CommandOptions<KiwoomAnswer>;

/** What became of one POST. */
export type KiwoomCommandResult = CommandResult<KiwoomAnswer>;

/** How the access token is asked for. */
export interface KiwoomTokenOptions extends CallOptions {
  /** A token that the broker has just refused elsewhere: it is given up when it is the current one still. */
  readonly refused?: Secret;
}

/** Speaks Kiwoom REST in the broker's own fields. Reads are repeated when that may help; commands never. */
export interface KiwoomRestClient {
  readonly environment: KiwoomEnvironment;
  /**
   * One read, its first page where it has more.
   *
   * @throws {BrokerError} (rejects) when it cannot be answered; {@link ConfigurationError} when this environment does
   *   not offer the operation; {@link ValidationError} when a field is not valid. The last two before anything is sent.
   */
  read<Field extends string, Answer>(
    operation: KiwoomOperation<Field, Answer>,
    fields: KiwoomFields<NoInfer<Field>>,
    options?: CallOptions,
  ): Promise<Answer>;
  /**
   * One page of a read: for what is longer than anybody wants to have whole, such as charts.
   *
   * @throws as `read`; {@link ValidationError} for a key of another question, before anything is sent.
   */
  readPage<Field extends string, Answer>(
    operation: KiwoomOperation<Field, Answer>,
    fields: KiwoomFields<NoInfer<Field>>,
    options?: KiwoomPageOptions,
  ): Promise<KiwoomPage<Answer>>;
  /**
   * All pages of a read, to the end that the answer's `cont-yn` header names.
   *
   * @throws as `read`, for the first page. A later one that fails makes the result incomplete.
   */
  readPages<Field extends string, Answer>(
    operation: KiwoomOperation<Field, Answer>,
    fields: KiwoomFields<NoInfer<Field>>,
    options?: CallOptions,
  ): Promise<KiwoomPages<Answer>>;
  /**
   * Sends a command once: at most one POST, whatever comes back. Answers for everything that a broker or a network does.
   *
   * @throws {ValidationError} (rejects) when a field is not valid; nothing was sent.
   */
  command<Field extends string, Answer>(
    operation: KiwoomOperation<Field, Answer>,
    fields: KiwoomFields<NoInfer<Field>>,
    options: KiwoomCommandOptions,
  ): Promise<KiwoomCommandResult>;
  /** The access token, for the LOGIN frame of a WebSocket session: Kiwoom has no key of its own for it. */
  getAccessToken(options?: KiwoomTokenOptions): Promise<Secret>;
  /** Ends the token for every process that shares it. */
  revokeToken(): Promise<void>;
  /** Gets a token and opens the sockets of orders and cancels, so that the first order waits for neither. */
  warm(): Promise<void>;
  /** What the broker's clock is ahead of ours, ms, by its answers to reads; `undefined` before a few of them. */
  readonly clockAheadMs: number | undefined;
  /** Safe to call twice. */
  close(): Promise<void>;
}

/** Pages of one read at most. At one request a second this is more than three minutes. */
export const kiwoomPagesMax = 200;
