import { type Bar, krw, kstEpochMs, shares, symbolCode, tradingDate } from '@qts/core';
import { buildOrderRequest } from '@qts/core/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { startKis, type StartedKis, tenOClockMs, tradingDate as day } from '../support/start-kis.ts';

let kis: StartedKis | undefined;
afterEach(() => kis?.stop());

const samsung = symbolCode('005930');
const hynix = symbolCode('000660');

describe.each(['LIVE', 'PAPER'] as const)('the account on %s', (environment) => {
  it('shows cash, holdings, what may be sold and what may be bought', async () => {
    kis = await startKis({ environment });
    const { account, orders } = kis.broker;
    expect(await kis.settle(account.getCashBalance())).toMatchObject({ depositKrw: 1_000_000_000 });
    await kis.settle(
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
    expect(await kis.settle(account.listPositions())).toMatchObject({
      complete: true,
      positions: [{ symbol: '000660', quantity: 100, sellableQuantity: 70, costKrw: 19_000_000 }],
    });
    expect(await kis.settle(account.getSellableQuantity(hynix))).toBe(70);
    expect(await kis.settle(account.getSellableQuantity(samsung))).toBe(0);
    const power = await kis.settle(
      account.getBuyingPower({ symbol: samsung, orderType: 'LIMIT', limitPriceKrw: krw(70_000) }),
    );
    expect(power.cashKrw).toBeGreaterThan(900_000_000);
    expect(power.quantity).toBeGreaterThan(14_000);
  });

  it('asks on paper only what paper offers', async () => {
    kis = await startKis({ environment });
    await kis.settle(kis.broker.account.getSellableQuantity(hynix));
    const asked = kis.venue.requests('inquire-psbl-sell').length;
    expect(asked).toBe(environment === 'LIVE' ? 1 : 0);
  });
});

describe('quotes', () => {
  it('show the limits and the tick of the day', async () => {
    kis = await startKis();
    expect(await kis.settle(kis.broker.quotes.getQuote({ symbol: samsung }))).toMatchObject({
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
    kis = await startKis({
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
    expect(await kis.settle(kis.broker.quotes.getOrderBook({ symbol: samsung }))).toMatchObject({
      bids: [
        { priceKrw: 69_900, quantity: 5 },
        { priceKrw: 69_800, quantity: 5 },
      ],
      asks: [{ priceKrw: 70_100, quantity: 5 }],
    });
  });

  it('list daily bars over more than one request, oldest first', async () => {
    const history = Array.from({ length: 150 }, (_, index) => {
      const date = new Date(Date.UTC(2026, 2, 1 + index)).toISOString().slice(0, 10);
      return { date, openKrw: 100, highKrw: 120, lowKrw: 90, closeKrw: 110, volume: 7, turnoverKrw: 770 };
    });
    kis = await startKis({ venue: { dailyHistory: { '005930': history } } });
    const bars = await kis.settle(
      kis.broker.quotes.listDailyBars({
        symbol: samsung,
        from: tradingDate('2026-03-01'),
        to: tradingDate('2026-07-28'),
      }),
    );
    expect(bars).toHaveLength(150);
    expect(bars.at(0)).toMatchObject({ tradingDate: '2026-03-01', closeKrw: 110 });
    expect(bars.at(-1)?.tradingDate).toBe('2026-07-28');
    expect(kis.venue.requests('inquire-daily-itemchartprice')).toHaveLength(2);
  });

  it('list the minutes of today up to an instant and none that lies ahead', async () => {
    kis = await startKis();
    const untilMs = tenOClockMs + 3_600_000;
    const bars = await kis.settle(kis.broker.quotes.listMinuteBars({ symbol: samsung, untilMs }));
    expect(bars.every(({ startMs }) => startMs <= tenOClockMs)).toBe(true);
    expect(bars.map(({ startMs }) => startMs)).toEqual([...bars.map(({ startMs }) => startMs)].sort((a, b) => a - b));
  });

  it('leave out the running minute, which KIS shows with the volume of the minute before', async () => {
    const started = await startKis();
    kis = started;
    for (const side of ['SELL', 'BUY'] as const) {
      started.venue.exchange.placeOrder({
        ...{ symbol: '005930', side, quantity: 7, limitPriceKrw: 70_500, stopPriceKrw: 0 },
        ...{ orderType: 'LIMIT', timeInForce: 'DAY', session: 'REGULAR' },
      });
    }
    const read = (): Promise<readonly Bar[]> =>
      started.settle(started.broker.quotes.listMinuteBars({ symbol: samsung, untilMs: started.clock.nowMs() }));
    const traded = async (): Promise<readonly number[]> => (await read()).map(({ volume }) => volume).filter(Boolean);
    const running = await traded();
    await started.advance(60_000);
    expect([running, await traded()]).toEqual([[], [7]]);
    await started.advance(60_000);
    expect(await traded()).toEqual([7]);
  });
});
