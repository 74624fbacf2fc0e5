import { type BrokerEngine, type Clock, TransportError } from '@qts/core';

/** The engine of a process that may not trade: answers every intent with `NOT_SENT` and touches nothing. */
export function createNoopBroker({ clock }: { readonly clock: Clock }): BrokerEngine {
  const name = 'noop-broker';
  return {
    name,

    submitIntent({ intentId }) {
      return Promise.resolve({
        intentId,
        accepted: false,
        outcome: 'NOT_SENT',
        broker: name,
        message: 'execution is disabled: nothing was sent',
        timestampMs: clock.nowMs(),
        code: 'G_EXE_TRADING_DISABLED',
        status: 'DENIED',
      });
    },

    replaceOrder({ clientOrderId }) {
      const cause = disabled('replace', 'Replace');
      const receivedAtMs = clock.nowMs();
      return Promise.resolve({
        ...{ outcome: 'NOT_SENT', clientOrderId, receivedAtMs, code: 'G_EXE_TRADING_DISABLED', cause },
      });
    },

    cancelOrder({ dryRun }) {
      const cause = disabled('cancel', 'Cancel');
      return Promise.resolve({ outcome: 'NOT_SENT', receivedAtMs: clock.nowMs(), cause, dryRun });
    },
  };
}

function disabled(verb: string, Verb: string): TransportError {
  return new TransportError({
    code: 'EXECUTION_DISABLED',
    summary: `Execution is disabled: there is no broker to ${verb} at.`,
    next: `${Verb} at the broker that holds the order, or start with an adapter.`,
    sent: 'NOT_SENT',
  });
}
