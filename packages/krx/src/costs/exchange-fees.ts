import { checkDate, checkOneOf } from '../rules/checks.ts';
import { type DatedRule, isInForce } from '../rules/dated-rule.ts';
import { type Denied, deny } from '../rules/denial.ts';

/** Whether an order rested (`MAKER`) or took what rested (`TAKER`). */
export const liquidities = ['MAKER', 'TAKER'] as const;
export type Liquidity = (typeof liquidities)[number];

/** Venues that charge. */
export const feeVenues = ['KRX', 'NXT'] as const;
export type FeeVenue = (typeof feeVenues)[number];

/**
 * What a venue charges its members on each side of a trade. A client pays the broker's own rate, which is a matter of
 * the account and is configured; these are for comparing venues.
 */
export interface ExchangeFeeRule extends DatedRule {
  readonly venue: FeeVenue;
  readonly liquidity: readonly Liquidity[];
  /** Parts per billion of the amount: 22,763 is 0.0022763 %. */
  readonly partsPerBillion: number;
  readonly source: string;
}

/** Exchange fees, with their dates. */
export const exchangeFeeRules: readonly ExchangeFeeRule[] = [
  {
    venue: 'KRX',
    liquidity: ['MAKER', 'TAKER'],
    partsPerBillion: 22_763,
    effectiveFrom: '2018-01-01', // as far back as the calendar is held; since when is not known
    effectiveTo: '2025-12-14',
    confidence: 'CONFIRMED',
    source: 'press on the fees of KRX and NXT',
  },
  {
    venue: 'KRX',
    liquidity: ['MAKER'],
    partsPerBillion: 13_400,
    effectiveFrom: '2025-12-15',
    effectiveTo: '2026-02-13',
    confidence: 'CONFIRMED',
    source: 'press of 2025-12',
  },
  {
    venue: 'KRX',
    liquidity: ['TAKER'],
    partsPerBillion: 18_200,
    effectiveFrom: '2025-12-15',
    effectiveTo: '2026-02-13',
    confidence: 'CONFIRMED',
    source: 'press of 2025-12',
  },
  {
    venue: 'KRX',
    liquidity: ['MAKER', 'TAKER'],
    partsPerBillion: 22_763,
    effectiveFrom: '2026-02-14',
    confidence: 'UNCONFIRMED',
    source: 'inference: back to the flat rate when the reduction ended',
  },
  {
    venue: 'NXT',
    liquidity: ['MAKER'],
    partsPerBillion: 13_400,
    effectiveFrom: '2025-03-04',
    confidence: 'CONFIRMED',
    source: 'press of 2025-02 and 2025-03 (waived until 2025-04-30 by one paper)',
  },
  {
    venue: 'NXT',
    liquidity: ['TAKER'],
    partsPerBillion: 18_200,
    effectiveFrom: '2025-03-04',
    confidence: 'CONFIRMED',
    source: 'press of 2025-02 and 2025-03 (waived until 2025-04-30 by one paper)',
  },
];

/** The fee rule of a venue on a date. */
export function exchangeFee(query: {
  readonly venue: FeeVenue;
  readonly tradingDate: string;
  readonly liquidity: Liquidity;
}): { readonly ok: true; readonly rule: ExchangeFeeRule } | Denied {
  const { venue, tradingDate, liquidity } = query;
  checkDate('tradingDate', tradingDate);
  checkOneOf('venue', venue, feeVenues);
  checkOneOf('liquidity', liquidity, liquidities);
  const rule = exchangeFeeRules.find(
    (each) => each.venue === venue && each.liquidity.includes(liquidity) && isInForce(each, tradingDate),
  );
  return rule === undefined
    ? deny('DATE_NOT_COVERED', `No fee of ${venue} is held for ${tradingDate}.`)
    : { ok: true, rule };
}
