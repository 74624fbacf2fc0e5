import {
  type ConnectionLane,
  createTokenCache,
  type HttpSession,
  type RandomSource,
  type TokenCache,
  tokenStoreKey,
} from '@qts/broker-kit';
import {
  AuthenticationError,
  type BrokerError,
  type Clock,
  type Logger,
  RateLimitError,
  type TokenStore,
} from '@qts/core';
import { au10001, readToken, tokenRequestBody } from './auth/au10001.ts';
import { au10002, revokeRequestBody } from './auth/au10002.ts';
import { type KiwoomAnswer, readKiwoomAnswer } from './kiwoom-answer.ts';
import { type KiwoomCredentials } from './kiwoom-credentials.ts';
import { authHeaders } from './kiwoom-request.ts';
import { refusalError } from './kiwoom-verdict.ts';
import { type KiwoomEnvironment } from './rest/operation.ts';
import { type WireRow } from './wire-fields.ts';

/** What the requests for tokens need. */
export interface KiwoomTokenSettings {
  readonly credentials: KiwoomCredentials;
  /** Separates a simulated venue's tokens from the broker's in one store. */
  readonly simulated: boolean;
  readonly session: HttpSession;
  readonly store: TokenStore;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly logger: Logger | undefined;
  readonly scrub: (text: string) => string;
}

/**
 * Shortest time between two issues. au10001 takes about one request a second (유량=1); five seconds are what a caller
 * waits at most, so a token that was revoked elsewhere costs one wait, and refusals in a row no storm of issues.
 */
const issueIntervalMsMin = 5_000;

/** Access tokens of one app key. */
export function createKiwoomTokens(settings: KiwoomTokenSettings): TokenCache {
  const { credentials, session, clock, scrub } = settings;
  const { environment, appKey, secretKey } = credentials;

  async function ask(
    operation: { readonly name: string; readonly path: string },
    body: string,
    lane: ConnectionLane,
    signal: AbortSignal | undefined,
  ): Promise<WireRow> {
    const exchange = await session.send(
      { method: 'POST', path: operation.path, headers: authHeaders(operation.name), body },
      { lane, ...(signal === undefined ? {} : { signal }) },
    );
    const answer = readKiwoomAnswer(exchange, { operation: operation.name, environment, apiId: undefined, scrub });
    if (answer.fault !== undefined) throw answer.fault;
    if (answer.body === undefined || answer.status !== 200 || answer.verdict.returnCode !== 0) {
      throw authError(answer, operation.name, environment);
    }
    return answer.body;
  }

  return createTokenCache({
    key: tokenStoreKey({ brokerId: settings.simulated ? 'kiwoom-simulated' : 'kiwoom', environment, appKey }),
    // On the cancels' sockets: a cancel without a token waits for this request, and must not wait for reads with it.
    issue: async ({ signal }) =>
      readToken(await ask(au10001, tokenRequestBody(appKey, secretKey), 'CANCEL', signal), clock.nowMs()),
    revoke: async (token) => {
      await ask(au10002, revokeRequestBody(appKey, secretKey, token.accessToken), 'READ', undefined);
    },
    store: settings.store,
    clock,
    issueIntervalMsMin,
    random: settings.random,
    ...(settings.logger === undefined ? {} : { logger: settings.logger }),
  });
}

function authError(answer: KiwoomAnswer, operation: string, environment: KiwoomEnvironment): BrokerError {
  const { verdict, row, status } = answer;
  if (row?.kind === 'RATE_LIMIT') {
    return new RateLimitError({
      code: 'TOKEN_ISSUE_LIMITED',
      summary: 'Kiwoom limits the issue of tokens, and one was asked for too soon.',
      facts: { environment, operation, native: verdict.code },
      next: 'Wait. Keep tokens in a durable store, and share it between processes.',
    });
  }
  if (row?.kind === 'WRONG_ENVIRONMENT') {
    return new AuthenticationError({
      code: 'WRONG_ENVIRONMENT',
      summary: `The app key does not belong to Kiwoom ${environment}.`,
      facts: { environment, operation, native: `${verdict.code} ${verdict.message}`.trim() },
      next: 'Live and mock (모의투자) have keys of their own: take the key of this environment, or change the environment.',
    });
  }
  return refusalError(verdict, row, status, { operation, environment });
}
