import { describe, expect, it } from 'vitest';
import { openDay, place, recordTrades, refusalOf, shown, symbol } from './test-day.ts';

const mine = { accountId: 'main' } as const;
const regular = { orderType: 'LIMIT', timeInForce: 'DAY', session: 'REGULAR' } as const;

describe('continuous trading', () => {
  it('trades at the price that waits, best price first, oldest first', () => {
    const exchange = openDay('10:00:00');
    const trades = recordTrades(exchange);
    const late = place(exchange, 'SELL', 5, 70_100);
    const first = place(exchange, 'SELL', 5, 70_000);
    const second = place(exchange, 'SELL', 5, 70_000);
    const buy = place(exchange, 'BUY', 12, 70_200, mine);
    expect(trades).toEqual(['70000x5 BUY', '70000x5 BUY', '70100x2 BUY']);
    expect([first, second, late].map((each) => each.leavesQuantity)).toEqual([0, 0, 3]);
    expect(buy).toMatchObject({ filledQuantity: 12, filledAmountKrw: 840_200, leavesQuantity: 0 });
  });

  it('lets what is left wait at its price', () => {
    const exchange = openDay('10:00:00');
    place(exchange, 'SELL', 5, 70_000);
    place(exchange, 'BUY', 12, 70_000);
    expect(shown(exchange)).toEqual({ asks: [], bids: ['70000x7'] });
  });
});

describe('order types', () => {
  it('a market order takes all prices, and what is left waits one tick better than its own side', () => {
    const exchange = openDay('10:00:00');
    const trades = recordTrades(exchange);
    place(exchange, 'SELL', 5, 70_000);
    place(exchange, 'SELL', 5, 90_900);
    place(exchange, 'BUY', 1, 69_000);
    place(exchange, 'BUY', 15, 0, { orderType: 'MARKET' });
    place(exchange, 'BUY', 2, 0, { orderType: 'MARKET' });
    expect(trades).toEqual(['70000x5 BUY', '90900x5 BUY']);
    expect(shown(exchange)).toEqual({ asks: [], bids: ['69100x7', '69000x1'] });
  });

  it('a market order in an empty book waits at the last price', () => {
    const exchange = openDay('10:00:00');
    place(exchange, 'SELL', 3, 0, { orderType: 'MARKET' });
    expect(shown(exchange)).toEqual({ asks: ['70000x3'], bids: [] });
  });

  it('a best limit takes the best opposite price only, and waits there', () => {
    const exchange = openDay('10:00:00');
    place(exchange, 'SELL', 5, 70_000);
    place(exchange, 'SELL', 5, 70_100);
    const best = place(exchange, 'BUY', 8, 0, { orderType: 'BEST_LIMIT' });
    expect(best).toMatchObject({ limitPriceKrw: 70_000, filledQuantity: 5, leavesQuantity: 3 });
    expect(shown(exchange)).toEqual({ asks: ['70100x5'], bids: ['70000x3'] });
  });

  it('a best limit without an opposite price goes one tick before its own side, or to the last price', () => {
    const exchange = openDay('10:00:00');
    expect(place(exchange, 'BUY', 1, 0, { orderType: 'BEST_LIMIT' }).limitPriceKrw).toBe(70_000);
    expect(place(exchange, 'BUY', 1, 0, { orderType: 'BEST_LIMIT' }).limitPriceKrw).toBe(70_100);
  });

  it('a priority limit joins the best price of its own side', () => {
    const exchange = openDay('10:00:00');
    expect(refusalOf(exchange, 'BUY', 1, 0, { orderType: 'PRIORITY_LIMIT' })).toBe('OWN_SIDE_EMPTY');
    place(exchange, 'BUY', 5, 69_900);
    expect(place(exchange, 'BUY', 1, 0, { orderType: 'PRIORITY_LIMIT' }).limitPriceKrw).toBe(69_900);
    expect(shown(exchange).bids).toEqual(['69900x6']);
  });

  it.each([
    ['LIMIT', 70_000, 'IOC', { filledQuantity: 5, canceledQuantity: 3 }],
    ['LIMIT', 70_000, 'FOK', { filledQuantity: 0, canceledQuantity: 8 }],
    ['LIMIT', 70_100, 'FOK', { filledQuantity: 8, canceledQuantity: 0 }],
    ['MARKET', 0, 'IOC', { filledQuantity: 8, canceledQuantity: 0 }],
    ['MARKET', 0, 'FOK', { filledQuantity: 8, canceledQuantity: 0 }],
    ['BEST_LIMIT', 0, 'IOC', { filledQuantity: 5, canceledQuantity: 3 }],
    ['BEST_LIMIT', 0, 'FOK', { filledQuantity: 0, canceledQuantity: 8 }],
  ] as const)('%s at %d %s ends at once', (orderType, price, timeInForce, outcome) => {
    const exchange = openDay('10:00:00');
    place(exchange, 'SELL', 5, 70_000);
    place(exchange, 'SELL', 5, 70_100);
    expect(place(exchange, 'BUY', 8, price, { orderType, timeInForce, ...mine })).toMatchObject({
      ...outcome,
      leavesQuantity: 0,
      expired: false,
    });
    expect(exchange.getAccount('main')?.reservedKrw).toBe(0);
  });
});

describe('refusals', () => {
  it.each([
    ['an unknown symbol', 1, 70_000, { symbol: '999999' }, 'UNKNOWN_SYMBOL'],
    ['a price between ticks', 1, 70_050, {}, 'OFF_TICK'],
    ['a broken price', 1, 70_000.5, {}, 'OFF_TICK'],
    ['a price above the limit', 1, 91_100, {}, 'OUTSIDE_PRICE_LIMIT'],
    ['a price below the limit', 1, 48_900, {}, 'OUTSIDE_PRICE_LIMIT'],
    ['no price', 1, 0, {}, 'PRICE_MISSING'],
    ['a price on a market order', 1, 70_000, { orderType: 'MARKET' }, 'PRICE_NOT_ALLOWED'],
    ['a stop price on a limit order', 1, 70_000, { stopPriceKrw: 70_000 }, 'PRICE_NOT_ALLOWED'],
    ['no quantity', 0, 70_000, {}, 'QUANTITY_NOT_POSITIVE'],
    ['half a share', 0.5, 70_000, {}, 'QUANTITY_NOT_POSITIVE'],
    ['an account that is not there', 1, 70_000, { accountId: 'other' }, 'WRONG_ACCOUNT'],
    ['more than the cash', 143, 70_000, mine, 'INSUFFICIENT_CASH'],
    ['more than is held', 101, 70_000, { accountId: 'main', side: 'SELL' }, 'INSUFFICIENT_HOLDINGS'],
  ] as const)('%s', (_, quantity, price, changes, refusal) => {
    const exchange = openDay('10:00:00');
    expect(refusalOf(exchange, 'BUY', quantity, price, changes)).toBe(refusal);
    expect(exchange.listOrders('main')).toEqual([]);
  });

  it('more than one order may have', () => {
    const rich = { accountId: 'rich', cashKrw: 1_000_000_000_000, terms: { feePartsPerBillion: 0 } };
    const exchange = openDay('10:00:00', { accounts: [rich], instrument: { listedShares: 1_000_000 } });
    const changes = { accountId: 'rich' };
    expect(refusalOf(exchange, 'BUY', 14_286, 70_000, changes)).toBe('QUANTITY_ABOVE_LIMIT'); // 1 % is 10,000, 1 bn passes
    expect(refusalOf(exchange, 'BUY', 14_285, 70_000, changes)).toBe('TAKEN');
  });

  it('a halted issue takes nothing', () => {
    expect(refusalOf(openDay('10:00:00', { instrument: { halted: true } }), 'BUY', 1, 70_000)).toBe('HALTED_SYMBOL');
  });

  it('names the order and the reason for people', () => {
    const result = openDay('10:00:00').placeOrder({
      symbol,
      side: 'BUY',
      quantity: 1,
      ...regular,
      limitPriceKrw: 70_050,
      stopPriceKrw: 0,
    });
    expect(result).toMatchInlineSnapshot(`
      {
        "detail": "005930 (LIMIT DAY, REGULAR, 1 shares at 70050): the price is not on the tick.",
        "ok": false,
        "refusal": "OFF_TICK",
      }
    `);
  });
});

describe('replaceOrder', () => {
  it('makes a new order with its own number that takes the rest over', () => {
    const exchange = openDay('10:00:00');
    const original = place(exchange, 'BUY', 10, 69_900, mine);
    place(exchange, 'SELL', 3, 69_900);
    const result = exchange.replaceOrder({
      ...mine,
      orderNumber: original.orderNumber,
      ...regular,
      limitPriceKrw: 69_800,
    });
    expect(result).toMatchObject({
      ok: true,
      order: { kind: 'REPLACE', originalOrderNumber: original.orderNumber, quantity: 7, leavesQuantity: 7 },
    });
    expect(original).toMatchObject({ filledQuantity: 3, canceledQuantity: 7, leavesQuantity: 0 });
    expect(shown(exchange).bids).toEqual(['69800x7']);
  });

  it('can take a part, and loses its place even at the same price', () => {
    const exchange = openDay('10:00:00');
    const first = place(exchange, 'BUY', 10, 69_900, mine);
    const second = place(exchange, 'BUY', 10, 69_900);
    exchange.replaceOrder({ ...mine, orderNumber: first.orderNumber, quantity: 4, ...regular, limitPriceKrw: 69_900 });
    place(exchange, 'SELL', 16, 69_900);
    expect([first.filledQuantity, second.filledQuantity]).toEqual([6, 10]);
    expect(exchange.listOrders('main').map(({ kind, leavesQuantity }) => [kind, leavesQuantity])).toEqual([
      ['NEW', 0],
      ['REPLACE', 4],
    ]);
  });

  it('trades at once when the new price crosses, and can become a market order', () => {
    const exchange = openDay('10:00:00');
    place(exchange, 'SELL', 10, 70_000);
    const original = place(exchange, 'BUY', 10, 69_000, mine);
    const result = exchange.replaceOrder({
      ...mine,
      orderNumber: original.orderNumber,
      ...regular,
      orderType: 'MARKET',
      limitPriceKrw: 0,
    });
    expect(result).toMatchObject({ order: { filledQuantity: 10, filledAmountKrw: 700_000 } });
  });

  it('changes nothing when it is refused', () => {
    const exchange = openDay('10:00:00');
    const original = place(exchange, 'BUY', 100, 69_000, mine);
    const before = exchange.getAccount('main');
    const replace = (changes: object): unknown =>
      exchange.replaceOrder({
        ...mine,
        orderNumber: original.orderNumber,
        ...regular,
        limitPriceKrw: 69_000,
        ...changes,
      });
    expect([
      replace({ limitPriceKrw: 69_050 }),
      replace({ limitPriceKrw: 91_000, quantity: 101 }),
      replace({ limitPriceKrw: 91_000, orderType: 'LIMIT', session: 'AFTER_MARKET' }),
      replace({ accountId: 'other' }),
      replace({ orderNumber: 99 }),
    ]).toMatchObject(
      ['OFF_TICK', 'QUANTITY_ABOVE_REMAINING', 'TYPE_NOT_ALLOWED_NOW', 'WRONG_ACCOUNT', 'NOT_FOUND'].map((refusal) => ({
        refusal,
      })),
    );
    expect(exchange.getAccount('main')).toEqual(before);
    expect(original.leavesQuantity).toBe(100);
  });

  it('asks for the difference in cash only', () => {
    const exchange = openDay('10:00:00', {
      accounts: [{ accountId: 'main', cashKrw: 7_000_000, terms: { feePartsPerBillion: 0 } }],
    });
    const original = place(exchange, 'BUY', 100, 69_000, mine);
    const replace = (limitPriceKrw: number): boolean =>
      exchange.replaceOrder({ ...mine, orderNumber: original.orderNumber, ...regular, limitPriceKrw }).ok;
    expect(replace(70_100)).toBe(false);
    expect(replace(70_000)).toBe(true);
    expect(exchange.getAccount('main')).toMatchObject({ reservedKrw: 7_000_000, orderableKrw: 0 });
  });
});

describe('cancelOrder', () => {
  it('has a number and a row of its own', () => {
    const exchange = openDay('10:00:00');
    const original = place(exchange, 'BUY', 10, 69_900, mine);
    const result = exchange.cancelOrder({ ...mine, orderNumber: original.orderNumber });
    expect(result).toMatchObject({
      ok: true,
      order: {
        orderNumber: 2,
        kind: 'CANCEL',
        originalOrderNumber: 1,
        quantity: 10,
        canceledQuantity: 10,
        leavesQuantity: 0,
      },
    });
    expect(original).toMatchObject({ canceledQuantity: 10, leavesQuantity: 0, expired: false });
    expect(exchange.listOrders('main').map(({ orderNumber }) => orderNumber)).toEqual([1, 2]);
    expect(exchange.getAccount('main')?.reservedKrw).toBe(0);
  });

  it('in part keeps the place', () => {
    const exchange = openDay('10:00:00');
    const first = place(exchange, 'BUY', 10, 69_900, mine);
    place(exchange, 'BUY', 10, 69_900);
    exchange.cancelOrder({ ...mine, orderNumber: first.orderNumber, quantity: 4 });
    place(exchange, 'SELL', 6, 69_900);
    expect(first).toMatchObject({ filledQuantity: 6, canceledQuantity: 4, leavesQuantity: 0 });
  });

  it.each([
    [{ orderNumber: 99 }, 'NOT_FOUND'],
    [{ orderNumber: 1, accountId: 'other' }, 'WRONG_ACCOUNT'],
    [{ orderNumber: 1, quantity: 11 }, 'QUANTITY_ABOVE_REMAINING'],
    [{ orderNumber: 1, quantity: -1 }, 'QUANTITY_NOT_POSITIVE'],
    [{ orderNumber: 2 }, 'NOTHING_LEFT'],
  ])('of %j is refused as %s', (request, refusal) => {
    const exchange = openDay('10:00:00');
    place(exchange, 'BUY', 10, 69_900, mine);
    place(exchange, 'BUY', 10, 70_000, mine);
    place(exchange, 'SELL', 10, 70_000);
    expect(exchange.cancelOrder({ ...mine, ...request })).toMatchObject({ ok: false, refusal });
  });

  it('forgets orders of the market itself when they end, and keeps those of accounts', () => {
    const exchange = openDay('10:00:00');
    const flow = place(exchange, 'SELL', 10, 70_000);
    expect(exchange.getOrder(flow.orderNumber)).toBe(flow);
    const buy = place(exchange, 'BUY', 10, 70_000, mine);
    expect(exchange.getOrder(flow.orderNumber)).toBeUndefined();
    expect(exchange.getOrder(buy.orderNumber)).toBe(buy);
  });
});

describe('listeners', () => {
  it('hear a command when it is complete, in order, and may give commands', () => {
    const exchange = openDay('10:00:00');
    const heard: string[] = [];
    exchange.subscribe({
      onOrder: ({ kind, leavesQuantity }) => heard.push(`${kind} leaves ${leavesQuantity}`),
      onTrade: ({ quantity }) => heard.push(`trade ${quantity}`),
      onFill: ({ quantity, orderNumber }) => {
        heard.push(`fill ${quantity}`);
        exchange.cancelOrder({ ...mine, orderNumber });
        heard.push('asked to cancel');
      },
    });
    place(exchange, 'SELL', 3, 70_000);
    place(exchange, 'BUY', 10, 70_000, mine);
    expect(heard).toEqual([
      'NEW leaves 7',
      'trade 3',
      'fill 3',
      'asked to cancel',
      'NEW leaves 0',
      'NEW leaves 0',
      'CANCEL leaves 0',
    ]);
  });

  it('that throw leave the exchange whole, and the rest is told later', () => {
    const exchange = openDay('10:00:00');
    const heard: number[] = [];
    const stop = exchange.subscribe({
      onTrade: () => {
        throw new Error('tired');
      },
    });
    exchange.subscribe({ onFill: ({ quantity }) => heard.push(quantity) });
    place(exchange, 'SELL', 3, 70_000);
    expect(() => place(exchange, 'BUY', 10, 70_000, mine)).toThrow('tired');
    expect(shown(exchange).bids).toEqual(['70000x7']);
    stop();
    place(exchange, 'SELL', 1, 70_000);
    expect(heard).toEqual([3, 1]);
  });
});
