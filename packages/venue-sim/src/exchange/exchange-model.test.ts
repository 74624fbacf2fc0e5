import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openDay, order, recordTrades, symbol } from './test-day.ts';

/**
 * Continuous trading by plain means: one list of orders in order of time, searched and sorted for every command. It
 * shares no code with the exchange, prices included.
 */

type Side = 'BUY' | 'SELL';
/** Below 50,000 won the tick is 50; orders of the test stand on the hundreds. */
const tickUp = (priceKrw: number): number => (priceKrw < 50_000 ? 50 : 100);
const tickDown = (priceKrw: number): number => (priceKrw <= 50_000 ? 50 : 100);
const lowerLimitKrw = 49_000;
const upperLimitKrw = 91_000;

interface Resting {
  readonly orderNumber: number;
  readonly side: Side;
  readonly priceKrw: number;
  readonly isMarket: boolean;
  quantity: number;
}

type OrderType = 'LIMIT' | 'MARKET' | 'BEST_LIMIT' | 'PRIORITY_LIMIT';
type Condition = 'DAY' | 'IOC' | 'FOK';

class ModelMarket {
  resting: Resting[] = [];
  readonly trades: string[] = [];
  numbers = 0;
  #lastKrw = 70_000;

  enter(side: Side, type: OrderType, condition: Condition, quantity: number, priceKrw: number): boolean {
    if (type === 'PRIORITY_LIMIT' && condition !== 'DAY') return false;
    const limitKrw = this.#limitOf(side, type, priceKrw);
    if (limitKrw === undefined) return false;
    this.numbers += 1;
    const orderNumber = this.numbers;
    const reachable = this.#opposite(side, limitKrw).reduce((sum, each) => sum + each.quantity, 0);
    if (condition === 'FOK' && reachable < quantity) return true;
    let left = quantity;
    for (const each of this.#opposite(side, limitKrw)) {
      const traded = Math.min(left, each.quantity);
      if (traded === 0) break;
      each.quantity -= traded;
      left -= traded;
      this.trades.push(`${each.priceKrw}x${traded} ${side}`);
      this.#lastKrw = each.priceKrw;
    }
    this.resting = this.resting.filter((each) => each.quantity > 0);
    if (left > 0 && condition === 'DAY') {
      const isMarket = type === 'MARKET';
      const restsAtKrw = isMarket ? this.#marketRest(side) : limitKrw;
      this.resting.push({ orderNumber, side, priceKrw: restsAtKrw, isMarket, quantity: left });
    }
    return true;
  }

  cancel(orderNumber: number, quantity: number): void {
    const found = this.resting.find((each) => each.orderNumber === orderNumber);
    if (found !== undefined) found.quantity -= quantity;
    this.resting = this.resting.filter((each) => each.quantity > 0);
  }

  depth(side: Side): readonly string[] {
    const prices = [...new Set(this.#own(side).map(({ priceKrw }) => priceKrw))];
    return prices.slice(0, 10).map((priceKrw) => {
      const quantity = this.#own(side).reduce(
        (sum, each) => (each.priceKrw === priceKrw ? sum + each.quantity : sum),
        0,
      );
      return `${priceKrw}x${quantity}`;
    });
  }

  #own(side: Side): Resting[] {
    const towards = side === 'BUY' ? -1 : 1;
    return this.resting
      .filter((each) => each.side === side)
      .sort((one, other) => towards * (one.priceKrw - other.priceKrw));
  }

  #opposite(side: Side, limitKrw: number): Resting[] {
    return this.#own(side === 'BUY' ? 'SELL' : 'BUY').filter(({ priceKrw }) =>
      side === 'BUY' ? priceKrw <= limitKrw : priceKrw >= limitKrw,
    );
  }

  #limitOf(side: Side, type: OrderType, priceKrw: number): number | undefined {
    const worstKrw = side === 'BUY' ? upperLimitKrw : lowerLimitKrw;
    const own = this.#own(side)[0]?.priceKrw;
    switch (type) {
      case 'LIMIT':
        return priceKrw;
      case 'MARKET':
        return worstKrw;
      case 'BEST_LIMIT':
        return this.#opposite(side, worstKrw)[0]?.priceKrw ?? this.#better(side) ?? this.#lastKrw;
      case 'PRIORITY_LIMIT':
        return own;
    }
  }

  #better(side: Side): number | undefined {
    const own = this.#own(side)[0]?.priceKrw;
    if (own === undefined) return undefined;
    return side === 'BUY' ? Math.min(own + tickUp(own), upperLimitKrw) : Math.max(own - tickDown(own), lowerLimitKrw);
  }

  #marketRest(side: Side): number {
    const [first] = this.#own(side);
    return first?.isMarket === true ? first.priceKrw : (this.#better(side) ?? this.#lastKrw);
  }
}

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('ENTER' as const),
      side: fc.constantFrom<Side>('BUY', 'SELL'),
      type: fc.oneof(
        { weight: 6, arbitrary: fc.constant<OrderType>('LIMIT') },
        { weight: 2, arbitrary: fc.constantFrom<OrderType>('MARKET', 'BEST_LIMIT', 'PRIORITY_LIMIT') },
      ),
      condition: fc.oneof(
        { weight: 5, arbitrary: fc.constant<Condition>('DAY') },
        { weight: 2, arbitrary: fc.constantFrom<Condition>('IOC', 'FOK') },
      ),
      quantity: fc.integer({ min: 1, max: 12 }),
      ticks: fc.oneof(fc.integer({ min: -4, max: 4 }), fc.constantFrom(-210, 210)),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('CANCEL' as const, 'REPLACE' as const),
      pick: fc.nat(),
      share: fc.integer({ min: 1, max: 12 }),
      ticks: fc.integer({ min: -4, max: 4 }),
    }),
  },
);

describe('continuous trading', () => {
  it('prints and shows the same as plain searching and sorting, whatever is asked of it', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const exchange = openDay('10:00:00', { accounts: [] });
        const trades = recordTrades(exchange);
        const model = new ModelMarket();
        for (const each of steps) {
          const priceKrw = 70_000 + each.ticks * 100;
          if (each.kind === 'ENTER') {
            const { side, type, condition, quantity } = each;
            const priced = type === 'LIMIT' ? priceKrw : 0;
            const result = exchange.placeOrder(
              order(side, quantity, priced, { orderType: type, timeInForce: condition }),
            );
            expect(result.ok).toBe(model.enter(side, type, condition, quantity, priced));
          } else {
            const chosen = model.resting[each.pick % Math.max(model.resting.length, 1)];
            if (chosen === undefined) continue;
            const { orderNumber, side } = chosen;
            const quantity = Math.min(each.share, chosen.quantity);
            if (each.kind === 'CANCEL') {
              expect(exchange.cancelOrder({ orderNumber, quantity }).ok).toBe(true);
              model.cancel(orderNumber, quantity);
              model.numbers += 1;
            } else {
              const terms = {
                orderType: 'LIMIT',
                timeInForce: 'DAY',
                session: 'REGULAR',
                limitPriceKrw: priceKrw,
              } as const;
              expect(exchange.replaceOrder({ orderNumber, quantity, ...terms }).ok).toBe(true);
              model.cancel(orderNumber, quantity);
              model.enter(side, 'LIMIT', 'DAY', quantity, priceKrw);
            }
          }
          const book = exchange.getBook(symbol);
          const text = (levels: readonly { priceKrw: number; quantity: number }[] = []): readonly string[] =>
            levels.map((level) => `${level.priceKrw}x${level.quantity}`);
          expect(trades).toEqual(model.trades);
          expect([text(book?.bids), text(book?.asks)]).toEqual([model.depth('BUY'), model.depth('SELL')]);
        }
      }),
      { numRuns: 300 },
    );
  });
});
