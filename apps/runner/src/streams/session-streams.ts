import { QtsError, type Timer } from '@qts/core';
import { type OrderFeed, type OrderFeedSettings, type PreTradeSettings, createOrderFeed } from '@qts/engine';
import { type LatestQuotes, keepLatestQuotes } from '../trading/latest-quotes.ts';
import { type StreamBudget, type TradingSessionSettings } from '../trading/session-settings.ts';
import { createStreamCounter } from './stream-figures.ts';
import { type StreamReport, makeStreamReport } from './stream-report.ts';
import { createStreamedQuotes } from './streamed-quotes.ts';

/** Quotes are subscribed so long before the first cycle, ms: earlier, every symbol is silent and would be read for it. */
const aheadMs = 60_000;

/** The streams of a session: quotes for decisions, notices for the books. */
export interface SessionStreams {
  readonly quotes: LatestQuotes;
  /** Fills that were noticed and not read yet. */
  readonly provisional: NonNullable<PreTradeSettings['provisional']>;
  /** Names what order news goes to; before {@link start}. */
  attach(engine: Omit<OrderFeedSettings, 'stream' | 'clock' | 'logger'>): void;
  start(): void;
  release(): void;
  report(): StreamReport | undefined;
  close(): Promise<void>;
}

/**
 * Prepares the streams of a session; nothing is opened yet. A broker without streams, or a configuration that does not
 * want them, is read by REST, as is what a stream cannot serve.
 */
export function openSessionStreams(settings: TradingSessionSettings): SessionStreams {
  const { broker, config, clock, logger } = settings;
  const { streams } = broker;
  if (streams === undefined || !config.streams.enabled) return readsAlone(keepLatestQuotes(broker.quotes));
  const counter = settings.streamCounter ?? createStreamCounter(clock, settings.onStream);
  const quotes = createStreamedQuotes({
    ...{ quotes: broker.quotes, stream: streams.market, tradingDate: settings.tradingDate, clock, counter },
    issues: settings.instruments,
    quoteAgeMsMax: config.streams.quoteAgeMsMax,
    room: () => roomForQuotes(streams.session),
  });
  let feed: OrderFeed | undefined;
  let opening: Timer | undefined;
  /** Notices cannot be asked for: orders are read as without a stream. */
  let isReadOnly = false;

  return {
    quotes,
    provisional: {
      openBuyValueKrw: (symbol) => feed?.provisional.openBuyValueKrw(symbol) ?? 0,
      openSellQuantity: (symbol) => feed?.provisional.openSellQuantity(symbol) ?? 0,
    },
    attach(engine) {
      feed = createOrderFeed({
        ...engine,
        stream: {
          brokerId: streams.orders.brokerId,
          open(options) {
            const opened = streams.orders.open(options);
            counter.follow('orders', opened);
            return opened;
          },
        },
        clock,
        ...(logger === undefined ? {} : { logger }),
      });
    },
    start() {
      const earlyMs = settings.day.opensAtMs - aheadMs - clock.nowMs();
      if (earlyMs > 0) {
        opening = clock.setTimer(() => {
          quotes.start();
        }, earlyMs);
      } else quotes.start();
      try {
        feed?.start();
      } catch (error) {
        // The login id by which notices are asked for is missing, for example: trading goes on by reads.
        if (!QtsError.isInstance(error)) throw error;
        isReadOnly = true;
        logger?.warn('order-notices-off', { code: error.code, next: error.next });
      }
    },
    release() {
      if (!isReadOnly) feed?.release();
    },
    report() {
      const orders = counter.open.filter((source) => source === 'orders');
      return makeStreamReport(counter.figures(), quotes.figures(), feed?.figures(), [
        ...orders,
        ...quotes.unrepaired(),
      ]);
    },
    async close() {
      opening?.cancel();
      await quotes.close();
      await feed?.close();
    },
  };
}

/** Registrations for notices of orders: they come before any quote, whenever they are asked for. */
const keptForOrders = 1;

/** What the broker grants for quotes; the notices may have theirs already. */
function roomForQuotes(budget: StreamBudget | undefined): number {
  if (budget === undefined) return Number.POSITIVE_INFINITY;
  return budget.registrationMax - Math.max(keptForOrders, budget.registrationsUsed);
}

function readsAlone(quotes: LatestQuotes): SessionStreams {
  return {
    quotes,
    provisional: { openBuyValueKrw: () => 0, openSellQuantity: () => 0 },
    attach: () => undefined,
    start: () => undefined,
    release: () => undefined,
    report: () => undefined,
    close: () => Promise.resolve(),
  };
}
