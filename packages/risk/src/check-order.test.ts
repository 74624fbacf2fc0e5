import { type FailsafeCode, type Quote, krw, shares, symbolCode } from '@qts/core';
import { buildExecutionIntent } from '@qts/core/testing';
import { kstInstantMs, timeOfDay } from '@qts/krx';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkOrder } from './check-order.ts';
import { createMarketDay } from './market-day.ts';
import { type RiskLimits, riskLimitsDefault } from './risk-limits.ts';
import { type AccountView, type InstrumentFacts, type RiskView } from './risk-view.ts';

const samsung = symbolCode('005930');
const tradingDate = '2026-09-14';
const at = (time: string): number => kstInstantMs(tradingDate, timeOfDay(time));

const quoteAt = (nowMs: number, fields: Partial<Quote> = {}): Quote => ({
  ...{ symbol: samsung, lastPriceKrw: krw(70_000), basePriceKrw: krw(70_000), tickKrw: krw(100) },
  ...{ upperLimitKrw: krw(91_000), lowerLimitKrw: krw(49_000), volume: shares(1_000), halted: false, readAtMs: nowMs },
  ...fields,
});

interface Situation {
  readonly intent?: Parameters<typeof buildExecutionIntent>[0];
  readonly time?: string;
  readonly date?: string;
  readonly quote?: Partial<Quote> | 'none';
  readonly instrument?: Partial<InstrumentFacts>;
  readonly account?: Partial<AccountView>;
  readonly limits?: Partial<RiskLimits>;
  readonly clockAhead?: RiskView['clockAhead'];
  /** As it may come from outside, where types hold nobody back. */
  readonly raw?: Record<string, unknown>;
}

/** An order that is allowed, but for what the situation changes. */
function check(situation: Situation): ReturnType<typeof checkOrder> {
  const { date = tradingDate, time = '10:00', quote, instrument, account, limits, clockAhead, raw } = situation;
  const nowMs = kstInstantMs(date, timeOfDay(time));
  const market = createMarketDay({
    tradingDate: date,
    instruments: [{ symbol: samsung, market: 'KOSPI', productClass: 'STOCK', conditions: [], ...instrument }],
    quote: () => (quote === 'none' ? undefined : quoteAt(nowMs, quote)),
  });
  const intent = { ...buildExecutionIntent(situation.intent), ...raw };
  const rich: AccountView = {
    ...{ orderableCashKrw: 100_000_000, openOrdersTotal: 0, ordersToday: 0 },
    ...{ equityKrw: 100_000_000, openingEquityKrw: 100_000_000, exposureKrw: 0 },
    sellableQuantity: () => 1_000,
    openOrders: () => new Set(),
    symbolExposureKrw: () => 0,
  };
  const view = {
    ...{ nowMs, market, account: Object.assign(rich, account) },
    ...(clockAhead === undefined ? undefined : { clockAhead }),
  };
  return checkOrder(intent, view, { ...riskLimitsDefault, ...limits });
}

const openOrder =
  (limitPriceKrw?: number): AccountView['openOrders'] =>
  () =>
    new Set([{ limitPriceKrw }]);
const openOn = (side: 'BUY' | 'SELL', limitPriceKrw?: number): Partial<AccountView> => ({
  openOrders: (_, asked) => (asked === side ? openOrder(limitPriceKrw)(samsung, asked) : new Set()),
});

describe('checkOrder', () => {
  it('allows an order that keeps every rule, and says what a share can cost', () => {
    expect(check({})).toEqual({ allowed: true, worstPriceKrw: 70_000 });
  });

  it.each([
    ['a market order', { intentType: 'MARKET' }],
    ['a conditional limit, which becomes a market order', { intentType: 'CONDITIONAL_LIMIT' }],
  ] as const)('values %s at the upper limit', (_, intent) => {
    expect(check({ intent, limits: { symbolExposureMaxBps: 10_000 } })).toEqual({
      allowed: true,
      worstPriceKrw: 91_000,
    });
  });

  const denials: readonly (readonly [string, FailsafeCode, Situation])[] = [
    ['a NOOP', 'G_EXE_NOOP_POLICY', { intent: { intentType: 'NOOP' } }],
    ['a day beyond the calendar', 'G_EXE_CALENDAR_UNKNOWN', { date: '2031-03-03' }],
    ['a holiday', 'G_EXE_MARKET_CLOSED', { date: '2026-10-09' }],
    ['a weekend', 'G_EXE_MARKET_CLOSED', { date: '2026-09-12' }],
    ['an empty symbol', 'G_EXE_SYMBOL_EMPTY', { raw: { symbol: '' } }],
    ['a symbol that the master does not have', 'G_EXE_SYMBOL_UNKNOWN', { intent: { symbol: '000660' } }],
    ['the night', 'G_EXE_SESSION_CLOSED', { time: '03:00' }],
    ['the guard band before the end', 'G_EXE_SESSION_CLOSED', { time: '15:29:59' }],
    [
      'what is too near to the end by a clock that is ahead',
      'G_EXE_SESSION_CLOSED',
      { time: '15:29:56', clockAhead: { leastMs: 0, mostMs: 3_000 } },
    ],
    [
      'a session that is not open yet by a clock that is behind',
      'G_EXE_SESSION_CLOSED',
      { time: '08:30:02', clockAhead: { leastMs: -3_000, mostMs: 0 } },
    ],
    ['another session than the open one', 'G_EXE_SESSION_CLOSED', { intent: { session: 'AFTER_MARKET' } }],
    ['a condition that the master does not confirm', 'G_EXE_TYPE_NOT_ALLOWED', { intent: { venue: 'NXT' } }],
    [
      'a type that the window does not take',
      'G_EXE_TYPE_NOT_ALLOWED',
      { intent: { intentType: 'MIDPOINT' }, time: '08:45' },
    ],
    ['a symbol without a quote', 'G_EXE_QUOTE_MISSING', { quote: 'none' }],
    ['a halted symbol', 'G_EXE_SYMBOL_HALTED', { quote: { halted: true } }],
    ['limits that do not fit their base', 'GR040', { quote: { upperLimitKrw: krw(92_000) } }],
    ['an old quote', 'G_EXE_QUOTE_STALE', { quote: { readAtMs: at('09:59:57') - 1 } }],
    ['a limit without a price', 'G_EXE_PRICE_MISSING', { raw: { limitPriceKrw: undefined } }],
    [
      'a market order with a price',
      'G_EXE_PRICE_NOT_ALLOWED',
      { intent: { intentType: 'MARKET' }, raw: { limitPriceKrw: 70_000 } },
    ],
    ['a price off the tick', 'G_EXE_PRICE_OFF_TICK', { intent: { limitPriceKrw: 70_050 } }],
    ['a price above the upper limit', 'G_EXE_PRICE_OUTSIDE_LIMITS', { intent: { limitPriceKrw: 91_100 } }],
    ['a price below the lower limit', 'G_EXE_PRICE_OUTSIDE_LIMITS', { intent: { limitPriceKrw: 48_950 } }],
    ['a stop off the tick', 'G_EXE_PRICE_OFF_TICK', { intent: { intentType: 'STOP_LIMIT', stopPriceKrw: 71_010 } }],
    ['a price too far from the last trade', 'G_EXE_PRICE_OUTSIDE_COLLAR', { intent: { limitPriceKrw: 77_100 } }],
    ['no shares', 'G_EXE_QTY_NONPOSITIVE', { raw: { quantity: 0 } }],
    ['a part of a share', 'G_EXE_QTY_NONPOSITIVE', { raw: { quantity: 1.5 } }],
    ['too many shares', 'G_EXE_QTY_ABOVE_LIMIT', { intent: { quantity: 10_001 } }],
    ['too much money', 'G_EXE_VALUE_ABOVE_LIMIT', { intent: { quantity: 2_000 } }],
    [
      'more than the exchange takes of the listed shares',
      'G_EXE_QTY_ABOVE_LIMIT',
      {
        intent: { quantity: 20_000 },
        limits: { orderQuantityMax: 1e6, orderValueMaxKrw: 1e11 },
        instrument: { listedShares: 1_000_000 },
      },
    ],
    [
      'a large order of unknown listed shares',
      'G_EXE_QTY_ABOVE_LIMIT',
      { intent: { quantity: 20_000 }, limits: { orderQuantityMax: 1e6, orderValueMaxKrw: 1e11 } },
    ],
    ['more than the cash with its fee', 'G_EXE_CASH_INSUFFICIENT', { account: { orderableCashKrw: 700_699 } }],
    [
      'more than the shares for sale',
      'G_EXE_SHARES_INSUFFICIENT',
      { intent: { side: 'SELL' }, account: { sellableQuantity: () => 9 } },
    ],
    ['a buy that meets our own sell', 'G_EXE_SELF_CROSS', { account: openOn('SELL', 70_000) }],
    ['a buy against our sell at any price', 'G_EXE_SELF_CROSS', { account: openOn('SELL') }],
    ['a sell that meets our own buy', 'G_EXE_SELF_CROSS', { intent: { side: 'SELL' }, account: openOn('BUY', 70_000) }],
    ['a second order of the side', 'G_EXE_OPEN_ORDER_EXISTS', { account: openOn('BUY', 69_000) }],
    ['more open orders than can be canceled', 'G_EXE_OPEN_ORDERS_LIMIT', { account: { openOrdersTotal: 30 } }],
    ['more orders than a day has', 'G_EXE_DAILY_ORDER_LIMIT', { account: { ordersToday: 100 } }],
    ['a buy after a day of losses', 'GR020', { account: { equityKrw: 97_000_000 } }],
    ['too much exposure', 'GR001', { account: { exposureKrw: 94_300_001 } }],
    ['too much of one symbol', 'GR010', { account: { symbolExposureKrw: () => 14_300_001 } }],
  ];
  it.each(denials)('denies %s with %s', (_, code, situation) => {
    expect(check(situation)).toMatchObject({ allowed: false, code });
  });

  it.each([
    ['the last second before the guard band', { time: '15:29:58' }],
    [
      'the last second before the guard band of a clock that is ahead',
      { time: '15:29:55', clockAhead: { leastMs: 0, mostMs: 3_999 } },
    ],
    ['a session that opened by both clocks', { time: '08:30:03', clockAhead: { leastMs: -3_000, mostMs: 0 } }],
    ['a quote that is just young enough', { quote: { readAtMs: at('09:59:57') } }],
    ['an old quote while an auction collects', { time: '08:45', quote: { readAtMs: at('08:00') } }],
    ['the edge of the collar', { intent: { limitPriceKrw: 77_000 } }],
    ['the last won of cash', { account: { orderableCashKrw: 700_700 } }],
    ['a buy below our own sell', { account: openOn('SELL', 70_100) }],
    ['all that is for sale', { intent: { side: 'SELL', quantity: 9 }, account: { sellableQuantity: () => 9 } }],
    ['a sell after a day of losses', { intent: { side: 'SELL' }, account: { equityKrw: 50_000_000 } }],
    ['the edge of exposure', { account: { exposureKrw: 94_300_000 } }],
    ['the edge of one symbol', { account: { symbolExposureKrw: () => 14_300_000 } }],
    ['a confirmed condition', { intent: { venue: 'NXT' }, instrument: { conditions: ['NXT_TRADABLE'] } }],
  ] as const satisfies readonly (readonly [string, Situation])[])('allows %s', (_, situation) => {
    expect(check(situation)).toMatchObject({ allowed: true });
  });

  it('looks at the market before the price, and at the price before the account', () => {
    const all = { intent: { limitPriceKrw: 70_050 }, account: { orderableCashKrw: 0 } };
    expect(check({ ...all, time: '03:00' })).toMatchObject({ code: 'G_EXE_SESSION_CLOSED' });
    expect(check(all)).toMatchObject({ code: 'G_EXE_PRICE_OFF_TICK' });
    expect(check({ account: all.account })).toMatchObject({ code: 'G_EXE_CASH_INSUFFICIENT' });
  });

  it('allows no price that the exchange would refuse, whatever price is asked', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200_000 }), (limitPriceKrw) => {
        const { allowed } = check({
          intent: { limitPriceKrw },
          limits: { priceCollarBps: 100_000, openOrdersPerSideMax: 9 },
        });
        // Base 70,000: limits 49,000 to 91,000; ticks of 50 below 50,000 and of 100 from there on.
        const tick = limitPriceKrw < 50_000 ? 50 : 100;
        expect(allowed).toBe(limitPriceKrw >= 49_000 && limitPriceKrw <= 91_000 && limitPriceKrw % tick === 0);
      }),
    );
  });
});
