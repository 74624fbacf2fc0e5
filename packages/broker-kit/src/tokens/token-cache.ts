import {
  AuthenticationError,
  type Clock,
  ConfigurationError,
  type Logger,
  RateLimitError,
  type StoredToken,
  type Timer,
  type TokenStore,
  TransportError,
} from '@qts/core';
import { type RandomSource } from '../time/random-source.ts';
import { sleep } from '../time/sleep.ts';
import { timerMsMax } from '../time/timer-limit.ts';

export interface TokenCacheSettings {
  /** Key in the store: broker, environment and a fingerprint of the app key (`tokenStoreKey`). Never a secret. */
  readonly key: string;
  /** Asks the broker for a token, once. Must not retry. The signal aborts when the cache is closed. */
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
  /** Shortest time from the answer of an issue to the next, ms, failures included unless nothing was sent. Default 60,000. */
  readonly issueIntervalMsMin?: number;
  /** Longest wait for the next allowed issue when the caller gave no deadline, ms. Default 5,000. */
  readonly issueWaitMsMax?: number;
  /** Whether a renewal in the background may run at this moment. Default: always. A token that has ended is renewed anyway. */
  readonly isQuietMoment?: (nowMs: number) => boolean;
}

export interface TokenCallOptions {
  /** Ends this caller's wait; a renewal that others share goes on. */
  readonly signal?: AbortSignal;
  /** Epoch ms up to which the next allowed issue is waited for. */
  readonly deadlineMs?: number;
}

/** One access token for one app key: shared by all callers, durable, renewed ahead of time. */
export interface TokenCache {
  /**
   * The token: at once while one is valid, else a promise of the one renewal that all callers share.
   * @throws {AuthenticationError} (rejects) `TOKEN_TOO_SHORT`, `TOKEN_CACHE_CLOSED`; {@link RateLimitError}
   * `TOKEN_ISSUE_LIMITED` when the next issue is not allowed soon enough; whatever `issue` or the store threw.
   */
  get(options?: TokenCallOptions): StoredToken | Promise<StoredToken>;
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
  /** Ends renewals and their timer. Safe to call twice. The stored token stays. */
  close(): void;
}

/** A background renewal that finds no quiet moment looks again after this long. */
const quietCheckMs = 60_000;

const defaults = {
  renewAheadMs: 300_000,
  renewJitterMs: 60_000,
  skewMs: 30_000,
  remainingMsMin: 60_000,
  issueIntervalMsMin: 60_000,
  issueWaitMsMax: 5_000,
};

/** @throws {ConfigurationError} `TOKEN_CACHE_NOT_VALID` when a time is negative or not a number. */
export function createTokenCache(settings: TokenCacheSettings): TokenCache {
  return new SharedTokenCache(settings);
}

class SharedTokenCache implements TokenCache {
  readonly #settings: TokenCacheSettings & typeof defaults;
  readonly #closing = new AbortController();
  #token: StoredToken | undefined;
  /** The token that the broker refused last: it may still lie in the store, and must not come back from there. */
  #refused: string | undefined;
  #renewal: Promise<StoredToken> | undefined;
  #nextIssueMs = -Infinity;
  #renewAtMs = Infinity;
  #timer: Timer | undefined;

  constructor(settings: TokenCacheSettings) {
    this.#settings = { ...defaults, ...settings };
    for (const name of Object.keys(defaults) as (keyof typeof defaults)[]) {
      requireDuration(name, this.#settings[name]);
    }
  }

  get(options: TokenCallOptions = {}): StoredToken | Promise<StoredToken> {
    return this.peek() ?? this.#join(options);
  }

  peek(): StoredToken | undefined {
    const token = this.#token;
    return token !== undefined && token.expiresAtMs - this.#settings.clock.nowMs() > this.#settings.skewMs
      ? token
      : undefined;
  }

  needsRefresh(): boolean {
    return this.peek() === undefined;
  }

  invalidate(used: StoredToken): boolean {
    const refused = used.accessToken.reveal();
    if (this.#token?.accessToken.reveal() !== refused) {
      return false;
    }
    this.#token = undefined;
    this.#refused = refused;
    this.#timer?.cancel();
    this.#settings.logger?.warn('token-refused', { key: this.#settings.key });
    return true;
  }

  async revoke(): Promise<void> {
    const { store, key, revoke } = this.#settings;
    // What is being issued now would be forgotten here and live on at the broker.
    await this.#renewal?.catch(() => undefined);
    const token = this.#token ?? (await store.load(key));
    if (token !== undefined) {
      await revoke?.(token);
    }
    await this.clear();
  }

  async clear(): Promise<void> {
    // A renewal under way would bring the token back after us.
    await this.#renewal?.catch(() => undefined);
    this.#token = undefined;
    this.#timer?.cancel();
    await this.#settings.store.remove(this.#settings.key);
  }

  close(): void {
    this.#timer?.cancel();
    this.#closing.abort(
      new AuthenticationError({
        code: 'TOKEN_CACHE_CLOSED',
        summary: 'The token cache is closed.',
        facts: { key: this.#settings.key },
        next: 'Nothing was sent. Make a new broker.',
      }),
    );
  }

  /** One caller's share: the renewal is common, the patience for the next allowed issue is the caller's own. */
  async #join({ signal, deadlineMs }: TokenCallOptions): Promise<StoredToken> {
    const { clock, issueWaitMsMax } = this.#settings;
    const giveUpAtMs = deadlineMs ?? clock.nowMs() + issueWaitMsMax;
    const signals = signal === undefined ? [this.#closing.signal] : [this.#closing.signal, signal];
    for (;;) {
      signal?.throwIfAborted();
      try {
        return await untilAborted(this.#renew(), signal);
      } catch (error) {
        const waitMs = this.#issueWaitMs();
        if (!isIssueLimited(error) || clock.nowMs() + waitMs > giveUpAtMs) {
          throw error;
        }
        await sleep(clock, waitMs, AbortSignal.any(signals));
      }
    }
  }

  #renew(): Promise<StoredToken> {
    this.#renewal ??= this.#renewOnce().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #renewOnce(): Promise<StoredToken> {
    this.#closing.signal.throwIfAborted();
    const stored = await this.#takeStored();
    if (stored !== undefined) {
      return stored;
    }
    const waitMs = this.#issueWaitMs();
    if (waitMs > 0) {
      throw this.#issueLimited(waitMs);
    }
    // Whoever held the lock before us may have stored a token meanwhile.
    const work = async (): Promise<StoredToken> => (await this.#takeStored()) ?? (await this.#issue());
    const { store, key } = this.#settings;
    return store.exclusively === undefined ? work() : store.exclusively(key, work);
  }

  /** The stored token, when it is another one than ours and still good. */
  async #takeStored(): Promise<StoredToken | undefined> {
    const { store, key, clock, remainingMsMin, logger } = this.#settings;
    const stored = await store.load(key);
    const text = stored?.accessToken.reveal();
    if (stored === undefined || text === this.#refused || text === this.#token?.accessToken.reveal()) {
      return undefined;
    }
    if (stored.expiresAtMs - clock.nowMs() < remainingMsMin) {
      return undefined;
    }
    logger?.info('token-loaded', { key, expiresAtMs: stored.expiresAtMs });
    return this.#adopt(stored);
  }

  async #issue(): Promise<StoredToken> {
    const { store, key, clock, issue, issueIntervalMsMin, remainingMsMin, logger } = this.#settings;
    this.#closing.signal.throwIfAborted();
    const allowedSinceMs = this.#nextIssueMs;
    // From the answer on: a broker that counts from when it was asked, a little earlier, must never be asked too soon.
    const waitAgain = (): void => {
      this.#nextIssueMs = clock.monotonicMs() + issueIntervalMsMin;
    };
    waitAgain();
    let token: StoredToken;
    try {
      token = await issue({ signal: this.#closing.signal });
      waitAgain();
    } catch (error) {
      if (TransportError.isInstance(error) && error.sent === 'NOT_SENT') {
        // The broker was not asked. Without a token not even a cancel leaves: the next caller need not wait a minute.
        this.#nextIssueMs = allowedSinceMs;
      } else {
        waitAgain();
      }
      throw error;
    }
    const remainingMs = token.expiresAtMs - clock.nowMs();
    if (remainingMs < remainingMsMin) {
      throw new AuthenticationError({
        code: 'TOKEN_TOO_SHORT',
        summary: 'The broker issued a token that is about to end.',
        facts: { key, remainingMs, remainingMsMin },
        next: 'Check the system time against the broker: a wrong clock or time zone reads like this.',
      });
    }
    if (token.accessToken.reveal() === this.#refused) {
      logger?.warn('token-reissued-unchanged', { key });
    }
    await store.save(key, token).catch((error: unknown) => {
      // The token is good; only the next start would need another one.
      logger?.error('token-not-saved', { key, reason: error instanceof Error ? error.message : 'unknown' });
    });
    logger?.info('token-issued', { key, expiresAtMs: token.expiresAtMs });
    return this.#adopt(token);
  }

  #adopt(token: StoredToken): StoredToken {
    const { clock, random, renewAheadMs, renewJitterMs } = this.#settings;
    this.#token = token;
    this.#refused = undefined;
    const aheadMs = renewAheadMs + random() * renewJitterMs;
    const remainingMs = token.expiresAtMs - clock.nowMs();
    // Half of what remains, when that is later: a broker that answers with the same token again, or with short ones,
    // must not be asked in a circle.
    this.#renewLater(Math.max(remainingMs - aheadMs, remainingMs / 2));
    return token;
  }

  #renewLater(delayMs: number): void {
    const { clock } = this.#settings;
    this.#timer?.cancel();
    if (this.#closing.signal.aborted) {
      return;
    }
    this.#renewAtMs = clock.nowMs() + delayMs;
    this.#timer = clock.setTimer(
      () => {
        this.#renewAhead();
      },
      Math.min(timerMsMax, Math.max(0, delayMs)),
    );
  }

  #renewAhead(): void {
    const { clock, isQuietMoment, issueIntervalMsMin, key, logger } = this.#settings;
    const nowMs = clock.nowMs();
    if (nowMs < this.#renewAtMs) {
      this.#renewLater(this.#renewAtMs - nowMs);
    } else if (isQuietMoment !== undefined && !isQuietMoment(nowMs) && !this.needsRefresh()) {
      this.#renewLater(quietCheckMs);
    } else {
      this.#renew().catch((error: unknown) => {
        logger?.warn('token-renewal-failed', { key, reason: error instanceof Error ? error.message : 'unknown' });
        this.#renewLater(issueIntervalMsMin);
      });
    }
  }

  #issueWaitMs(): number {
    return Math.max(0, this.#nextIssueMs - this.#settings.clock.monotonicMs());
  }

  #issueLimited(waitMs: number): RateLimitError {
    return new RateLimitError({
      code: 'TOKEN_ISSUE_LIMITED',
      summary: 'A new access token may not be asked for yet.',
      facts: { key: this.#settings.key, waitMs: Math.ceil(waitMs) },
      next: 'Nothing was sent. Try again after the wait. If it repeats, the last issue failed, or the broker refuses fresh tokens: see the log.',
    });
  }
}

/** The promise's end, or the signal's reason when that comes first. */
async function untilAborted<Result>(promise: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (signal === undefined) {
    return promise;
  }
  const left = new AbortController();
  try {
    return await Promise.race([promise, rejectOnAbort(signal, left.signal)]);
  } finally {
    left.abort();
  }
}

function rejectOnAbort(signal: AbortSignal, left: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const abort = (): void => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the signal's own reason, as everywhere on the platform
      reject(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true, signal: left });
  });
}

function isIssueLimited(error: unknown): boolean {
  return RateLimitError.isInstance(error) && error.code === 'TOKEN_ISSUE_LIMITED';
}

function requireDuration(setting: string, found: number): void {
  if (!(found >= 0 && Number.isFinite(found))) {
    throw new ConfigurationError({
      code: 'TOKEN_CACHE_NOT_VALID',
      summary: 'A setting of the token cache is out of range.',
      facts: { setting, found: String(found) },
      next: 'Give milliseconds, 0 or more.',
    });
  }
}
