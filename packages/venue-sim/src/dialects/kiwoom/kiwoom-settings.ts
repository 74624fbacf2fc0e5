/** What the Kiwoom dialect can be told. */
export interface KiwoomVenueSettings {
  /** Calls a second per app key and api-id; default 1, which the broker shows as 유량=1. */
  readonly requestsPerSecond?: number;
  /** The same for single api-ids, before the general one: `{ ka10081: 5 }`. */
  readonly requestsPerSecondOf?: Readonly<Record<string, number>>;
  /** How long a new order stays out of the lists, ms; default 0. */
  readonly orderVisibilityDelayMs?: number;
  /** Rows on a page of lists and trades; default 100. Charts have 900 and 600. */
  readonly listRows?: number;
  /** Whether ka10076 has a row for each fill (default) or one for each order; which of them is true nobody has said. */
  readonly fillRows?: 'PER_FILL' | 'PER_ORDER';
  /** App keys of the broker's other world, refused with 8030. Their tokens are known by themselves. */
  readonly otherEnvironmentKeys?: readonly string[];
}
