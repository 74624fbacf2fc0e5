import { createHash } from 'node:crypto';

const hourMs = 3_600_000;
/** A token lives 24 hours (published for ordinary customers). */
export const tokenLifeMs: number = 24 * hourMs;
/** Asking again within six hours gives the same token (broker notice 2023-04-28). */
const sameTokenMs = 6 * hourMs;
/** One issue a minute; asking too early starts the minute anew (measured: repeated attempts prolong the refusal). */
const issuePauseMs = 60_000;

interface IssuedToken {
  readonly token: string;
  readonly expiresAtMs: number;
}

/** Hands out access tokens and knows them again. */
export interface TokenDesk {
  /** A token for the key, or `undefined` when the key asked too soon. */
  issue(appKey: string, nowMs: number): IssuedToken | undefined;
  check(appKey: string, token: string, nowMs: number): 'VALID' | 'EXPIRED' | 'UNKNOWN';
  /** Ends a token of the key at once. */
  revoke(appKey: string, token: string): void;
}

/** Makes a desk. Same seed, same keys and same instants give the same tokens; they open nothing but this venue. */
export function createTokenDesk(seed: number): TokenDesk {
  const live = new Map<string, { readonly appKey: string; readonly expiresAtMs: number }>();
  const latest = new Map<string, IssuedToken & { readonly issuedAtMs: number }>();
  const askedAtMs = new Map<string, number>();
  return {
    issue(appKey, nowMs) {
      const asked = askedAtMs.get(appKey);
      askedAtMs.set(appKey, nowMs);
      if (asked !== undefined && nowMs < asked + issuePauseMs) return undefined;
      const held = latest.get(appKey);
      if (held !== undefined && live.has(held.token) && nowMs < held.issuedAtMs + sameTokenMs) return held;
      const issued = { token: makeToken(seed, appKey, nowMs), issuedAtMs: nowMs, expiresAtMs: nowMs + tokenLifeMs };
      latest.set(appKey, issued);
      live.set(issued.token, { appKey, expiresAtMs: issued.expiresAtMs });
      return issued;
    },
    check(appKey, token, nowMs) {
      const known = live.get(token);
      if (known?.appKey !== appKey) return 'UNKNOWN';
      return nowMs < known.expiresAtMs ? 'VALID' : 'EXPIRED';
    },
    revoke(appKey, token) {
      if (live.get(token)?.appKey === appKey) live.delete(token);
    },
  };
}

/** Three parts joined by dots, like the broker's JWT; the last part is a digest, not a signature. */
function makeToken(seed: number, appKey: string, nowMs: number): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = part({ typ: 'JWT', alg: 'HS512' });
  const body = part({
    sub: 'token',
    iss: 'qts-venue-simulated',
    exp: Math.floor((nowMs + tokenLifeMs) / 1000),
    iat: Math.floor(nowMs / 1000),
  });
  return `${head}.${body}.${digest(`token ${seed} ${appKey} ${nowMs}`, 'sha512').toString('base64url')}`;
}

/** `HASH` of a body: 64 hex characters. Which digest the broker uses is not published; SHA-256 is assumed. */
export function hashBody(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('hex');
}

function digest(text: string, algorithm: 'sha256' | 'sha512'): Buffer {
  return createHash(algorithm).update(text).digest();
}
