import { type BrokerEngine } from '../broker-engine.ts';
import { type ExecutionIntent } from '../execution-intent.ts';
import { type CancelRequest, type ReplaceRequest } from '../order-request.ts';
import { type Clock } from '../ports/clock.ts';
import { brokerOrderId } from '../value-constructors.ts';

/**
 * A broker engine for tests: it accepts exactly the intents whose quantity is above 0, and every replace, and sends nothing
 * anywhere.
 */
export interface MockBroker extends BrokerEngine {
  readonly name: 'mock-broker';
  /** Every intent it was given, oldest first. */
  readonly intents: readonly ExecutionIntent[];
  /** Every replace it was given, oldest first. */
  readonly replaces: readonly ReplaceRequest[];
  /** Every cancel it was given, oldest first. */
  readonly cancels: readonly CancelRequest[];
}

export interface MockBrokerOptions {
  /** Stamps the answers. Default: an intent is answered at its own `createdAtMs`, a cancel at 0. */
  readonly clock?: Pick<Clock, 'nowMs'>;
}

/** Makes a {@link MockBroker}. */
export function createMockBroker({ clock }: MockBrokerOptions = {}): MockBroker {
  const intents: ExecutionIntent[] = [];
  const replaces: ReplaceRequest[] = [];
  const cancels: CancelRequest[] = [];
  let numbers = 0;
  return {
    name: 'mock-broker',
    intents,
    replaces,
    cancels,
    submitIntent(intent) {
      intents.push(intent);
      const answer = {
        intentId: intent.intentId,
        broker: 'mock-broker',
        timestampMs: clock?.nowMs() ?? intent.createdAtMs,
      };
      if (intent.quantity > 0) {
        const number = brokerOrderId(`MOCK-${String(++numbers)}`);
        const message = `accepted by the mock broker as ${number}; nothing was sent`;
        return Promise.resolve({ ...answer, accepted: true, outcome: 'ACCEPTED', brokerOrderId: number, message });
      }
      const code = intent.intentType === 'NOOP' ? 'G_EXE_NOOP_POLICY' : 'G_EXE_QTY_NONPOSITIVE';
      const message = 'the mock broker accepts quantities above 0; nothing was sent';
      return Promise.resolve({ ...answer, accepted: false, outcome: 'NOT_SENT', code, message });
    },
    replaceOrder(request) {
      replaces.push(request);
      const number = brokerOrderId(`MOCK-${String(++numbers)}`);
      const { clientOrderId, target, orderType, timeInForce, session, dryRun } = request;
      return Promise.resolve({
        ...{ outcome: 'ACCEPTED', clientOrderId, receivedAtMs: clock?.nowMs() ?? 0, brokerOrderId: number, dryRun },
        reference: { ...target, brokerOrderId: number, orderType, timeInForce, session },
      });
    },
    cancelOrder(request) {
      cancels.push(request);
      return Promise.resolve({
        outcome: 'REQUESTED',
        receivedAtMs: clock?.nowMs() ?? 0,
        brokerOrderId: brokerOrderId(`MOCK-${String(++numbers)}`),
        dryRun: request.dryRun,
      });
    },
  };
}
