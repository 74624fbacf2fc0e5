import { answerFaultIds, answerFaults, type AnswerFaultId } from './answer-faults.ts';
import { connectionFaultIds, connectionFaults, type ConnectionFaultId } from './connection-faults.ts';
import { gatewayFaultIds, gatewayFaults, type GatewayFaultId } from './gateway-faults.ts';
import { listFaultIds, listFaults, type ListFaultId } from './list-faults.ts';
import { streamFaultIds, streamFaults, type StreamFaultId } from './stream-faults.ts';
import { type FaultRow } from './venue-fault.ts';

/**
 * The name of a fault. `R…` (requests) and `W…` (WebSocket) are its number in the fault catalogue of the project; a fault that has none there goes by its
 * words alone. `before-accept`: the exchange never hears of the request; `after-accept`: it has done what was asked, and
 * only the answer suffers.
 */
export type VenueFaultId = ConnectionFaultId | AnswerFaultId | GatewayFaultId | ListFaultId | StreamFaultId;

/** One thing that can go wrong between a client and the venue. */
export interface VenueFault extends FaultRow {
  readonly id: VenueFaultId;
}

const table: Readonly<Record<VenueFaultId, FaultRow>> = {
  ...connectionFaults,
  ...answerFaults,
  ...gatewayFaults,
  ...listFaults,
  ...streamFaults,
};

const ids: readonly VenueFaultId[] = [
  ...connectionFaultIds,
  ...answerFaultIds,
  ...gatewayFaultIds,
  ...listFaultIds,
  ...streamFaultIds,
];

/** Every fault of the venue, in the order of their names. Documentation prints this table. */
export const venueFaults: readonly VenueFault[] = ids.toSorted().map((id) => ({ id, ...table[id] }));
