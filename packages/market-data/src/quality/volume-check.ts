/** What the day's volume says about a trade: nothing is missing, something is, or the trade is an old one. */
export type VolumeVerdict =
  | { readonly kind: 'IN_ORDER' }
  /** Trades between the last one and this one were not heard: so many shares. */
  | { readonly kind: 'HOLE'; readonly missedQuantity: number }
  /** The trade was heard before, or comes late: it must not be counted again. */
  | { readonly kind: 'REPEATED' };

const inOrder: VolumeVerdict = { kind: 'IN_ORDER' };
const repeated: VolumeVerdict = { kind: 'REPEATED' };

/**
 * Compares the day's volume that a trade carries with the one before. A broker counts the trade itself into it, so a
 * volume that grew by more than the trade shows what was missed.
 *
 * @param beforeQuantity the day's volume after the last trade heard; `undefined` when this is the first
 */
export function checkVolume(
  beforeQuantity: number | undefined,
  quantity: number,
  accumulatedQuantity: number | undefined,
): VolumeVerdict {
  if (beforeQuantity === undefined || accumulatedQuantity === undefined) return inOrder;
  if (accumulatedQuantity <= beforeQuantity) return repeated;
  const missedQuantity = accumulatedQuantity - beforeQuantity - quantity;
  return missedQuantity > 0 ? { kind: 'HOLE', missedQuantity } : inOrder;
}
