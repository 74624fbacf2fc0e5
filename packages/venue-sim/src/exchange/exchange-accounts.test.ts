import { describe, expect, it } from 'vitest';
import { openDay, place, refusalOf, symbol } from './test-day.ts';

const mine = { accountId: 'main' } as const;

describe('cash', () => {
  it('is held back for a limit buy at its price with the fee, and comes free as it fills or is canceled', () => {
    const exchange = openDay('10:00:00');
    const buy = place(exchange, 'BUY', 100, 70_000, mine);
    expect(exchange.getAccount('main')).toMatchObject({ reservedKrw: 7_000_983, orderableKrw: 2_999_017 });
    place(exchange, 'SELL', 40, 70_000);
    expect(exchange.getAccount('main')).toMatchObject({
      settledKrw: 10_000_000 - 2_800_000 - 393,
      reservedKrw: 4_200_000 + 983 - 393,
      feesKrw: 393,
      boughtKrw: 2_800_000,
    });
    exchange.cancelOrder({ ...mine, orderNumber: buy.orderNumber });
    expect(exchange.getAccount('main')).toMatchObject({ reservedKrw: 0, orderableKrw: 7_199_607 });
  });

  it('is held back at the upper limit for types that may trade there', () => {
    for (const changes of [
      { orderType: 'MARKET' },
      { orderType: 'CONDITIONAL_LIMIT', limitPriceKrw: 60_000 },
    ] as const) {
      const exchange = openDay('10:00:00');
      place(exchange, 'BUY', 1, 0, { ...changes, ...mine });
      expect(exchange.getAccount('main')?.reservedKrw).toBe(91_000 + 12);
      expect(refusalOf(exchange, 'BUY', 109, 0, { ...changes, ...mine })).toBe('INSUFFICIENT_CASH');
    }
  });

  it('comes free where a buy trades below its price', () => {
    const exchange = openDay('10:00:00');
    place(exchange, 'SELL', 10, 69_000);
    place(exchange, 'BUY', 10, 70_000, mine);
    expect(exchange.getAccount('main')).toMatchObject({ settledKrw: 10_000_000 - 690_000 - 96, reservedKrw: 0 });
  });

  it('settles on D+2: what is in the bank today does not move', () => {
    const exchange = openDay('10:00:00');
    place(exchange, 'BUY', 10, 70_000);
    place(exchange, 'SELL', 10, 70_000, mine);
    expect(exchange.getAccount('main')).toMatchObject({
      depositKrw: 10_000_000,
      depositNextDayKrw: 10_000_000,
      settledKrw: 10_000_000 + 700_000 - 98 - 1_400, // fee, 0.05 % and 0.15 %
      taxesKrw: 1_400,
      soldKrw: 700_000,
    });
  });

  it('of a sell can be used for a buy at once', () => {
    const poor = {
      accountId: 'main',
      cashKrw: 0,
      holdings: [{ symbol, quantity: 10, costKrw: 1 }],
      terms: { feePartsPerBillion: 0 },
    };
    const exchange = openDay('10:00:00', { accounts: [poor] });
    expect(refusalOf(exchange, 'BUY', 1, 60_000, mine)).toBe('INSUFFICIENT_CASH');
    place(exchange, 'BUY', 10, 70_000);
    place(exchange, 'SELL', 10, 70_000, mine);
    expect(refusalOf(exchange, 'BUY', 1, 60_000, mine)).toBe('TAKEN');
  });
});

describe('costs', () => {
  it('are charged on what the order has traded so far, whatever the number of fills', () => {
    const inParts = openDay('10:00:00');
    for (let part = 0; part < 7; part++) place(inParts, 'BUY', 1, 70_000);
    place(inParts, 'SELL', 7, 70_000, mine);
    const atOnce = openDay('10:00:00');
    place(atOnce, 'BUY', 7, 70_000);
    place(atOnce, 'SELL', 7, 70_000, mine);
    expect(inParts.listFills('main')).toHaveLength(7);
    expect(inParts.getAccount('main')).toEqual(atOnce.getAccount('main'));
    const sum = (key: 'feeKrw' | 'taxKrw'): number =>
      inParts.listFills('main').reduce((all, fill) => all + fill[key], 0);
    expect([sum('feeKrw'), sum('taxKrw')]).toEqual([68, 245 + 735]);
  });

  it('have no tax on an ETF', () => {
    const exchange = openDay('10:00:00', { instrument: { productClass: 'ETF' } });
    place(exchange, 'BUY', 10, 70_000);
    place(exchange, 'SELL', 10, 70_000, mine);
    expect(exchange.getAccount('main')?.taxesKrw).toBe(0);
  });
});

describe('holdings', () => {
  it('are held back by sells, come free with a cancel, and never go twice', () => {
    const exchange = openDay('10:00:00');
    const sell = place(exchange, 'SELL', 80, 71_000, mine);
    expect(refusalOf(exchange, 'SELL', 21, 71_000, mine)).toBe('INSUFFICIENT_HOLDINGS');
    exchange.cancelOrder({ ...mine, orderNumber: sell.orderNumber, quantity: 1 });
    expect(refusalOf(exchange, 'SELL', 21, 71_000, mine)).toBe('TAKEN');
    expect(exchange.getAccount('main')?.holdings).toMatchObject([{ quantity: 100, reservedQuantity: 100 }]);
  });

  it('that were bought today can be sold today', () => {
    const exchange = openDay('10:00:00', {
      accounts: [{ accountId: 'main', cashKrw: 1_000_000, terms: { feePartsPerBillion: 0 } }],
    });
    place(exchange, 'SELL', 10, 70_000);
    place(exchange, 'BUY', 10, 70_000, mine);
    place(exchange, 'BUY', 10, 71_000);
    place(exchange, 'SELL', 4, 71_000, mine);
    expect(exchange.getAccount('main')?.holdings).toEqual([
      { symbol, quantity: 6, reservedQuantity: 0, costKrw: 420_000, boughtTodayQuantity: 10, soldTodayQuantity: 4 },
    ]);
  });

  it('keep their average cost when a part is sold, and no cost when all is', () => {
    const exchange = openDay('10:00:00');
    place(exchange, 'BUY', 100, 70_000);
    place(exchange, 'SELL', 33, 70_000, mine);
    expect(exchange.getAccount('main')?.holdings).toMatchObject([{ quantity: 67, costKrw: 4_355_000 }]);
    place(exchange, 'SELL', 67, 70_000, mine);
    expect(exchange.getAccount('main')?.holdings).toMatchObject([{ quantity: 0, costKrw: 0 }]);
  });
});

describe('an order that is refused after it had its number', () => {
  it('is in the list with all of its quantity rejected, and moves neither cash, shares nor book', () => {
    const exchange = openDay('10:00:00');
    const before = exchange.getAccount('main');
    const order = { ...mine, symbol, side: 'BUY', quantity: 10, orderType: 'LIMIT', timeInForce: 'DAY' } as const;
    exchange.rejectOrder({ ...order, session: 'REGULAR', limitPriceKrw: 70_000, stopPriceKrw: 0 });
    expect(exchange.listOrders('main')).toMatchObject([
      { orderNumber: 1, quantity: 10, rejectedQuantity: 10, leavesQuantity: 0, filledQuantity: 0, canceledQuantity: 0 },
    ]);
    expect(exchange.getAccount('main')).toEqual(before);
    expect(exchange.getBook(symbol)?.bids).toEqual([]);
    expect(exchange.cancelOrder({ ...mine, orderNumber: 1 })).toMatchObject({ refusal: 'NOTHING_LEFT' });
  });
});
