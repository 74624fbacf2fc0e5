export { type FailsafeTable } from './define-codes.ts';
export { type FailsafeCode, failsafeCodes, getFailsafeCode, isFailsafeCode } from './failsafe-codes.ts';
export {
  type BilingualText,
  type FailsafeEntry,
  type FailsafeKind,
  type FailsafeLanguage,
  type FailsafeSeverity,
  type FailsafeStage,
  type FailsafeStatus,
  failsafeKinds,
  failsafeLanguages,
  failsafeSeverities,
  failsafeStages,
  failsafeStatuses,
} from './failsafe-entry.ts';
export { type FailsafeFacts, formatFailsafeMessage } from './format-failsafe-message.ts';
export { printable } from './printable.ts';
export { type ReservedFailsafeCode } from './reserved-codes.ts';
