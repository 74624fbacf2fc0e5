/**
 * What a symbol's data is worth now, the worst that holds first. A price-taking order wants `FRESH`.
 *
 * - `HALTED` trading of the issue is halted · `VI` a volatility interruption is on (변동성완화장치)
 * - `GAP` something was missed and is not repaired · `CROSSED` the best bid is not below the best ask
 * - `STALE` nothing was heard for longer than the limit · `SILENT` nothing was heard yet
 */
export const qualityStates = ['HALTED', 'VI', 'GAP', 'CROSSED', 'SILENT', 'STALE', 'FRESH'] as const;
export type QualityState = (typeof qualityStates)[number];

/** A symbol's quality, with the ages behind it. */
export interface SymbolQuality {
  readonly state: QualityState;
  /** Since the last trade, book or quote was received, ms of the monotonic clock; `undefined` before the first. */
  readonly ageMs: number | undefined;
  /** Since it happened at the exchange, ms, as far as the wire told; brokers tell whole seconds. */
  readonly exchangeAgeMs: number | undefined;
  /** Shares that were traded and not heard since the data was last whole, as far as the day's volume shows. */
  readonly missedQuantity: number;
}

/** The states that follow from facts, in the order of {@link qualityStates}; age comes last. */
export function worstState(facts: {
  readonly halted: boolean;
  readonly viActive: boolean;
  readonly gap: boolean;
  readonly crossed: boolean;
  readonly ageMs: number | undefined;
  readonly staleAfterMs: number;
}): QualityState {
  if (facts.halted) return 'HALTED';
  if (facts.viActive) return 'VI';
  if (facts.gap) return 'GAP';
  if (facts.crossed) return 'CROSSED';
  if (facts.ageMs === undefined) return 'SILENT';
  return facts.ageMs > facts.staleAfterMs ? 'STALE' : 'FRESH';
}
