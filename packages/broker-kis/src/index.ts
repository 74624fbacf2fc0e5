export { type KisAuthOperation, kisAuthOperations, kisOperations } from './kis-operations.ts';
export { type KisBroker, createKisBroker } from './kis-broker.ts';
export { kisCapabilities } from './kis-capabilities.ts';
export {
  type KisCredentials,
  type KisCredentialsInput,
  type KisLiveCredentials,
  type KisPaperCredentials,
  kisLiveCredentials,
  kisPaperCredentials,
} from './kis-credentials.ts';
export { kisHosts, kisStreamOrigins } from './kis-environment.ts';
export { kisCompatibilityCode, kisCompatibilityCodes, kisErrorMap } from './kis-error-map.ts';
export { type KisErrorRow } from './error-map/rows.ts';
export { type KisStreamRow, kisStreamCodes } from './error-map/stream.ts';
export { type KisSuccessRow, kisSuccessCodes } from './error-map/successes.ts';
export { type KisOrderDivision, kisOrderDivisions } from './kis-order-divisions.ts';
export { kisNewCustomerRateLimits, kisOpenOrdersMax, kisRateLimits } from './kis-rate-limits.ts';
export {
  type KisCommandOptions,
  type KisCommandResult,
  type KisFields,
  type KisPages,
  type KisRestClient,
} from './kis-rest-client.ts';
export { type KisBrokerSettings, type KisLiveApproval } from './kis-settings.ts';
export { type KisVariable, kisEnvironmentVariables, readKisCredentials } from './kis-variables.ts';
export { type KisEnvironment, type KisOperation, type KisOperationInfo, kisEnvironments } from './rest/operation.ts';
export { type KisCalendarDay, chkHoliday } from './rest/chk-holiday.ts';
export { type KisAccountAssets, inquireAccountBalance } from './rest/inquire-account-balance.ts';
export { type KisBookAnswer, inquireAskingPriceExpCcn } from './rest/inquire-asking-price-exp-ccn.ts';
export { type KisBalanceAnswer, inquireBalance } from './rest/inquire-balance.ts';
export { type KisDailyCcldRow, inquireDailyCcld } from './rest/inquire-daily-ccld.ts';
export { type KisDailyBar, inquireDailyItemchartprice } from './rest/inquire-daily-itemchartprice.ts';
export { type KisPriceAnswer, inquirePrice } from './rest/inquire-price.ts';
export { type KisBuyingPowerAnswer, inquirePsblOrder } from './rest/inquire-psbl-order.ts';
export { type KisCancelableOrder, inquirePsblRvsecncl } from './rest/inquire-psbl-rvsecncl.ts';
export { inquirePsblSell } from './rest/inquire-psbl-sell.ts';
export { type KisMinuteBar, inquireTimeItemchartprice } from './rest/inquire-time-itemchartprice.ts';
export { type KisStockInfo, searchStockInfo } from './rest/search-stock-info.ts';
export { type KisStreams } from './stream/create-kis-streams.ts';
export { kisNoticeWidths } from './stream/decode-notices.ts';
export { type QuoteSink, decodeQuotes } from './stream/decode-quotes.ts';
export { type FrameHead, readFrameHead } from './stream/frame-scan.ts';
export { type KisQuoteStream, kisNoticeStreams, kisQuoteStreams } from './stream/kis-stream-table.ts';
export { type KisTrade } from './stream/quote-events.ts';
export { type KisTradeColumns, readKisTradeColumns } from './stream/trade-columns.ts';
