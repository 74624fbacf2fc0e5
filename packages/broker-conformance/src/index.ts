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
