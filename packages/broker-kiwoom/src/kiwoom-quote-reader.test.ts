import { kstEpochMs, type QuoteReader, symbolCode, tradingDate, UnexpectedResponseError } from '@qts/core';
import { createFakeClock } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import {
  createScriptedRestClient,
  type Script,
  type ScriptedRestClient,
} from '../test/support/scripted-rest-client.ts';
import { createKiwoomQuoteReader } from './kiwoom-quote-reader.ts';
import { type WireRow } from './wire-fields.ts';

const today = tradingDate('2026-09-14');
const hourMs = 3_600_000;
const nowMs = kstEpochMs(today, 10 * hourMs);
const samsung = symbolCode('005930');

function read(script: Script): ScriptedRestClient & { readonly quotes: QuoteReader } {
  const scripted = createScriptedRestClient(script);
  const clock = createFakeClock({ startMs: nowMs });
  return { ...scripted, quotes: createKiwoomQuoteReader({ rest: scripted.rest, clock }) };
}

const one = (body: WireRow) => () => ({ pages: [body] });

/** A ka10001, made up, on a day below the close. */
const price: WireRow = {
  stk_cd: '005930',
  cur_prc: '-69900',
  open_pric: ' 70000',
  high_pric: '+70100',
  low_pric: '-69800',
  base_pric: '70000',
  upl_pric: '+91000',
  lst_pric: '-49000',
  trde_qty: '4654178',
  exp_cntr_pric: '',
  exp_cntr_qty: '',
};
/** A ka10100, made up. */
const record: WireRow = {
  code: '005930',
  name: '삼성전자',
  listCount: '0000005846279000',
  auditInfo: '정상',
  lastPrice: '00070000',
  state: '증거금20%|담보대출|신용가능',
  marketCode: '0',
  orderWarning: '0',
  nxtEnable: 'Y',
};

describe('getQuote', () => {
  const quoteOf = (changes: { readonly price?: WireRow; readonly record?: WireRow }): ReturnType<typeof read> =>
    read({ ka10001: one({ ...price, ...changes.price }), ka10100: one({ ...record, ...changes.record }) });

  it('takes the signs of prices as directions, and the tick from the rule of the market', async () => {
    expect(await quoteOf({}).quotes.getQuote({ symbol: samsung })).toEqual({
      symbol: '005930',
      lastPriceKrw: 69_900,
      openPriceKrw: 70_000,
      highPriceKrw: 70_100,
      lowPriceKrw: 69_800,
      basePriceKrw: 70_000,
      upperLimitKrw: 91_000,
      lowerLimitKrw: 49_000,
      tickKrw: 100,
      volume: 4_654_178,
      halted: false,
      readAtMs: nowMs,
    });
  });

  it.each([
    ['empty', ''],
    ['zero', '0'],
    ['missing', undefined],
  ])('knows no open, high and low when they are %s', async (_name, value) => {
    const { quotes } = quoteOf({ price: { open_pric: value, high_pric: value, low_pric: value } });
    const quote = await quotes.getQuote({ symbol: samsung });
    expect(quote).not.toHaveProperty('openPriceKrw');
    expect(quote).not.toHaveProperty('highPriceKrw');
    expect(quote).not.toHaveProperty('lowPriceKrw');
  });

  it.each([
    ['state', { state: '증거금100%|거래정지' }, true],
    ['auditInfo', { auditInfo: '거래정지' }, true],
    ['neither', { state: '증거금100%|관리종목', auditInfo: '관리종목' }, false],
  ])('tells a halt by %s', async (_name, changes, halted) => {
    expect(await quoteOf({ record: changes }).quotes.getQuote({ symbol: samsung })).toMatchObject({ halted });
  });

  it.each([
    ['KRX', '005930'],
    ['NXT', '005930_NX'],
    ['SOR', '005930_AL'],
  ] as const)('asks for %s as %s, and for the record by the bare code', async (venue, code) => {
    const { quotes, requests } = quoteOf({ price: { stk_cd: code } });
    await quotes.getQuote({ symbol: samsung, venue });
    expect(requests).toEqual([
      { operation: 'ka10001', fields: { stk_cd: code } },
      { operation: 'ka10100', fields: { stk_cd: '005930' } },
    ]);
  });

  it.each([
    ['the price of another issue', { price: { stk_cd: '000660' } }],
    ['the record of another issue', { record: { code: '000660' } }],
    ['a row of empty texts', { price: { stk_cd: '', cur_prc: '' } }],
    ['a market whose tick is not known', { record: { marketCode: '80' } }],
    ['no limits', { price: { upl_pric: '' } }],
  ])('fails for %s', async (_name, changes) => {
    await expect(quoteOf(changes).quotes.getQuote({ symbol: samsung })).rejects.toThrow(UnexpectedResponseError);
  });
});

describe('getOrderBook', () => {
  /** A ka10004 with every level at zero, but for some. */
  function book(changes: WireRow): WireRow {
    const levels = Object.fromEntries(
      Array.from({ length: 9 }, (_, index) => index + 2).flatMap((level) =>
        ['sel', 'buy'].flatMap((side) => [
          [`${side}_${level}th_pre_bid`, '0'],
          [`${side}_${level}th_pre_req`, '0'],
        ]),
      ),
    ) as WireRow;
    const best = { sel_fpr_bid: '0', sel_fpr_req: '0', buy_fpr_bid: '0', buy_fpr_req: '0' };
    return { bid_req_base_tm: '100000', ...best, ...levels, ...changes };
  }
  const levels = {
    sel_fpr_bid: '+70100',
    sel_fpr_req: '5',
    buy_fpr_bid: '-69900',
    buy_fpr_req: '7',
    // Levels need not be evenly spaced, nor filled without a gap.
    buy_3th_pre_bid: '-69500',
    buy_3th_pre_req: '9',
  };

  it('is best level first, without the levels that have no price', async () => {
    const { quotes } = read({ ka10004: one(book(levels)), ka10001: one(price) });
    expect(await quotes.getOrderBook({ symbol: samsung })).toEqual({
      symbol: '005930',
      asks: [{ priceKrw: 70_100, quantity: 5 }],
      bids: [
        { priceKrw: 69_900, quantity: 7 },
        { priceKrw: 69_500, quantity: 9 },
      ],
      readAtMs: nowMs,
    });
  });

  it('is empty after the close', async () => {
    const { quotes } = read({ ka10004: one(book({})), ka10001: one(price) });
    expect(await quotes.getOrderBook({ symbol: samsung })).toMatchObject({ asks: [], bids: [] });
  });

  it('carries the expected match of an auction', async () => {
    const auction = { ...price, exp_cntr_pric: '+70200', exp_cntr_qty: '120' };
    const { quotes } = read({ ka10004: one(book(levels)), ka10001: one(auction) });
    expect(await quotes.getOrderBook({ symbol: samsung })).toMatchObject({
      expectedPriceKrw: 70_200,
      expectedQuantity: 120,
    });
  });

  it('asks NXT by its suffix', async () => {
    const { quotes, requests } = read({ ka10004: one(book(levels)), ka10001: one(price) });
    await quotes.getOrderBook({ symbol: samsung, venue: 'NXT' });
    expect(requests.map(({ fields }) => fields)).toEqual([{ stk_cd: '005930_NX' }, { stk_cd: '005930_NX' }]);
  });

  it('reads both venues together from the operation that adds them up', async () => {
    const combined = Object.fromEntries(
      Array.from({ length: 10 }, (_, index) => index + 1).flatMap((level) => [
        [`sel_${level}bid`, `-${70_000 + level * 100}`],
        [`sel_${level}bid_req`, String(level)],
        [`buy_${level}bid`, `-${70_000 - level * 100}`],
        [`buy_${level}bid_req`, String(level)],
      ]),
    ) as WireRow;
    const { quotes, requests } = read({ ka10007: one({ stk_cd: '005930_AL', tm: '100000', ...combined }) });
    const { asks, bids } = await quotes.getOrderBook({ symbol: samsung, venue: 'SOR' });
    expect([asks.length, bids.length]).toEqual([10, 10]);
    expect([asks[0], bids[0]]).toEqual([
      { priceKrw: 70_100, quantity: 1 },
      { priceKrw: 69_900, quantity: 1 },
    ]);
    expect(requests).toEqual([{ operation: 'ka10007', fields: { stk_cd: '005930_AL' } }]);
  });
});

describe('listDailyBars', () => {
  const day = (dt: string, changes: WireRow = {}): WireRow => ({
    dt,
    open_pric: '100',
    high_pric: '120',
    low_pric: '90',
    cur_prc: '110',
    trde_qty: '7',
    trde_prica: '3',
    ...changes,
  });
  const chart = (pages: readonly (readonly WireRow[])[]): ReturnType<typeof read> =>
    read({ ka10081: () => ({ pages: pages.map((rows) => ({ stk_dt_pole_chart_qry: rows })) }) });
  const span = { symbol: samsung, from: tradingDate('2026-09-09'), to: tradingDate('2026-09-11') };

  it('are as traded, begin at midnight in Korea and come oldest first', async () => {
    const { quotes, requests } = chart([[day('20260911'), day('20260910'), day('20260909')]]);
    const bars = await quotes.listDailyBars(span);
    expect(bars.map((bar) => bar.tradingDate)).toEqual(['2026-09-09', '2026-09-10', '2026-09-11']);
    expect(bars[0]).toEqual({
      startMs: Date.parse('2026-09-08T15:00:00Z'),
      tradingDate: '2026-09-09',
      openKrw: 100,
      highKrw: 120,
      lowKrw: 90,
      closeKrw: 110,
      volume: 7,
    });
    expect(requests).toEqual([
      { operation: 'ka10081', fields: { stk_cd: '005930', base_dt: '20260911', upd_stkpc_tp: '0' } },
    ]);
  });

  it('turn no more pages than the span needs, and show nothing outside of it', async () => {
    const { quotes, requests } = chart([
      [day('20260911'), day('20260910')],
      [day('20260909'), day('20260908')],
      [day('20260907')],
    ]);
    expect(await quotes.listDailyBars(span)).toHaveLength(3);
    expect(requests).toHaveLength(2);
  });

  it('end where the issue begins', async () => {
    expect(await chart([[day('20260911')], [day('20260910')]]).quotes.listDailyBars(span)).toHaveLength(2);
  });

  it('count a day that comes on two pages once, as it was read last', async () => {
    const { quotes } = chart([[day('20260911')], [day('20260911', { trde_qty: '8' }), day('20260909')]]);
    expect(await quotes.listDailyBars(span)).toMatchObject([{ tradingDate: '2026-09-09' }, { volume: 8 }]);
  });

  it('skip rows without a date, and read prices with a sign', async () => {
    const { quotes } = chart([[day('20260911', { cur_prc: '-110' }), day('')]]);
    expect(await quotes.listDailyBars(span)).toMatchObject([{ closeKrw: 110 }]);
  });

  it('ask nothing for a span that ends before it begins', async () => {
    const { quotes, requests } = chart([]);
    expect(await quotes.listDailyBars({ ...span, to: tradingDate('2026-09-08') })).toEqual([]);
    expect(requests).toEqual([]);
  });

  it('fail rather than begin too late when pages never lead back', async () => {
    const pages = Array.from({ length: 60 }, () => [day('20260911')]);
    await expect(chart(pages).quotes.listDailyBars(span)).rejects.toMatchObject({ code: 'CHART_INCOMPLETE' });
  });

  it.each([
    ['a date that is none', { dt: '2026-9-1' }],
    ['no price', { cur_prc: '' }],
    ['a volume with a sign', { trde_qty: '-7' }],
  ])('fail for a row with %s', async (_name, changes) => {
    await expect(chart([[day('20260911', changes)]]).quotes.listDailyBars(span)).rejects.toThrow(
      UnexpectedResponseError,
    );
  });
});

describe('listMinuteBars', () => {
  const minute = (cntr_tm: string): WireRow => ({
    cntr_tm,
    open_pric: '-78850',
    high_pric: '-78900',
    low_pric: '-78800',
    cur_prc: '-78800',
    trde_qty: '7913',
  });
  const chart = (pages: readonly (readonly WireRow[])[]): ReturnType<typeof read> =>
    read({ ka10080: () => ({ pages: pages.map((rows) => ({ stk_min_pole_chart_qry: rows })) }) });

  it('are those of today up to an instant, oldest first', async () => {
    const rows = ['20260914095900', '20260914095800', '20260914090000', '20260911152900'].map(minute);
    const { quotes, requests } = chart([rows]);
    const untilMs = kstEpochMs(today, 10 * hourMs) - 120_000;
    expect(await quotes.listMinuteBars({ symbol: samsung, untilMs })).toEqual(
      [9 * hourMs, 10 * hourMs - 120_000].map((timeMs) => ({
        startMs: kstEpochMs(today, timeMs),
        tradingDate: '2026-09-14',
        openKrw: 78_850,
        highKrw: 78_900,
        lowKrw: 78_800,
        closeKrw: 78_800,
        volume: 7_913,
      })),
    );
    expect(requests).toEqual([
      { operation: 'ka10080', fields: { stk_cd: '005930', tic_scope: '1', upd_stkpc_tp: '0' } },
    ]);
  });

  it('show none that lies ahead or is not over', async () => {
    const { quotes } = chart([['20260914100100', '20260914100000', '20260914095900'].map(minute)]);
    const bars = await quotes.listMinuteBars({ symbol: samsung, untilMs: nowMs + hourMs });
    expect(bars.map(({ startMs }) => startMs)).toEqual([nowMs - 60_000]);
  });

  it('turn pages until yesterday, and no further', async () => {
    const { quotes, requests } = chart([
      ['20260914095900'].map(minute),
      ['20260914095800', '20260911152900'].map(minute),
      ['20260911152800'].map(minute),
    ]);
    expect(await quotes.listMinuteBars({ symbol: samsung, untilMs: nowMs })).toHaveLength(2);
    expect(requests).toHaveLength(2);
  });

  it.each(['20260914', '20260914888888', '09:59:00'])('fail for a stamp that is no instant: %s', async (stamp) => {
    await expect(chart([[minute(stamp)]]).quotes.listMinuteBars({ symbol: samsung, untilMs: nowMs })).rejects.toThrow(
      UnexpectedResponseError,
    );
  });
});
