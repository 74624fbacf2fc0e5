import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OrderBook } from './order-book.ts';

type Side = 'BUY' | 'SELL';

interface Resting {
  readonly orderNumber: number;
  readonly side: Side;
  level: number;
  quantity: number;
}

/** A book that is plainly right: a list in order of time, searched from the front. */
class NaiveBook {
  orders: Resting[] = [];

  match(side: Side, limit: number, quantity: number): { left: number; fills: string[] } {
    const fills: string[] = [];
    let left = quantity;
    for (;;) {
      const crossing = this.orders.filter(
        (order) => order.side !== side && (side === 'BUY' ? order.level <= limit : order.level >= limit),
      );
      crossing.sort((one, other) => (side === 'BUY' ? one.level - other.level : other.level - one.level));
      const [first] = crossing; // sorting is stable: the oldest of the best level
      if (first === undefined || left === 0) return { left, fills };
      const traded = Math.min(left, first.quantity);
      fills.push(`${first.orderNumber}@${first.level}x${traded}`);
      left -= traded;
      this.take(first.orderNumber, traded);
    }
  }

  take(orderNumber: number, by: number): void {
    const order = this.orders.find((each) => each.orderNumber === orderNumber);
    if (order === undefined) throw new Error('the model lost an order');
    order.quantity -= by;
    if (order.quantity === 0) this.orders = this.orders.filter((each) => each !== order);
  }

  depth(side: Side): readonly (readonly [level: number, quantity: number])[] {
    const sums = new Map<number, number>();
    for (const order of this.orders) {
      if (order.side === side) sums.set(order.level, (sums.get(order.level) ?? 0) + order.quantity);
    }
    return [...sums].sort(([one], [other]) => (side === 'BUY' ? other - one : one - other));
  }
}

function depthOf(book: OrderBook, side: Side): readonly (readonly [level: number, quantity: number])[] {
  const levels: [number, number][] = [];
  let level = book.bestOf(side);
  while (level >= 0 && level <= book.levelCount + 1) {
    levels.push([level, book.quantityAt(side, level)]);
    level = book.levelAfter(side, level);
  }
  return levels;
}

const side = fc.constantFrom<Side>('BUY', 'SELL');
const levelCount = 70; // three words of the map of occupied levels
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('ENTER'),
      side,
      level: fc.integer({ min: 1, max: levelCount }),
      quantity: fc.integer({ min: 1, max: 9 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('REST'),
      side,
      level: fc.integer({ min: 0, max: levelCount + 1 }),
      quantity: fc.integer({ min: 1, max: 9 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('REDUCE'), pick: fc.nat(), share: fc.integer({ min: 1, max: 9 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('MOVE'), pick: fc.nat(), level: fc.integer({ min: 1, max: levelCount }) }),
  },
);

describe('OrderBook', () => {
  it('trades and keeps the same as a list that is searched, whatever is done to it', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const book = new OrderBook(levelCount);
        const model = new NaiveBook();
        const slots = new Map<number, number>();
        let orderNumber = 0;
        for (const each of steps) {
          if ('side' in each) {
            orderNumber += 1;
            const { level, quantity } = each;
            let left = quantity;
            if (each.kind === 'ENTER') {
              const fills: string[] = [];
              const expected = model.match(each.side, level, quantity);
              expect(book.couldFill(each.side, level, quantity)).toBe(expected.left === 0);
              left = book.match(each.side, level, quantity, {
                onRestingFill: (number, at, traded) => fills.push(`${number}@${at}x${traded}`),
              });
              expect(fills).toEqual(expected.fills);
              expect(left).toBe(expected.left);
            }
            if (left > 0) {
              slots.set(orderNumber, book.add(each.side, level, orderNumber, left));
              model.orders.push({ orderNumber, side: each.side, level, quantity: left });
            }
          } else if (model.orders.length > 0) {
            const order = model.orders[each.pick % model.orders.length];
            const slot = slots.get(order?.orderNumber ?? 0) ?? -1;
            if (order === undefined) continue;
            if ('share' in each) {
              const by = Math.min(each.share, order.quantity);
              expect(book.reduce(slot, by)).toBe(by === order.quantity);
              model.take(order.orderNumber, by);
            } else {
              book.move(slot, each.level);
              model.orders = [...model.orders.filter((other) => other !== order), { ...order, level: each.level }];
            }
          }
          for (const one of ['BUY', 'SELL'] as const) {
            expect(depthOf(book, one)).toEqual(model.depth(one));
            expect(book.isEmpty(one)).toBe(model.depth(one).length === 0);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps the place of an order that shrinks and takes it from one that moves', () => {
    const book = new OrderBook(10);
    const first = book.add('SELL', 5, 1, 10);
    book.add('SELL', 5, 2, 10);
    book.add('SELL', 5, 3, 10);
    book.reduce(first, 9);
    book.move(book.slotAfter(first), 5);
    const traded: number[] = [];
    book.match('BUY', 5, 21, { onRestingFill: (orderNumber) => traded.push(orderNumber) });
    expect(traded).toEqual([1, 3, 2]);
  });

  it('uses the slots of orders that are gone again', () => {
    const book = new OrderBook(10);
    const highest = Math.max(
      ...Array.from({ length: 10_000 }, (_, index) => {
        const slot = book.add('BUY', 1 + (index % 10), index, 1);
        book.remove(slot);
        return slot;
      }),
    );
    expect(highest).toBe(0);
  });
});
