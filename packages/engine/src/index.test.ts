import { expect, it } from 'vitest';
import * as engine from './index.ts';

it('exports exactly this', () => {
  expect(Object.keys(engine)).toMatchInlineSnapshot(`
    [
      "createConsecutiveFailureGuard",
      "createBrokerForExecution",
      "createLiveBroker",
      "createNoopBroker",
      "createOrderGateway",
      "assertLiveApproval",
      "constructLive",
      "decideLiveGate",
      "liveAcknowledgement",
      "tradingModes",
      "createBook",
      "orderEndsAtMs",
      "createOrderTracker",
      "expiryMarginMs",
      "createAccountView",
      "createPreTradeCheck",
      "classifyOrderFailure",
      "orderFailurePolicyDefault",
      "orderFailures",
      "createSafetyLayer",
      "applySafetyEvent",
      "initialSafetyMemory",
      "lockdownThresholdDefault",
      "safetyEvents",
      "safetyStates",
      "createInMemoryNotifier",
      "formatSafetyNotification",
      "noopNotifier",
      "escalationReasons",
      "lateLandingPolicies",
      "resolverTimingsDefault",
      "createUnknownCancels",
      "createUnknownResolver",
    ]
  `);
});
