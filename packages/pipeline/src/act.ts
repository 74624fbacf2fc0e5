import {
  type ActResult,
  type ActStatus,
  type BrokerEngine,
  type CallOptions,
  type Clock,
  type CommandOutcome,
  type ExecutionIntent,
} from '@qts/core';
import { StageFailure } from './stage-failure.ts';

const statusOfOutcome = {
  ACCEPTED: 'accepted',
  REJECTED: 'rejected',
  NOT_SENT: 'not-sent',
  UNKNOWN: 'unknown',
} as const satisfies Record<CommandOutcome, ActStatus>;

/**
 * Submits an intent and says what the engine answered. The engine records the safety code of an order that failed; an
 * engine that throws has broken its promise, and the order may be live: FS040.
 *
 * @throws {StageFailure}
 */
export async function act(
  engine: BrokerEngine,
  intent: ExecutionIntent,
  clock: Clock,
  options?: CallOptions,
): Promise<ActResult> {
  let response;
  try {
    response = await engine.submitIntent(intent, options);
  } catch (cause) {
    throw new StageFailure('ACT', 'FS040', 'error', `engine ${engine.name} threw; the order may be live`, cause);
  }
  return {
    status: statusOfOutcome[response.outcome],
    reason: response.message,
    intentId: intent.intentId,
    outcome: response.outcome,
    broker: response.broker,
    ...(response.code === undefined ? {} : { code: response.code }),
    timestampMs: clock.nowMs(),
  };
}
