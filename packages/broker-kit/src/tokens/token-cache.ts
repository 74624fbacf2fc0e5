import { type Clock, type Logger, type StoredToken, type TokenStore } from '@qts/core';
import { type RandomSource } from '../time/random-source.ts';

export interface TokenCacheSettings {
  /** Key in the store: broker, environment and a fingerprint of the app key (`tokenStoreKey`). Never a secret. */
  readonly key: string;
  /** Asks the broker for a token, once. Must not retry. */
  readonly issue: (options: { readonly signal: AbortSignal }) => Promise<StoredToken>;
  /** Tells the broker to forget a token. Absent: `revoke()` only forgets it here. */
  readonly revoke?: (token: StoredToken) => Promise<void>;
  readonly store: TokenStore;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly logger?: Logger;
  /** How long before its end a token is renewed in the background, ms. Default 300,000. */
  readonly renewAheadMs?: number;
  /** Up to this much is added to `renewAheadMs` at random, once per token, ms. Default 60,000. */
  readonly renewJitterMs?: number;
  /** A token this near to its end is not handed out, ms: covers the difference of the clocks. Default 30,000. */
  readonly skewMs?: number;
  /** A stored or freshly issued token with less life than this is not taken, ms. Default 60,000. */
  readonly remainingMsMin?: number;
  /** Shortest time between two issues, ms, failures included. Default 60,000. */
  readonly issueIntervalMsMin?: number;
  /** Longest wait for the next allowed issue when the caller gave no deadline, ms. Default 5,000. */
  readonly issueWaitMsMax?: number;
  /** Whether a renewal in the background may run at this moment. Default: always. A token about to end is renewed anyway. */
  readonly isQuietMoment?: (nowMs: number) => boolean;
}

/** One access token for one app key: shared by all callers, durable, renewed ahead of time. */
export interface TokenCache {
  /**
   * The token: at once while one is valid, else a promise of the one renewal that all callers share.
   * @throws {AuthenticationError} (rejects) `TOKEN_TOO_SHORT`; {@link RateLimitError} `TOKEN_ISSUE_LIMITED` when the
   * next issue is not allowed soon enough; whatever `issue` threw.
   */
  get(options?: { readonly signal?: AbortSignal; readonly deadlineMs?: number }): StoredToken | Promise<StoredToken>;
  /** The token in memory when it may be used now. Never waits, never issues. */
  peek(): StoredToken | undefined;
  /** True when there is no token, or it has ended, or it is inside the skew. */
  needsRefresh(): boolean;
  /**
   * The broker refused `used`. Forgets the token only when `used` is still the current one: a late refusal of an old
   * token changes nothing. Answers whether it was forgotten.
   */
  invalidate(used: StoredToken): boolean;
  /** Tells the broker to forget the current token, then `clear()`. Breaks every process that shares it. */
  revoke(): Promise<void>;
  /** Forgets the token here and in the store. */
  clear(): Promise<void>;
  /** Ends renewals. Safe to call twice. The stored token stays. */
  close(): void;
}

export function createTokenCache(settings: TokenCacheSettings): TokenCache {
  throw new Error(`In the making: ${settings.key}`);
}
