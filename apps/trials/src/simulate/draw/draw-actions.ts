import { type Action } from '../schedule.ts';
import { type Draw } from '../world/draw.ts';

/** A short day of traffic: orders, replaces, cancels, stops, and in one of three runs the end of the process. */
export function drawActions(draw: Draw, activeMs: number): readonly Action[] {
  const actions: Action[] = [];
  const orders = draw.whole(4, 10);
  for (let each = 0; each < orders; each += 1) actions.push(drawPlace(draw, draw.whole(500, activeMs)));
  const replaces = draw.whole(0, 5);
  for (let each = 0; each < replaces; each += 1) actions.push(drawReplace(draw, draw.whole(2_000, activeMs)));
  const more = draw.whole(0, 7);
  for (let each = 0; each < more; each += 1) actions.push(drawOther(draw, draw.whole(2_000, activeMs)));
  if (draw.chance(0.35)) actions.push(...drawEndings(draw, activeMs));
  return actions.sort((one, other) => one.atMs - other.atMs);
}

/** One end of the process, or several on each other's heels: then the later ones strike in the middle of a recovery. */
function drawEndings(draw: Draw, activeMs: number): readonly Action[] {
  const endings: Action[] = [];
  const count = draw.chance(0.7) ? 1 : draw.whole(2, 3);
  const seat = draw.whole(0, 1);
  let atMs = draw.whole(1_000, activeMs);
  for (let each = 0; each < count; each += 1) {
    const kind = draw.chance(0.6) ? 'KILL' : 'POWER_CUT';
    const within = draw.chance(0.6) ? 'WRITE' : 'EVENT';
    const downMs = count === 1 ? draw.whole(1_100, 20_000) : draw.whole(1_100, 2_500);
    endings.push({ atMs, seat, kind, downMs, keep: draw.whole(0, 3), within });
    atMs += downMs + draw.whole(1, 4_000);
  }
  return endings;
}

function drawPlace(draw: Draw, atMs: number): Action {
  const wrong = draw.chance(0.08) ? draw.pick(['OFF_TICK', 'TOO_FAR', 'TOO_MANY', 'STALE'] as const) : undefined;
  return {
    atMs,
    seat: draw.whole(0, 1),
    kind: 'PLACE',
    symbol: draw.whole(0, 2),
    side: draw.chance(0.6) ? 'BUY' : 'SELL',
    quantity: draw.whole(1, 12),
    ticks: draw.whole(-4, 2),
    type: draw.chance(0.9) ? 'LIMIT' : 'MARKET',
    lifeMs: draw.pick([0, 3_000, 15_000, 60_000]),
    ...(wrong === undefined ? {} : { wrong }),
  };
}

function drawReplace(draw: Draw, atMs: number): Action {
  const seat = draw.whole(0, 1);
  return { atMs, seat, kind: 'REPLACE', which: draw.whole(0, 5), ticks: draw.whole(-2, 2), isPart: draw.chance(0.3) };
}

function drawOther(draw: Draw, atMs: number): Action {
  const kind = draw.pick([
    'AGAIN',
    'AGAIN',
    ...(['CANCEL', 'CANCEL', 'CANCEL', 'RECOVER', 'RECOVER', 'STOP', 'STOP_ELSEWHERE', 'SPOIL_STOP'] as const),
  ] as const);
  const seat = draw.whole(0, 1);
  switch (kind) {
    case 'AGAIN':
      return { atMs, seat, kind, as: draw.pick(['TWIN', 'REPEAT', 'CONFLICT']) };
    case 'CANCEL':
      return { atMs, seat, kind, which: draw.whole(0, 5), late: draw.chance(0.5) };
    case 'SPOIL_STOP':
      return { atMs, seat, kind, forMs: draw.whole(200, 5_000) };
    case 'STOP':
    case 'STOP_ELSEWHERE':
    case 'RECOVER':
      return { atMs, seat, kind };
  }
}
