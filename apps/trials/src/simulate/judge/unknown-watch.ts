import { type UnknownResolver } from '@qts/engine';
import { type VirtualTime } from '../world/virtual-time.ts';
import { type JudgedIntent } from './evidence.ts';
import { type InvariantId } from './invariants.ts';

/** Watches that an unknown order ends, or is a person's to decide, in time (I5). */
export interface UnknownWatch {
  /** After every event. */
  look(resolver: UnknownResolver): void;
  readonly longestMs: number;
}

/** Bound of the design, ms. */
const unknownMsMax = 75_000;

export function createUnknownWatch(
  time: VirtualTime,
  intents: ReadonlyMap<string, JudgedIntent>,
  report: (invariant: InvariantId, message: string) => void,
): UnknownWatch {
  let longestMs = 0;
  return {
    look({ open }) {
      const waiting = new Set(open.filter(({ escalated }) => escalated === undefined).map(({ intentId }) => intentId));
      for (const [intentId, judged] of intents) {
        if (!waiting.has(judged.intent.intentId)) {
          judged.unknownSinceMs = undefined;
          continue;
        }
        judged.unknownSinceMs ??= time.nowMs;
        const forMs = time.nowMs - judged.unknownSinceMs;
        longestMs = Math.max(longestMs, forMs);
        if (forMs <= unknownMsMax) continue;
        judged.unknownSinceMs = Infinity;
        report('I5', `${intentId} has been unknown for ${forMs} ms`);
      }
    },
    get longestMs() {
      return longestMs;
    },
  };
}
