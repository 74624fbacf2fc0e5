import { type Secret } from '../secret.ts';
import { type EpochMs } from '../values.ts';

/** An access token with what is needed to judge it. */
export interface StoredToken {
  readonly accessToken: Secret;
  readonly tokenType: string;
  readonly issuedAtMs: EpochMs;
  readonly expiresAtMs: EpochMs;
}

/**
 * Keeps tokens over restarts. `key` names broker, environment and app key (as a salted fingerprint), never a secret.
 * A store that finds its own data unreadable or too open refuses loudly; it never answers with a guess.
 */
export interface TokenStore {
  load(key: string): Promise<StoredToken | undefined>;
  save(key: string, token: StoredToken): Promise<void>;
  remove(key: string): Promise<void>;
  /**
   * Runs `work` while no other process does so for the same key, so that two processes do not renew one token at once.
   * Absent in a store that no other process can see.
   */
  exclusively?<Result>(key: string, work: () => Promise<Result>): Promise<Result>;
}
