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
  UnexpectedResponseError,
  type Venue,
} from '@qts/core';
import { type KiwoomFields, type KiwoomPageKey, type KiwoomRestClient } from './kiwoom-rest-client.ts';
import { quoteCodeOf, readQuoteCode } from './kiwoom-symbols.ts';
import { tickOf } from './kiwoom-ticks.ts';
import { instantOf, isoDate, wireDate } from './kiwoom-times.ts';
import { ka10001, type KiwoomPriceAnswer } from './rest/ka10001.ts';
import { ka10004, type KiwoomBookAnswer } from './rest/ka10004.ts';
import { ka10007 } from './rest/ka10007.ts';
import { chartPriceCodes, ka10080, type KiwoomMinuteBar, minuteScopes } from './rest/ka10080.ts';
import { ka10081, type KiwoomDailyBar } from './rest/ka10081.ts';
import { ka10100 } from './rest/ka10100.ts';
import { type KiwoomOperation } from './rest/operation.ts';
import { unexpectedField } from './wire-fields.ts';

/** Requests for one chart at most. At the 600 days a page that are reported, 40 are more than ninety years. */
const chartRequestsMax = 40;
const minuteMs = 60_000;

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

  /**
   * Rows of a chart, newest first, back to one that is far enough or to its beginning.
   *
   * @throws {UnexpectedResponseError} when neither came: bars with a hole at the beginning look like a chart.
   */
  async function readBack<Field extends string, Row>(
    operation: KiwoomOperation<Field, readonly Row[]>,
    fields: KiwoomFields<Field>,
    isFarEnough: (row: Row) => boolean,
    options: CallOptions,
  ): Promise<readonly Row[]> {
    const rows: Row[] = [];
    let after: KiwoomPageKey | undefined;
    for (let request = 0; request < chartRequestsMax; request += 1) {
      const page = await rest.readPage(operation, fields, { ...options, ...(after === undefined ? {} : { after }) });
      rows.push(...page.answer);
      if (page.next === undefined || page.answer.some(isFarEnough)) return rows;
      after = page.next;
    }
    throw new UnexpectedResponseError({
      code: 'CHART_INCOMPLETE',
      summary: 'The chart did not end where it should.',
      facts: {
        environment: rest.environment,
        operation: operation.name,
        requests: chartRequestsMax,
        rows: rows.length,
      },
      next: 'Ask for a shorter span. If a short one fails too, the broker may have changed its paging: report this.',
    });
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
        assertIssue('ka10007', book.code, symbol);
        return toBook(symbol, book, book, clock.nowMs());
      }
      // The book of one venue does not carry the expected match of an auction; the price does.
      const [book, price] = await Promise.all([
        rest.read(ka10004, { stk_cd: quoteCodeOf(symbol, venue) }, options),
        readPrice(symbol, venue, options),
      ]);
      return toBook(symbol, book, price, clock.nowMs());
    },
    async listDailyBars({ symbol, from, to }, options: CallOptions = {}): Promise<readonly Bar[]> {
      if (to < from) return [];
      const fields = { stk_cd: symbol, base_dt: wireDate(to), upd_stkpc_tp: chartPriceCodes.AS_TRADED };
      const rows = await readBack(ka10081, fields, ({ date }) => isoDate(date) <= from, options);
      return toBars(rows.map(toDailyBar)).filter(({ tradingDate }) => tradingDate >= from && tradingDate <= to);
    },
    async listMinuteBars({ symbol, untilMs }, options: CallOptions = {}): Promise<readonly Bar[]> {
      const nowMs = clock.nowMs();
      const today = kstDate(nowMs);
      const fields = { stk_cd: symbol, tic_scope: minuteScopes.ONE, upd_stkpc_tp: chartPriceCodes.AS_TRADED };
      const rows = await readBack(ka10080, fields, ({ date }) => isoDate(date) < today, options);
      // The running minute is not whole.
      const lastMs = Math.min(untilMs, nowMs - minuteMs);
      return toBars(rows.map(toMinuteBar)).filter(
        ({ tradingDate, startMs }) => tradingDate === today && startMs <= lastMs,
      );
    },
  };
}

/** The answer has to be about the issue that was asked for; a venue is compared where the answer names one. */
function assertIssue(operation: string, code: string, symbol: SymbolCode): void {
  if (readQuoteCode(code)?.symbol !== symbol) {
    throw unexpectedField(operation, 'stk_cd', 'the issue that was asked for', code);
  }
}

function toBook(
  symbol: SymbolCode,
  { asks, bids }: KiwoomBookAnswer,
  { expectedPriceKrw, expectedQuantity }: Pick<KiwoomPriceAnswer, 'expectedPriceKrw' | 'expectedQuantity'>,
  readAtMs: number,
): OrderBookSnapshot {
  return {
    symbol,
    asks,
    bids,
    ...(expectedPriceKrw === 0 ? {} : { expectedPriceKrw, expectedQuantity }),
    readAtMs,
  };
}

function toDailyBar({ date, openKrw, highKrw, lowKrw, closeKrw, volume }: KiwoomDailyBar): Bar {
  const tradingDate = isoDate(date);
  return { startMs: kstEpochMs(tradingDate, 0), tradingDate, openKrw, highKrw, lowKrw, closeKrw, volume };
}

function toMinuteBar({ date, time, ...figures }: KiwoomMinuteBar): Bar {
  const tradingDate = isoDate(date);
  return { startMs: instantOf(tradingDate, time), tradingDate, ...figures };
}

/** Oldest first, each once: a bar that grew while the pages were read counts as it was read last. */
function toBars(bars: readonly Bar[]): readonly Bar[] {
  const byStart = new Map(bars.map((bar) => [bar.startMs, bar]));
  return [...byStart.values()].sort((one, other) => one.startMs - other.startMs);
}
