import {
  type Bar,
  type CallOptions,
  type Clock,
  kstDate,
  kstEpochMs,
  type OrderBookSnapshot,
  type Quote,
  type QuoteReader,
  type SymbolCode,
  timeOfDayMs,
  type TradingDate,
  UnexpectedResponseError,
  type Venue,
} from '@qts/core';
import { colonTime, isoDate } from './kiwoom-order-snapshots.ts';
import { type KiwoomRestClient } from './kiwoom-rest-client.ts';
import { quoteCodeOf, readQuoteCode } from './kiwoom-symbols.ts';
import { tickOf } from './kiwoom-ticks.ts';
import { ka10001, type KiwoomPriceAnswer } from './rest/ka10001.ts';
import { ka10004 } from './rest/ka10004.ts';
import { ka10007 } from './rest/ka10007.ts';
import { chartPriceCodes, ka10080, type KiwoomMinuteBar, minuteScopeCodes } from './rest/ka10080.ts';
import { ka10081, type KiwoomDailyBar } from './rest/ka10081.ts';
import { ka10100 } from './rest/ka10100.ts';
import { unexpectedField } from './wire-fields.ts';

/** Requests for one chart at most. At the 600 rows that are reported, 40 are more than ninety years. */
const chartRequestsMax = 40;
const dayMs = 86_400_000;

/** Reads quotes and charts at Kiwoom. Charts are as traded, not adjusted, and KRX's own. */
export function createKiwoomQuoteReader({
  rest,
  clock,
}: {
  readonly rest: KiwoomRestClient;
  readonly clock: Clock;
}): QuoteReader {
  async function readPrice(symbol: SymbolCode, venue: Venue, options: CallOptions): Promise<KiwoomPriceAnswer> {
    const price = await rest.read(ka10001, { stk_cd: quoteCodeOf(symbol, venue) }, options);
    assertIssue('ka10001', price.code, symbol);
    return price;
  }

  return {
    brokerId: 'kiwoom',
    async getQuote({ symbol, venue = 'KRX' }, options: CallOptions = {}): Promise<Quote> {
      // The price says neither the tick nor a halt: the master record does, and has a rate limit of its own.
      const [price, info] = await Promise.all([
        readPrice(symbol, venue, options),
        rest.read(ka10100, { stk_cd: symbol }, options),
      ]);
      assertIssue('ka10100', info.code, symbol);
      const { openPriceKrw, highPriceKrw, lowPriceKrw } = price;
      const tickKrw = tickOf(info.marketCode, price.lastPriceKrw);
      if (tickKrw === undefined) {
        throw unexpectedField('ka10100', 'marketCode', 'a market whose tick is known', info.marketCode);
      }
      return {
        symbol,
        lastPriceKrw: price.lastPriceKrw,
        basePriceKrw: price.basePriceKrw,
        upperLimitKrw: price.upperLimitKrw,
        lowerLimitKrw: price.lowerLimitKrw,
        volume: price.volume,
        tickKrw,
        halted: info.halted,
        // Empty and zero are how Kiwoom says that nothing has traded yet.
        ...(openPriceKrw === 0 ? {} : { openPriceKrw }),
        ...(highPriceKrw === 0 ? {} : { highPriceKrw }),
        ...(lowPriceKrw === 0 ? {} : { lowPriceKrw }),
        readAtMs: clock.nowMs(),
      };
    },
    async getOrderBook({ symbol, venue = 'KRX' }, options: CallOptions = {}): Promise<OrderBookSnapshot> {
      if (venue === 'SOR') {
        const book = await rest.read(ka10007, { stk_cd: quoteCodeOf(symbol, venue) }, options);
        assertIssue('ka10007', book.code, symbol, venue);
        return toBook(symbol, book, book, clock);
      }
      // The book of one venue does not carry the expected match of an auction; the price does.
      const [book, price] = await Promise.all([
        rest.read(ka10004, { stk_cd: quoteCodeOf(symbol, venue) }, options),
        readPrice(symbol, venue, options),
      ]);
      return toBook(symbol, book, price, clock);
    },
    async listDailyBars({ symbol, from, to }, options: CallOptions = {}): Promise<readonly Bar[]> {
      const bars = new Map<string, KiwoomDailyBar>();
      let until = to;
      for (let request = 0; until >= from; request += 1) {
        if (request === chartRequestsMax) throw chartIncomplete(symbol, bars.size);
        const page = await rest.read(
          ka10081,
          { stk_cd: symbol, base_dt: until.replaceAll('-', ''), upd_stkpc_tp: chartPriceCodes.AS_TRADED },
          options,
        );
        for (const bar of page) bars.set(bar.date, bar);
        // The length of a page is not documented: what ends the walk is a page that leads no further back.
        const oldest = page.reduce((least, { date }) => (date < least ? date : least), until.replaceAll('-', ''));
        if (page.length === 0 || isoDate(oldest) > until) break;
        until = dayBefore(isoDate(oldest));
      }
      return [...bars.values()]
        .map(toDailyBar)
        .filter(({ tradingDate }) => tradingDate >= from && tradingDate <= to)
        .sort(byStart);
    },
    async listMinuteBars({ symbol, untilMs }, options: CallOptions = {}): Promise<readonly Bar[]> {
      const nowMs = clock.nowMs();
      const today = kstDate(nowMs);
      const page = await rest.read(
        ka10080,
        { stk_cd: symbol, tic_scope: minuteScopeCodes[0], upd_stkpc_tp: chartPriceCodes.AS_TRADED },
        options,
      );
      const bars = new Map(page.map((bar) => [`${bar.date}${bar.time}`, bar]));
      return [...bars.values()]
        .map(toMinuteBar)
        .filter(({ tradingDate, startMs }) => tradingDate === today && startMs <= Math.min(untilMs, nowMs))
        .sort(byStart);
    },
  };
}
