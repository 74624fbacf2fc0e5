import { type ConformanceCase } from './conformance-case.ts';
import { conformanceCases } from './conformance-cases.ts';
import { type ConformanceTarget } from './conformance-target.ts';
import { runConformanceCase } from './run-case.ts';

/** What a test runner hands to a test. */
export interface TestContext {
  /** Ends the test as skipped. */
  skip(note?: string): void;
  /** What is written here stands in the runner's report: `conformanceSkip` is the reason of a skip. */
  readonly task: { readonly meta: object };
}

/** As much of a test runner as the suite needs. The `describe`, `it` and `afterAll` of vitest fit. */
export interface TestRunner {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: (name: string, body: (context: TestContext) => Promise<void>) => unknown;
  /** When given, a suite with failures prints a line that names the first: what a new broker writes next. */
  readonly afterAll?: (body: () => void) => unknown;
}

/**
 * Makes a test of every case. A case is skipped only when the broker declares that it cannot do what is asked, and the
 * reason is in the report.
 */
export function describeConformance(target: ConformanceTarget, { describe, it, afterAll }: TestRunner): void {
  describe(`${target.brokerId} conformance`, () => {
    const failures: { readonly failed: ConformanceCase; readonly why: string }[] = [];
    for (const each of conformanceCases) {
      it(`${each.id} ${each.promise}`, async (context) => {
        const result = await runConformanceCase(target, each);
        if (result.end === 'SKIPPED') {
          Object.assign(context.task.meta, { conformanceSkip: result.why });
          context.skip(result.why);
        }
        if (result.end === 'FAILED') {
          failures.push({ failed: each, why: result.why });
          throw result.error;
        }
      });
    }
    afterAll?.(() => {
      const [next] = failures;
      if (next === undefined) return;
      const { id, promise } = next.failed;
      console.error(
        `next of ${String(failures.length)} failing cases: ${id}, ${promise}\n  ${next.why.split('\n')[0] ?? ''}`,
      );
    });
  });
}
