/** A recorded bar: won and shares; `startMs` is the instant it begins. */
export interface ReplayBar {
  readonly startMs: number;
  readonly openKrw: number;
  readonly highKrw: number;
  readonly lowKrw: number;
  readonly closeKrw: number;
  readonly volume: number;
}

/** A recorded trading day of an issue, closing auction included. */
export interface ReplayDaily {
  /** `YYYY-MM-DD`. */
  readonly tradingDate: string;
  readonly openKrw: number;
  readonly highKrw: number;
  readonly lowKrw: number;
  readonly closeKrw: number;
  readonly volume: number;
}
