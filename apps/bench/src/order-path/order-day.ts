import {
  type Clock,
  type EpochMs,
  type ExecutionIntent,
  type ExecutionResponse,
  type Krw,
  type OrderAdapter,
  type OrderJournal,
  type OrderSnapshot,
  type Quote,
  type Shares,
  type Side,
  type SymbolCode,
  accountId,
  intentId,
  krw,
  shares,
  symbolCode,
} from '@qts/core';
import { systemClock } from '@qts/broker-kit';
import {
  createBook,
  createBrokerForExecution,
  createOrderGateway,
  createOrderTracker,
  createPreTradeCheck,
  createSafetyLayer,
} from '@qts/engine';
import { dailyPriceLimits } from '@qts/krx';
import { createMarketDay, riskLimitsDefault } from '@qts/risk';
import { createMemoryJournal } from '@qts/storage';

/** A trading day that the calendar knows. */
const tradingDate = '2026-11-20';
const priceKrw: Krw = krw(70_000);
const oneShare: Shares = shares(1);
const none: Shares = shares(0);
/**
 * Ten issues held: the default weight of one is 15 % at most, so a portfolio has seven or more. Their codes are made up;
 * the rules are those of a KOSPI stock.
 */
const symbols = Array.from({ length: 10 }, (_, index) => symbolCode(String((index + 1) * 10).padStart(6, '0')));
const firstSymbol = symbolCode('000010');
const instruments = symbols.map(
  (symbol) => ({ symbol, market: 'KOSPI', productClass: 'STOCK', conditions: [] }) as const,
);
/** Orders that rest until the broker's list says that they have filled: one round over the issues. */
const openOrdersBeforeFill = symbols.length;
/** How long an intent lives. */
const intentLifeMs = 5_000;

/** Real time, moved to ten o'clock of the trading day: the benchmark runs on weekends too, and the market is open. */
export function createMarketClock(): Clock {
  const shiftMs = Date.parse(`${tradingDate}T10:00:00+09:00`) - Date.now();
  return { ...systemClock, nowMs: () => Date.now() + shiftMs };
}

/** One trading day of an account: engine, checks and books as the runner wires them, over the adapter that is given. */
export interface OrderDay {
  /**
   * The next limit order, one share at the last price: a buy of each issue, then a sale of each, so that cash and shares
   * stay where they are.
   */
  nextIntent(): ExecutionIntent;
  submitIntent(intent: ExecutionIntent): Promise<ExecutionResponse>;
  /**
   * Takes note of an answer. Every ten orders a list of the broker says that all of them have filled, so that open
   * orders and books stay as small as on a real day. Not part of what is timed.
   *
   * @throws when the order was not accepted, or its fill is not known again.
   */
  settle(response: ExecutionResponse): void;
}

/**
 * Opens a day. All limits are the defaults of `@qts/risk` but one: the number of orders a day, which is 100, so that a
 * round of some hundred orders fits into one day.
 */
export function openOrderDay(
  adapter: OrderAdapter,
  clock: Clock,
  journal: OrderJournal = createMemoryJournal(),
): OrderDay {
  const quotes = new Map(instruments.map(({ symbol }) => [symbol, quoteOf(symbol, clock.nowMs())]));
  const safety = createSafetyLayer({ clock, journal });
  const book = createBook({
    openingCashKrw: 1_000_000_000,
    openingPositions: instruments.map(({ symbol }) => ({ symbol, quantity: 100, costKrw: 100 * priceKrw })),
    feePartsPerBillion: 140_527,
    sellTaxesPartsPerBillion: () => [500_000, 1_500_000],
  });
  const tracker = createOrderTracker({
    onFill: (fill) => {
      book.applyFill(fill);
    },
  });
  const gateway = createOrderGateway({
    ...{ clock, journal, safety, tracker, accountId: accountId('bench') },
    broker: createBrokerForExecution({ liveAllowed: true, adapter, clock }),
    checkOrder: createPreTradeCheck({
      ...{ tracker, book, openingEquityKrw: 1_000_000_000 + instruments.length * 100 * priceKrw },
      market: createMarketDay({ tradingDate, instruments, quote: (symbol) => quotes.get(symbol) }),
      limits: { ...riskLimitsDefault, dailyOrdersMax: 1_000_000 },
    }),
  });
  let open: OrderSnapshot[] = [];
  let count = 0;

  return {
    nextIntent() {
      const symbol = symbols[count % symbols.length] ?? firstSymbol;
      const side: Side = Math.floor(count / symbols.length) % 2 === 0 ? 'BUY' : 'SELL';
      const nowMs = clock.nowMs();
      quotes.set(symbol, quoteOf(symbol, nowMs));
      count += 1;
      return {
        ...{ intentId: intentId(`bench-${count}`), symbol, side, quantity: oneShare, limitPriceKrw: priceKrw },
        ...{ intentType: 'LIMIT', timeInForce: 'DAY', venue: 'KRX', session: 'REGULAR' },
        ...{ createdAtMs: nowMs, validUntilMs: nowMs + intentLifeMs, metadata: { strategy: 'bench' } },
      };
    },

    submitIntent: (intent) => gateway.submitIntent(intent),

    settle({ outcome, reference, message, timestampMs }) {
      if (outcome !== 'ACCEPTED' || reference === undefined) throw new Error(`The order was not accepted: ${message}`);
      open.push({
        ...{ reference, kind: 'NEW', orderedQuantity: oneShare, limitPriceKrw: priceKrw },
        ...{ filledQuantity: oneShare, filledAmountKrw: priceKrw, leavesQuantity: none },
        ...{ canceledQuantity: none, rejectedQuantity: none, orderedAtMs: timestampMs },
      });
      if (open.length < openOrdersBeforeFill) return;
      const { fills } = tracker.applyList({ orders: open, readStartedAtMs: timestampMs });
      if (fills.length !== open.length) throw new Error('The tracker does not know its orders again.');
      open = [];
    },
  };
}

const limits = dailyPriceLimits({ market: 'KOSPI', productClass: 'STOCK', tradingDate, basePriceKrw: priceKrw });

function quoteOf(symbol: SymbolCode, readAtMs: EpochMs): Quote {
  if (!limits.ok || !limits.limited) throw new Error('The daily price limits of the benchmark day are not known.');
  return {
    ...{ symbol, lastPriceKrw: priceKrw, basePriceKrw: priceKrw, tickKrw: krw(100), volume: shares(1_000_000) },
    ...{ upperLimitKrw: krw(limits.upperLimitKrw), lowerLimitKrw: krw(limits.lowerLimitKrw) },
    ...{ halted: false, readAtMs },
  };
}
