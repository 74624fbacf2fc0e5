import { ConfigurationError } from '@qts/core';
import { type TestContext } from '../describe-conformance.ts';
import { operatorChecklist } from './operator-checklist.ts';
import { openRealBroker, type RealBrokerBench, type RealBrokerTarget } from './real-broker-target.ts';
import { realBrokerChecks, runRealBrokerCheck } from './run-real-broker-check.ts';

/** As much of a test runner as the suite needs. Those of vitest fit. */
export interface RealBrokerRunner {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: (name: string, body: (context: TestContext) => Promise<void>, timeoutMs: number) => unknown;
  readonly afterAll: (body: () => Promise<void>) => unknown;
}

export interface RealBrokerSettings {
  readonly runner: RealBrokerRunner;
  /** Nothing is asked, and every check is shown as skipped, unless `QTS_RUN_REAL_BROKER` is `1` here. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Where the operator's checklist is printed. */
  readonly print: (line: string) => void;
}

/** Paper servers take one request a second, and a list may lag behind. */
const checkTimeoutMs = 90_000;

/**
 * Makes a test of every check of every real account: reads, and on paper accounts an order that cannot trade. Skipped,
 * visibly and with the reason, without `QTS_RUN_REAL_BROKER=1` or without the credentials of an environment. Where it was
 * asked for and no environment has credentials, a test fails: a variable with a slip of the pen must not look like success.
 * Each run asks for at most one token for each target.
 *
 * @param targets the environments of one broker.
 */
export function describeRealBroker(
  targets: readonly RealBrokerTarget[],
  { runner, variables, print }: RealBrokerSettings,
): void {
  const { describe, it, afterAll } = runner;
  const isWanted = variables['QTS_RUN_REAL_BROKER'] === '1';
  const missing: string[] = [];
  for (const target of targets) {
    describe(`${target.brokerId} ${target.environment}, for real`, () => {
      let bench: RealBrokerBench | undefined;
      let skipped = isWanted ? undefined : notWanted;

      function open(): RealBrokerBench | undefined {
        if (bench !== undefined || skipped !== undefined) return bench;
        try {
          const account = target.accountShown();
          bench = openRealBroker(target);
          for (const line of operatorChecklist) print(line);
          print(`  ${bench.broker.orders.displayName}, ${target.environment}, account ${account}`);
          return bench;
        } catch (error) {
          // Who has no account of this kind skips it; who has a wrong key hears of it.
          if (!ConfigurationError.isInstance(error) || error.code !== 'VARIABLE_MISSING') throw error;
          skipped = error.message;
          missing.push(error.message);
          return undefined;
        }
      }

      for (const check of realBrokerChecks) {
        it(
          `${check.id} ${check.title}`,
          async (context) => {
            const opened = open();
            const result = opened === undefined ? undefined : await runRealBrokerCheck(check, opened);
            if (result?.end === 'FAILED') throw new Error(result.why, { cause: result.error });
            const why = result === undefined ? skipped : result.end === 'SKIPPED' ? result.why : undefined;
            if (why !== undefined) context.skip(why);
          },
          checkTimeoutMs,
        );
      }
      afterAll(async () => bench?.stop());
    });
  }
  it(
    'has credentials for an account at least',
    (context) => {
      if (!isWanted) context.skip(notWanted);
      if (missing.length === targets.length) {
        return Promise.reject(new Error(`QTS_RUN_REAL_BROKER=1 is set, and nothing was asked. ${missing.join(' ')}`));
      }
      return Promise.resolve();
    },
    checkTimeoutMs,
  );
}

const notWanted = 'QTS_RUN_REAL_BROKER=1 is not set';
