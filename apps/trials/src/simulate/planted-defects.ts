import { type ExecutionResponse, type OrderAdapter, type OrderJournal, krw, shares } from '@qts/core';
import { type StopLatch } from '@qts/engine';
import { plantedStreamDefects } from './planted-stream-defects.ts';
import { type PlantedRow } from './planted-row.ts';

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
  'replaces-again': {
    does: 'an adapter that sends a replace once more when the answer is lost',
    plant: { adapter: replaceAgain },
    foundBy: ['I2'],
    faults: [{ layer: 'VENUE', fault: 'R08-drop-after-accept', rate: 0.2 }],
  },
  'counts-a-fill-twice': {
    does: 'an adapter that shows the fills of an order under the number that a replace gave it, too',
    plant: { adapter: countTwice },
    foundBy: ['I3', 'I4'],
    faults: [],
  },
  'forgets-the-stop': {
    does: 'a kill switch that reads its latch once and believes that for ever',
    plant: { latch: readOnce },
    foundBy: ['I7'],
    faults: [],
  },
  'logs-the-key': {
    does: 'an adapter that writes the app key into its refusal',
    plant: { response: leakKey },
    foundBy: ['I11'],
  },
  ...plantedStreamDefects,
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

function replaceAgain(adapter: OrderAdapter): OrderAdapter {
  return {
    ...adapter,
    async replaceOrder(request, options) {
      const response = await adapter.replaceOrder(request, options);
      return response.outcome === 'UNKNOWN' ? adapter.replaceOrder(request, options) : response;
    },
  };
}

function countTwice(adapter: OrderAdapter): OrderAdapter {
  return {
    ...adapter,
    async listOrders(query, options) {
      const list = await adapter.listOrders(query, options);
      const filled = new Map(list.orders.map((row) => [row.reference.brokerOrderId, row]));
      const orders = list.orders.map((row) => {
        const parent = row.kind === 'REPLACE' ? filled.get(row.originalBrokerOrderId as never) : undefined;
        if (parent === undefined) return row;
        return {
          ...row,
          filledQuantity: shares(row.filledQuantity + parent.filledQuantity),
          filledAmountKrw: krw(row.filledAmountKrw + parent.filledAmountKrw),
        };
      });
      return { ...list, orders };
    },
  };
}

function readOnce(latch: StopLatch): StopLatch {
  const first = latch.read();
  return { ...latch, read: () => first };
}

function leakKey(response: ExecutionResponse): ExecutionResponse {
  return { ...response, message: `${response.message} (key CANARY-KEY-5cf81e0a7b CANARY-KEY-a90d33f172)` };
}
