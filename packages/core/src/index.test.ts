import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import * as core from './index.ts';
import * as testing from './testing/index.ts';

describe('what the package gives', () => {
  it('is this list, and a new name is a decision', () => {
    expect(Object.keys(core).sort()).toMatchInlineSnapshot(`
      [
        "AuthenticationError",
        "BrokerError",
        "BrokerRefusalError",
        "ConfigurationError",
        "QtsError",
        "RateLimitError",
        "Secret",
        "TransportError",
        "UnexpectedResponseError",
        "ValidationError",
        "accountId",
        "actStatuses",
        "brokerOrderId",
        "cancelOutcomes",
        "clientOrderId",
        "commandOutcomes",
        "computeOrderStatus",
        "describeFound",
        "etedaStages",
        "executionIntentSchema",
        "findContradictions",
        "findDoubleBindings",
        "guardEffects",
        "intentId",
        "isKrw",
        "isSettled",
        "isShares",
        "isStreamControl",
        "isSymbolCode",
        "isTerminalStatus",
        "isTradingDate",
        "journalRecordTypes",
        "krw",
        "kstDate",
        "kstDateTime",
        "kstEpochMs",
        "kstTimeOfDayMs",
        "leavesQuantity",
        "marketChannels",
        "marketPhases",
        "mergeOrderFacts",
        "needsReconciliation",
        "observeOrder",
        "openOrderFacts",
        "orderCommandKinds",
        "orderContradictions",
        "orderNoticeTypes",
        "orderRequestSchema",
        "orderStatusRules",
        "orderStatuses",
        "orderTypePrices",
        "orderTypes",
        "overflowPolicies",
        "parseExecutionIntent",
        "parseOrderRequest",
        "parseSwitch",
        "printable",
        "shares",
        "sides",
        "signedKrw",
        "streamControlKinds",
        "switchSpellings",
        "symbolCode",
        "terminalOrderStatuses",
        "timeOfDayMs",
        "timesInForce",
        "tradingDate",
        "tradingSessions",
        "venues",
      ]
    `);
  });

  it('is this list for tests', () => {
    expect(Object.keys(testing).sort()).toMatchInlineSnapshot(`
      [
        "buildExecutionIntent",
        "buildOrderRequest",
        "createFakeClock",
        "createMemoryTokenStore",
        "createMockBroker",
        "createRecordingLogger",
        "createStubOrderAdapter",
      ]
    `);
  });
});

describe('the mock broker', () => {
  it('is reached by @qts/core/testing, and by no other way', () => {
    expect(Object.keys(manifest.exports)).toEqual(['.', './testing', './package.json']);
    expect(manifest.exports['./testing']['@qts/source']).toBe('./src/testing/index.ts');
    expect(testing).toHaveProperty('createMockBroker');
    expect(Object.keys(core).filter((name) => /mock|fake|stub|recording|build/i.test(name))).toEqual([]);
  });

  it('is imported by nothing outside the testing half', () => {
    const sources = globSync('**/*.ts', { cwd: import.meta.dirname }).filter(
      (file) => !file.startsWith('testing') && !file.endsWith('.test.ts'),
    );
    const guilty = sources.filter((file) => readFileSync(join(import.meta.dirname, file), 'utf8').includes('testing/'));
    expect(sources.length).toBeGreaterThan(20);
    expect(guilty).toEqual([]);
  });
});
