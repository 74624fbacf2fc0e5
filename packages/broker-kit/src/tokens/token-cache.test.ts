import { Secret, type StoredToken, type TokenStore } from '@qts/core';
import { type FakeClock, createFakeClock } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { transportError } from '../http/transport-failures.ts';
import { type TokenCache, type TokenCacheSettings, createTokenCache } from './token-cache.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

interface World {
  readonly clock: FakeClock;
  readonly cache: TokenCache;
  readonly issuedAtMs: number[];
  readonly store: TokenStore;
  readonly stored: Map<string, StoredToken>;
  readonly log: string[];
  readonly makeToken: (name: string, lifeMs?: number) => StoredToken;
  /** What the next issues do, in order; when none is left, a token named after its number. */
  readonly issues: (() => Promise<StoredToken>)[];
  readonly restart: (overrides?: Partial<TokenCacheSettings>) => TokenCache;
}

function start(overrides: Partial<TokenCacheSettings> = {}): World {
  const clock = createFakeClock();
  const stored = new Map<string, StoredToken>();
  const issuedAtMs: number[] = [];
  const issues: (() => Promise<StoredToken>)[] = [];
  const log: string[] = [];
  const store: TokenStore = {
    load: (key) => Promise.resolve(stored.get(key)),
    save: (key, token) => Promise.resolve(void stored.set(key, token)),
    remove: (key) => Promise.resolve(void stored.delete(key)),
  };
  const makeToken = (name: string, lifeMs = dayMs): StoredToken => ({
    accessToken: new Secret(name),
    tokenType: 'Bearer',
    issuedAtMs: clock.nowMs(),
    expiresAtMs: clock.nowMs() + lifeMs,
  });
  const note = (event: string): void => void log.push(event);
  const restart = (more: Partial<TokenCacheSettings> = {}): TokenCache =>
    createTokenCache({
      key: 'broker.paper.0123456789ab',
      store,
      clock,
      random: () => 0,
      logger: { debug: note, info: note, warn: note, error: note },
      issue: () => {
        issuedAtMs.push(clock.monotonicMs());
        return issues.shift()?.() ?? Promise.resolve(makeToken(`token-${issuedAtMs.length}`));
      },
      ...overrides,
      ...more,
    });
  return { clock, store, stored, issuedAtMs, issues, log, makeToken, restart, cache: restart() };
}

const textOf = async (token: StoredToken | Promise<StoredToken>): Promise<string> => (await token).accessToken.reveal();

describe('get', () => {
  it('asks once for all who wait, then answers at once and without a promise', async () => {
    const { cache, issuedAtMs } = start();
    expect(cache.needsRefresh()).toBe(true);
    const tokens = await Promise.all(Array.from({ length: 50 }, () => textOf(cache.get())));
    expect(new Set(tokens)).toEqual(new Set(['token-1']));
    expect(issuedAtMs).toHaveLength(1);
    expect(cache.get()).not.toBeInstanceOf(Promise);
    expect(cache.needsRefresh()).toBe(false);
  });

  it('takes the stored token after a restart instead of asking', async () => {
    const { cache, issuedAtMs, restart } = start();
    await cache.get();
    expect(await textOf(restart().get())).toBe('token-1');
    expect(issuedAtMs).toHaveLength(1);
  });

  it.each([
    [60_000, 'stored'],
    [59_999, 'token-1'],
  ])('with %d ms of stored life left answers %s', async (lifeMs, expected) => {
    const { cache, stored, makeToken } = start();
    stored.set('broker.paper.0123456789ab', makeToken('stored', lifeMs));
    expect(await textOf(cache.get())).toBe(expected);
  });

  it('does not hand out a token inside the skew', async () => {
    const { cache, clock } = start({ renewAheadMs: 0, renewJitterMs: 0, skewMs: 30_000, isQuietMoment: () => false });
    await cache.get();
    await clock.advance(dayMs - 30_001);
    expect(cache.peek()?.accessToken.reveal()).toBe('token-1');
    await clock.advance(1);
    expect(cache.peek()).toBeUndefined();
    expect(await textOf(cache.get())).toBe('token-2');
  });

  it('shares a failed issue among all who wait, and does not ask again within a minute', async () => {
    const { cache, issues, issuedAtMs, clock } = start();
    issues.push(() => Promise.reject(new Error('no')));
    const ends = await Promise.allSettled([cache.get(), cache.get(), cache.get()]);
    expect(ends.map((end) => end.status)).toEqual(['rejected', 'rejected', 'rejected']);
    await expect(cache.get()).rejects.toMatchObject({ code: 'TOKEN_ISSUE_LIMITED', facts: { waitMs: 60_000 } });
    await clock.advance(56_000);
    const patient = cache.get();
    await clock.advance(4_000);
    expect(await textOf(patient)).toBe('token-2');
    expect(issuedAtMs).toEqual([0, 60_000]);
  });

  it('asks again at once when nothing was sent: the broker’s minute has not begun', async () => {
    const { cache, issues, issuedAtMs } = start();
    issues.push(() => Promise.reject(transportError('CONNECTION_BUSY')));
    await expect(cache.get()).rejects.toMatchObject({ code: 'CONNECTION_BUSY' });
    expect(await textOf(cache.get())).toBe('token-2');
    expect(issuedAtMs).toEqual([0, 0]);
  });

  it.each([
    ['a token', (token: StoredToken): Promise<StoredToken> => Promise.resolve(token)],
    ['a failure', (): Promise<StoredToken> => Promise.reject(new Error('no'))],
  ])('counts the minute from the answer, here %s: the broker was asked before it', async (_, answer) => {
    const { cache, issues, issuedAtMs, makeToken, clock } = start();
    issues.push(async () => {
      await new Promise<void>((resolve) => void clock.setTimer(resolve, 700));
      return answer(makeToken('token-1'));
    });
    const first = Promise.allSettled([cache.get()]);
    await clock.advance(700);
    await first;
    cache.invalidate(makeToken('token-1'));
    const next = cache.get({ deadlineMs: clock.nowMs() + 60_000 });
    await clock.advance(59_999);
    expect(issuedAtMs).toEqual([0]);
    await clock.advance(1);
    expect(await textOf(next)).toBe('token-2');
    expect(issuedAtMs).toEqual([0, 60_700]);
  });

  it('keeps the minute when the request may have arrived', async () => {
    const { cache, issues } = start();
    issues.push(() => Promise.reject(transportError('HEADERS_TIMEOUT')));
    await expect(cache.get()).rejects.toMatchObject({ code: 'HEADERS_TIMEOUT' });
    await expect(cache.get()).rejects.toMatchObject({ code: 'TOKEN_ISSUE_LIMITED' });
  });

  it('waits for the next allowed issue as long as each caller may', async () => {
    const { cache, issues, issuedAtMs, clock } = start();
    issues.push(() => Promise.reject(new Error('no')));
    await Promise.allSettled([cache.get()]);
    const patient = cache.get({ deadlineMs: clock.nowMs() + 60_000 });
    const hasty = cache.get({ deadlineMs: clock.nowMs() + 59_999 });
    await expect(hasty).rejects.toMatchObject({ code: 'TOKEN_ISSUE_LIMITED' });
    await clock.advance(60_000);
    expect(await textOf(patient)).toBe('token-2');
    expect(issuedAtMs).toHaveLength(2);
  });

  it('lets one caller go without stopping the issue for the others', async () => {
    const { cache, issues, makeToken, clock } = start();
    let finish: (token: StoredToken) => void = () => undefined;
    issues.push(() => new Promise((resolve) => (finish = resolve)));
    const controller = new AbortController();
    const leaving = cache.get({ signal: controller.signal });
    const staying = cache.get();
    await clock.settle();
    controller.abort(new Error('gone'));
    await expect(leaving).rejects.toThrow('gone');
    finish(makeToken('late'));
    expect(await textOf(staying)).toBe('late');
    expect(cache.peek()?.accessToken.reveal()).toBe('late');
  });

  it('refuses a fresh token that is about to end: a clock or a zone is wrong', async () => {
    const { cache, issues, makeToken } = start();
    issues.push(() => Promise.resolve(makeToken('short', 59_999)));
    await expect(cache.get()).rejects.toMatchObject({ code: 'TOKEN_TOO_SHORT', facts: { remainingMs: 59_999 } });
  });

  it('goes on with a good token that could not be saved', async () => {
    const { restart, log, makeToken } = start();
    const fail = (): Promise<never> => Promise.reject(new Error('disk full'));
    const cache = restart({ store: { load: () => Promise.resolve(undefined), save: fail, remove: fail } });
    expect(await textOf(cache.get())).toBe('token-1');
    expect(log).toContain('token-not-saved');
    expect(makeToken('x').tokenType).toBe('Bearer');
  });

  it('passes on what the store refuses, and asks nobody', async () => {
    const { restart, issuedAtMs } = start();
    const fail = (): Promise<never> => Promise.reject(new Error('mode 644'));
    const cache = restart({ store: { load: fail, save: fail, remove: fail } });
    await expect(cache.get()).rejects.toThrow('mode 644');
    expect(issuedAtMs).toHaveLength(0);
  });

  it('uses what another process stored while it waited for the lock', async () => {
    const { restart, store, stored, makeToken, issuedAtMs } = start();
    const cache = restart({
      store: {
        ...store,
        exclusively: (key, work) => {
          stored.set(key, makeToken('from the other'));
          return work();
        },
      },
    });
    expect(await textOf(cache.get())).toBe('from the other');
    expect(issuedAtMs).toHaveLength(0);
  });
});

describe('invalidate', () => {
  it('leads to one renewal, however many requests were refused', async () => {
    const { cache, issuedAtMs, clock } = start();
    const used = await cache.get();
    await clock.advance(hourMs);
    expect(Array.from({ length: 20 }, () => cache.invalidate(used)).filter(Boolean)).toHaveLength(1);
    const tokens = await Promise.all(Array.from({ length: 20 }, () => textOf(cache.get())));
    expect(new Set(tokens)).toEqual(new Set(['token-2']));
    expect(issuedAtMs).toHaveLength(2);
  });

  it('ignores the late refusal of an old token', async () => {
    const { cache, clock } = start();
    const old = await cache.get();
    await clock.advance(hourMs);
    cache.invalidate(old);
    await cache.get();
    expect(cache.invalidate(old)).toBe(false);
    expect(cache.peek()?.accessToken.reveal()).toBe('token-2');
  });

  it('compares the token itself, not the object', async () => {
    const { cache } = start();
    const used = await cache.get();
    expect(cache.invalidate({ ...used, accessToken: new Secret(used.accessToken.reveal()) })).toBe(true);
  });

  it('does not bring the refused token back from the store, but takes another process’s', async () => {
    const { cache, stored, makeToken, issuedAtMs } = start();
    cache.invalidate(await cache.get());
    await expect(cache.get()).rejects.toMatchObject({ code: 'TOKEN_ISSUE_LIMITED' });
    stored.set('broker.paper.0123456789ab', makeToken('newer'));
    expect(await textOf(cache.get())).toBe('newer');
    expect(issuedAtMs).toHaveLength(1);
  });

  it('never leads to more than one issue a minute, even when every fresh token is refused', async () => {
    const { cache, clock, issuedAtMs } = start();
    for (let second = 0; second < 300; second += 1) {
      const hasty = { deadlineMs: clock.nowMs() };
      const token = await Promise.resolve(cache.get(hasty)).catch(() => undefined);
      if (token !== undefined) {
        cache.invalidate(token);
      }
      await clock.advance(1_000);
    }
    expect(issuedAtMs).toEqual([0, 60_000, 120_000, 180_000, 240_000]);
  });

  it('says when the broker answers with the refused token again', async () => {
    const { cache, issues, clock, log } = start();
    const used = await cache.get();
    await clock.advance(hourMs);
    cache.invalidate(used);
    issues.push(() => Promise.resolve(used));
    expect(await textOf(cache.get())).toBe('token-1');
    expect(log).toContain('token-reissued-unchanged');
  });
});

describe('renewal ahead of time', () => {
  it('happens in the background, earlier by the jitter, while the old token serves', async () => {
    const { cache, clock, issuedAtMs, restart } = start();
    cache.close();
    const jittered = restart({ random: () => 0.5 });
    await jittered.get();
    await clock.advance(dayMs - 330_001);
    expect(issuedAtMs).toHaveLength(1);
    expect(jittered.peek()?.accessToken.reveal()).toBe('token-1');
    await clock.advance(1);
    expect(issuedAtMs).toHaveLength(2);
    expect(jittered.peek()?.accessToken.reveal()).toBe('token-2');
  });

  it('waits for a quiet moment as long as the token serves', async () => {
    let quiet = false;
    const { cache, clock, issuedAtMs } = start({ isQuietMoment: () => quiet });
    await cache.get();
    await clock.advance(dayMs - 300_000 + 90_000);
    expect(issuedAtMs).toHaveLength(1);
    quiet = true;
    await clock.advance(30_000);
    expect(issuedAtMs).toHaveLength(2);
  });

  it('tries again a minute after a failure, and the old token serves meanwhile', async () => {
    const { cache, clock, issues, issuedAtMs, log } = start();
    await cache.get();
    issues.push(() => Promise.reject(new Error('no')));
    await clock.advance(dayMs - 300_000);
    expect(cache.peek()?.accessToken.reveal()).toBe('token-1');
    expect(log).toContain('token-renewal-failed');
    await clock.advance(60_000);
    expect(cache.peek()?.accessToken.reveal()).toBe('token-3');
    expect(issuedAtMs).toHaveLength(3);
  });

  it('does not ask in a circle when the broker answers with the same token', async () => {
    const { cache, clock, issues, issuedAtMs } = start();
    const same = await cache.get();
    for (let count = 0; count < 9; count += 1) {
      issues.push(() => Promise.resolve(same));
    }
    await clock.advance(dayMs - 61_000);
    expect(issuedAtMs.length).toBeLessThanOrEqual(4);
  });

  it('works for a token that lives longer than a timer can', async () => {
    const { cache, clock, issues, makeToken, issuedAtMs } = start();
    issues.push(() => Promise.resolve(makeToken('long', 90 * dayMs)));
    await cache.get();
    await clock.advance(90 * dayMs - 300_001);
    expect(issuedAtMs).toHaveLength(1);
    await clock.advance(1);
    expect(issuedAtMs).toHaveLength(2);
  });
});

describe('the end of a token', () => {
  it('clear forgets it here and in the store', async () => {
    const { cache, stored, clock } = start();
    await cache.get();
    await cache.clear();
    expect(stored.size).toBe(0);
    expect(cache.needsRefresh()).toBe(true);
    expect(clock.pendingTimers).toBe(0);
  });

  it('clear wins over an issue under way', async () => {
    const { cache, stored, clock, issues, makeToken } = start();
    let finish: (token: StoredToken) => void = () => undefined;
    issues.push(() => new Promise((resolve) => (finish = resolve)));
    const asking = cache.get();
    await clock.settle();
    const clearing = cache.clear();
    finish(makeToken('late'));
    await asking;
    await clearing;
    expect(cache.peek()).toBeUndefined();
    expect(stored.size).toBe(0);
  });

  it('revoke tells the broker first, also of a token that only the store knows', async () => {
    const revoked: string[] = [];
    const revoke = (token: StoredToken): Promise<void> =>
      Promise.resolve(void revoked.push(token.accessToken.reveal()));
    const { cache, restart, stored } = start({ revoke });
    await cache.get();
    await restart().revoke();
    expect(revoked).toEqual(['token-1']);
    expect(stored.size).toBe(0);
  });

  it('revoke ends the token that is being issued meanwhile, too', async () => {
    const revoked: string[] = [];
    const revoke = (token: StoredToken): Promise<void> =>
      Promise.resolve(void revoked.push(token.accessToken.reveal()));
    const { cache, stored, clock, issues, makeToken } = start({ revoke });
    let finish: (token: StoredToken) => void = () => undefined;
    issues.push(() => new Promise((resolve) => (finish = resolve)));
    const asking = cache.get();
    await clock.settle();
    const revoking = cache.revoke();
    finish(makeToken('late'));
    await asking;
    await revoking;
    expect(revoked).toEqual(['late']);
    expect(cache.peek()).toBeUndefined();
    expect(stored.size).toBe(0);
  });

  it('close ends renewals and refuses new issues; a token in hand still serves', async () => {
    const { cache, clock, issuedAtMs } = start();
    await cache.get();
    cache.close();
    cache.close();
    expect(clock.pendingTimers).toBe(0);
    await expect(Promise.resolve(cache.get())).resolves.toBeDefined();
    await clock.advance(dayMs);
    await expect(cache.get()).rejects.toMatchObject({ code: 'TOKEN_CACHE_CLOSED' });
    expect(issuedAtMs).toHaveLength(1);
  });

  it('close aborts an issue under way', async () => {
    const { restart, clock } = start();
    let aborted = false;
    const cache = restart({
      issue: ({ signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            aborted = true;
            reject(new Error('aborted'));
          });
        }),
    });
    const asking = expect(cache.get()).rejects.toThrow('aborted');
    await clock.settle();
    cache.close();
    await asking;
    expect(aborted).toBe(true);
  });
});

it('refuses negative times', () => {
  expect(() => start({ skewMs: -1 })).toThrow(
    expect.objectContaining({ code: 'TOKEN_CACHE_NOT_VALID', facts: { setting: 'skewMs', found: '-1' } }),
  );
});
