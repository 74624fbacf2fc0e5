export { type ConformanceCase } from './conformance-case.ts';
export { conformanceCases } from './conformance-cases.ts';
export { ConformanceFailure } from './check.ts';
export {
  type BenchSettings,
  type ConformanceBench,
  type ConformanceBroker,
  type ConformanceFault,
  type ConformanceParts,
  type ConformanceTarget,
  type ConformanceVenue,
  type CountableTransport,
  type OtherOrder,
  type RequestKind,
  type VenueTruth,
  conformanceDate,
  conformanceFaults,
  conformanceMarket,
} from './conformance-target.ts';
export { type TestContext, type TestRunner, describeConformance } from './describe-conformance.ts';
export { type ConformanceResult, runConformanceCase } from './run-case.ts';
export { type SimulatedTargetSettings, createSimulatedTarget } from './venue-sim/simulated-target.ts';
export {
  type RealBrokerRunner,
  type RealBrokerSettings,
  describeRealBroker,
} from './real-broker/describe-real-broker.ts';
export { operatorChecklist } from './real-broker/operator-checklist.ts';
export { type RealBrokerCheck } from './real-broker/real-broker-check.ts';
export {
  type RealBroker,
  type RealBrokerBench,
  type RealBrokerParts,
  type RealBrokerTarget,
  type ServerTime,
  openRealBroker,
} from './real-broker/real-broker-target.ts';
export { realBrokerChecks, runRealBrokerCheck } from './real-broker/run-real-broker-check.ts';
export {
  type RehearsalSettings,
  type StruckRequest,
  describeRealBrokerRehearsal,
} from './real-broker/rehearse-real-broker.ts';
