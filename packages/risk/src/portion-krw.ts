/**
 * Parts per billion of an amount, cut down to the won. Exact for any safe amount and rates up to 9,000,000 ppb (0.9 %):
 * the product, which would leave the safe integers, is never formed.
 */
export function portionKrw(amountKrw: number, partsPerBillion: number): number {
  const rest = amountKrw % 1_000_000_000;
  const billions = (amountKrw - rest) / 1_000_000_000;
  return billions * partsPerBillion + Math.floor((rest * partsPerBillion) / 1_000_000_000);
}
