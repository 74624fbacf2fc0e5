import { describe, expect, it } from 'vitest';
import { settlementRules } from './calendar/settlement.ts';
import { exchangeFeeRules } from './costs/exchange-fees.ts';
import { sellTaxRules } from './costs/sell-tax-rules.ts';
import { circuitBreakerRules } from './halts/circuit-breaker.ts';
import { volatilityRules } from './halts/volatility-rules.ts';
import { priceLimitRules } from './limits/price-limit-rules.ts';
import { krxRuleTables } from './rule-tables.ts';
import { type DatedRule } from './rules/dated-rule.ts';
import { isCalendarDate } from './rules/kst-time.ts';
import { orderExpiryRules } from './sessions/order-expiry.ts';
import { sessionRules } from './sessions/session-rules.ts';
import { specialHoursRules } from './sessions/special-hours.ts';
import { lotRules, orderSizeRules } from './sizes/order-size.ts';
import { orderTermsRules, productTermsRules } from './terms/order-terms-rules.ts';
import { tickRules } from './ticks/tick-rules.ts';

/** Every combination a rule speaks about, as text: two rules with a common one must not be in force together. */
const cross = (...lists: readonly (readonly string[])[]): string[] =>
  lists.reduce<string[]>((keys, list) => keys.flatMap((key) => list.map((each) => `${key} ${each}`)), ['']);

const families: readonly (readonly [string, readonly (readonly [readonly string[], DatedRule])[]])[] = [
  ['ticks', tickRules.map((rule) => [cross(rule.productClasses, rule.markets), rule])],
  ['price limits', priceLimitRules.map((rule) => [cross(rule.productClasses, rule.markets, [rule.phase]), rule])],
  ['sessions', sessionRules.map((rule) => [[`${rule.venue} ${rule.window}`], rule])],
  [
    'order terms',
    orderTermsRules.map((rule) => [cross([rule.venue], [rule.orderType], rule.timesInForce, rule.windows), rule]),
  ],
  ['product terms', productTermsRules.map((rule) => [cross(rule.productClasses, rule.markets), rule])],
  ['order expiry', orderExpiryRules.map((rule) => [cross([rule.venue], rule.sessions, [rule.timeInForce]), rule])],
  ['settlement', settlementRules.map((rule) => [['all'], rule])],
  ['sell taxes', sellTaxRules.map((rule) => [rule.markets, rule])],
  ['exchange fees', exchangeFeeRules.map((rule) => [cross([rule.venue], rule.liquidity), rule])],
  ['order sizes', orderSizeRules.map((rule) => [['all'], rule])],
  ['lots', lotRules.map((rule) => [[rule.productClass], rule])],
  ['VI', volatilityRules.map((rule) => [cross([rule.mechanism], [rule.group], rule.windows), rule])],
  ['circuit breakers', circuitBreakerRules.map((rule) => [[String(rule.stage)], rule])],
];

describe('the rules on', () => {
  it.each(families)('%s have real dates that do not end before they begin', (_, rules) => {
    for (const [, { effectiveFrom, effectiveTo = '9999-12-31' }] of rules) {
      expect(isCalendarDate(effectiveFrom) && isCalendarDate(effectiveTo)).toBe(true);
      expect(effectiveFrom <= effectiveTo).toBe(true);
    }
  });

  it.each(families)('%s never contradict each other on a date', (_, rules) => {
    const clashes: string[] = [];
    rules.forEach(([keys, rule], index) => {
      for (const [otherKeys, other] of rules.slice(index + 1)) {
        const common = keys.find((key) => otherKeys.includes(key));
        const overlap =
          rule.effectiveFrom <= (other.effectiveTo ?? '9999-12-31') &&
          other.effectiveFrom <= (rule.effectiveTo ?? '9999-12-31');
        if (common !== undefined && overlap) clashes.push(`${common}: ${rule.effectiveFrom}, ${other.effectiveFrom}`);
      }
    });
    expect(clashes).toStrictEqual([]);
  });

  it('special hours never contradict each other', () => {
    const keys = specialHoursRules.flatMap((rule) => cross([rule.kind], [rule.venue], rule.windows));
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('krxRuleTables', () => {
  it('prints every family of rules', () => {
    expect(krxRuleTables().map((table) => `${table.id} ${table.rows.length}`)).toStrictEqual([
      `ticks ${tickRules.length}`,
      `price-limits ${priceLimitRules.length}`,
      `sessions ${sessionRules.length}`,
      `special-hours ${specialHoursRules.length}`,
      `order-terms ${orderTermsRules.length}`,
      `product-terms ${productTermsRules.length}`,
      `order-expiry ${orderExpiryRules.length}`,
      `settlement ${settlementRules.length}`,
      `sell-taxes ${sellTaxRules.length}`,
      `exchange-fees ${exchangeFeeRules.length}`,
      `order-sizes ${orderSizeRules.length}`,
      `lots ${lotRules.length}`,
      `volatility-interruptions ${volatilityRules.length}`,
      `circuit-breakers ${circuitBreakerRules.length}`,
      'calendar-coverage 5',
      'closures 158',
      'special-days 10',
    ]);
  });

  it('has a cell for each column', () => {
    for (const { columns, rows } of krxRuleTables()) {
      for (const row of rows) expect(row).toHaveLength(columns.length);
    }
  });

  it('prints a row a person can read', () => {
    const row = (id: string, index: number): readonly string[] | undefined =>
      krxRuleTables().find((table) => table.id === id)?.rows[index];
    expect(row('ticks', 4)?.slice(0, 6)).toStrictEqual([
      'ETF, ETN',
      'KOSPI',
      'from 0: 1; from 2,000: 5',
      '2023-12-18',
      'open',
      'CONFIRMED',
    ]);
    expect(row('sell-taxes', 0)?.[1]).toBe('SECURITIES_TRANSACTION_TAX 0.05 % + RURAL_SPECIAL_TAX 0.15 %');
    expect(row('exchange-fees', 0)?.[2]).toBe('0.0022763 %');
    expect(row('order-sizes', 0)?.slice(0, 4)).toStrictEqual([
      '1 %',
      '5 % below 20,000,000,000 won',
      '1,000,000,000 won',
      '100,000,000,000 won',
    ]);
  });
});
