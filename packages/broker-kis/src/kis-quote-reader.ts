import {
  type Bar,
  type CallOptions,
  type Clock,
  type EpochMs,
  kstDate,
  kstDateTime,
  kstEpochMs,
  type OrderBookSnapshot,
  type Quote,
  type QuoteReader,
  type SymbolCode,
  timeOfDayMs,
  type TradingDate,
  type Venue,
} from '@qts/core';
import { colonTime, isoDate } from './kis-order-snapshots.ts';
import { type KisRestClient } from './kis-rest-client.ts';
import { inquireAskingPriceExpCcn } from './rest/inquire-asking-price-exp-ccn.ts';
import {
  chartPeriodCodes,
  chartPriceCodes,
  dailyChartRowsMax,
  inquireDailyItemchartprice,
  type KisDailyBar,
} from './rest/inquire-daily-itemchartprice.ts';
import { inquirePrice, quoteMarketCodes } from './rest/inquire-price.ts';
import {
  inquireTimeItemchartprice,
  type KisMinuteBar,
  minuteChartRowsMax,
} from './rest/inquire-time-itemchartprice.ts';

/** Requests for one chart at most: 40 × 100 days are sixteen years, 40 × 30 minutes are more than a day. */
const chartRequestsMax = 40;
const dayMs = 86_400_000;
const minuteMs = 60_000;

/** Reads quotes and charts at KIS. Charts are as traded, not adjusted, and KRX's own. */
export function createKisQuoteReader({
  rest,
  clock,
}: {
  readonly rest: KisRestClient;
  readonly clock: Clock;
}): QuoteReader {
  return {
    brokerId: 'kis',
    async getQuote({ symbol, venue = 'KRX' }, options: CallOptions = {}): Promise<Quote> {
      const price = await rest.read(inquirePrice, 'ONLY', issueFields(symbol, venue), options);
      const { openPriceKrw, highPriceKrw, lowPriceKrw, ...figures } = price;
      return {
        symbol,
        ...figures,
        // Zero is how KIS says that nothing has traded yet.
        ...(openPriceKrw === 0 ? {} : { openPriceKrw }),
        ...(highPriceKrw === 0 ? {} : { highPriceKrw }),
        ...(lowPriceKrw === 0 ? {} : { lowPriceKrw }),
        readAtMs: clock.nowMs(),
      };
    },
    async getOrderBook({ symbol, venue = 'KRX' }, options: CallOptions = {}): Promise<OrderBookSnapshot> {
      const book = await rest.read(inquireAskingPriceExpCcn, 'ONLY', issueFields(symbol, venue), options);
      const { asks, bids, expectedPriceKrw, expectedQuantity } = book;
      return {
        symbol,
        asks,
        bids,
        ...(expectedPriceKrw === 0 ? {} : { expectedPriceKrw, expectedQuantity }),
        readAtMs: clock.nowMs(),
      };
    },
    async listDailyBars({ symbol, from, to }, options: CallOptions = {}): Promise<readonly Bar[]> {
      const bars = new Map<string, KisDailyBar>();
      let until = to;
      for (let request = 0; request < chartRequestsMax && until >= from; request += 1) {
        const page = await rest.read(
          inquireDailyItemchartprice,
          'ONLY',
          {
            ...issueFields(symbol, 'KRX'),
            FID_INPUT_DATE_1: from.replaceAll('-', ''),
            FID_INPUT_DATE_2: until.replaceAll('-', ''),
            FID_PERIOD_DIV_CODE: chartPeriodCodes.DAY,
            FID_ORG_ADJ_PRC: chartPriceCodes.AS_TRADED,
          },
          options,
        );
        for (const bar of page) bars.set(bar.date, bar);
        const oldest = page.reduce((least, { date }) => (date < least ? date : least), '99999999');
        if (page.length < dailyChartRowsMax || oldest === '99999999') break;
        until = dayBefore(isoDate(oldest));
      }
      return [...bars.values()].map(toDailyBar).sort(byStart);
    },
    async listMinuteBars({ symbol, untilMs }, options: CallOptions = {}): Promise<readonly Bar[]> {
      const nowMs = clock.nowMs();
      // A time that lies ahead is answered with made-up rows.
      let endMs = Math.min(untilMs, nowMs);
      const today = kstDate(endMs);
      const bars = new Map<string, KisMinuteBar>();
      for (let request = 0; request < chartRequestsMax; request += 1) {
        const page = await rest.read(
          inquireTimeItemchartprice,
          'ONLY',
          {
            ...issueFields(symbol, 'KRX'),
            FID_INPUT_HOUR_1: kstDateTime(endMs).slice(11, 19).replaceAll(':', ''),
            FID_PW_DATA_INCU_YN: 'N',
            FID_ETC_CLS_CODE: '',
          },
          options,
        );
        const todays = page.filter(({ date }) => isoDate(date) === today);
        const before = bars.size;
        for (const bar of todays) if (!bars.has(bar.time)) bars.set(bar.time, bar);
        const oldest = todays.reduce((least, { time }) => (time < least ? time : least), '999999');
        if (page.length < minuteChartRowsMax || bars.size === before) break;
        endMs = startOf(today, oldest) - minuteMs;
      }
      return (
        [...bars.values()]
          .map(toMinuteBar)
          .sort(byStart)
          // The running minute shows the volume of the one before until its first trade.
          .filter(({ startMs }) => startMs <= untilMs && startMs + minuteMs <= nowMs)
      );
    },
  };
}

function issueFields(
  symbol: SymbolCode,
  venue: Venue,
): { readonly FID_COND_MRKT_DIV_CODE: string; readonly FID_INPUT_ISCD: string } {
  return { FID_COND_MRKT_DIV_CODE: quoteMarketCodes[venue], FID_INPUT_ISCD: symbol };
}

function toDailyBar({ date, ...figures }: KisDailyBar): Bar {
  const tradingDate = isoDate(date);
  return { startMs: kstEpochMs(tradingDate, 0), tradingDate, ...figures };
}

function toMinuteBar({ date, time, ...figures }: KisMinuteBar): Bar {
  const tradingDate = isoDate(date);
  return { startMs: startOf(tradingDate, time), tradingDate, ...figures };
}

function startOf(date: TradingDate, time: string): EpochMs {
  return kstEpochMs(date, timeOfDayMs(colonTime(time)));
}

function dayBefore(date: TradingDate): TradingDate {
  return kstDate(kstEpochMs(date, 0) - dayMs);
}

function byStart(one: Bar, other: Bar): number {
  return one.startMs - other.startMs;
}
