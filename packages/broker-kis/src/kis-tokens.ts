import {
  type ConnectionLane,
  createTokenCache,
  type HttpSession,
  type RandomSource,
  type TokenCache,
  tokenStoreKey,
} from '@qts/broker-kit';
import { type BrokerError, type Clock, type Logger, RateLimitError, type Secret, type TokenStore } from '@qts/core';
import { approval, approvalRequestBody, readApprovalKey } from './auth/approval.ts';
import { revokeP, revokeRequestBody } from './auth/revoke-p.ts';
import { readToken, tokenP, tokenRequestBody } from './auth/token-p.ts';
import { type KisAnswer, readKisAnswer } from './kis-answer.ts';
import { type KisCredentials } from './kis-credentials.ts';
import { authHeaders } from './kis-request.ts';
import { refusalError } from './kis-verdict.ts';
import { type WireRow } from './wire-fields.ts';

/** What the requests for tokens and keys need. */
export interface KisTokenSettings {
  readonly credentials: KisCredentials;
  /** Separates a simulated venue's tokens from the broker's in one store. */
  readonly simulated: boolean;
  readonly session: HttpSession;
  readonly store: TokenStore;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly logger: Logger | undefined;
  readonly scrub: (text: string) => string;
}

export interface KisTokens {
  readonly cache: TokenCache;
  /** One request for an approval key. The caller minds the limit of one a second. */
  issueApprovalKey(signal: AbortSignal | undefined): Promise<Secret>;
}

/** Access tokens of one app key, and approval keys. */
export function createKisTokens(settings: KisTokenSettings): KisTokens {
  const { credentials, session, clock, scrub } = settings;
  const { environment, appKey, appSecret } = credentials;

  async function ask(
    operation: { readonly name: string; readonly path: string },
    body: string,
    lane: ConnectionLane,
    signal: AbortSignal | undefined,
  ): Promise<WireRow> {
    const exchange = await session.send(
      { method: 'POST', path: operation.path, headers: authHeaders, body },
      { lane, ...(signal === undefined ? {} : { signal }) },
    );
    const context = { operation: operation.name, environment, trId: undefined, scrub };
    const answer = readKisAnswer(exchange, context);
    if (answer.fault !== undefined) throw answer.fault;
    if (answer.body === undefined || answer.status !== 200 || answer.verdict.code !== '') {
      throw authError(answer, operation.name, environment);
    }
    return answer.body;
  }

  const cache = createTokenCache({
    key: tokenStoreKey({ brokerId: settings.simulated ? 'kis-simulated' : 'kis', environment, appKey }),
    // On the cancels' sockets: a cancel without a token waits for this request, and must not wait for reads with it.
    issue: async ({ signal }) =>
      readToken(await ask(tokenP, tokenRequestBody(appKey, appSecret), 'CANCEL', signal), clock.nowMs()),
    revoke: async (token) => {
      await ask(revokeP, revokeRequestBody(appKey, appSecret, token.accessToken), 'READ', undefined);
    },
    store: settings.store,
    clock,
    random: settings.random,
    ...(settings.logger === undefined ? {} : { logger: settings.logger }),
  });
  return {
    cache,
    issueApprovalKey: async (signal) =>
      readApprovalKey(await ask(approval, approvalRequestBody(appKey, appSecret), 'READ', signal)),
  };
}

function authError(answer: KisAnswer, operation: string, environment: 'LIVE' | 'PAPER'): BrokerError {
  if (answer.row?.kind === 'AUTH_RATE_LIMIT') {
    return new RateLimitError({
      code: 'TOKEN_ISSUE_LIMITED',
      summary: 'KIS issues one token a minute, and one was asked for too soon.',
      facts: { environment, operation, native: answer.verdict.code },
      next: 'Wait: asking on prolongs the refusal. Keep tokens in a durable store, and share it between processes.',
    });
  }
  return refusalError(answer.verdict, answer.row, answer.status, { operation, environment });
}
