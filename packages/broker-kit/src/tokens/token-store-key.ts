import { type Secret } from '@qts/core';
import { fingerprint } from '../redaction/fingerprint.ts';

export interface TokenStoreKeyParts {
  /** The broker's id, lower case. */
  readonly brokerId: string;
  readonly environment: 'LIVE' | 'PAPER';
  readonly appKey: Secret;
}

/** Key of a token in a store: broker, environment, and which app key, without the key itself. Safe in a file name. */
export function tokenStoreKey({ brokerId, environment, appKey }: TokenStoreKeyParts): string {
  // The environment is part of the salt too: the same key in the wrong environment must not find the other's token.
  return `${brokerId}.${environment.toLowerCase()}.${fingerprint(appKey, `token-store/${brokerId}/${environment}`)}`;
}
