export { type FailsafeCode, printable } from '@qts/failsafe-codes';
export {
  type AccountReader,
  type BuyingPower,
  type CashBalance,
  type Position,
  type PositionList,
} from './account-reader.ts';
export { type BrokerCapabilities, type OrderTermsCapability } from './broker-capabilities.ts';
export { type BrokerEngine } from './broker-engine.ts';
export { type CancelOutcome, type CommandOutcome, cancelOutcomes, commandOutcomes } from './command-outcome.ts';
export {
  type AccountSnapshot,
  type ActResult,
  type ActStatus,
  type Decision,
  type EnrichedState,
  type EtedaStage,
  type MarketSnapshot,
  type PipelineResult,
  type PositionSnapshot,
  type Signal,
  actStatuses,
  etedaStages,
} from './eteda.ts';
export {
  type TerminalOrderStatus,
  computeOrderStatus,
  isSettled,
  isTerminalStatus,
  leavesQuantity,
  needsReconciliation,
  orderStatusRules,
  terminalOrderStatuses,
} from './compute-order-status.ts';
export { describeFound } from './describe-found.ts';
export {
  AuthenticationError,
  BrokerError,
  BrokerRefusalError,
  ConfigurationError,
  type ErrorFacts,
  QtsError,
  type QtsErrorDetails,
  RateLimitError,
  TransportError,
  UnexpectedResponseError,
  ValidationError,
} from './errors.ts';
export { type ExecutionIntent, type ExecutionIntentInput, type IntentType } from './execution-intent.ts';
export { type ExecutionResponse } from './execution-response.ts';
export { isTradingDate, kstDate, kstDateTime, kstEpochMs, kstTimeOfDayMs, timeOfDayMs } from './kst.ts';
export { type CallOptions, type OrderAdapter, type OrderListQuery } from './order-adapter.ts';
export {
  type DoubleBinding,
  type OrderContradiction,
  findContradictions,
  findDoubleBindings,
  orderContradictions,
} from './order-contradictions.ts';
export {
  type OrderCommand,
  type OrderCommandKind,
  type OrderFacts,
  type OrderIdentity,
  type OrderMisfit,
  type OrderObservation,
  mergeOrderFacts,
  observeOrder,
  openOrderFacts,
  orderCommandKinds,
} from './order-facts.ts';
export { type OrderFigures, type OrderReading } from './order-figures.ts';
export { type OrderReference } from './order-reference.ts';
export { type CancelRequest, type OrderRequest, type OrderRequestInput, type ReplaceRequest } from './order-request.ts';
export {
  type CancelResponse,
  type GuardEffect,
  type NativeReason,
  type OrderResponse,
  type ReplaceResponse,
  guardEffects,
} from './order-response.ts';
export { executionIntentSchema, orderRequestSchema } from './order-schemas.ts';
export { type OrderList, type OrderSnapshot } from './order-snapshot.ts';
export { type OrderStatus, orderStatuses } from './order-status.ts';
export {
  type OrderType,
  type Side,
  type TimeInForce,
  type TradingSession,
  type Venue,
  orderTypePrices,
  orderTypes,
  sides,
  timesInForce,
  tradingSessions,
  venues,
} from './order-terms.ts';
export { parseExecutionIntent } from './parse-execution-intent.ts';
export { parseOrderRequest } from './parse-order-request.ts';
export { parseSwitch, switchSpellings } from './parse-switch.ts';
export { type Clock, type Timer } from './ports/clock.ts';
export { type IdGenerator } from './ports/id-generator.ts';
export { type LogFields, type Logger } from './ports/logger.ts';
export {
  type JournalEntry,
  type JournalRecord,
  type JournalRecordType,
  type OrderJournal,
  journalRecordTypes,
} from './ports/order-journal.ts';
export { type StoredToken, type TokenStore } from './ports/token-store.ts';
export { type Bar, type OrderBookSnapshot, type PriceLevel, type Quote, type QuoteReader } from './quote-reader.ts';
export { Secret } from './secret.ts';
export {
  type BookUpdate,
  type ExpectedMatch,
  type MarketEvent,
  type MarketPhase,
  type MarketStatus,
  type QuoteRead,
  type Trade,
  marketPhases,
} from './streams/market-events.ts';
export {
  type NoticedFill,
  type NoticedTotals,
  type OrderEvent,
  type OrderNotice,
  type OrderNoticeType,
  type OrderState,
  orderNoticeTypes,
} from './streams/order-notice.ts';
export {
  type StreamBackfilled,
  type StreamConnected,
  type StreamConnectionLost,
  type StreamControl,
  type StreamDrift,
  type StreamGap,
  type StreamSlowConsumer,
  type StreamStale,
  type StreamSubscriptionRefused,
  isStreamControl,
  streamControlKinds,
} from './streams/stream-control.ts';
export { type ExchangeStamp, type StreamStamp } from './streams/stream-stamp.ts';
export {
  type EventStream,
  type MarketChannel,
  type MarketDataStream,
  type MarketSubscription,
  type OrderStream,
  type OverflowPolicy,
  type StreamFigures,
  type StreamOptions,
  marketChannels,
  overflowPolicies,
} from './streams/streams.ts';
export {
  accountId,
  brokerOrderId,
  clientOrderId,
  intentId,
  isKrw,
  isShares,
  isSymbolCode,
  krw,
  shares,
  signedKrw,
  symbolCode,
  tradingDate,
} from './value-constructors.ts';
export {
  type AccountId,
  type BrokerOrderId,
  type ClientOrderId,
  type EpochMs,
  type IntentId,
  type Krw,
  type Shares,
  type SymbolCode,
  type TradingDate,
} from './values.ts';
