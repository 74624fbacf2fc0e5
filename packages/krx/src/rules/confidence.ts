/**
 * How well a fact is supported. Kept beside each fact, so that a caller can refuse what nobody has checked.
 *
 * - `CONFIRMED`: found in two or more separate places.
 * - `SINGLE_SOURCE`: found in one place only.
 * - `UNCONFIRMED`: inference or general knowledge; check it against the exchange's own text before live use.
 */
export const confidences = ['CONFIRMED', 'SINGLE_SOURCE', 'UNCONFIRMED'] as const;
export type Confidence = (typeof confidences)[number];

/** The weakest of several marks: a conclusion is no better supported than the weakest fact it rests on. */
export function weakestConfidence(first: Confidence, ...rest: readonly Confidence[]): Confidence {
  return rest.reduce(
    (weakest, each) => (confidences.indexOf(each) > confidences.indexOf(weakest) ? each : weakest),
    first,
  );
}
