import { type Confidence } from './confidence.ts';

/** A rule with the trading dates on which it holds, both inclusive, `YYYY-MM-DD`. */
export interface DatedRule {
  readonly effectiveFrom: string;
  /** Absent: until further notice. */
  readonly effectiveTo?: string;
  readonly confidence: Confidence;
}

/** Whether the rule holds on the date. ISO dates compare as text. */
export function isInForce(rule: DatedRule, tradingDate: string): boolean {
  return rule.effectiveFrom <= tradingDate && (rule.effectiveTo === undefined || tradingDate <= rule.effectiveTo);
}

/** The first rule in force on the date, if any. Tables are tested to have at most one per key and date. */
export function ruleInForce<Rule extends DatedRule>(rules: readonly Rule[], tradingDate: string): Rule | undefined {
  return rules.find((rule) => isInForce(rule, tradingDate));
}
