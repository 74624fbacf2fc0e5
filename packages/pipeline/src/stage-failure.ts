import { type FailsafeCode } from '@qts/failsafe-codes';
import { type EtedaStage } from '@qts/core';

/** A stage's own verdict that this symbol's cycle cannot go on, with the code that is recorded for it. */
export class StageFailure extends Error {
  readonly stage: EtedaStage;
  readonly code: FailsafeCode;
  /** `error`: counts for the loop's backoff. `skip`: nothing to trade on this time. */
  readonly weight: 'error' | 'skip';

  constructor(stage: EtedaStage, code: FailsafeCode, weight: 'error' | 'skip', message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.stage = stage;
    this.code = code;
    this.weight = weight;
  }
}
