import { createHash } from 'node:crypto';
import { type Secret } from '@qts/core';

/**
 * Twelve hex digits that say which secret it is, and nothing about it: for logs and store keys.
 * @param salt one per purpose, so that fingerprints of different purposes cannot be compared.
 */
export function fingerprint(secret: Secret, salt: string): string {
  return createHash('sha256').update(salt).update('\0').update(secret.reveal()).digest('hex').slice(0, 12);
}
