import { checkDate } from '../rules/checks.ts';
import { weakestConfidence } from '../rules/confidence.ts';
import { type DatedRule, ruleInForce } from '../rules/dated-rule.ts';
import { deny } from '../rules/denial.ts';
import { type FoundTradingDay, type TradingCalendar, krxCalendar } from './trading-calendar.ts';

/** How many trading days after the trade cash and shares change hands. */
export interface SettlementRule extends DatedRule {
  readonly tradingDays: number;
  readonly source: string;
}

/** Settlement cycles by trading date. */
export const settlementRules: readonly SettlementRule[] = [
  {
    effectiveFrom: '2018-01-01',
    effectiveTo: '2027-09-30',
    tradingDays: 2,
    confidence: 'CONFIRMED',
    source: 'exchange rules',
  },
  {
    effectiveFrom: '2027-10-01',
    tradingDays: 2,
    confidence: 'UNCONFIRMED',
    source: "T+1 is planned for October 2027 (the exchange's chairman, 2026-03-18); no day is fixed",
  },
];

/** The day on which a trade of `tradingDate` settles (결제일). Long holidays stretch it. */
export function settlementDate(query: {
  readonly tradingDate: string;
  readonly calendar?: TradingCalendar;
}): FoundTradingDay {
  const { tradingDate, calendar = krxCalendar } = query;
  checkDate('tradingDate', tradingDate);
  const rule = ruleInForce(settlementRules, tradingDate);
  if (rule === undefined) return deny('DATE_NOT_COVERED', `No settlement rule is held for ${tradingDate}.`);
  const found = calendar.addTradingDays(tradingDate, rule.tradingDays);
  return found.ok ? { ...found, confidence: weakestConfidence(found.confidence, rule.confidence) } : found;
}
