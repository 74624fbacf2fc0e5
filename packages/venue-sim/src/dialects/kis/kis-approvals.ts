import { createHash } from 'node:crypto';

/** An approval key lives 24 hours (published: fetch a new one when the last is older). */
const approvalLifeMs = 24 * 3_600_000;

/** Hands out the keys that open streams, and knows them again. */
export interface ApprovalDesk {
  issue(appKey: string, nowMs: number): string;
  /** The app key that it stands for; `undefined` when it is unknown or too old. Later issues leave it valid (assumed). */
  appKeyOf(approvalKey: string, nowMs: number): string | undefined;
}

/** Makes a desk. Same seed, same keys and same instants give the same approval keys. */
export function createApprovalDesk(seed: number): ApprovalDesk {
  const issued = new Map<string, { readonly appKey: string; readonly expiresAtMs: number }>();
  return {
    issue(appKey, nowMs) {
      for (const [key, { expiresAtMs }] of issued) if (expiresAtMs <= nowMs) issued.delete(key);
      const approvalKey = makeApprovalKey(seed, appKey, nowMs);
      issued.set(approvalKey, { appKey, expiresAtMs: nowMs + approvalLifeMs });
      return approvalKey;
    },
    appKeyOf(approvalKey, nowMs) {
      const known = issued.get(approvalKey);
      return known === undefined || known.expiresAtMs <= nowMs ? undefined : known.appKey;
    },
  };
}

/** 36 characters in the form of a UUID. */
function makeApprovalKey(seed: number, appKey: string, nowMs: number): string {
  const hex = createHash('sha256').update(`approval ${seed} ${appKey} ${nowMs}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
