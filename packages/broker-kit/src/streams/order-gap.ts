import { type EpochMs } from '@qts/core';
import { type ControlDraft } from './control-events.ts';
import { type OrderNoticeDraft } from './order-book-keeping.ts';

export interface OrderGapSettings {
  readonly tell: (event: ControlDraft) => void;
  /** A whole read has filled it. */
  readonly onFilled: () => void;
  /** A notice that waited for the read. */
  readonly onReleased: (draft: OrderNoticeDraft) => void;
}

/** The hole in the notices of an account that no read has filled yet: notices that come meanwhile wait behind the read. */
export interface OrderGap {
  readonly isOpen: boolean;
  /** Counts what makes an earlier read worthless: only a read that begins afterwards fills the hole. */
  readonly epoch: number;
  /** Begins without being told: nothing was heard before, so nothing was missed. */
  begin(sinceMs: EpochMs): void;
  /** Told once, however often something opens it before it is filled. `holds`: notices wait from now on. */
  open(sinceMs: EpochMs, reason: string, next: string, holds: boolean): void;
  /** Keeps a notice until the read is there. `false`: it need not wait. */
  hold(draft: OrderNoticeDraft): boolean;
  /** A read that began after the last opening has ended. */
  fill(complete: boolean, repaired: number): void;
  /** Lets the notices go that wait, whether or not the hole was filled. */
  release(): void;
  /** Forgets the hole, and what waits. */
  drop(): void;
}

/** Makes the hole of one account, closed. */
export function createOrderGap({ tell, onFilled, onReleased }: OrderGapSettings): OrderGap {
  const held: OrderNoticeDraft[] = [];
  let sinceMs: EpochMs | undefined;
  let holds = false;
  let epoch = 0;
  let toldIncomplete = false;

  function release(): void {
    holds = false;
    for (const draft of held.splice(0)) onReleased(draft);
  }

  return {
    get isOpen() {
      return sinceMs !== undefined;
    },
    get epoch() {
      return epoch;
    },
    begin(atMs) {
      sinceMs = atMs;
    },
    open(atMs, reason, next, holdsNotices) {
      epoch += 1;
      holds = holdsNotices;
      if (sinceMs !== undefined) return;
      sinceMs = atMs;
      tell({ kind: 'gap', sinceMs, reason, next });
    },
    hold(draft) {
      if (holds) held.push(draft);
      return holds;
    },
    fill(complete, repaired) {
      if (sinceMs === undefined) return;
      if (complete || !toldIncomplete) {
        tell({
          kind: 'backfilled',
          sinceMs,
          repaired,
          complete,
          reason: complete ? 'READ_BY_REST' : 'READ_FAILED',
          next: complete ? 'Nothing to do.' : 'The gap stands; the read is repeated. Take no new risk meanwhile.',
        });
      }
      toldIncomplete = !complete;
      if (complete) {
        sinceMs = undefined;
        onFilled();
      }
      release();
    },
    release,
    drop() {
      sinceMs = undefined;
      holds = false;
      held.length = 0;
    },
  };
}
