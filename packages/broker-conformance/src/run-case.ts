import { type ConformanceCase } from './conformance-case.ts';
import { type ConformanceTarget } from './conformance-target.ts';

/** How a case ended. */
export type ConformanceResult =
  | { readonly end: 'PASSED' }
  | { readonly end: 'SKIPPED'; readonly why: string }
  | { readonly end: 'FAILED'; readonly why: string; readonly error: unknown };

/** Runs one case against one broker, on a bench of its own. Never throws. */
export async function runConformanceCase(
  target: ConformanceTarget,
  { bench: settings, cannot, run }: ConformanceCase,
): Promise<ConformanceResult> {
  try {
    const bench = await target.start(settings);
    try {
      const why = cannot?.(bench.broker.orders.capabilities);
      if (why !== undefined) return { end: 'SKIPPED', why };
      await run(bench);
      return { end: 'PASSED' };
    } finally {
      await bench.stop();
    }
  } catch (error) {
    return { end: 'FAILED', why: error instanceof Error ? error.message : String(error), error };
  }
}
