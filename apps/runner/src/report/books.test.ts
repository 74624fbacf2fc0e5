import { describe, expect, it } from 'vitest';
import { type BookOrder, type Books, compareBooks } from './books.ts';

const order: BookOrder = {
  symbol: '005930',
  side: 'BUY',
  quantity: 5,
  filledQuantity: 3,
  filledAmountKrw: 300,
  canceledQuantity: 2,
};

const books: Books = {
  settledCashKrw: 700,
  boughtKrw: 300,
  soldKrw: 0,
  feesKrw: 0,
  taxesKrw: 0,
  positions: new Map([['005930', 3]]),
  orders: new Map([['12', order]]),
};

const unequal = (ours: Books, venue: Books) => compareBooks(ours, venue).filter((line) => !line.equal);

describe('compareBooks', () => {
  it('finds equal books equal, and looks at every item', () => {
    const lines = compareBooks(books, books);
    expect(lines.map((line) => line.item)).toEqual([
      'cash, settled',
      'bought',
      'sold',
      'fees',
      'taxes',
      'position 005930',
      'order 12',
    ]);
    expect(lines.every((line) => line.equal)).toBe(true);
  });

  it.each<[string, Partial<Books>, string]>([
    ['cash', { settledCashKrw: 701 }, 'cash, settled'],
    ['bought', { boughtKrw: 301 }, 'bought'],
    ['sold', { soldKrw: 1 }, 'sold'],
    ['fees', { feesKrw: 1 }, 'fees'],
    ['taxes', { taxesKrw: 1 }, 'taxes'],
    ['a position', { positions: new Map([['005930', 2]]) }, 'position 005930'],
    ['a position that only one has', { positions: new Map() }, 'position 005930'],
    ['an order that only one has', { orders: new Map() }, 'order 12'],
    ['a fill', { orders: new Map([['12', { ...order, filledQuantity: 2 }]]) }, 'order 12'],
    ['an amount', { orders: new Map([['12', { ...order, filledAmountKrw: 301 }]]) }, 'order 12'],
    ['a cancel', { orders: new Map([['12', { ...order, canceledQuantity: 1 }]]) }, 'order 12'],
    ['a side', { orders: new Map([['12', { ...order, side: 'SELL' }]]) }, 'order 12'],
  ])('finds a difference in %s, whoever has it', (_, change, item) => {
    const other = { ...books, ...change };
    expect(unequal(books, other).map((line) => line.item)).toEqual([item]);
    expect(unequal(other, books).map((line) => line.item)).toEqual([item]);
  });
});
