export {
  type ConsecutiveFailureGuard,
  type ConsecutiveFailureGuardSettings,
  createConsecutiveFailureGuard,
} from './brokers/consecutive-failure-guard.ts';
export { type ExecutionSettings, createBrokerForExecution } from './brokers/create-broker-for-execution.ts';
export { type LiveBroker, type LiveBrokerSettings, createLiveBroker } from './brokers/live-broker.ts';
export { createNoopBroker } from './brokers/noop-broker.ts';
export {
  type AdmissionCheck,
  type Denial,
  type OrderGateway,
  type OrderGatewaySettings,
  type OutcomeRecord,
  type PreTradeCheck,
  type UnknownPlace,
  type UnknownReplace,
  type UnknownWatcher,
} from './gateway/order-gateway-contract.ts';
export { createOrderGateway } from './gateway/order-gateway.ts';
export {
  type QueuedCancel,
  type QueuedCancels,
  type QueuedCancelsSettings,
  createQueuedCancels,
} from './gateway/queued-cancels.ts';
export { type ReplaceAdmissionCheck } from './gateway/replace-orders.ts';
export { type DeadManTimer, type DeadManTimerSettings, createDeadManTimer } from './guards/dead-man-timer.ts';
export { type BreakerState, type ReadBreaker, createReadBreaker } from './guards/read-breaker.ts';
export { type RejectRateGuardSettings, createRejectRateGuard } from './guards/reject-rate-guard.ts';
export {
  type RepeatKey,
  type RepeatThrottle,
  type RepeatThrottleSettings,
  createRepeatThrottle,
} from './guards/repeat-throttle.ts';
export { type UnknownGuardSettings, createUnknownGuard } from './guards/unknown-guard.ts';
export {
  type Restriction,
  type RestrictionReset,
  type ResumeRequest,
  type TradingState,
  type TradingStates,
  type TradingStatesSettings,
  createTradingStates,
  tradingStates,
} from './guards/trading-state.ts';
export {
  type LiveApproval,
  type LiveGateDecision,
  type LiveGateFacts,
  type LiveGateReason,
  type TradingMode,
  assertLiveApproval,
  constructLive,
  decideLiveGate,
  liveAcknowledgement,
  tradingModes,
} from './live/live-gate.ts';
export { createFillWatch, type FillWatchSettings } from './order-feed/fill-watch.ts';
export { createOrderFeed } from './order-feed/order-feed.ts';
export {
  type OrderFeed,
  type OrderFeedFigures,
  type OrderFeedSettings,
  type OrderFeedState,
  type ProvisionalExposure,
} from './order-feed/order-feed-contract.ts';
export { type Book, type BookPosition, type BookSettings, createBook } from './orders/book.ts';
export { journalOrderFacts } from './orders/journal-order-facts.ts';
export { cancelWindowOpensAtMs } from './orders/cancel-window.ts';
export { orderEndsAtMs } from './orders/order-end.ts';
export {
  type ListResult,
  type OrderTracker,
  type OrderTrackerSettings,
  type RestoredOrder,
} from './orders/order-tracker-contract.ts';
export { createOrderTracker } from './orders/order-tracker.ts';
export { expiryMarginMs } from './orders/order-expiry.ts';
export { type FillIncrement, type OpenReplace, type TrackedOrder } from './orders/tracked-order.ts';
export { type PreTradeSettings, createAccountView, createPreTradeCheck } from './pre-trade.ts';
export { type CashAllowance, cashAllowanceDefault } from './reconciliation/compare-account.ts';
export {
  type Difference,
  type DifferenceClass,
  type DifferenceRule,
  differenceClasses,
  differenceRules,
} from './reconciliation/difference.ts';
export {
  type ExternalExposure,
  type ExternalOrders,
  type TradingCosts,
  createExternalOrders,
} from './reconciliation/external-orders.ts';
export {
  type ReconciliationOutcome,
  type ReconciliationReport,
  type Reconciler,
  type ReconcilerSettings,
  type ReconcilerTimings,
  fullComparisonTimes,
  reconcilerTimingsDefault,
} from './reconciliation/reconciler-contract.ts';
export { createReconciler } from './reconciliation/reconciler.ts';
export { type Restrict, type RestrictedState, type RestrictionCause } from './reconciliation/restriction.ts';
export { type AccountOpeningSettings, readAccountOpening } from './recovery/account-opening.ts';
export { applyRecord, emptyFoldedJournal, foldJournal } from './recovery/fold-journal.ts';
export {
  type FoldedAction,
  type FoldedCancels,
  type FoldedFigures,
  type FoldedJournal,
  type FoldedOpening,
  type FoldedOrder,
  type FoldedReplace,
  type FoldedSafety,
  type PlaceRecordType,
  placeRecordTypes,
} from './recovery/folded-journal.ts';
export { type JournalledOrder, ordersOf, storyOf } from './recovery/journal-views.ts';
export { type FollowedJournal, type OrderFold, followJournal, orderFold } from './recovery/order-fold.ts';
export { type LeftOverDecision, closeLeftOverOrder } from './recovery/left-over-orders.ts';
export {
  type StartOutcome,
  type StartRecovery,
  type StartRecoverySettings,
  type StartReport,
  recoverAtStart,
} from './recovery/recover-at-start.ts';
export { type RecoveredDay, recoverDay, recoverSafety } from './recovery/recovered-day.ts';
export { type RecoveryAction, recoveryActions, recoveryTable } from './recovery/recovery-table.ts';
export { type StartGate, createStartGate } from './recovery/start-gate.ts';
export { hashFoldedJournal, hashOrders } from './recovery/state-hash.ts';
export {
  type OrderFailure,
  type OrderFailurePolicy,
  classifyOrderFailure,
  orderFailurePolicyDefault,
  orderFailures,
} from './safety/order-failure.ts';
export {
  type RecoveryRequest,
  type RestoredSafety,
  type SafetyLayer,
  type SafetyLayerSettings,
  type SafetyRecord,
  type SafetyRecordEvent,
  type SafetyRefusal,
  type SafetySnapshot,
  type SafetyStage,
  createSafetyLayer,
} from './safety/safety-layer.ts';
export {
  type SafetyEvent,
  type SafetyMemory,
  type SafetyReason,
  type SafetyState,
  type SafetyTransition,
  applySafetyEvent,
  initialSafetyMemory,
  lockdownThresholdDefault,
  safetyEvents,
  safetyStates,
} from './safety/safety-machine.ts';
export {
  type SafetyNotification,
  type SafetyNotifier,
  createInMemoryNotifier,
  formatSafetyNotification,
  noopNotifier,
} from './safety/safety-notifier.ts';
export { type CancelAllReport, type CancelAllSettings, type LeftOrder, createCancelAll } from './stop/cancel-all.ts';
export { type KillSwitch, type KillSwitchSettings, type StopRequest, createKillSwitch } from './stop/kill-switch.ts';
export { type StopLatch, type StopMark, type StopReading, createMemoryStopLatch } from './stop/stop-latch.ts';
export { type BrokerClock, type BrokerClockSettings, type ClockAhead, createBrokerClock } from './time/broker-clock.ts';
export { type HostClockWatch, type HostClockWatchSettings, createHostClockWatch } from './time/host-clock.ts';
export { type EscalationReason, type EvidenceRules, escalationReasons } from './unknown/evidence.ts';
export {
  type LateLandingPolicy,
  type ResolverTimings,
  type UnknownResolverSettings,
  lateLandingPolicies,
  resolverTimingsDefault,
} from './unknown/resolver-settings.ts';
export {
  type EscalationDecision,
  type OpenUnknown,
  type RestoredUnknowns,
  type UnknownResolver,
} from './unknown/resolver-contract.ts';
export { type UnknownCancels, type UnknownCancelsSettings, createUnknownCancels } from './unknown/unknown-cancels.ts';
export {
  type UnknownReplaces,
  type UnknownReplacesSettings,
  createUnknownReplaces,
} from './unknown/unknown-replaces.ts';
export { createUnknownResolver } from './unknown/unknown-resolver.ts';
