export { type AnsweredQuestion, unreadableAnswer, wrongOperationAnswer } from './answers/answer-faults.ts';
export { type FieldReaders, createFieldReaders } from './answers/field-readers.ts';
export { nativeMessage } from './answers/native-message.ts';
export {
  type RefusalContext,
  type RefusalErrorMaker,
  type RefusalWording,
  createRefusalError,
} from './answers/refusal-error.ts';
export { type WireRow, isWireRow, shapeOf } from './answers/wire-row.ts';
export {
  type CancelRefusal,
  readCancelRefusal,
  saysNothingLeft,
  toCancelResponse,
} from './commands/cancel-response.ts';
export {
  type AcceptedCommand,
  type CommandOutcome,
  type JudgedCommand,
  type RejectedCommand,
  type UnknownCommand,
  acceptedCommand,
  contradictingCommand,
  rejectedCommand,
  strangeAnswer,
  unknownCommand,
  unprovenRefusal,
  unusableCommand,
} from './commands/command-outcome.ts';
export { type CommandOptions, type CommandResult, type UnansweredCommand } from './commands/command-result.ts';
export { type DryRun, createDryRun } from './commands/dry-run.ts';
export { toOrderResponse } from './commands/order-response.ts';
export {
  type CredentialSource,
  type CredentialVariable,
  readCredentialVariables,
} from './credentials/credential-variables.ts';
export {
  type ConnectionLane,
  type HttpSession,
  type HttpSessionSettings,
  type SessionSendOptions,
  connectionLanes,
  createHttpSession,
} from './http/http-session.ts';
export {
  type HttpConnection,
  type HttpExchange,
  type HttpRequest,
  type HttpSendOptions,
  type HttpTransport,
} from './http/http-transport.ts';
export { type ResponseContext, type ResponseFault, readJsonObject, responseFaults } from './http/response-guards.ts';
export { type RepeatableOperation, type RetryReadOptions, retryRead } from './http/retry-read.ts';
export { type TransportFailureCode, transportError, transportFailures } from './http/transport-failures.ts';
export { type DatedRateLimit, pickRateLimit } from './limits/dated-rate-limit.ts';
export { openOrdersMaxAt } from './limits/open-orders-max.ts';
export { type LaneShare, defaultLaneShares } from './limits/lane-shares.ts';
export { type RateLane, connectionLaneOf, rateLanes } from './limits/rate-lanes.ts';
export {
  type RateLimiter,
  type RateLimiterSettings,
  type RateLimiterState,
  type RatePermit,
  createRateLimiter,
} from './limits/rate-limiter.ts';
export { type ErrorMap, type ErrorMapRow, defineErrorMap } from './operations/error-map.ts';
export { type FailureClass, type GuardClass, failureClasses, guardClasses } from './operations/failure-classes.ts';
export {
  type DeclaredOperation,
  type FieldPage,
  type FieldText,
  type OperationExample,
  type OperationId,
  type OperationPage,
  type OperationText,
  describeOperation,
} from './operations/operation-page.ts';
export { type OperationDefinition, defineOperation } from './operations/operation.ts';
export { type CodeKind, type RefusalRow, codeKinds, columnsOf } from './operations/refusal-row.ts';
export { type StreamPage, fieldPages } from './operations/stream-page.ts';
export { type AdapterLabel, describeAdapter } from './orders/adapter-label.ts';
export { type OrderDivision, type OrderTerms, createDivisionFinder, orderDivision } from './orders/order-divisions.ts';
export { orderInList } from './orders/order-in-list.ts';
export { referenceTerms } from './orders/reference-terms.ts';
export { fingerprint } from './redaction/fingerprint.ts';
export { maskAccount } from './redaction/mask.ts';
export { redactHeaders, redactText } from './redaction/redact.ts';
export { createScrub } from './redaction/scrub.ts';
export { type BrokerWire, type RequestParts } from './requests/broker-wire.ts';
export { type CommandMessage, type CommandSender, createCommandSender } from './requests/command-sender.ts';
export { createHeaderCache } from './requests/header-cache.ts';
export { type ReadRequest, type ReadSender, type ReadSenderParts, createReadSender } from './requests/read-sender.ts';
export { assertRequestFields } from './requests/request-fields.ts';
export { type SimulatedOriginRule, simulatedOriginOf } from './requests/simulated-origin.ts';
export { type EventSink, type EventStreamSettings, createEventStream } from './streams/event-stream.ts';
export { type MarketRegistration, type MarketRoute } from './streams/market-routes.ts';
export {
  type MarketStreamHub,
  type MarketStreamHubSettings,
  createMarketStreamHub,
} from './streams/market-stream-hub.ts';
export { type OrderNoticeDraft } from './streams/order-book-keeping.ts';
export { type OrderStreamHub, type OrderStreamHubSettings, createOrderStreamHub } from './streams/order-stream-hub.ts';
export { type FileTokenStore, type FileTokenStoreSettings, createFileTokenStore } from './system/file-token-store.ts';
export { type LineLoggerSettings, type LogLevel, createLineLogger, logLevels } from './system/line-logger.ts';
export { systemClock } from './system/system-clock.ts';
export { systemIds } from './system/system-ids.ts';
export { systemRandom } from './system/system-random.ts';
export { type UndiciTransportSettings, createUndiciTransport } from './system/undici-transport.ts';
export { type WsTransportSettings, createWsTransport } from './system/ws-transport.ts';
export { type RandomSource } from './time/random-source.ts';
export { sleep } from './time/sleep.ts';
export { createMemoryTokenStore } from './tokens/memory-token-store.ts';
export {
  type TokenCache,
  type TokenCacheSettings,
  type TokenCallOptions,
  createTokenCache,
} from './tokens/token-cache.ts';
export { type TokenStoreKeyParts, tokenStoreKey } from './tokens/token-store-key.ts';
export { knownText, lossyText, replacementCharacter, strictText } from './websocket/message-text.ts';
export { type Registration } from './websocket/registration-book.ts';
export {
  type SessionMove,
  type SessionState,
  type SessionTransition,
  sessionMoves,
  sessionStates,
  sessionTransitions,
} from './websocket/session-states.ts';
export { type ProtocolPort, type StreamProtocol, type StreamRefusal } from './websocket/stream-protocol.ts';
export {
  type ConnectionLoss,
  type SessionListener,
  type StreamSession,
  type StreamSessionSettings,
  createStreamSession,
} from './websocket/stream-session.ts';
export {
  type WebSocketConnection,
  type WebSocketHandlers,
  type WebSocketTransport,
} from './websocket/websocket-transport.ts';
