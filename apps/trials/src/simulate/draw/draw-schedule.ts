import { type Schedule, type WorldSettings } from '../schedule.ts';
import { type Draw, createDraw } from '../world/draw.ts';
import { drawAccounts } from './draw-accounts.ts';
import { drawActions } from './draw-actions.ts';
import { drawFaults, drawFaultsWithStreams } from './draw-faults.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Draws the schedule of a seed: a random subset of the faults at random rates, and a short day of traffic. */
export function drawSchedule(seed: number): Schedule {
  const draw = createDraw(seed);
  const settings = drawSettings(draw.fork(1));
  const hasStreams = settings.accounts.some(({ streams }) => streams);
  return {
    seed,
    settings,
    faults: hasStreams ? drawFaultsWithStreams(draw.fork(2)) : drawFaults(draw.fork(2)),
    actions: drawActions(draw.fork(3), settings.activeMs),
  };
}

function drawSettings(draw: Draw): WorldSettings {
  const strict = draw.chance(0.2);
  const nearClose = draw.chance(0.12);
  const accounts = drawAccounts(draw.fork(1));
  return {
    accounts,
    startsAtMs: nearClose ? 15 * hourMs + 18 * minuteMs + draw.whole(0, 100_000) : 10 * hourMs + draw.whole(0, 999),
    activeMs: draw.whole(20_000, 60_000),
    latencyMs: draw.chance(0.8) ? [draw.whole(1, 15), draw.whole(0, 10)] : [draw.whole(1, 50), draw.whole(50, 900)],
    startsInTrouble: draw.chance(0.15),
    cancelsAtEnd: !nearClose || draw.chance(0.3),
    operatorPatienceMs: draw.chance(0.85) ? draw.whole(100, 6_000) : 0,
    lockdownThreshold: strict ? draw.whole(1, 3) : 1_000,
    failuresMax: strict ? 3 : 1_000,
    openOrdersPerSideMax: draw.whole(1, 6),
    restingMsMax: nearClose ? 3_600_000 : draw.whole(3_000, 40_000),
    reconciles: draw.chance(0.06),
    guardsUnknown: draw.chance(0.3),
    minimumStopMs: draw.pick([0, 0, 0, 4_000]),
    watchIntervalMs: draw.whole(10_000, 60_000),
    onLateLanding: draw.pick(['CANCEL', 'KEEP', 'CANCEL_IF_STALE']),
  };
}
