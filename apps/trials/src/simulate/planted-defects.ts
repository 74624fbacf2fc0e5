import { type ExecutionResponse, type OrderAdapter, type OrderJournal } from '@qts/core';
import { type InvariantId } from './judge/invariants.ts';
import { type DrawnFault } from './schedule.ts';
import { type PlantedDefect } from './trader.ts';

/** A mistake that others have made, and the invariants of which one must say so. */
export interface PlantedRow {
  readonly does: string;
  readonly plant: PlantedDefect;
  readonly foundBy: readonly InvariantId[];
  /** Faults under which it shows, where those of most seeds do not bring it out. */
  readonly faults?: readonly DrawnFault[];
}

/** Mistakes to plant, so that the judge is judged: each must be found, and by the right invariant. */
export const plantedDefects: Readonly<Record<string, PlantedRow>> = {
  'sends-again': {
    does: 'an adapter that sends an order once more when the answer is lost',
    plant: { adapter: sendAgain },
    foundBy: ['I2'],
  },
  'unknown-is-rejected': {
    does: 'an engine that calls an unknown outcome rejected',
    plant: { response: callRejected },
    foundBy: ['I3'],
  },
  'no-barrier': {
    does: 'a journal that promises durability and does not wait for it',
    plant: { journal: withoutBarrier },
    foundBy: ['I1'],
  },
  'adopts-strangers': {
    does: 'a resolver that believes every order of the account is ours',
    plant: { exclusive: true },
    foundBy: ['ADOPTION', 'I3'],
    faults: [
      { layer: 'VENUE', fault: 'R41-stranger-order', rate: 0.6 },
      { layer: 'VENUE', fault: 'R07-drop-before-accept', rate: 0.2 },
    ],
  },
  'reads-one-row-less': {
    does: 'an adapter that loses the newest row of a list and calls it complete',
    plant: { adapter: loseRow },
    foundBy: ['I3', 'HEALING'],
  },
  'logs-the-key': {
    does: 'an adapter that writes the app key into its refusal',
    plant: { response: leakKey },
    foundBy: ['I11'],
  },
};

function sendAgain(adapter: OrderAdapter): OrderAdapter {
  return {
    ...adapter,
    async placeOrder(request, options) {
      const response = await adapter.placeOrder(request, options);
      return response.outcome === 'UNKNOWN' ? adapter.placeOrder(request, options) : response;
    },
  };
}

function callRejected(response: ExecutionResponse): ExecutionResponse {
  return response.outcome === 'UNKNOWN' ? { ...response, outcome: 'REJECTED', code: 'FS040' } : response;
}

function withoutBarrier(journal: OrderJournal): OrderJournal {
  return { ...journal, append: (entry) => journal.append(entry, 'GROUPED') };
}

function loseRow(adapter: OrderAdapter): OrderAdapter {
  return {
    ...adapter,
    async listOrders(query, options) {
      const list = await adapter.listOrders(query, options);
      return { ...list, orders: list.orders.slice(0, -1) };
    },
  };
}

function leakKey(response: ExecutionResponse): ExecutionResponse {
  return { ...response, message: `${response.message} (key CANARY-KEY-5cf81e0a7b CANARY-KEY-a90d33f172)` };
}
