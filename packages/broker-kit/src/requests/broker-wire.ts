import { type Clock, type Secret, type StoredToken, type TransportError } from '@qts/core';
import { type HttpSession } from '../http/http-session.ts';
import { type HttpExchange } from '../http/http-transport.ts';
import { transportError } from '../http/transport-failures.ts';
import { type RateLane } from '../limits/rate-lanes.ts';
import { type RateLimiter } from '../limits/rate-limiter.ts';
import { type TokenCache } from '../tokens/token-cache.ts';

/** What is said differently on each broker's wire; `id` is the broker's id of an operation. */
export interface BrokerWire<Answer> {
  /** The limiter that a request of the operation waits for: one for all, or one each. */
  limiterOf(id: string): RateLimiter;
  /** Headers of a request without pages. A warm order builds none: see `createHeaderCache`. */
  headersOf(id: string, accessToken: Secret): readonly string[];
  /** Reads a complete answer. Never throws: what cannot be read is in the answer. */
  readAnswer(exchange: HttpExchange, operation: string, id: string): Answer;
  /** Whether the answer says that the token is not valid: a new one may help a read. */
  refusesToken(answer: Answer): boolean;
  /** What the answer means for the pace: a refusal for the rate is reported to the limiter. */
  learnPace(answer: Answer, id: string, lane: RateLane): void;
}

/** What requests pass on their way. */
export interface RequestParts {
  readonly session: HttpSession;
  readonly tokens: TokenCache;
  readonly clock: Clock;
}

/** What an answer means for the token and the pace, whatever it means for the caller. */
export function learnFrom<Answer>(
  wire: BrokerWire<Answer>,
  tokens: TokenCache,
  answer: Answer,
  token: StoredToken,
  id: string,
  lane: RateLane,
): void {
  if (wire.refusesToken(answer)) tokens.invalidate(token);
  wire.learnPace(answer, id, lane);
}

/** The permit was given away while the request waited for a connection. */
export function permitLapsed(operation: string): TransportError {
  return transportError('RATE_PERMIT_LAPSED', { operation });
}
