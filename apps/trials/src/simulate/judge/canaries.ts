import { type JournalRecord } from '@qts/core';
import { simulatedAccount } from '../simulated-account.ts';

/** Secrets of the run, as they are and in the forms in which they could slip out. */
const canaries: readonly (readonly [name: string, text: string])[] = (
  [
    ['app key', simulatedAccount.appKey],
    ['app secret', simulatedAccount.appSecret],
    ['account number', simulatedAccount.accountNumber.slice(0, 8)],
    // Every token of the venue begins like this.
    ['access token', Buffer.from('{"typ":"JWT","alg":"HS512"}').toString('base64url')],
  ] as const
).flatMap(([name, text]) => [
  [name, text] as const,
  [`${name} in base64`, Buffer.from(text).toString('base64').replace(/=+$/, '')] as const,
  [`${name} in hex`, Buffer.from(text).toString('hex')] as const,
  [`${name} in a URL`, encodeURIComponent(text)] as const,
  [`${name} in JSON`, JSON.stringify(text).slice(1, -1)] as const,
]);

/** What of the run's secrets stands in its journal or its log (I11). */
export function findCanaries(records: readonly JournalRecord[], logged: readonly string[]): readonly string[] {
  const found: string[] = [];
  const texts = [
    ['journal', JSON.stringify(records)],
    ['log', logged.join('\n')],
  ] as const;
  for (const [where, text] of texts) {
    for (const [name, canary] of canaries) if (text.includes(canary)) found.push(`the ${name} stands in the ${where}`);
  }
  return found;
}
