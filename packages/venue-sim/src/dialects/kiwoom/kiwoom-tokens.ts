import { createHash } from 'node:crypto';
import { type VenueEnvironment } from '../../venue-settings.ts';

/** A token lives 24 hours from its first issue (measured). */
const tokenLifeMs = 24 * 3_600_000;

const headLength = 43;
const markLength = 43;

export interface KiwoomToken {
  readonly token: string;
  readonly expiresAtMs: number;
}

/** Hands out access tokens and knows them again. A token alone tells whose it is: calls carry no app key. */
export interface KiwoomTokenDesk {
  /** The token of the key: the same one, with the same expiry, as long as it lives (measured). */
  issue(appKey: string, address: string | undefined, nowMs: number): KiwoomToken;
  check(token: string, address: string | undefined, nowMs: number): KiwoomTokenState;
  /** Ends a token at once. */
  revoke(token: string): void;
  /** Whose a token is or was. */
  ownerOf(token: string): string | undefined;
}

export type KiwoomTokenState =
  | { readonly kind: 'VALID'; readonly appKey: string }
  | { readonly kind: 'INVALID' }
  | { readonly kind: 'OTHER_ADDRESS' }
  | { readonly kind: 'OTHER_ENVIRONMENT' };

interface Issued extends KiwoomToken {
  readonly appKey: string;
  readonly address: string | undefined;
}

/** Makes a desk. Same seed, same keys and same instants give the same tokens; they open nothing but this venue. */
export function createKiwoomTokenDesk(seed: number, environment: VenueEnvironment): KiwoomTokenDesk {
  const byToken = new Map<string, Issued>();
  const owners = new Map<string, string>();
  const byKey = new Map<string, Issued>();
  const other = environment === 'LIVE' ? 'PAPER' : 'LIVE';
  return {
    issue(appKey, address, nowMs) {
      const held = byKey.get(appKey);
      if (held !== undefined && byToken.has(held.token) && nowMs < held.expiresAtMs) return held;
      const head = digest(`token ${seed} ${appKey} ${nowMs} ${owners.size}`).slice(0, headLength);
      const issued = {
        token: `${head}${markOf(head, environment)}`,
        expiresAtMs: nowMs + tokenLifeMs,
        appKey,
        address,
      };
      byKey.set(appKey, issued);
      byToken.set(issued.token, issued);
      owners.set(issued.token, appKey);
      return issued;
    },
    check(token, address, nowMs) {
      const known = byToken.get(token);
      if (known !== undefined) {
        if (nowMs >= known.expiresAtMs) return { kind: 'INVALID' };
        return known.address === address ? { kind: 'VALID', appKey: known.appKey } : { kind: 'OTHER_ADDRESS' };
      }
      const isOther = token.slice(headLength) === markOf(token.slice(0, headLength), other);
      return { kind: isOther ? 'OTHER_ENVIRONMENT' : 'INVALID' };
    },
    revoke(token) {
      byToken.delete(token);
    },
    ownerOf: (token) => owners.get(token),
  };
}

/** By which a token of the other world is known. Simulated: the broker's own tokens show nothing. */
function markOf(head: string, environment: VenueEnvironment): string {
  return digest(`${environment} ${head}`).slice(0, markLength);
}

function digest(text: string): string {
  return createHash('sha512').update(text).digest('base64url');
}
