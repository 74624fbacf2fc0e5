import {
  type BrokerEngine,
  type Clock,
  type ExecutionResponse,
  type ReplaceResponse,
  BrokerError,
  ValidationError,
} from '@qts/core';
import { failsafeBrokerName } from '../safety/order-failure.ts';
import {
  type ConsecutiveFailureGuard,
  type ConsecutiveFailureGuardSettings,
  createConsecutiveFailureGuard,
} from './consecutive-failure-guard.ts';

export interface LiveBrokerSettings extends ConsecutiveFailureGuardSettings {
  /** The engine that orders go to: usually a bridge over one adapter. */
  readonly broker: BrokerEngine;
  readonly clock: Clock;
}

/** An engine behind a latching failure guard. */
export interface LiveBroker extends BrokerEngine {
  /** Where the guard stands: for status pages and reports. */
  readonly guard: Pick<ConsecutiveFailureGuard, 'blocked' | 'consecutiveFailures' | 'maxConsecutiveFailures'>;
}

/**
 * Delegates to a broker until it has failed too often in a row; then answers `failsafe` with FS040 itself and leaves the
 * broker alone. There is no reset: an operator decides, and a new LiveBroker is made. Cancels pass in every state.
 *
 * An engine that throws is answered as `UNKNOWN`, because the order may be live. Only {@link ValidationError} passes
 * through uncounted: the intent was malformed and nobody was asked.
 *
 * @throws {ConfigurationError} for an unusable maximum.
 */
export function createLiveBroker({ broker, clock, ...guardSettings }: LiveBrokerSettings): LiveBroker {
  const guard = createConsecutiveFailureGuard(guardSettings);

  return {
    name: broker.name,
    guard,

    async submitIntent(intent, options): Promise<ExecutionResponse> {
      const { intentId } = intent;
      if (guard.blocked && intent.intentType !== 'NOOP') {
        return {
          intentId,
          accepted: false,
          outcome: 'NOT_SENT',
          broker: failsafeBrokerName,
          message:
            `blocked: the consecutive-failure limit of ${guard.maxConsecutiveFailures} was reached at ${broker.name}; ` +
            'an operator must look, then start a new engine',
          timestampMs: clock.nowMs(),
          code: 'FS040',
        };
      }
      try {
        const response = await broker.submitIntent(intent, options);
        guard.observe(response);
        return response;
      } catch (error) {
        if (ValidationError.isInstance(error)) throw error;
        guard.observeThrown();
        return {
          intentId,
          accepted: false,
          outcome: 'UNKNOWN',
          broker: broker.name,
          message: `unknown: ${broker.name} threw instead of answering. The order may be live.`,
          timestampMs: clock.nowMs(),
          code: 'FS040',
          status: 'SUBMITTED',
        };
      }
    },

    async replaceOrder(request, options): Promise<ReplaceResponse> {
      const { clientOrderId } = request;
      if (guard.blocked) {
        const cause = new BrokerError({
          code: 'FAILURE_GUARD_LATCHED',
          summary: `The consecutive-failure limit of ${guard.maxConsecutiveFailures} was reached at ${broker.name}.`,
          next: 'An operator must look, then start a new engine. Cancels pass.',
        });
        return { outcome: 'NOT_SENT', clientOrderId, receivedAtMs: clock.nowMs(), code: 'FS040', cause };
      }
      try {
        const response = await broker.replaceOrder(request, options);
        guard.observe(response.outcome === 'NOT_SENT' ? { outcome: 'NOT_SENT', code: response.code } : response);
        return response;
      } catch (error) {
        if (ValidationError.isInstance(error)) throw error;
        guard.observeThrown();
        const cause = new BrokerError({
          code: 'ENGINE_THREW',
          summary: `${broker.name} threw instead of answering. The replace may have landed.`,
          next: 'Read the order at the broker before anything else.',
          cause: error,
        });
        return { outcome: 'UNKNOWN', clientOrderId, receivedAtMs: clock.nowMs(), code: 'FS040', cause };
      }
    },

    cancelOrder: (request, options) => broker.cancelOrder(request, options),
  };
}
