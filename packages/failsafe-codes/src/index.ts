export { type FailsafeCode, failsafeCodes } from './failsafe-codes.ts';
