import { expect, it } from 'vitest';
import * as conformance from './index.ts';

it('exports exactly this', () => {
  expect(Object.keys(conformance).toSorted()).toMatchInlineSnapshot(`
    [
      "ConformanceFailure",
      "conformanceCases",
      "conformanceDate",
      "conformanceFaults",
      "conformanceMarket",
      "createSimulatedTarget",
      "describeConformance",
      "describeRealBroker",
      "describeRealBrokerRehearsal",
      "openRealBroker",
      "operatorChecklist",
      "realBrokerChecks",
      "runConformanceCase",
      "runRealBrokerCheck",
    ]
  `);
});
