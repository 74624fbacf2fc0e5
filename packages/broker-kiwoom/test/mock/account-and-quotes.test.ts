import { krw, kstEpochMs, shares, symbolCode, tradingDate } from '@qts/core';
import { buildOrderRequest } from '@qts/core/testing';
import { type VenueSim } from '@qts/venue-sim';
import { afterEach, describe, expect, it } from 'vitest';
import { startKiwoom, type StartedKiwoom, tenOClockMs, tradingDate as day } from '../support/start-kiwoom.ts';

let kiwoom: StartedKiwoom | undefined;
afterEach(() => kiwoom?.stop());

const samsung = symbolCode('005930');
const hynix = symbolCode('000660');

describe.each(['LIVE', 'PAPER'] as const)('the account on %s', (environment) => {
  it('shows cash, holdings, what may be sold and what may be bought', async () => {
    kiwoom = await startKiwoom({ environment });
    const { account, orders } = kiwoom.broker;
    expect(await kiwoom.settle(account.getCashBalance())).toMatchObject({ depositKrw: 1_000_000_000 });
    await kiwoom.settle(
      orders.placeOrder(
        buildOrderRequest({
          symbol: hynix,
          side: 'SELL',
          quantity: shares(30),
          orderType: 'LIMIT',
          limitPriceKrw: krw(201_000),
          dryRun: false,
        }),
      ),
    );
    expect(await kiwoom.settle(account.listPositions())).toMatchObject({
      complete: true,
      positions: [{ symbol: '000660', quantity: 100, sellableQuantity: 70, costKrw: 19_000_000 }],
    });
    expect(await kiwoom.settle(account.getSellableQuantity(hynix))).toBe(70);
    expect(await kiwoom.settle(account.getSellableQuantity(samsung))).toBe(0);
    const power = await kiwoom.settle(
      account.getBuyingPower({ symbol: samsung, orderType: 'LIMIT', limitPriceKrw: krw(70_000) }),
    );
    expect(power.cashKrw).toBeGreaterThan(900_000_000);
    expect(power.quantity).toBeGreaterThan(14_000);
  });

  it('asks for an order without a price at the upper limit of the day', async () => {
    kiwoom = await startKiwoom({ environment });
    const power = await kiwoom.settle(kiwoom.broker.account.getBuyingPower({ symbol: samsung, orderType: 'MARKET' }));
    // What the fee leaves over.
    expect(power.quantity).toBeLessThanOrEqual(Math.floor(power.cashKrw / 91_000));
    expect(power.quantity).toBeGreaterThan(Math.floor(power.cashKrw / 91_100));
    expect(kiwoom.venue.requests('ka10001')).toHaveLength(1);
  });
});

describe('quotes', () => {
  it('show the limits and the tick of the day', async () => {
    kiwoom = await startKiwoom();
    expect(await kiwoom.settle(kiwoom.broker.quotes.getQuote({ symbol: samsung }))).toMatchObject({
      symbol: '005930',
      basePriceKrw: 70_000,
      upperLimitKrw: 91_000,
      lowerLimitKrw: 49_000,
      tickKrw: 100,
      halted: false,
      readAtMs: tenOClockMs,
    });
  });

  it('show the book, best level first', async () => {
    kiwoom = await startKiwoom({
      venue: {
        prepare: (exchange) => {
          exchange.schedule(kstEpochMs(tradingDate(day), 9 * 3_600_000 + 60_000), () => {
            for (const [side, limitPriceKrw] of [
              ['BUY', 69_900],
              ['BUY', 69_800],
              ['SELL', 70_100],
            ] as const) {
              exchange.placeOrder({
                symbol: '005930',
                side,
                quantity: 5,
                orderType: 'LIMIT',
                timeInForce: 'DAY',
                session: 'REGULAR',
                limitPriceKrw,
                stopPriceKrw: 0,
              });
            }
          });
        },
      },
    });
    expect(await kiwoom.settle(kiwoom.broker.quotes.getOrderBook({ symbol: samsung }))).toMatchObject({
      bids: [
        { priceKrw: 69_900, quantity: 5 },
        { priceKrw: 69_800, quantity: 5 },
      ],
      asks: [{ priceKrw: 70_100, quantity: 5 }],
    });
  });

  it('list daily bars over more than one request, oldest first', async () => {
    const history = Array.from({ length: 700 }, (_, index) => {
      const date = new Date(Date.UTC(2024, 8, 1 + index)).toISOString().slice(0, 10);
      return { date, openKrw: 100, highKrw: 120, lowKrw: 90, closeKrw: 110, volume: 7, turnoverKrw: 770 };
    });
    kiwoom = await startKiwoom({ venue: { dailyHistory: { '005930': history } } });
    const bars = await kiwoom.settle(
      kiwoom.broker.quotes.listDailyBars({
        symbol: samsung,
        from: tradingDate('2024-09-01'),
        to: tradingDate('2026-08-01'),
      }),
    );
    expect(bars).toHaveLength(700);
    expect(bars.at(0)).toMatchObject({ tradingDate: '2024-09-01', closeKrw: 110 });
    expect(bars.at(-1)?.tradingDate).toBe('2026-08-01');
    expect(kiwoom.venue.requests('ka10081')).toHaveLength(2);
  });

  it('list the minutes of today up to an instant and none that lies ahead', async () => {
    const tradeAtMs = [570, 571, 599, 630].map((minute) => kstEpochMs(tradingDate(day), minute * 60_000 + 10_000));
    kiwoom = await startKiwoom({
      startMs: kstEpochMs(tradingDate(day), 8 * 3_600_000),
      venue: {
        prepare: (exchange) => {
          for (const atMs of tradeAtMs) {
            exchange.schedule(atMs, () => {
              for (const side of ['BUY', 'SELL'] as const) exchange.placeOrder(crossing(side));
            });
          }
        },
      },
    });
    await kiwoom.advance(2 * 3_600_000);
    const nowMs = kiwoom.clock.nowMs();
    const query = { symbol: samsung, untilMs: nowMs + 3_600_000 };
    const bars = await kiwoom.settle(kiwoom.broker.quotes.listMinuteBars(query));
    const traded = bars.filter(({ volume }) => volume > 0);
    expect(traded.map(({ startMs }) => startMs)).toEqual(tradeAtMs.slice(0, 3).map((atMs) => atMs - 10_000));
    expect(traded[0]).toMatchObject({ tradingDate: day, openKrw: 70_000, closeKrw: 70_000, volume: 5 });
    expect(bars.every(({ startMs }) => startMs <= nowMs)).toBe(true);
  });

  it('fail with the broker’s word for an issue that the venue does not have', async () => {
    kiwoom = await startKiwoom();
    const asked = kiwoom.settle(kiwoom.broker.quotes.getOrderBook({ symbol: samsung, venue: 'NXT' }));
    await expect(asked).rejects.toMatchObject({ nativeCode: '1903' });
    expect(kiwoom.venue.requests('ka10004')).toHaveLength(1);
  });
});

/** One side of a trade of five shares. */
function crossing(side: 'BUY' | 'SELL'): Parameters<VenueSim['exchange']['placeOrder']>[0] {
  return {
    symbol: '005930',
    side,
    quantity: 5,
    orderType: 'LIMIT',
    timeInForce: 'DAY',
    session: 'REGULAR',
    limitPriceKrw: 70_000,
    stopPriceKrw: 0,
  };
}
