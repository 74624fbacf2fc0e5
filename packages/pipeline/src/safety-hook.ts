import { type EtedaStage, type IntentId } from '@qts/core';
import { type FailsafeCode } from '@qts/failsafe-codes';

/** Something worth a safety record, with the code that says what it is. */
export interface SafetyEvent {
  readonly code: FailsafeCode;
  readonly message: string;
  readonly stage: EtedaStage;
  readonly intentId?: IntentId;
}

/**
 * What the pipeline asks of the safety layer, which stands outside of it. A failed order is recorded by the engine that
 * failed it; the pipeline records what its own stages found.
 */
export interface SafetyHook {
  /** False when trading is not allowed: safety state, kill switch or safe mode. */
  shouldRun(): boolean;
  record(event: SafetyEvent): void;
}
