import { type TradingWindow, type WindowKind, sessionWindows, tickTable } from '@qts/krx';
import { type Exchange } from '../exchange/contracts.ts';
import { createSeededRandom } from '../exchange/seeded-random.ts';
import { type BarAgreement, BarCounter } from './bar-agreement.ts';
import { type BarPlan, type PlannedBar, type PlannedTrade, planBars } from './bar-plan.ts';
import { type ReplayBar, type ReplayDaily } from './bars.ts';
import { QuotedBook } from './quoted-book.ts';
import { RestingFlow } from './resting-flow.ts';

export interface BarReplaySetup {
  readonly symbol: string;
  /** Bars of the exchange's trading date, in order of time. */
  readonly bars: readonly ReplayBar[];
  /** Length of a bar: 60,000 or 300,000. */
  readonly barMs: number;
  /** The day's row: gives the close and the volume that the bars lack. Without it the market falls silent after the last bar. */
  readonly daily?: ReplayDaily;
  /** Same seed, same day. */
  readonly seed: number;
  /** Prints per minute that the volume is cut into. Default 12: one in five seconds. */
  readonly tradesPerMinute?: number;
  /** Count the prints of the exchange by bar, for {@link BarReplay.agreement}. Default false. */
  readonly compare?: boolean;
}

/** Bars that play, or have played, on an exchange. */
export interface BarReplay {
  readonly symbol: string;
  readonly plan: BarPlan;
  /** How the bars that the exchange has traded so far compare with the plan; empty without `compare`. */
  agreement(): BarAgreement;
}

const tradesPerMinuteDefault = 12;
/** When the book of an auction is put in place: this long before its nominal end, or when it begins if that is later. */
const auctionLeadMs = 10 * 60_000;
/** After the random end of an auction, before the first print. */
const settleMs = 500;
/** A level holds about this many prints of the usual size. */
const printsPerLevel = 2;

/**
 * Schedules recorded bars as modelled order flow: a maker that keeps ten levels around the price, and takers that trade
 * each bar's volume along a drawn path through its prices. The opening auction is made at the first bar's open; after the
 * last bar a modelled end leads to the recorded close, which the closing auction prints. `describeReplay` says which
 * part is recorded and which is not.
 *
 * Orders of accounts meet this flow as any other: they take from its levels and wait in its queues. What they take comes on
 * top of the recorded volume; what a planned taker finds with them is part of it. The flow does not react to them.
 *
 * @throws {RangeError} for bars that are out of order, of another day or contradict themselves, for a price outside of the
 * day's limits, an unknown symbol, or a day that the exchange has already begun. Nothing is scheduled then.
 */
export function scheduleBarReplay(exchange: Exchange, setup: BarReplaySetup): BarReplay {
  const { symbol, tradesPerMinute = tradesPerMinuteDefault } = setup;
  const issue = exchange.getInstrument(symbol);
  if (issue === undefined) throw new RangeError(`The exchange does not list ${symbol}. Add it to its instruments.`);
  const { instrument, lowerLimitKrw, upperLimitKrw } = issue;
  const windows = auctionsAndContinuous(exchange.tradingDate);
  const ticks = tickTable(instrument.productClass, instrument.market, exchange.tradingDate);
  const random = createSeededRandom(mixSeed(setup.seed, `${symbol} ${exchange.tradingDate}`));
  const openedByMs = windows.opening.matchFromMs + windows.opening.randomEndMsMax + settleMs;
  const plan = planBars({
    bars: setup.bars,
    barMs: setup.barMs,
    ...(setup.daily === undefined ? {} : { daily: setup.daily }),
    hours: { continuousFromMs: openedByMs, continuousUntilMs: windows.continuous.acceptUntilMs },
    ticks,
    tradesPerMinute,
    random,
  });
  checkLimits(symbol, plan, lowerLimitKrw, upperLimitKrw);
  const openingMs = bookMs(windows.opening);
  if (openingMs < exchange.nowMs) {
    throw new RangeError(
      `The book of the opening is due at ${openingMs} and the exchange is already at ${exchange.nowMs}. Start the day earlier.`,
    );
  }

  const flow = new RestingFlow(exchange, symbol);
  const levelQuantity = usualPrint(plan) * printsPerLevel;
  const book = new QuotedBook({ flow, ticks, lowerLimitKrw, upperLimitKrw, levelQuantity, random });
  const counter = new BarCounter(plan, flow);
  if (setup.compare === true) {
    exchange.subscribe({
      onTrade: (trade) => {
        if (trade.symbol === symbol) counter.add(trade);
      },
    });
  }
  const cross = (priceKrw: number, quantity: number): void => {
    flow.add('SELL', priceKrw, quantity);
    flow.add('BUY', priceKrw, quantity);
  };
  const [first] = plan.bars;
  if (first !== undefined) {
    exchange.schedule(openingMs, () => {
      book.quoteAround(first.openKrw);
      cross(first.openKrw, first.auctionQuantity);
    });
  }
  for (const bar of plan.bars) {
    // One event per bar is scheduled ahead; it schedules the trades of the bar.
    exchange.schedule(Math.max(bar.startMs, openingMs), () => {
      scheduleTrades(exchange, book, flow, bar.trades);
    });
  }
  const { closing } = plan;
  if (closing !== undefined) {
    exchange.schedule(bookMs(windows.closing), () => {
      book.makeRoomAt(closing.priceKrw);
      cross(closing.priceKrw, closing.quantity);
    });
  }
  return { symbol, plan, agreement: () => counter.result() };
}

function scheduleTrades(
  exchange: Exchange,
  book: QuotedBook,
  flow: RestingFlow,
  trades: readonly PlannedTrade[],
): void {
  for (const { atMs, aggressor, priceKrw, quantity } of trades) {
    exchange.schedule(atMs, () => {
      book.quoteFor(aggressor, priceKrw, quantity);
      flow.take(aggressor, priceKrw, quantity);
    });
  }
}

interface DayWindows {
  readonly opening: TradingWindow;
  readonly continuous: TradingWindow;
  readonly closing: TradingWindow;
}

function auctionsAndContinuous(tradingDate: string): DayWindows {
  const day = sessionWindows({ venue: 'KRX', tradingDate });
  if (!day.ok) throw new RangeError(`${tradingDate} cannot be replayed: ${day.reason}`);
  const windowOf = (kind: WindowKind): TradingWindow => {
    const window = day.windows.find((each) => each.kind === kind);
    if (window === undefined) throw new RangeError(`${tradingDate} has no ${kind} window, which a bar replay needs.`);
    return window;
  };
  return {
    opening: windowOf('OPENING_AUCTION'),
    continuous: windowOf('CONTINUOUS'),
    closing: windowOf('CLOSING_AUCTION'),
  };
}

/** When the orders of an auction are placed. */
function bookMs(auction: TradingWindow): number {
  return Math.max(auction.acceptFromMs, auction.acceptUntilMs - auctionLeadMs);
}

function checkLimits(symbol: string, plan: BarPlan, lowerLimitKrw: number, upperLimitKrw: number): void {
  const prices = [
    ...plan.bars.flatMap(({ highKrw, lowKrw }) => [highKrw, lowKrw]),
    ...(plan.closing === undefined ? [] : [plan.closing.priceKrw]),
  ];
  const outside = prices.find((priceKrw) => priceKrw < lowerLimitKrw || priceKrw > upperLimitKrw);
  if (outside === undefined) return;
  throw new RangeError(
    `${symbol} has a price of ${outside} outside of the day's limits ${lowerLimitKrw} to ${upperLimitKrw}. Check the base price of the instrument.`,
  );
}

/** The median size of a planned print. */
function usualPrint({ bars }: BarPlan): number {
  const sizes = bars.flatMap(({ trades }: PlannedBar) => trades.map(({ quantity }) => quantity)).sort((a, b) => a - b);
  return sizes[Math.floor(sizes.length / 2)] ?? 1;
}

/** Gives each issue and day draws of its own from one seed (FNV-1a over the text). */
function mixSeed(seed: number, text: string): number {
  let mixed = (seed ^ 0x811c9dc5) >>> 0;
  for (const character of text) mixed = Math.imul(mixed ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return mixed;
}
