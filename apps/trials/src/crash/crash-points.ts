/**
 * Where a process ends itself with SIGKILL. Each is reached by wrapping a port of the program: product code knows nothing
 * of them. `nth`: how often the point is passed before it kills, drawn from this range.
 */
export interface CrashPoint {
  readonly does: string;
  readonly nth: readonly [min: number, max: number];
}

const perOrder = [24, 40] as const;
const perCancel = [6, 12] as const;
const first = [1, 1] as const;

export const crashPointIds = [
  'before-intent-recorded',
  'after-intent-recorded',
  'before-first-byte',
  'request-written',
  'answer-heard',
  'outcome-recorded',
  'cancel-noted',
  'cancel-written',
  'list-under-way',
  'end-recorded',
  'recovery-folded',
  'recovery-list-read',
  'recovery-before-gate',
  'snapshot-saved',
] as const;
export type CrashPointId = (typeof crashPointIds)[number];

export const crashPoints: Readonly<Record<CrashPointId, CrashPoint>> = {
  'before-intent-recorded': { does: 'an order is about to be written down', nth: perOrder },
  'after-intent-recorded': { does: 'it is written down, and not on the disk yet', nth: perOrder },
  'before-first-byte': { does: 'the sending barrier is on the disk, no byte has left', nth: perOrder },
  'request-written': { does: 'the request is in the kernel, no answer has come', nth: perOrder },
  'answer-heard': { does: 'the answer is here and not written down', nth: perOrder },
  'outcome-recorded': { does: 'the outcome is on the disk, the caller has not heard it', nth: perOrder },
  'cancel-noted': { does: 'a cancel is written down and has not left', nth: perCancel },
  'cancel-written': { does: 'a cancel is in the kernel, no answer has come', nth: perCancel },
  'list-under-way': { does: 'an order list was asked for while orders go out', nth: [3, 6] },
  'end-recorded': { does: 'what became of a lost order is written down, nobody was told', nth: first },
  'recovery-folded': { does: 'recovery: the journal is folded, nothing was asked of the broker', nth: first },
  'recovery-list-read': { does: 'recovery: the first order list was read', nth: first },
  'recovery-before-gate': { does: 'recovery: all agrees, the gate is about to open', nth: first },
  'snapshot-saved': { does: 'a snapshot of the fold was kept', nth: [2, 3] },
};
