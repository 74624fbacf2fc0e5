/**
 * How sure a behaviour of the venue is: `published` by the broker or the exchange (document, notice, sample code, table
 * of codes), `observed` by somebody who recorded traffic or reported it, `assumed` by us because nobody has said.
 */
export const behaviourEvidence = ['published', 'observed', 'assumed'] as const;
export type BehaviourEvidence = (typeof behaviourEvidence)[number];

/** One thing the venue does, and how we know. */
export interface VenueBehaviour {
  /** Which part of the venue: `kis token`, `kis order refusal`. */
  readonly area: string;
  readonly behaviour: string;
  readonly evidence: BehaviourEvidence;
  /** Where it comes from; for an assumption, what it was taken from or why it was chosen. */
  readonly source: string;
}
