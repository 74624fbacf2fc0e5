import { type TickTable, tickRules, tickTable } from '@qts/krx';
import { describe, expect, it } from 'vitest';
import { type PriceGrid, combinations, stretches, walkGrid } from './price-grid.ts';

const highestPrice = 2_000_000;

/** The first price at which table and grid differ. */
function firstDifference(table: TickTable, { valid, below, above, step }: PriceGrid): string | undefined {
  for (let price = 1; price <= highestPrice; price++) {
    if (table.tickAt(price) !== step[price]) return `tickAt(${price}) is ${table.tickAt(price)}`;
    if (table.isOnTick(price) !== (valid[price] === 1)) return `isOnTick(${price}) is ${String(table.isOnTick(price))}`;
    if (table.floor(price) !== below[price]) return `floor(${price}) is ${table.floor(price)}`;
    if (table.ceil(price) !== above[price]) return `ceil(${price}) is ${table.ceil(price)}`;
    if (table.nextUp(price) !== above[price + 1]) return `nextUp(${price}) is ${table.nextUp(price)}`;
    if (table.nextDown(price) !== below[price - 1]) return `nextDown(${price}) is ${table.nextDown(price)}`;
  }
  return undefined;
}

describe('tick tables, every price from 1 to 2,000,000', () => {
  const checked = new Set<TickTable>();
  for (const { table: name, productClass, market, dates } of combinations) {
    it(`${market} ${productClass} is the ${name} grid on ${dates.join(', ')}`, () => {
      const grid = walkGrid(stretches[name], highestPrice + 5_000);
      for (const table of new Set(dates.map((date) => tickTable(productClass, market, date)))) {
        expect(firstDifference(table, grid)).toBeUndefined();
        checked.add(table);
      }
    });
  }

  it('leaves no rule out', () => {
    expect(checked.size).toBe(tickRules.length);
  });
});
