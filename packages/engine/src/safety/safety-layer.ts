import {
  type Clock,
  ConfigurationError,
  type ErrorFacts,
  type EtedaStage,
  type FailsafeCode,
  type IntentId,
  type JournalRecordType,
  type Logger,
  type OrderJournal,
} from '@qts/core';
import { checkOperator } from './check-operator.ts';
import {
  type SafetyEvent,
  type SafetyMemory,
  type SafetyState,
  type SafetyTransition,
  applySafetyEvent,
  initialSafetyMemory,
  lockdownThresholdDefault,
} from './safety-machine.ts';
import { type SafetyNotifier, noopNotifier } from './safety-notifier.ts';

/** Where something was seen: a stage of the pipeline, or the watch over the whole of it. */
export type SafetyStage = EtedaStage | 'PERFORMANCE';

/** What a record does to the state. */
export type SafetyRecordEvent = Extract<SafetyEvent, 'anomaly' | 'guardrail' | 'fail_safe'>;

/** One thing that went wrong, to be counted, journalled and told. */
export interface SafetyRecord {
  /** Default: what the code is in the registry (`FS…` fail-safe, `G…` guardrail, `AN…` anomaly). */
  readonly event?: SafetyRecordEvent;
  readonly code: FailsafeCode;
  readonly message: string;
  readonly stage: SafetyStage;
  /** Printable facts; never a secret. */
  readonly metadata?: ErrorFacts;
  /** The intent it belongs to, if it does. */
  readonly intentId?: IntentId;
}

/** Who asks for trading to go on, and why. Journalled. */
export interface RecoveryRequest {
  /** True only when a person decided it. `LOCKDOWN` ends in no other way. */
  readonly operatorApproved: boolean;
  /** Name of the person or program. */
  readonly requestedBy: string;
  readonly reason: string;
}

export interface SafetySnapshot {
  readonly pipelineState: SafetyState;
  readonly consecutiveFailSafeCount: number;
  readonly lastFailSafeCode?: FailsafeCode;
  readonly isTradingAllowed: boolean;
  readonly isLockdown: boolean;
  readonly killSwitch: boolean;
  readonly safeMode: boolean;
}

/** Why new orders are refused, in the words of the registry. */
export type SafetyRefusal = 'G_EXE_KILLSWITCH_ON' | 'G_EXE_SAFETY_BLOCKED' | 'G_EXE_SAFE_MODE_ON';

/** The hook that the pipeline and the order gateway ask before they act. */
export interface SafetyLayer {
  readonly pipelineState: SafetyState;
  /** False when trading is not allowed, the kill switch is on, or safe mode is on. */
  shouldRun(): boolean;
  /** Why {@link shouldRun} is false; `undefined` when it is true. */
  refusal(): SafetyRefusal | undefined;
  /** Applies, journals and tells one record. */
  record(record: SafetyRecord): SafetyTransition;
  /** @throws {ConfigurationError} `OPERATOR_UNNAMED` when name or reason is blank. Nothing was changed. */
  requestRecovery(request: RecoveryRequest): SafetyTransition;
  /**
   * The operator's manual stop, independent of the state. Stays until it is switched off.
   * @throws {ConfigurationError} `OPERATOR_UNNAMED` when name or reason is blank. Nothing was changed.
   */
  setKillSwitch(on: boolean, by: { readonly requestedBy: string; readonly reason: string }): void;
  /**
   * Blocks new orders without a failure.
   * @throws {ConfigurationError} `OPERATOR_UNNAMED` when name or reason is blank. Nothing was changed.
   */
  setSafeMode(on: boolean, by: { readonly requestedBy: string; readonly reason: string }): void;
  snapshot(): SafetySnapshot;
}

export interface SafetyLayerSettings {
  readonly clock: Clock;
  readonly notifier?: SafetyNotifier;
  /** Receives `safety-recorded` and `operator-acted`. */
  readonly journal?: OrderJournal;
  readonly logger?: Logger;
  /** Consecutive fail-safes that lock the pipeline: an integer, 1 or more. Default 2. */
  readonly lockdownThreshold?: number;
  /**
   * What an earlier process came to, from its journal. `FAIL`, `LOCKDOWN`, the kill switch and safe mode survive a
   * restart: it ends none of them. Default: nothing has happened yet.
   */
  readonly restored?: RestoredSafety;
}

/** The safety state of an earlier process. */
export interface RestoredSafety extends SafetyMemory {
  readonly killSwitch: boolean;
  readonly safeMode: boolean;
}

/** @throws {ConfigurationError} when the threshold is not an integer of 1 or more. */
export function createSafetyLayer({
  clock,
  notifier = noopNotifier,
  journal,
  logger,
  lockdownThreshold: threshold = lockdownThresholdDefault,
  restored = { ...initialSafetyMemory, killSwitch: false, safeMode: false },
}: SafetyLayerSettings): SafetyLayer {
  if (!Number.isSafeInteger(threshold) || threshold < 1) {
    throw new ConfigurationError({
      code: 'SETTING_OUT_OF_RANGE',
      summary: 'The lockdown threshold is not usable.',
      facts: { field: 'lockdownThreshold', found: threshold },
      next: 'Give an integer of 1 or more; 2 is the default.',
    });
  }
  let memory: SafetyMemory = memoryOf(restored);
  let { killSwitch, safeMode } = restored;

  const isTradingAllowed = (): boolean => memory.state === 'NORMAL' || memory.state === 'WARNING';

  function refusal(): SafetyRefusal | undefined {
    if (killSwitch) return 'G_EXE_KILLSWITCH_ON';
    if (!isTradingAllowed()) return 'G_EXE_SAFETY_BLOCKED';
    return safeMode ? 'G_EXE_SAFE_MODE_ON' : undefined;
  }

  /** Nobody waits for these records: what must be on disk before an order leaves is the gateway's to wait for. */
  function write(type: JournalRecordType, correlationId: string, body: Record<string, unknown>): void {
    try {
      journal?.append({ type, occurredAtMs: clock.nowMs(), correlationId, body }, 'GROUPED')?.catch(complain);
    } catch (error) {
      complain(error);
    }
    function complain(error: unknown): void {
      logger?.error('safety-record-not-journalled', { type, correlationId, error: String(error) });
    }
  }

  function tell(event: SafetyRecordEvent, { code, message, metadata = {} }: SafetyRecord): void {
    const level = event === 'fail_safe' ? 'FAIL' : 'WARNING';
    const timestamp = inKorea(clock.nowMs());
    try {
      notifier.notify({ timestamp, safetyCode: code, level, message, pipelineState: memory.state, metadata });
    } catch (error) {
      logger?.error('safety-notifier-threw', { code, error: String(error) });
    }
  }

  function setSwitch(
    name: 'kill-switch' | 'safe-mode',
    before: boolean,
    on: boolean,
    by: { requestedBy: string; reason: string },
  ): void {
    write('operator-acted', name, { action: on ? `${name}-on` : `${name}-off`, ...by, before, after: on });
    logger?.warn(on ? `${name}-engaged` : `${name}-released`, by);
  }

  return {
    get pipelineState() {
      return memory.state;
    },
    shouldRun: () => refusal() === undefined,
    refusal,

    record(record) {
      const { code, message, stage, intentId = '' } = record;
      const event = record.event ?? eventOfCode(code);
      const applied = applySafetyEvent(memory, event, { code, threshold });
      memory = applied.memory;
      const { from, to, reason, count } = applied.transition;
      write('safety-recorded', intentId, { event, code, message, stage, from, to, reason, count });
      tell(event, record);
      return applied.transition;
    },

    requestRecovery({ operatorApproved, requestedBy, reason }) {
      checkOperator({ requestedBy, reason });
      const applied = applySafetyEvent(memory, operatorApproved ? 'approved_recovery' : 'recovery', { threshold });
      memory = applied.memory;
      const { from, to, event } = applied.transition;
      write('operator-acted', 'recovery', { action: event, requestedBy, reason, from, to });
      return applied.transition;
    },

    setKillSwitch(on, { requestedBy, reason }) {
      checkOperator({ requestedBy, reason });
      const before = killSwitch;
      killSwitch = on;
      setSwitch('kill-switch', before, on, { requestedBy, reason });
    },

    setSafeMode(on, { requestedBy, reason }) {
      checkOperator({ requestedBy, reason });
      const before = safeMode;
      safeMode = on;
      setSwitch('safe-mode', before, on, { requestedBy, reason });
    },

    snapshot() {
      const { state, consecutiveFailSafeCount, lastFailSafeCode } = memory;
      return {
        pipelineState: state,
        consecutiveFailSafeCount,
        ...(lastFailSafeCode === undefined ? undefined : { lastFailSafeCode }),
        isTradingAllowed: isTradingAllowed(),
        isLockdown: state === 'LOCKDOWN',
        killSwitch,
        safeMode,
      };
    },
  };
}

function memoryOf({ state, consecutiveFailSafeCount, lastFailSafeCode }: RestoredSafety): SafetyMemory {
  return { state, consecutiveFailSafeCount, ...(lastFailSafeCode === undefined ? undefined : { lastFailSafeCode }) };
}

function eventOfCode(code: FailsafeCode): SafetyRecordEvent {
  if (code.startsWith('FS')) return 'fail_safe';
  return code.startsWith('G') ? 'guardrail' : 'anomaly';
}

/** Korea keeps UTC+9 all year. */
function inKorea(epochMs: number): string {
  return new Date(epochMs + 9 * 3_600_000).toISOString().replace('Z', '+09:00');
}
