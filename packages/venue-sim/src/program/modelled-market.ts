import { krxCalendar, kstDate, tickSize } from '@qts/krx';
import { type Exchange, type Instrument } from '../exchange/contracts.ts';
import { createSeededRandom, type SeededRandom } from '../exchange/seeded-random.ts';
import { kstInstant } from '../kst.ts';
import { UsageError } from './program-options.ts';

/**
 * The trading date that stands nearest to the machine's clock: today in Korea, or the next trading day. Clients hold the
 * expiry of a token against their own clock, so on a day of the past every token would look expired, and each request
 * would ask for a new one.
 *
 * @throws UsageError beyond the calendar.
 */
export function nearestTradingDate(nowMs: number): string {
  const today = kstDate(nowMs);
  if (krxCalendar.tradingDay(today).status === 'OPEN') return today;
  const next = krxCalendar.nextTradingDay(today);
  if (next.ok) return next.date;
  throw new UsageError(`No trading date is known from ${today} on (${next.reason}). Give one with --date.`);
}

/** A market that is nobody's history: names, prices and order flow are made up. */
export const modelledInstruments: readonly Instrument[] = [
  {
    symbol: '900010',
    name: '모형전자',
    market: 'KOSPI',
    productClass: 'STOCK',
    basePriceKrw: 71_000,
    listedShares: 5_000_000_000,
  },
  {
    symbol: '900020',
    name: '모형바이오',
    market: 'KOSDAQ',
    productClass: 'STOCK',
    basePriceKrw: 8_450,
    listedShares: 80_000_000,
  },
  {
    symbol: '900030',
    name: '모형 ETF',
    market: 'KOSPI',
    productClass: 'ETF',
    basePriceKrw: 34_500,
    listedShares: 50_000_000,
  },
];

/** An order every half second and issue keeps quotes moving at a pace people can read. */
const paceMs = 500;
/** Orders of the modelled flow left in a book; above it the oldest is taken out. */
const restingOrdersMax = 120;
/** How far from the last price orders are put, in ticks. */
const ticksAwayMax = 6;
const quantityMax = 200;

/**
 * Schedules modelled order flow for the whole regular day: limit orders around the last price, drawn from the seed.
 * Whatever the phase of the day does not take is refused and left out.
 */
export function scheduleModelledFlow(exchange: Exchange, seed: number): void {
  const endMs = kstInstant(exchange.tradingDate, '15:30');
  const startMs = Math.max(exchange.nowMs, kstInstant(exchange.tradingDate, '08:30'));
  exchange.listInstruments().forEach(({ instrument }, index) => {
    const random = createSeededRandom(seed + index);
    const resting: number[] = [];
    const enterOne = (): void => {
      const orderNumber = enterModelledOrder(exchange, instrument, random);
      if (orderNumber !== undefined) resting.push(orderNumber);
      const oldest = resting.length > restingOrdersMax ? resting.shift() : undefined;
      if (oldest !== undefined) exchange.cancelOrder({ orderNumber: oldest });
      const nextMs = exchange.nowMs + paceMs;
      if (nextMs < endMs) exchange.schedule(nextMs, enterOne);
    };
    exchange.schedule(startMs, enterOne);
  });
}

function enterModelledOrder(
  exchange: Exchange,
  { symbol, productClass, market }: Instrument,
  random: SeededRandom,
): number | undefined {
  const view = exchange.getInstrument(symbol);
  if (view === undefined) return undefined;
  const { lastPriceKrw, upperLimitKrw, lowerLimitKrw } = view;
  const tick = tickSize({ productClass, market, tradingDate: exchange.tradingDate, priceKrw: lastPriceKrw });
  const side = random.wholeUpTo(1) === 0 ? 'BUY' : 'SELL';
  // One tick of overlap: most orders rest, some trade.
  const away = (random.wholeUpTo(ticksAwayMax) - 1) * tick;
  const priceKrw = side === 'BUY' ? lastPriceKrw - away : lastPriceKrw + away;
  const result = exchange.placeOrder({
    symbol,
    side,
    quantity: 1 + random.wholeUpTo(quantityMax - 1),
    orderType: 'LIMIT',
    timeInForce: 'DAY',
    session: 'REGULAR',
    limitPriceKrw: Math.min(upperLimitKrw, Math.max(lowerLimitKrw, priceKrw)),
    stopPriceKrw: 0,
  });
  return result.ok ? result.order.orderNumber : undefined;
}
