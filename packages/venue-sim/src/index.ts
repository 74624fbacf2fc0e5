export { venueBehaviours } from './behaviours.ts';
export { createSteppedClock } from './clock/stepped-clock.ts';
export type { SteppedClock, VenueClock } from './clock/venue-clock.ts';
export { type KisVenueSettings } from './dialects/kis/kis-settings.ts';
export { type KiwoomVenueSettings } from './dialects/kiwoom/kiwoom-settings.ts';
export { venueRefusals } from './exchange/contracts.ts';
export type * from './exchange/contracts.ts';
export { createExchange } from './exchange/exchange.ts';
export { requestKinds, venueOperationKinds } from './faults/venue-fault.ts';
export type {
  DialectEdit,
  DialectRefusal,
  FaultAcceptance,
  FaultAnswer,
  FaultParameter,
  FaultParameterName,
  FaultRow,
  FaultTransport,
  PlainAnswer,
  VenueOperationKind,
} from './faults/venue-fault.ts';
export type {
  SwarmFault,
  VenueFaultControl,
  VenueFaultParameters,
  VenueFaultPlan,
  VenueFaultSwarm,
} from './faults/venue-fault-control.ts';
export { venueFaults, type VenueFault, type VenueFaultId } from './faults/venue-faults.ts';
export { barChecks, type BarAgreement, type BarCheck, type BarDifference } from './replay/bar-agreement.ts';
export type { BarPlan, PlannedBar, PlannedTrade } from './replay/bar-plan.ts';
export type { PriceRange } from './replay/bar-path.ts';
export { scheduleBarReplay, type BarReplay, type BarReplaySetup } from './replay/bar-replay.ts';
export {
  describeReplay,
  replaySources,
  type ReplaySource,
  type ReplayStatement,
  type ReplayedIssue,
} from './replay/describe-replay.ts';
export type { ReplayBar, ReplayDaily } from './replay/bars.ts';
export { tapePhases, type Tape, type TapeBook, type TapePhase, type TapeRow, type TapeTrade } from './replay/tape.ts';
export {
  tapeChecks,
  type DisagreementCount,
  type DisagreementReason,
  type ReadingCount,
  type TapeAgreement,
  type TapeCheck,
  type TapeCheckCount,
} from './replay/tape-agreement.ts';
export { deriveTapeFlow, type TapeBookStep, type TapeFlow, type TapeStep, type TapeTake } from './replay/tape-flow.ts';
export type { LevelChange } from './replay/tape-levels.ts';
export { bookReadings, tradeReadings, type BookReading, type TradeReading } from './replay/tape-reading.ts';
export { scheduleTapeReplay, type TapeReplay, type TapeReplayOptions } from './replay/tape-replay.ts';
export type { FlowRefusal } from './replay/resting-flow.ts';
export type {
  RecordedRequest,
  VenueBytes,
  VenueDelivery,
  VenueRequest,
  VenueResponse,
} from './server/venue-exchange.ts';
export type {
  RecordedStream,
  VenueFrame,
  VenueStreamClient,
  VenueStreamEnd,
  VenueStreamInfo,
  VenueStreamSession,
} from './server/venue-stream.ts';
export { createAcceleratedClock, createRealClock } from './system/system-clocks.ts';
export { behaviourEvidence, type BehaviourEvidence, type VenueBehaviour } from './venue-behaviour.ts';
export { VenueError, venueErrorCodes, type VenueErrorCode } from './venue-error.ts';
export {
  venueDialects,
  venueEnvironments,
  type DailyBar,
  type FrontAccount,
  type FrontOptions,
  type FrontSimOptions,
  type MarketOptions,
  type SocketOptions,
  type VenueAccount,
  type VenueDialectName,
  type VenueEnvironment,
  type VenueOptions,
  type VenueSimOptions,
} from './venue-settings.ts';
export { createInMemoryVenue, createMarket, createVenueSim } from './venue-sim.ts';
export type { InMemoryVenue, VenueMarket, VenueSim } from './venue.ts';
