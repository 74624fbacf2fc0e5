import { type VenueFaultId, venueFaults } from '@qts/venue-sim';
import { type DrawnFault } from '../schedule.ts';
import { diskFaultIds } from '../world/disk.ts';
import { type Draw } from '../world/draw.ts';
import { networkFaultIds } from '../world/network.ts';
import { memoryVenueFaults, simulatedFaults, streamVenueFaults } from './simulated-faults.ts';

/** A window of trouble strikes many requests once it has begun, so it begins rarely. */
const windowFaults: ReadonlySet<VenueFaultId> = new Set(
  venueFaults.filter(({ lasts }) => lasts === 'WINDOW').map(({ id }) => id),
);

/**
 * Faults that strike only what is rare (a page after the first, the issue of a token), or matter only at a rare moment (a
 * cancel of an order that is gone, and that the list does not show): they strike often.
 */
const rareFaults: ReadonlySet<VenueFaultId> = new Set([
  'R38-page-fails',
  'R27-token-issue-refused',
  'R38-rows-missing',
]);
const rareShare = 0.2;
const rareRate = 0.5;

/** Faults that strike what a connection has once or twice: its registration, its pings. */
const rareStreamFaults: ReadonlySet<VenueFaultId> = new Set(
  simulatedFaults
    .filter(
      ({ appliesTo }) => !appliesTo.includes('ORDER_NOTICE') && appliesTo.some((kind) => kind.startsWith('STREAM_')),
    )
    .map(({ id }) => id),
);
/** Faults after which a program asks for no more notices, or not for a minute: it goes on by reads. */
const lastingStreamFaults: ReadonlySet<VenueFaultId> = new Set(['W14-limit-reached', 'W15-second-login']);
/** Streams whose requests are served as they should be: what they promise holds to the second. */
const streamFaultsAloneShare = 0.3;

/** About one in eight faults is on, and sometimes none: all of them together hide as much as none. */
export function drawFaults(draw: Draw): readonly DrawnFault[] {
  if (draw.chance(0.05)) return [];
  const share = draw.pick([0.04, 0.12, 0.3]);
  const rate = (isWindow: boolean): number =>
    isWindow ? 0.002 + draw.next() * 0.02 : 0.02 + draw.next() * draw.next() * 0.4;
  const faults: DrawnFault[] = [];
  for (const fault of memoryVenueFaults) {
    const isWindow = windowFaults.has(fault);
    const isRare = rareFaults.has(fault);
    if (draw.chance(isRare ? rareShare : share)) {
      faults.push({ layer: 'VENUE', fault, rate: isRare ? rareRate : rate(isWindow) });
    }
  }
  for (const fault of networkFaultIds)
    if (draw.chance(share)) faults.push({ layer: 'NETWORK', fault, rate: rate(false) / 2 });
  for (const fault of diskFaultIds) {
    if (draw.chance(fault === 'slow-sync' ? 0.2 : 0.06))
      faults.push({ layer: 'DISK', fault, rate: fault === 'slow-sync' ? 0.3 : 0.02 });
  }
  return faults;
}

/** The same with streams: beside faults of streams the others, or none of them. */
export function drawFaultsWithStreams(draw: Draw): readonly DrawnFault[] {
  const own = draw.fork(1);
  const others = own.chance(streamFaultsAloneShare) ? [] : drawFaults(draw);
  const share = own.pick([0.06, 0.15, 0.3]);
  const faults: DrawnFault[] = [];
  for (const fault of streamVenueFaults) {
    if (!own.chance(lastingStreamFaults.has(fault) ? share / 3 : share)) continue;
    const rate = rareStreamFaults.has(fault) ? 0.3 : 0.02 + own.next() * own.next() * 0.4;
    faults.push({ layer: 'VENUE', fault, rate });
  }
  return [...others, ...faults];
}
