/** Limits of the project, on top of the market's rules. Every one is a setting; rates are basis points (1/10,000). */
export interface RiskLimits {
  /** Shares of one order. */
  readonly orderQuantityMax: number;
  /** Value of one order at its worst price, won. The exchange's own limit is 100 bn. */
  readonly orderValueMaxKrw: number;
  /** Orders sent on the trading date. */
  readonly dailyOrdersMax: number;
  /** Open orders of all symbols: as many as can be canceled in time. */
  readonly openOrdersMax: number;
  /** Open orders of one symbol and side. 1: the first must end before the next. */
  readonly openOrdersPerSideMax: number;
  /** Positions and open buys at worst price, of equity. */
  readonly exposureMaxBps: number;
  /** The same for one symbol. */
  readonly symbolExposureMaxBps: number;
  /** Loss of the day, of the equity at its start, from which no order may add risk. */
  readonly dailyLossMaxBps: number;
  /** How far a price may lie from the last trade, of the last trade. */
  readonly priceCollarBps: number;
  /** Age of a quote in continuous trading beyond which it is not a price. Nothing is stale while an auction collects. */
  readonly quoteAgeMsMax: number;
  /** How long before the end of a window orders stop: the clocks of ours and the broker's are not equal. */
  readonly sessionGuardMs: number;
  /** Broker fee in the worst case, parts per billion of the amount (0.0140527 % = 140,527). */
  readonly feePartsPerBillion: number;
}

/**
 * Where each default comes from: quantity, orders a day, exposure, symbol weight and daily loss are the requirements'
 * (domain 5.4, 6.6), guard and quote age the safety rules' (market-rules 16, execution-safety 15), open orders what a
 * cancel a second clears in 30 s. Order value, collar and fee are `assumed`: set them for the account.
 */
export const riskLimitsDefault: RiskLimits = {
  orderQuantityMax: 10_000,
  orderValueMaxKrw: 100_000_000,
  dailyOrdersMax: 100,
  openOrdersMax: 30,
  openOrdersPerSideMax: 1,
  exposureMaxBps: 9_500,
  symbolExposureMaxBps: 1_500,
  dailyLossMaxBps: 300,
  priceCollarBps: 1_000,
  quoteAgeMsMax: 3_000,
  sessionGuardMs: 1_000,
  feePartsPerBillion: 1_000_000,
};
