/** What a KIS venue can be told; each default follows the broker, with its evidence in the behaviours table. */
export interface KisVenueSettings {
  /**
   * Calls per second and app key. Default: what the broker allowed on the trading date (live 18, paper 1 since
   * 2026-04-20).
   */
  readonly requestsPerSecond?: number;
  /** Calls of `inquire-balance` per second over all accounts before `EGW00215`. Default 120. */
  readonly ledgerCallsPerSecond?: number;
  /**
   * How long after its acceptance an order appears in the order lists, ms. Default: live 0, paper 2,600 (the median
   * that was measured on paper).
   */
  readonly orderVisibilityDelayMs?: number;
  /** Branch that numbers the orders (`KRX_FWDG_ORD_ORGNO`), five digits. Default `03930`. */
  readonly branch?: string;
}
