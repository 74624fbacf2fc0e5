export {
  type ActGate,
  type ActGateView,
  type ModeVerdict,
  type TradingSwitches,
  actGates,
  closedGate,
} from './act-gate.ts';
export { type CycleEnd, type LoopOutcome, type LoopPolicy, pause, runLoop } from './loop.ts';
export { type Pipeline, type PipelineSettings, createPipeline } from './pipeline.ts';
export { type SafetyEvent, type SafetyHook } from './safety-hook.ts';
export { type Strategy, type StrategyFactory, type StrategyParameters, type TradingDayView } from './strategy.ts';
