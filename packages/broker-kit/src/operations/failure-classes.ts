/**
 * What a consecutive-failure guard makes of a code (execution-safety 11).
 *
 * - `SETTING`: a listed business refusal; whether it counts is a setting. `COUNT`: counts.
 * - `PACE_DOWN`: does not count, the limiter slows down. `FORGIVE_ONCE`: a token; the second in a row counts.
 * - `TRIP`: trips at once, a person is needed.
 */
export const guardClasses = ['SETTING', 'COUNT', 'PACE_DOWN', 'FORGIVE_ONCE', 'TRIP'] as const;
export type GuardClass = (typeof guardClasses)[number];

/**
 * Classes of a broker's explicit word, as execution-safety 11 numbers them, each with what its rows say unless there is a
 * reason. `REJECTED` is the word of the order back end alone; what a gateway says is confirmed by a read.
 */
export const failureClasses = {
  /** F2: refused by the order back end, for a listed reason. */
  REFUSED: { taxonomy: 'F2', code: 'FS040', outcome: 'REJECTED', confirmByRead: false, guard: 'SETTING' },
  /** F3: refused by the gateway for its rate. */
  RATE_LIMITED: { taxonomy: 'F3', code: 'FS040', outcome: 'UNKNOWN', confirmByRead: true, guard: 'PACE_DOWN' },
  /** F3: the token is not valid (any more). */
  TOKEN_REFUSED: { taxonomy: 'F3', code: 'FS040', outcome: 'UNKNOWN', confirmByRead: true, guard: 'FORGIVE_ONCE' },
  /** F3: app key, registered address or environment do not fit. A person must act. */
  CREDENTIALS_REFUSED: { taxonomy: 'F3', code: 'FS044', outcome: 'UNKNOWN', confirmByRead: true, guard: 'TRIP' },
  /** F3: the gateway would not pass the request on for its form (a field, a length, a missing permission). */
  GATEWAY_REFUSED: { taxonomy: 'F3', code: 'FS040', outcome: 'UNKNOWN', confirmByRead: true, guard: 'COUNT' },
  /** F4: the servers are in trouble, or say themselves that the transaction must be looked up. The order may be live. */
  GATEWAY_TROUBLE: { taxonomy: 'F4', code: 'FS042', outcome: 'UNKNOWN', confirmByRead: false, guard: 'COUNT' },
} as const;
export type FailureClass = keyof typeof failureClasses;
