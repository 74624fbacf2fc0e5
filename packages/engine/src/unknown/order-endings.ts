import {
  type AccountId,
  type Clock,
  type ExecutionIntent,
  type ExecutionResponse,
  type IntentId,
  type JournalRecordType,
  type NativeReason,
  type OrderReference,
  type OrderSnapshot,
} from '@qts/core';
import { type JournalWriter } from '../gateway/journal-writer.ts';
import { type OrderGateway } from '../gateway/order-gateway-contract.ts';
import { type OrderTracker } from '../orders/order-tracker-contract.ts';
import { type SafetyLayer } from '../safety/safety-layer.ts';
import { type EscalationReason } from './evidence.ts';

/** What ended an unknown order. */
export type Proof = 'LATE_ANSWER' | 'ORDER_LIST' | 'OPERATOR';

/** What every record of an end says. */
export interface EndFacts {
  readonly proof: Proof;
  /** How long nobody knew, ms. */
  readonly unknownForMs?: number;
  readonly completeReads?: number;
  /** True for an order that turned up after it had been called absent. */
  readonly late?: boolean;
  /** True for one of which nothing may rest: a restart that finds no cancel of it sends one. */
  readonly isUnwanted?: boolean;
}

/** Writes the ends of unknown orders: into the tracker at once, then into the journal, then into the gateway's answer. */
export interface OrderEndings {
  adopt(
    intent: ExecutionIntent,
    reference: OrderReference,
    row: OrderSnapshot | undefined,
    facts: EndFacts,
  ): Promise<ExecutionResponse>;
  /** By a late answer: the broker's word on the order. By a list: it shows no order, which may still land. */
  reject(intent: ExecutionIntent, native: NativeReason, facts: EndFacts): Promise<ExecutionResponse>;
  callAbsent(intent: ExecutionIntent, facts: EndFacts): Promise<ExecutionResponse>;
  escalate(intent: ExecutionIntent, reason: EscalationReason, facts: EndFacts): Promise<ExecutionResponse>;
  noteDecision(intentId: IntentId, body: Readonly<Record<string, unknown>>): Promise<void>;
  /** FS043: somebody has to look. */
  alarm(intent: ExecutionIntent, message: string): void;
}

export interface OrderEndingParts {
  readonly brokerId: string;
  readonly accountId: AccountId;
  readonly tracker: OrderTracker;
  readonly journal: JournalWriter;
  readonly gateway: Pick<OrderGateway, 'settle'>;
  readonly safety: SafetyLayer;
  readonly clock: Clock;
}

const escalationTexts: Readonly<Record<EscalationReason, string>> = {
  MORE_THAN_ONE: 'more than one order at the broker could be this one',
  ORIGIN_UNCLEAR: 'the broker lists an order like this one, and nobody can say whose it is',
  SEEN_ONCE: 'an order like this one was listed, and then was not',
  READS_FAILED: 'the order list could not be read',
  NUMBER_BOUND: 'a late answer names an order that is another of ours',
};

export function createOrderEndings(parts: OrderEndingParts): OrderEndings {
  const { brokerId: broker, accountId, tracker, journal, gateway, safety, clock } = parts;

  async function end(type: JournalRecordType, response: ExecutionResponse, body: object): Promise<ExecutionResponse> {
    await write(type, response.intentId, body);
    gateway.settle(response);
    return response;
  }

  async function write(type: JournalRecordType, intentId: IntentId, body: object): Promise<void> {
    try {
      await journal.barrier(type, intentId, clock.nowMs(), { accountId, broker, ...body });
    } catch {
      // The writer has said so. The gateway sends nothing on a broken journal, and what is known stays known.
    }
  }

  function respond(
    { intentId }: ExecutionIntent,
    what: Pick<ExecutionResponse, 'outcome' | 'message'> & Partial<ExecutionResponse>,
  ): ExecutionResponse {
    const accepted = what.outcome === 'ACCEPTED';
    return { intentId, accepted, broker, timestampMs: clock.nowMs(), ...what };
  }

  function alarm({ intentId, symbol }: ExecutionIntent, message: string): void {
    safety.record({ code: 'FS043', message, stage: 'ACT', intentId, metadata: { intentId, symbol } });
  }

  return {
    alarm,
    noteDecision: (intentId, body) => write('operator-acted', intentId, body),

    adopt(intent, reference, row, facts) {
      const { brokerOrderId } = reference;
      const message = `adopted (order ${brokerOrderId})`;
      const response = respond(intent, {
        ...{ outcome: 'ACCEPTED', message, status: 'ACCEPTED', brokerOrderId, reference },
      });
      tracker.endPlace(intent.intentId, response);
      if (row !== undefined) tracker.applyList({ orders: [row], readStartedAtMs: clock.nowMs() });
      return end('command-adopted', response, { late: false, ...facts, reference });
    },

    reject(intent, native, facts) {
      const code = 'FS040';
      const message = `rejected: ${native.code} ${native.message}`;
      const response = respond(intent, { outcome: 'REJECTED', code, message, status: 'REJECTED' });
      // Of an order that a list merely does not show no figure may say that it was refused: it could not land any more.
      if (facts.proof === 'LATE_ANSWER') tracker.endPlace(intent.intentId, response);
      else tracker.endAbsent(intent.intentId);
      return end('command-rejected', response, { ...facts, code, message, native });
    },

    callAbsent(intent, facts) {
      tracker.endAbsent(intent.intentId);
      const message = 'absent: the broker does not list the order; it is watched for until the trading date is over';
      const response = respond(intent, { outcome: 'UNKNOWN', code: 'FS042', message, status: 'ABSENT' });
      return end('command-absent', response, facts);
    },

    escalate(intent, reason, facts) {
      const message = `escalated: ${escalationTexts[reason]}. The order may be live; a person has to decide.`;
      alarm(intent, message);
      const response = respond(intent, { outcome: 'UNKNOWN', code: 'FS043', message, status: 'SUBMITTED' });
      return end('command-escalated', response, { ...facts, reason });
    },
  };
}
