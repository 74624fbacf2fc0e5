import { BrokerError, symbolCode } from '@qts/core';
import { samsung, today } from '../case-steps.ts';
import { checkMatches, checkRejects, checkThat } from '../check.ts';
import { type ConformanceCase } from '../conformance-case.ts';

/** Market data by REST. */
export const quoteCases: readonly ConformanceCase[] = [
  {
    id: 'QUOTE-010',
    promise: 'a quote has last price, base price and daily limits in won, without signs',
    reason: 'a sign in front of a price is its direction, and a negative price buys anything',
    async run(bench) {
      bench.venue.placeOfMarket({ symbol: '005930', side: 'SELL', quantity: 5, priceKrw: 69_000 });
      bench.venue.placeOfMarket({ symbol: '005930', side: 'BUY', quantity: 5, priceKrw: 69_000 });
      checkMatches(
        await bench.settle(bench.broker.quotes.getQuote({ symbol: samsung })),
        {
          symbol: '005930',
          lastPriceKrw: 69_000,
          basePriceKrw: 70_000,
          upperLimitKrw: 91_000,
          lowerLimitKrw: 49_000,
          volume: 5,
          halted: false,
        },
        'the quote',
      );
    },
  },
  {
    id: 'QUOTE-020',
    promise: 'the book comes best level first on both sides',
    reason: 'the first level is what an order trades with',
    async run(bench) {
      for (const priceKrw of [69_800, 69_900]) {
        bench.venue.placeOfMarket({ symbol: '005930', side: 'BUY', quantity: 7, priceKrw });
      }
      for (const priceKrw of [70_200, 70_100]) {
        bench.venue.placeOfMarket({ symbol: '005930', side: 'SELL', quantity: 8, priceKrw });
      }
      const book = await bench.settle(bench.broker.quotes.getOrderBook({ symbol: samsung }));
      checkMatches(
        book.bids.slice(0, 2),
        [
          { priceKrw: 69_900, quantity: 7 },
          { priceKrw: 69_800, quantity: 7 },
        ],
        'bids',
      );
      checkMatches(
        book.asks.slice(0, 2),
        [
          { priceKrw: 70_100, quantity: 8 },
          { priceKrw: 70_200, quantity: 8 },
        ],
        'asks',
      );
    },
  },
  {
    id: 'QUOTE-030',
    promise: 'an empty side of the book is an empty list',
    reason: 'a level of price zero is a price to somebody',
    async run({ broker, settle }) {
      const { asks, bids } = await settle(broker.quotes.getOrderBook({ symbol: samsung }));
      checkMatches([asks, bids], [[], []], 'the sides');
    },
  },
  {
    id: 'QUOTE-040',
    promise: 'minute bars of the day begin at whole minutes of Korea, oldest first, and the running one is left out',
    reason: 'a bar of another minute, or one that still grows, moves every indicator',
    async run(bench) {
      for (const priceKrw of [69_000, 69_100]) {
        bench.venue.placeOfMarket({ symbol: '005930', side: 'SELL', quantity: 5, priceKrw });
        bench.venue.placeOfMarket({ symbol: '005930', side: 'BUY', quantity: 5, priceKrw });
        await bench.advance(60_000);
      }
      const nowMs = bench.clock.nowMs();
      const bars = await bench.settle(bench.broker.quotes.listMinuteBars({ symbol: samsung, untilMs: nowMs }));
      checkThat(
        bars.every(({ startMs }) => startMs + 60_000 <= nowMs),
        'no bar is of the running minute',
        bars.at(-1),
      );
      const traded = bars.filter(({ volume }) => volume > 0);
      checkMatches(
        traded.map(({ closeKrw, volume, startMs }) => [closeKrw, volume, startMs % 60_000]),
        [
          [69_000, 5, 0],
          [69_100, 5, 0],
        ],
        'the bars that traded',
      );
    },
  },
  {
    id: 'QUOTE-050',
    promise: 'daily bars of a day without history are an answer, not an error',
    reason: 'a new issue has no past',
    async run({ broker, settle }) {
      const bars = await settle(broker.quotes.listDailyBars({ symbol: samsung, from: today, to: today }));
      checkThat(bars.length <= 1, 'one bar at most', bars);
    },
  },
  {
    id: 'QUOTE-060',
    promise: 'a symbol that nobody lists is a typed error',
    reason: 'a quote of zeros is a price to somebody',
    async run({ broker, settle }) {
      const error = await checkRejects(settle(broker.quotes.getQuote({ symbol: symbolCode('999999') })), 'the read');
      checkThat(BrokerError.isInstance(error), 'the error is a BrokerError', error);
    },
  },
  {
    id: 'QUOTE-070',
    promise: 'a halted issue is told as halted',
    reason: 'an order for it would wait for nobody knows how long',
    async run({ broker, settle }) {
      checkMatches((await settle(broker.quotes.getQuote({ symbol: symbolCode('035420') }))).halted, true, 'halted');
    },
  },
];
