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
export { kisHosts } from './kis-environment.ts';
export { kisCompatibilityCode, kisCompatibilityCodes, kisErrorMap } from './kis-error-map.ts';
export { type KisErrorRow } from './error-map/rows.ts';
export { type KisStreamRow, kisStreamCodes } from './error-map/stream.ts';
export { type KisSuccessRow, kisSuccessCodes } from './error-map/successes.ts';
export { type KisOrderDivision, kisOrderDivisions } from './kis-order-divisions.ts';
export { kisNewCustomerRateLimits, kisRateLimits } from './kis-rate-limits.ts';
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
