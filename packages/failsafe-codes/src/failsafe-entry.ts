/**
 * What kind of event a code names.
 *
 * - `FAIL_SAFE` (페일세이프): fatal. Trading stops until recovery.
 * - `GUARDRAIL` (가드레일): a limit held. One action is restricted or blocked; the order never left.
 * - `ANOMALY` (이상 징후): a warning. Trading goes on.
 */
export const failsafeKinds = ['FAIL_SAFE', 'GUARDRAIL', 'ANOMALY'] as const;
export type FailsafeKind = (typeof failsafeKinds)[number];

/** Where in a trading cycle a code arises. `PERFORMANCE` watches the cycle itself. */
export const failsafeStages = ['EXTRACT', 'TRANSFORM', 'EVALUATE', 'DECIDE', 'ACT', 'PERFORMANCE'] as const;
export type FailsafeStage = (typeof failsafeStages)[number];

/** How loudly to tell a person: `FAIL` wakes somebody, `WARNING` is read the same day, `INFO` is a note in the log. */
export const failsafeSeverities = ['INFO', 'WARNING', 'FAIL'] as const;
export type FailsafeSeverity = (typeof failsafeSeverities)[number];

/** Whether the code may be emitted now. A reserved one belongs to a later subsystem and must not be reused. */
export const failsafeStatuses = ['active', 'reserved'] as const;
export type FailsafeStatus = (typeof failsafeStatuses)[number];

/** Languages of our operators. */
export const failsafeLanguages = ['en', 'ko'] as const;
export type FailsafeLanguage = (typeof failsafeLanguages)[number];

/** A text in each of the languages. */
export type BilingualText = Readonly<Record<FailsafeLanguage, string>>;

/** One row of the registry. One code, one meaning, one operator action. */
export interface FailsafeEntry<Code extends string = string> {
  readonly code: Code;
  readonly kind: FailsafeKind;
  readonly stage: FailsafeStage;
  readonly severity: FailsafeSeverity;
  /** What happened. */
  readonly meaning: BilingualText;
  /** What was stopped by it, and what a person does next. */
  readonly operatorAction: BilingualText;
  readonly status: FailsafeStatus;
  /** Where the code comes from. */
  readonly source: string;
}
