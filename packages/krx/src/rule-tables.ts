import { krxCalendarData } from './calendar/calendar-data.ts';
import { settlementRules } from './calendar/settlement.ts';
import { exchangeFeeRules } from './costs/exchange-fees.ts';
import { sellTaxRateDenominator, sellTaxRules } from './costs/sell-tax-rules.ts';
import { circuitBreakerRules } from './halts/circuit-breaker.ts';
import { volatilityRules } from './halts/volatility-rules.ts';
import { type PriceLimitRule, priceLimitRules } from './limits/price-limit-rules.ts';
import { type DatedRule } from './rules/dated-rule.ts';
import { sessionRules } from './sessions/session-rules.ts';
import { orderExpiryRules } from './sessions/order-expiry.ts';
import { type SpecialHoursRule, specialHoursRules } from './sessions/special-hours.ts';
import { lotRules, orderSizeRules } from './sizes/order-size.ts';
import { orderTermsRules, productTermsRules } from './terms/order-terms-rules.ts';
import { tickRules } from './ticks/tick-rules.ts';

/** A table of rules as text, for reference pages that are printed from the rules themselves. */
export interface RuleTable {
  /** `kebab-case`, stable. */
  readonly id: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Every rule this package holds, as printable tables. Built on each call. */
export function krxRuleTables(): readonly RuleTable[] {
  return [
    datedTable('ticks', 'Tick sizes', ['Class', 'Market', 'Ticks by price'], tickRules, (rule) => [
      list(rule.productClasses),
      list(rule.markets),
      rule.bands.map((band) => `from ${won(band.fromPriceKrw)}: ${won(band.tickKrw)}`).join('; '),
    ]),
    datedTable('price-limits', 'Daily price limits', ['Class', 'Market', 'Day', 'Limit'], priceLimitRules, (rule) => [
      list(rule.productClasses),
      list(rule.markets),
      rule.phase,
      limitText(rule.limit),
    ]),
    datedTable(
      'sessions',
      'Sessions',
      ['Venue', 'Window', 'Accepts', 'Matches', 'Method', 'Prices', 'Random end', 'Class', 'Market', 'Issues'],
      sessionRules,
      (rule) => [
        rule.venue,
        rule.window,
        rule.accept.join('–'),
        rule.match.join('–'),
        rule.method,
        rule.prices,
        rule.randomEndMsMax === 0 ? 'none' : `0–${rule.randomEndMsMax / 1_000} s`,
        list(rule.productClasses),
        list(rule.markets),
        list(rule.symbolConditions),
      ],
    ),
    {
      id: 'special-hours',
      title: 'Special hours',
      columns: ['Day', 'Venue', 'Windows', 'Change', 'Confidence', 'Source'],
      rows: specialHoursRules.map((rule) => [
        rule.kind,
        rule.venue,
        list(rule.windows),
        changeText(rule.change),
        rule.confidence,
        rule.source,
      ]),
    },
    datedTable(
      'order-terms',
      'Order types by window',
      ['Venue', 'Type', 'Condition', 'Windows', 'Taken'],
      orderTermsRules,
      (rule) => [rule.venue, rule.orderType, list(rule.timesInForce), list(rule.windows), rule.allowed ? 'yes' : 'no'],
    ),
    datedTable(
      'product-terms',
      'Order types by product',
      ['Class', 'Market', 'Types', 'Conditions'],
      productTermsRules,
      (rule) => [list(rule.productClasses), list(rule.markets), list(rule.orderTypes), list(rule.timesInForce)],
    ),
    datedTable(
      'order-expiry',
      'When an order ends by itself',
      ['Venue', 'Sessions', 'Condition', 'Lives until the end of'],
      orderExpiryRules,
      (rule) => [rule.venue, list(rule.sessions), rule.timeInForce, rule.livesUntilEndOf],
    ),
    datedTable('settlement', 'Settlement', ['Trading days'], settlementRules, (rule) => [`T+${rule.tradingDays}`]),
    datedTable('sell-taxes', 'Sell taxes of shares', ['Market', 'Taxes'], sellTaxRules, (rule) => [
      list(rule.markets),
      rule.parts.map(({ tax, rate }) => `${tax} ${percent(rate, sellTaxRateDenominator)}`).join(' + '),
    ]),
    datedTable('exchange-fees', 'Exchange fees', ['Venue', 'Liquidity', 'Rate'], exchangeFeeRules, (rule) => [
      rule.venue,
      list(rule.liquidity),
      percent(rule.partsPerBillion, 1_000_000_000),
    ]),
    datedTable(
      'order-sizes',
      'Largest order',
      ['Of the listed shares', 'Small issue', 'Passes up to', 'Never above'],
      orderSizeRules,
      (rule) => [
        `${rule.maxPercentOfListed} %`,
        `${rule.smallCapMaxPercentOfListed} % below ${won(rule.smallCapBelowKrw)} won`,
        `${won(rule.reliefUpToKrw)} won`,
        `${won(rule.maxValueKrw)} won`,
      ],
    ),
    datedTable('lots', 'Lots', ['Class', 'Shares'], lotRules, (rule) => [rule.productClass, String(rule.lotShares)]),
    datedTable(
      'volatility-interruptions',
      'Volatility interruptions of KRX',
      ['Mechanism', 'Group', 'Windows', 'Trigger', 'Auction'],
      volatilityRules,
      (rule) => [
        rule.mechanism,
        rule.group,
        list(rule.windows),
        `${rule.triggerPercent} %`,
        `${rule.auctionMs / 1_000} s + 0–${rule.randomEndMsMax / 1_000} s`,
      ],
    ),
    datedTable(
      'circuit-breakers',
      'Market-wide circuit breakers',
      ['Stage', 'Fall', 'Not after', 'Halt', 'Cancels'],
      circuitBreakerRules,
      (rule) => [
        String(rule.stage),
        `${rule.fallPercent} %` + (rule.furtherFallPercent === 0 ? '' : ` and ${rule.furtherFallPercent} % further`),
        rule.notAfter ?? 'until the close',
        rule.haltMs === undefined ? 'rest of the day' : `${rule.haltMs / 60_000} min`,
        rule.cancelsAllowed ? 'allowed' : 'refused',
      ],
    ),
    {
      id: 'calendar-coverage',
      title: 'Calendar coverage',
      columns: ['From', 'To', 'Confidence', 'Source'],
      rows: krxCalendarData.coverage.map((span) => [span.from, span.to, span.confidence, span.source]),
    },
    {
      id: 'closures',
      title: 'Weekday closures',
      columns: ['Date', 'Reason', 'Confidence'],
      rows: krxCalendarData.closures.map((closure) => [
        closure.date,
        closure.reason,
        closure.confidence ?? 'as the span',
      ]),
    },
    {
      id: 'special-days',
      title: 'Announced days of special hours',
      columns: ['Date', 'Day', 'Confidence'],
      rows: krxCalendarData.specialDays.map((day) => [day.date, day.kind, day.confidence]),
    },
  ];
}

function datedTable<Rule extends DatedRule & { readonly source: string }>(
  id: string,
  title: string,
  columns: readonly string[],
  rules: readonly Rule[],
  cells: (rule: Rule) => readonly string[],
): RuleTable {
  return {
    id,
    title,
    columns: [...columns, 'From', 'To', 'Confidence', 'Source'],
    rows: rules.map((rule) => [
      ...cells(rule),
      rule.effectiveFrom,
      rule.effectiveTo ?? 'open',
      rule.confidence,
      rule.source,
    ]),
  };
}

function limitText(limit: PriceLimitRule['limit']): string {
  switch (limit.kind) {
    case 'BAND':
      return `±${limit.percent} %`;
    case 'RANGE':
      return `${limit.lowestPercent} % to ${limit.highestPercent} %`;
    case 'NONE':
      return 'none';
  }
}

function changeText(change: SpecialHoursRule['change']): string {
  switch (change.kind) {
    case 'SHIFT':
      return `start +${change.startMinutes} min, end +${change.endMinutes} min`;
    case 'WITHHELD':
      return change.reason;
  }
}

const list = (words: readonly string[]): string => words.join(', ');

/** Digits in groups of three, the same on every host. */
const won = (amount: number): string => String(amount).replace(/\B(?=(\d{3})+$)/g, ',');

/** A rate as a percentage with as many decimals as it needs. */
const percent = (rate: number, denominator: number): string => `${Number(((rate / denominator) * 100).toFixed(7))} %`;
