/** States of a stream session, and what leads from one to the next. The session moves by this table alone. */
export const sessionStates = [
  'IDLE',
  'PREPARING',
  'CONNECTING',
  'AUTHENTICATING',
  'LIVE',
  'WAITING',
  'FAILED',
  'CLOSED',
] as const;
export type SessionState = (typeof sessionStates)[number];

export const sessionMoves = [
  'WANTED',
  'PREPARED',
  'OPENED',
  'LOGGED_IN',
  'LOST',
  'WAITED',
  'REFUSED_FOR_GOOD',
  'CLOSE',
] as const;
export type SessionMove = (typeof sessionMoves)[number];

export interface SessionTransition {
  readonly from: SessionState;
  readonly on: SessionMove;
  readonly to: SessionState;
  readonly meaning: string;
}

const active = ['PREPARING', 'CONNECTING', 'AUTHENTICATING', 'LIVE'] as const;
const open = ['IDLE', ...active, 'WAITING', 'FAILED'] as const;

/** The published diagram: docs print it, and a move that is not here does not happen. */
export const sessionTransitions: readonly SessionTransition[] = [
  { from: 'IDLE', on: 'WANTED', to: 'PREPARING', meaning: 'somebody subscribes: a fresh key is fetched' },
  { from: 'PREPARING', on: 'PREPARED', to: 'CONNECTING', meaning: 'the socket is opened' },
  { from: 'CONNECTING', on: 'OPENED', to: 'AUTHENTICATING', meaning: 'the login is sent, where there is one' },
  { from: 'AUTHENTICATING', on: 'LOGGED_IN', to: 'LIVE', meaning: 'every subscription is registered, one by one' },
  ...active.map((from) => ({
    from,
    on: 'LOST' as const,
    to: 'WAITING' as const,
    meaning: 'closed, silent for two ping periods, timed out, or a key that could not be had: backoff 1 to 60 s',
  })),
  { from: 'WAITING', on: 'WAITED', to: 'PREPARING', meaning: 'another attempt, 10 in 10 minutes at most' },
  ...active.map((from) => ({
    from,
    on: 'REFUSED_FOR_GOOD' as const,
    to: 'FAILED' as const,
    meaning:
      'the key is still in use elsewhere after a minute of trying, or taken away, or credentials were refused twice: an alarm, and no further attempt',
  })),
  ...open.map((from) => ({
    from,
    on: 'CLOSE' as const,
    to: 'CLOSED' as const,
    meaning: 'clean close; no timer and no socket stay',
  })),
];

const table: ReadonlyMap<string, SessionState> = new Map(
  sessionTransitions.map(({ from, on, to }) => [`${from} ${on}`, to]),
);

/** Where a move leads; `undefined` when it is none of this state. */
export function nextSessionState(from: SessionState, on: SessionMove): SessionState | undefined {
  return table.get(`${from} ${on}`);
}
