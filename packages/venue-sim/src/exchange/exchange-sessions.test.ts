import { describe, expect, it } from 'vitest';
import { createExchange } from './exchange.ts';
import {
  account,
  at,
  instrument,
  openDay,
  order,
  place,
  recordTrades,
  refusalOf,
  shown,
  symbol,
  tradingDate,
} from './test-day.ts';

const mine = { accountId: 'main' } as const;

describe('the day', () => {
  it('goes through the phases of the date', () => {
    const exchange = openDay('08:00:00');
    const phases: string[] = [];
    exchange.subscribe({
      onPhase: (phase, atMs) => phases.push(`${new Date(atMs + 32_400_000).toISOString().slice(11, 16)} ${phase}`),
    });
    exchange.advanceTo(at('23:00:00'));
    expect(phases).toEqual([
      '08:30 PRE_OPEN_CLOSING_PRICE',
      '08:30 OPENING_AUCTION',
      '09:00 CONTINUOUS',
      '15:20 CLOSING_AUCTION',
      '15:30 POST_CLOSE_CLOSING_PRICE',
      '16:00 AFTER_MARKET',
      '20:00 CLOSED',
    ]);
  });

  it('ends its auctions 0 to 30 seconds late, by the seed, each issue on its own', () => {
    const ends = (seed: number): number[] => {
      const instruments = ['000001', '000002', '000003'].map((each) => ({ ...instrument, symbol: each }));
      const exchange = createExchange({ tradingDate, seed, instruments, accounts: [] });
      exchange.advanceTo(at('08:59:00'));
      for (const each of instruments) {
        exchange.placeOrder(order('BUY', 1, 70_000, { symbol: each.symbol }));
        exchange.placeOrder(order('SELL', 1, 70_000, { symbol: each.symbol }));
      }
      const late: number[] = [];
      exchange.subscribe({ onTrade: ({ atMs }) => late.push(atMs - at('09:00:00')) });
      exchange.advanceTo(at('09:00:30'));
      return late;
    };
    const first = ends(1);
    expect(first).toHaveLength(3);
    expect(new Set(first).size).toBe(3);
    expect(first.every((lateMs) => lateMs >= 0 && lateMs <= 30_000)).toBe(true);
    expect(ends(1)).toEqual(first);
    expect(ends(2)).not.toEqual(first);
  });

  it('can start in the middle', () => {
    const exchange = createExchange({
      tradingDate,
      seed: 1,
      instruments: [instrument],
      accounts: [],
      startAtMs: at('10:00:00'),
    });
    expect([exchange.nowMs, exchange.phases]).toEqual([at('10:00:00'), ['CONTINUOUS']]);
  });

  it('is settled two trading days later', () => {
    expect(openDay('08:00:00').settlementDate).toBe('2026-11-24');
  });

  it('refuses to run backwards', () => {
    const exchange = openDay('10:00:00');
    expect(() => {
      exchange.advanceTo(at('09:59:59'));
    }).toThrow(RangeError);
    expect(() => {
      exchange.schedule(at('09:59:59'), () => undefined);
    }).toThrow(/schedule/);
  });

  it('runs scheduled flow at its time, also what that flow schedules', () => {
    const exchange = openDay('10:00:00');
    const ran: string[] = [];
    exchange.schedule(at('10:00:02'), () => ran.push('second'));
    exchange.schedule(at('10:00:01'), () => {
      ran.push('first');
      exchange.schedule(exchange.nowMs, () => ran.push('at once'));
    });
    exchange.advanceTo(at('10:00:05'));
    expect(ran).toEqual(['first', 'at once', 'second']);
  });

  it.each([
    ['2026-11-21', 'tradingDate'],
    ['2031-01-02', 'tradingDate'],
  ])('does not open on %s', (date, field) => {
    expect(() => createExchange({ tradingDate: date, seed: 1, instruments: [], accounts: [] })).toThrow(field);
  });

  it.each([
    [
      'an issue that is named twice',
      { instruments: [instrument, instrument], accounts: [] },
      'instruments: 005930 is named twice',
    ],
    [
      'an account that is named twice',
      {
        instruments: [],
        accounts: [
          { ...account, holdings: [] },
          { ...account, holdings: [] },
        ],
      },
      'accounts: main is named twice',
    ],
    [
      'a holding that is not listed',
      { instruments: [], accounts: [account] },
      'accounts: 005930 is held but not listed',
    ],
  ])('does not open with %s', (_, setup, message) => {
    expect(() => createExchange({ tradingDate, seed: 1, ...setup })).toThrow(message);
  });
});

describe('the opening auction', () => {
  it('collects orders, shows what would happen, and prints once', () => {
    const exchange = openDay('08:45:00');
    const trades = recordTrades(exchange);
    place(exchange, 'SELL', 30, 69_900);
    place(exchange, 'SELL', 50, 70_300);
    place(exchange, 'BUY', 20, 70_100);
    place(exchange, 'BUY', 40, 70_000);
    expect(exchange.getBook(symbol)).toMatchObject({ expectedPriceKrw: 70_000, expectedQuantity: 30 });
    expect(shown(exchange)).toEqual({ asks: ['70300x50'], bids: ['70000x30'] });
    expect(trades).toEqual([]);
    exchange.advanceTo(at('09:00:30'));
    expect(trades).toEqual(['70000x30 A']);
    expect(shown(exchange)).toEqual({ asks: ['70300x50'], bids: ['70000x30'] });
    expect(exchange.getInstrument(symbol)).toMatchObject({ openPriceKrw: 70_000, volume: 30, phases: ['CONTINUOUS'] });
  });

  it('shows three levels a side, continuous trading ten', () => {
    const exchange = openDay('08:45:00');
    for (let step = 1; step <= 12; step++) {
      place(exchange, 'SELL', 1, 70_000 + step * 100);
      place(exchange, 'BUY', 1, 70_000 - step * 100);
    }
    expect([shown(exchange).asks.length, shown(exchange).bids.length]).toEqual([3, 3]);
    exchange.advanceTo(at('09:01:00'));
    expect([shown(exchange).asks.length, shown(exchange).bids.length]).toEqual([10, 10]);
    expect(exchange.getBook(symbol)).toMatchObject({ totalAskQuantity: 12, totalBidQuantity: 12 });
  });

  it('serves market orders first and lets their rest wait one tick above the bids', () => {
    const exchange = openDay('08:45:00');
    place(exchange, 'BUY', 10, 70_000);
    const market = place(exchange, 'BUY', 30, 0, { orderType: 'MARKET', ...mine });
    place(exchange, 'SELL', 20, 70_000);
    exchange.advanceTo(at('09:01:00'));
    expect(market).toMatchObject({ filledQuantity: 20, leavesQuantity: 10 });
    expect(shown(exchange).bids).toEqual(['70100x10', '70000x10']);
  });

  it('shares at the upper limit by rounds', () => {
    const exchange = openDay('08:45:00');
    const small = place(exchange, 'BUY', 300, 91_000);
    const large = place(exchange, 'BUY', 1_000, 91_000);
    place(exchange, 'SELL', 350, 91_000);
    exchange.advanceTo(at('09:01:00'));
    expect([small.filledQuantity, large.filledQuantity]).toEqual([100, 250]);
  });
});

describe('a look at a book', () => {
  it('gives the same object until something in it changes', () => {
    const exchange = openDay('10:00:00');
    const empty = exchange.getBook(symbol);
    expect(exchange.getBook(symbol)).toBe(empty);
    const order = place(exchange, 'SELL', 30, 70_300);
    const one = exchange.getBook(symbol);
    expect(one).not.toEqual(empty);
    expect(exchange.getBook(symbol)).toBe(one);
    place(exchange, 'BUY', 10, 70_300);
    expect(exchange.getBook(symbol)?.asks).toEqual([{ priceKrw: 70_300, quantity: 20 }]);
    exchange.cancelOrder({ orderNumber: order.orderNumber, quantity: 5 });
    expect(exchange.getBook(symbol)?.asks).toEqual([{ priceKrw: 70_300, quantity: 15 }]);
    exchange.cancelOrder({ orderNumber: order.orderNumber });
    expect(exchange.getBook(symbol)).toEqual(empty);
  });
});

describe('the close', () => {
  it('turns conditional limits into market orders at 15:20', () => {
    const exchange = openDay('15:00:00');
    place(exchange, 'SELL', 10, 70_500);
    const conditional = place(exchange, 'BUY', 10, 69_000, { orderType: 'CONDITIONAL_LIMIT', ...mine });
    const limit = place(exchange, 'BUY', 10, 69_500, mine);
    exchange.advanceTo(at('15:21:00'));
    expect(exchange.getBook(symbol)).toMatchObject({ expectedPriceKrw: 70_500, expectedQuantity: 10 });
    exchange.advanceTo(at('15:31:00'));
    expect(conditional).toMatchObject({ filledQuantity: 10, filledAmountKrw: 705_000, leavesQuantity: 0 });
    expect(limit).toMatchObject({ filledQuantity: 0, canceledQuantity: 10, expired: true });
  });

  it('serves conditional limits by entry at the close, whatever prices they had', () => {
    const exchange = openDay('15:00:00');
    const cheap = place(exchange, 'BUY', 10, 68_000, { orderType: 'CONDITIONAL_LIMIT' });
    const dear = place(exchange, 'BUY', 10, 69_000, { orderType: 'CONDITIONAL_LIMIT' });
    place(exchange, 'SELL', 10, 70_000);
    exchange.advanceTo(at('15:31:00'));
    expect([cheap.filledQuantity, dear.filledQuantity]).toEqual([10, 0]);
  });

  it('keeps the auction price as the official close, whatever the after-market does', () => {
    const exchange = openDay('15:25:00');
    place(exchange, 'SELL', 10, 70_500);
    place(exchange, 'BUY', 10, 70_500);
    exchange.advanceTo(at('16:10:00'));
    place(exchange, 'SELL', 10, 71_000, { session: 'AFTER_MARKET' });
    place(exchange, 'BUY', 4, 71_000, { session: 'AFTER_MARKET' });
    expect(exchange.getInstrument(symbol)).toMatchObject({
      closePriceKrw: 70_500,
      lastPriceKrw: 71_000,
      highPriceKrw: 70_500,
      volume: 14,
    });
  });

  it('carries nothing of the regular session into the after-market, and nothing past its end', () => {
    const exchange = openDay('15:00:00');
    const regular = place(exchange, 'BUY', 10, 69_000, mine);
    exchange.advanceTo(at('16:10:00'));
    expect(regular.expired).toBe(true);
    expect(shown(exchange)).toEqual({ asks: [], bids: [] });
    const evening = place(exchange, 'BUY', 10, 69_000, { session: 'AFTER_MARKET', ...mine });
    exchange.advanceTo(at('20:00:00'));
    expect(evening.expired).toBe(true);
    expect(exchange.getAccount('main')?.reservedKrw).toBe(0);
  });
});

describe('closing-price sessions', () => {
  const closing = { orderType: 'CLOSING_PRICE', session: 'PRE_OPEN_CLOSING_PRICE' } as const;

  it('trade at the previous close by time before the open', () => {
    const exchange = openDay('08:35:00', { instrument: { previousCloseKrw: 69_900 } });
    const trades = recordTrades(exchange);
    const first = place(exchange, 'BUY', 10, 0, closing);
    const second = place(exchange, 'BUY', 10, 69_900, closing);
    place(exchange, 'SELL', 15, 0, closing);
    expect(trades).toEqual(['69900x10 SELL', '69900x5 SELL']);
    expect([first.filledQuantity, second.filledQuantity]).toEqual([10, 5]);
    expect(refusalOf(exchange, 'BUY', 1, 70_000, closing)).toBe('PRICE_NOT_ALLOWED');
    exchange.advanceTo(at('08:40:00'));
    expect(second).toMatchObject({ canceledQuantity: 5, expired: true });
  });

  it('collect after the close and trade from 15:40 at the close of the day', () => {
    const exchange = openDay('15:25:00');
    const trades = recordTrades(exchange);
    place(exchange, 'SELL', 1, 70_500);
    place(exchange, 'BUY', 1, 70_500);
    exchange.advanceTo(at('15:35:00'));
    const post = { orderType: 'CLOSING_PRICE', session: 'POST_CLOSE_CLOSING_PRICE' } as const;
    const buy = place(exchange, 'BUY', 10, 0, { ...post, ...mine });
    place(exchange, 'SELL', 4, 0, post);
    expect(buy).toMatchObject({ limitPriceKrw: 70_500, filledQuantity: 0 });
    exchange.advanceTo(at('15:40:00'));
    place(exchange, 'SELL', 3, 0, post);
    expect(trades).toEqual(['70500x1 A', '70500x4', '70500x3 SELL']);
    expect(buy.filledQuantity).toBe(7);
  });
});

describe('what is taken when', () => {
  it.each([
    ['08:20:00', {}, 'MARKET_CLOSED'],
    ['08:45:00', { orderType: 'BEST_LIMIT' }, 'TYPE_NOT_ALLOWED_NOW'],
    ['08:45:00', { timeInForce: 'IOC' }, 'TYPE_NOT_ALLOWED_NOW'],
    ['08:45:00', { session: 'AFTER_MARKET' }, 'TYPE_NOT_ALLOWED_NOW'],
    ['10:00:00', { timeInForce: 'GTP' }, 'TYPE_NOT_ALLOWED_NOW'],
    ['10:00:00', { orderType: 'STOP_LIMIT', stopPriceKrw: 70_000 }, 'NOT_SUPPORTED'],
    ['10:00:00', { orderType: 'MIDPOINT' }, 'NOT_SUPPORTED'],
    ['15:25:00', { orderType: 'CONDITIONAL_LIMIT', limitPriceKrw: 70_000 }, 'TYPE_NOT_ALLOWED_NOW'],
    ['15:35:00', { limitPriceKrw: 70_000 }, 'TYPE_NOT_ALLOWED_NOW'],
    ['16:10:00', { orderType: 'MARKET', session: 'AFTER_MARKET' }, 'TYPE_NOT_ALLOWED_NOW'],
    ['16:10:00', { session: 'AFTER_HOURS_SINGLE_PRICE' }, 'TYPE_NOT_ALLOWED_NOW'],
    ['20:00:00', { session: 'AFTER_MARKET', limitPriceKrw: 70_000 }, 'MARKET_CLOSED'],
  ] as const)('at %s %j is refused as %s', (time, changes, refusal) => {
    expect(refusalOf(openDay(time), 'BUY', 1, 0, changes)).toBe(refusal);
  });

  it('says that the single-price session of earlier dates is not modelled', () => {
    const exchange = createExchange({
      tradingDate: '2026-06-08',
      seed: 1,
      instruments: [instrument],
      accounts: [],
      startAtMs: Date.parse('2026-06-08T16:30:00+09:00'),
    });
    const terms = { orderType: 'AFTER_HOURS_SINGLE_PRICE', session: 'AFTER_HOURS_SINGLE_PRICE' } as const;
    expect(exchange.placeOrder(order('BUY', 1, 70_000, terms))).toMatchObject({ refusal: 'NOT_SUPPORTED' });
  });

  it('keeps ETFs and named issues out of the after-market', () => {
    const session = 'AFTER_MARKET';
    for (const changes of [{ productClass: 'ETF' }, { afterMarket: false }] as const) {
      const exchange = openDay('16:10:00', { instrument: changes, accounts: [] });
      expect(refusalOf(exchange, 'BUY', 1, 70_000, { session })).toBe('MARKET_CLOSED');
    }
  });
});
