import { env } from 'node:process';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** Workspace packages resolve to their TypeScript sources, so tests need no build. */
const source = ['@qts/source'];

/** Where the report of a run goes; `npm test` sums those in the usual place. */
const reportFile = env['VITEST_REPORT_FILE'] ?? 'reports/vitest.json';

/** The suites that touch a broker run only when asked for; otherwise each is listed as skipped. */
const realBroker = env['QTS_RUN_REAL_BROKER'] === '1';

const config: ViteUserConfig = defineConfig({
  resolve: { conditions: source },
  ssr: { resolve: { conditions: source, externalConditions: source } },
  test: {
    environment: 'node',
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    env: { QTS_RUN_REAL_BROKER: realBroker ? '1' : '' },
    passWithNoTests: true,
    // A guard against a test that hangs, not a judgement of speed: a busy machine must not fail what is right.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', ['json', { outputFile: reportFile }]],
  },
});

export default config;
