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
export {
  type ErrorMap,
  type ErrorMapRow,
  type FailureClass,
  defineErrorMap,
  failureClasses,
} from './operations/error-map.ts';
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
export { fingerprint } from './redaction/fingerprint.ts';
export { maskAccount } from './redaction/mask.ts';
export { redactHeaders, redactText } from './redaction/redact.ts';
export { type EventSink, type EventStreamSettings, createEventStream } from './streams/event-stream.ts';
export {
  type MarketRegistration,
  type MarketRoute,
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
