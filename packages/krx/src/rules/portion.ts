/**
 * `amount × numerator ÷ denominator`, cut down to a whole number, exact for every safe integer amount as long as
 * `numerator × denominator` is a safe integer and the result is one: the product itself is never formed.
 */
export function portion(amount: number, numerator: number, denominator: number): number {
  const rest = amount % denominator;
  return ((amount - rest) / denominator) * numerator + Math.floor((rest * numerator) / denominator);
}
