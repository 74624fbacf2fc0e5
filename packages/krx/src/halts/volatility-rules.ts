import { checkDate, checkOneOf, checkWholeNumber } from '../rules/checks.ts';
import { type DatedRule, isInForce } from '../rules/dated-rule.ts';
import { type Denied, deny } from '../rules/denial.ts';
import { type WindowKind, windowKinds } from '../sessions/session-rules.ts';

/** 동적 VI (against the last trade), 정적 VI (against the last auction price, before the first one the base price). */
export const volatilityMechanisms = ['DYNAMIC', 'STATIC'] as const;
export type VolatilityMechanism = (typeof volatilityMechanisms)[number];

/**
 * `CALM`: members of KOSPI200, index-tracking, bond and inverse ETF. `OTHER`: all other KOSPI, all KOSDAQ, leveraged,
 * sector, foreign and commodity ETF.
 */
export const volatilityGroups = ['CALM', 'OTHER'] as const;
export type VolatilityGroup = (typeof volatilityGroups)[number];

/** When a price move interrupts the trading of an issue on KRX (변동성완화장치). Not for ELW and subscription rights. */
export interface VolatilityRule extends DatedRule {
  readonly mechanism: VolatilityMechanism;
  readonly group: VolatilityGroup;
  readonly windows: readonly WindowKind[];
  readonly triggerPercent: number;
  /** Length of the call auction that follows, and how much later its end may be drawn. */
  readonly auctionMs: number;
  readonly randomEndMsMax: number;
  readonly source: string;
}

const auction = { auctionMs: 120_000, randomEndMsMax: 30_000, effectiveFrom: '2015-06-15' } as const;
const pages = 'exchange pages on VI';

/**
 * KRX only. Rates in the after-market and on NXT are not known and therefore not here: NXT had a dynamic VI with a pause
 * until 2026-09-13 and has both with a two-minute auction since. The 1 % of a derivative's last day is left out too.
 */
// prettier-ignore
export const volatilityRules: readonly VolatilityRule[] = [
  { mechanism: 'DYNAMIC', group: 'CALM', windows: ['CONTINUOUS'], triggerPercent: 3, confidence: 'CONFIRMED', source: pages, ...auction },
  { mechanism: 'DYNAMIC', group: 'OTHER', windows: ['CONTINUOUS'], triggerPercent: 6, confidence: 'CONFIRMED', source: pages, ...auction },
  { mechanism: 'DYNAMIC', group: 'CALM', windows: ['CLOSING_AUCTION'], triggerPercent: 2, confidence: 'CONFIRMED', source: pages, ...auction },
  { mechanism: 'DYNAMIC', group: 'OTHER', windows: ['CLOSING_AUCTION'], triggerPercent: 4, confidence: 'CONFIRMED', source: pages, ...auction },
  { mechanism: 'DYNAMIC', group: 'CALM', windows: ['AFTER_HOURS_SINGLE_PRICE'], triggerPercent: 3, confidence: 'CONFIRMED', source: pages, ...auction },
  { mechanism: 'DYNAMIC', group: 'OTHER', windows: ['AFTER_HOURS_SINGLE_PRICE'], triggerPercent: 6, confidence: 'CONFIRMED', source: pages, ...auction },
  { mechanism: 'STATIC', group: 'CALM', windows: ['CONTINUOUS', 'CLOSING_AUCTION'], triggerPercent: 10, confidence: 'CONFIRMED', source: pages, ...auction },
  { mechanism: 'STATIC', group: 'OTHER', windows: ['CONTINUOUS', 'CLOSING_AUCTION'], triggerPercent: 10, confidence: 'CONFIRMED', source: pages, ...auction },
];

/** The rule that guards a window, or a denial where no rate is known. */
export function volatilityRule(query: {
  readonly tradingDate: string;
  readonly mechanism: VolatilityMechanism;
  readonly group: VolatilityGroup;
  readonly window: WindowKind;
}): { readonly ok: true; readonly rule: VolatilityRule } | Denied {
  const { tradingDate, mechanism, group, window } = query;
  checkDate('tradingDate', tradingDate);
  checkOneOf('mechanism', mechanism, volatilityMechanisms);
  checkOneOf('group', group, volatilityGroups);
  checkOneOf('window', window, windowKinds);
  const rule = volatilityRules.find(
    (each) =>
      each.mechanism === mechanism &&
      each.group === group &&
      each.windows.includes(window) &&
      isInForce(each, tradingDate),
  );
  return rule === undefined
    ? deny('RULE_UNKNOWN', `No ${mechanism} VI rate is held for KRX ${window} on ${tradingDate}.`)
    : { ok: true, rule };
}

/** Whether a price is as far from the reference as the trigger, or farther. Both won, at least 1. */
export function isVolatilityTriggered(query: {
  readonly referencePriceKrw: number;
  readonly priceKrw: number;
  readonly triggerPercent: number;
}): boolean {
  const { referencePriceKrw, priceKrw, triggerPercent } = query;
  checkWholeNumber('referencePriceKrw', referencePriceKrw, 1);
  checkWholeNumber('priceKrw', priceKrw, 1);
  checkWholeNumber('triggerPercent', triggerPercent, 1);
  return Math.abs(priceKrw - referencePriceKrw) * 100 >= referencePriceKrw * triggerPercent;
}
