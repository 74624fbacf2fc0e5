export { type KiwoomAuthOperation, kiwoomAuthOperations, kiwoomOperations } from './kiwoom-operations.ts';
export { type KiwoomBroker, createKiwoomBroker } from './kiwoom-broker.ts';
export { kiwoomCapabilities } from './kiwoom-capabilities.ts';
export {
  type KiwoomCredentials,
  type KiwoomCredentialsInput,
  type KiwoomLiveCredentials,
  type KiwoomPaperCredentials,
  kiwoomLiveCredentials,
  kiwoomPaperCredentials,
} from './kiwoom-credentials.ts';
export { kiwoomHosts, kiwoomStreamOrigins } from './kiwoom-environment.ts';
export { kiwoomCompatibilityCode, kiwoomCompatibilityCodes, kiwoomErrorMap } from './kiwoom-error-map.ts';
export { type KiwoomErrorRow } from './error-map/rows.ts';
export { type KiwoomStreamRow, kiwoomStreamCodes } from './error-map/stream.ts';
export { type KiwoomSuccessRow, kiwoomSuccessCodes } from './error-map/successes.ts';
export { type KiwoomOrderDivision, kiwoomOrderDivisions } from './kiwoom-order-divisions.ts';
export {
  type KiwoomRateLimiterSettings,
  type KiwoomRateLimiters,
  createKiwoomRateLimiters,
  kiwoomOpenOrdersMax,
  kiwoomRateLimits,
} from './kiwoom-rate-limits.ts';
export {
  type KiwoomCommandOptions,
  type KiwoomCommandResult,
  type KiwoomFields,
  type KiwoomPage,
  type KiwoomPageKey,
  type KiwoomPageOptions,
  type KiwoomPages,
  type KiwoomRestClient,
  type KiwoomTokenOptions,
} from './kiwoom-rest-client.ts';
export { type KiwoomBrokerSettings, type KiwoomLiveApproval } from './kiwoom-settings.ts';
export { type KiwoomVariable, kiwoomEnvironmentVariables, readKiwoomCredentials } from './kiwoom-variables.ts';
export {
  type KiwoomEnvironment,
  type KiwoomOperation,
  type KiwoomOperationInfo,
  kiwoomEnvironments,
} from './rest/operation.ts';
export { type KiwoomPriceAnswer, ka10001 } from './rest/ka10001.ts';
export { type KiwoomTrade, ka10003 } from './rest/ka10003.ts';
export { type KiwoomBookAnswer, ka10004 } from './rest/ka10004.ts';
export { type KiwoomCombinedBookAnswer, ka10007 } from './rest/ka10007.ts';
export { type KiwoomOpenOrder, ka10075 } from './rest/ka10075.ts';
export { type KiwoomFillRow, ka10076 } from './rest/ka10076.ts';
export { type KiwoomMinuteBar, ka10080 } from './rest/ka10080.ts';
export { type KiwoomDailyBar, ka10081 } from './rest/ka10081.ts';
export { ka10099 } from './rest/ka10099.ts';
export { type KiwoomMarketCode, type KiwoomStockInfo, ka10100, kiwoomMarketCodes } from './rest/ka10100.ts';
export { type KiwoomDepositAnswer, kt00001 } from './rest/kt00001.ts';
export { type KiwoomAccountAssets, kt00004 } from './rest/kt00004.ts';
export { type KiwoomTradedHolding, kt00005 } from './rest/kt00005.ts';
export { type KiwoomOrderRow, kt00007 } from './rest/kt00007.ts';
export { type KiwoomOrderStateRow, type KiwoomOrderStates, kt00009 } from './rest/kt00009.ts';
export { type KiwoomOrderPowerAnswer, kt00010 } from './rest/kt00010.ts';
export { type KiwoomHolding, kt00018 } from './rest/kt00018.ts';
export { type KiwoomStreams } from './stream/create-kiwoom-streams.ts';
export { type QuoteSink, decodeQuotes } from './stream/decode-quotes.ts';
export { scanFrame } from './stream/frame-scan.ts';
export {
  type KiwoomQuoteStream,
  kiwoomNoticeStream,
  kiwoomQuoteStreams,
  kiwoomStreamLimits,
} from './stream/kiwoom-stream-table.ts';
export { type KiwoomStreamTrade } from './stream/quote-events.ts';
export {
  type KiwoomFidKind,
  type KiwoomTradeColumns,
  type KiwoomTradeFid,
  kiwoomTradeFids,
  readKiwoomTradeColumns,
} from './stream/trade-columns.ts';
