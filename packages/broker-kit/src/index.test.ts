import * as kit from '@qts/broker-kit';
import { expect, it } from 'vitest';

it('exports what it says, and nothing else', () => {
  expect(Object.keys(kit).sort()).toMatchInlineSnapshot(`
    [
      "connectionLaneOf",
      "connectionLanes",
      "createFileTokenStore",
      "createHttpSession",
      "createLineLogger",
      "createRateLimiter",
      "createTokenCache",
      "createUndiciTransport",
      "defaultLaneShares",
      "defineErrorMap",
      "defineOperation",
      "failureClasses",
      "fingerprint",
      "logLevels",
      "maskAccount",
      "pickRateLimit",
      "rateLanes",
      "readJsonObject",
      "redactHeaders",
      "redactText",
      "responseFaults",
      "retryRead",
      "sleep",
      "systemClock",
      "systemIds",
      "systemRandom",
      "tokenStoreKey",
      "transportError",
      "transportFailures",
    ]
  `);
});
