import { type VenueFault, type VenueFaultId, type VenueOperationKind, venueFaults } from '@qts/venue-sim';

/** What the program under trial asks a venue for, and what travels on the stream of its orders. */
const requestedKinds: ReadonlySet<VenueOperationKind> = new Set([
  ...(['NEW_ORDER', 'ORDER_CHANGE', 'ORDER_LIST', 'ACCOUNT', 'MARKET_DATA', 'TOKEN'] as const),
  ...(['STREAM_REQUEST', 'ORDER_NOTICE', 'STREAM_PING'] as const),
]);

const isSimulated = ({ needsSocket, appliesTo }: VenueFault): boolean =>
  !needsSocket && appliesTo.some((kind) => requestedKinds.has(kind));
/** Venue faults that a transport in memory can carry. */
export const simulatedFaults: readonly VenueFault[] = venueFaults.filter(isSimulated);

/** Venue faults that strike requests, and that a transport in memory can carry. */
export const memoryVenueFaults: readonly VenueFaultId[] = simulatedFaults
  .filter(({ stream }) => stream === 'NONE')
  .map(({ id }) => id);

/** The same of streams. */
export const streamVenueFaults: readonly VenueFaultId[] = simulatedFaults
  .filter(({ stream }) => stream !== 'NONE')
  .map(({ id }) => id);

/** The others: they need bytes on a socket, or strike quotes. */
export const otherVenueFaults: readonly VenueFaultId[] = venueFaults
  .filter((fault) => !isSimulated(fault))
  .map(({ id }) => id);
