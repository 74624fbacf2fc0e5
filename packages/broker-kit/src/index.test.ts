import * as kit from '@qts/broker-kit';
import { expect, it } from 'vitest';

it('exports what it says, and nothing else', () => {
  expect(Object.keys(kit).sort()).toMatchInlineSnapshot(`
    [
      "connectionLaneOf",
      "connectionLanes",
      "createEventStream",
      "createFileTokenStore",
      "createHttpSession",
      "createLineLogger",
      "createMarketStreamHub",
      "createOrderStreamHub",
      "createRateLimiter",
      "createStreamSession",
      "createTokenCache",
      "createUndiciTransport",
      "createWsTransport",
      "defaultLaneShares",
      "defineErrorMap",
      "defineOperation",
      "describeOperation",
      "failureClasses",
      "fingerprint",
      "logLevels",
      "maskAccount",
      "openOrdersMaxAt",
      "pickRateLimit",
      "rateLanes",
      "readJsonObject",
      "redactHeaders",
      "redactText",
      "responseFaults",
      "retryRead",
      "sessionMoves",
      "sessionStates",
      "sessionTransitions",
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
