import {
  type AccountReader,
  type Clock,
  type FailsafeCode,
  type IdGenerator,
  type Logger,
  type OrderAdapter,
  type OrderJournal,
  type OrderResponse,
  type PipelineResult,
  type QuoteReader,
  type TradingDate,
  BrokerError,
  accountId,
  symbolCode,
} from '@qts/core';
import {
  type Book,
  type LiveApproval,
  type OrderGateway,
  type OrderTracker,
  type SafetyLayer,
  type UnknownResolver,
  createAccountView,
  createBook,
  createBrokerForExecution,
  createOrderGateway,
  createOrderTracker,
  createPreTradeCheck,
  createSafetyLayer,
  createUnknownCancels,
  createUnknownResolver,
  expiryMarginMs,
  orderEndsAtMs,
} from '@qts/engine';
import { type LoopOutcome, type ModeVerdict, type Strategy, createPipeline, pause, runLoop } from '@qts/pipeline';
import { type InstrumentFacts, createMarketDay, riskLimitsDefault } from '@qts/risk';
import { type RunnerConfig } from '../config/runner-config.ts';
import { snapshotAccount } from './account-snapshot.ts';
import { keepLatestQuotes } from './latest-quotes.ts';
import { type Housekeeping, createHousekeeping } from './order-housekeeping.ts';
import { createSellTaxes } from './sell-taxes.ts';

/** One account at one broker, as a session uses it. */
export interface SessionBroker {
  readonly orders: OrderAdapter;
  readonly account: AccountReader;
  readonly quotes: QuoteReader;
}

export interface TradingSessionSettings {
  readonly config: RunnerConfig;
  readonly broker: SessionBroker;
  readonly strategy: Strategy;
  readonly mode: ModeVerdict;
  readonly liveApproval?: LiveApproval;
  readonly tradingDate: TradingDate;
  /** When continuous trading begins and ends, and when the last order of the regular session has ended. */
  readonly day: { readonly opensAtMs: number; readonly closesAtMs: number; readonly endsAtMs: number };
  readonly instruments: readonly InstrumentFacts[];
  readonly clock: Clock;
  readonly generateId: IdGenerator;
  readonly journal: OrderJournal;
  readonly logger?: Logger;
  /** Told after every cycle. */
  readonly onCycle?: (session: TradingSession) => void;
}

/** What a session did, by the word of its acts. */
export type ActCounts = Readonly<Record<PipelineResult['act']['status'], number>>;

/** How a session ended. */
export interface SessionEnd {
  readonly reason: LoopOutcome['reason'] | 'safety';
  readonly cycles: number;
  readonly errors: number;
  /** Orders that still rest, by number: nothing is left when all could be canceled. */
  readonly leftOpen: readonly string[];
}

/** A trading day of one account: pipeline, engine and books, wired. */
export interface TradingSession {
  readonly book: Book;
  readonly tracker: OrderTracker;
  readonly safety: SafetyLayer;
  readonly acts: ActCounts;
  /** Why intents came to nothing: how many by the code of the answer. */
  readonly failures: ReadonlyMap<FailsafeCode, number>;
  readonly openingCashKrw: number;
  /** Cash and holdings at last prices, won. */
  equityKrw(): number;
  /** What the broker answered after an order had been given up: for the broker's late-answer hook. */
  hearLateAnswer(response: OrderResponse): void;
  /** Trades until the day ends or the signal aborts; then cancels what rests and reads the last figures. */
  run(signal: AbortSignal): Promise<SessionEnd>;
}

/**
 * Opens a session: reads cash and positions from the broker, and wires the rest over them.
 *
 * @throws {BrokerError} when the account cannot be read
 */
export async function openTradingSession(settings: TradingSessionSettings): Promise<TradingSession> {
  const { config, broker, strategy, clock, journal, tradingDate, day, mode } = settings;
  const symbols = config.symbols.map(symbolCode);
  const quotes = keepLatestQuotes(broker.quotes);
  const safety = createSafetyLayer({ clock, journal, ...loggerOf(settings) });
  const cash = await broker.account.getCashBalance();
  const held = await broker.account.listPositions();
  const book = createBook({
    openingCashKrw: cash.settledKrw,
    openingPositions: held.positions.filter(({ quantity }) => quantity > 0),
    feePartsPerBillion: config.costs.feePartsPerBillion,
    sellTaxesPartsPerBillion: createSellTaxes(settings.instruments, tradingDate),
  });
  const tracker = createOrderTracker({
    onFill: (fill) => {
      book.applyFill(fill);
    },
    endsAtMs: orderEndsAtMs,
  });
  const market = createMarketDay({
    tradingDate,
    instruments: settings.instruments,
    quote: (symbol) => quotes.latest(symbol),
  });
  const limits = {
    ...riskLimitsDefault,
    orderQuantityMax: config.limits.orderQuantityMax,
    orderValueMaxKrw: config.limits.orderValueKrwMax,
    dailyOrdersMax: config.limits.ordersPerDayMax,
    exposureMaxBps: Math.round(config.limits.exposureShareMax * 10_000),
    symbolExposureMaxBps: Math.round(config.limits.symbolShareMax * 10_000),
    feePartsPerBillion: config.costs.feePartsPerBillion,
  };
  const openingEquityKrw = book.cashKrw + book.positions().reduce((sum, { costKrw }) => sum + costKrw, 0);
  const preTrade = { market, limits, tracker, book, openingEquityKrw };
  const view = createAccountView(preTrade);
  const engine = createBrokerForExecution({
    liveAllowed: mode.allowed,
    adapter: broker.orders,
    ...(settings.liveApproval === undefined ? {} : { liveApproval: settings.liveApproval }),
    clock,
  });
  const gateway: OrderGateway = createOrderGateway({
    broker: engine,
    accountId: accountId(config.account),
    clock,
    journal,
    safety,
    tracker,
    checkOrder: createPreTradeCheck(preTrade),
    ...loggerOf(settings),
  });
  const resolver: UnknownResolver = createUnknownResolver({
    ...{ adapter: broker.orders, gateway, tracker, safety, journal, clock, accountId: accountId(config.account) },
    ...loggerOf(settings),
  });
  const unknownCancels = createUnknownCancels({
    ...{ adapter: broker.orders, gateway, tracker, clock },
    ...loggerOf(settings),
  });
  const { trading } = config;
  const pipeline = createPipeline({
    strategy,
    quotes: quotes.reader,
    engine: gateway,
    safety,
    account: () => snapshotAccount(symbols, book, tracker, view),
    switches: () => trading,
    mode: () => mode,
    clock,
    generateId: settings.generateId,
    intentLifeMs: trading.intentLifeMs,
  });
  const housekeeping: Housekeeping = createHousekeeping({
    adapter: broker.orders,
    gateway,
    tracker,
    tradingDate,
    clock,
    restingOrderMsMax: trading.restingOrderMsMax,
    onList: (list) => {
      resolver.observeList(list);
    },
    ...loggerOf(settings),
  });
  const acts = { accepted: 0, rejected: 0, 'not-sent': 0, unknown: 0, skipped: 0, error: 0 };
  const failures = new Map<FailsafeCode, number>();

  const session: TradingSession = {
    book,
    tracker,
    safety,
    acts,
    failures,
    openingCashKrw: cash.settledKrw,
    equityKrw: () => view.equityKrw,
    hearLateAnswer: (response) => {
      resolver.hearLateAnswer(response);
    },

    async run(signal) {
      try {
        return await runDay();
      } finally {
        resolver.close();
        unknownCancels.close();
      }

      async function runDay(): Promise<SessionEnd> {
        strategy.startDay?.({ opensAtMs: day.opensAtMs, closesAtMs: day.closesAtMs, symbols });
        await pause(clock, day.opensAtMs - clock.nowMs(), signal);
        const loop = await runLoop(cycle, config.loop, clock, signal);
        let leftOpen = await housekeeping.close();
        if (resolver.open.length > 0) {
          // What is unknown is known, or a person's, in about a minute; then it is canceled like the rest.
          await resolver.settled();
          leftOpen = await housekeeping.close();
        }
        // A stop that ends by itself in half a minute is no reason to call the day stopped.
        const locked = !safety.shouldRun() && !resolver.willRecover;
        if (loop.reason === 'done' && !locked) {
          await pause(clock, day.endsAtMs - clock.nowMs(), signal);
          if (leftOpen.length > 0) {
            // The session takes what no cancel took; two reads a minute after its end say so.
            await pause(clock, day.endsAtMs + expiryMarginMs - clock.nowMs(), signal);
            leftOpen = await housekeeping.close();
          }
          await readClosingPrices();
        }
        const stopped = signal.aborted && loop.reason !== 'errors';
        const reason = loop.reason === 'done' && locked ? 'safety' : stopped ? 'stopped' : loop.reason;
        return { reason, cycles: loop.cycles, errors: loop.errors, leftOpen };
      }

      /** Holdings are valued at the close; a price that cannot be read is no reason to lose the report of the day. */
      async function readClosingPrices(): Promise<void> {
        for (const symbol of symbols) {
          try {
            await quotes.reader.getQuote({ symbol }, { signal });
          } catch (error) {
            if (signal.aborted) return;
            if (!BrokerError.isInstance(error)) throw error;
            settings.logger?.warn('closing-price-not-read', { symbol, code: error.code });
          }
        }
      }

      function count({ act: { status, outcome, code } }: PipelineResult): void {
        acts[status] += 1;
        if (outcome !== undefined && code !== undefined) failures.set(code, (failures.get(code) ?? 0) + 1);
      }

      async function cycle(): Promise<'ok' | 'error' | 'done'> {
        let failed = false;
        for (const symbol of symbols) {
          if (signal.aborted) break;
          const result = await pipeline.runOnce(symbol, { signal });
          count(result);
          failed ||= result.act.status === 'error';
        }
        await housekeeping.tidy();
        settings.onCycle?.(session);
        // Stopped for unknown orders alone, it goes on by itself once they are resolved.
        if (!safety.shouldRun() && !resolver.willRecover) return 'done';
        if (clock.nowMs() + config.loop.intervalMs > day.closesAtMs) return 'done';
        return failed ? 'error' : 'ok';
      }
    },
  };
  return session;
}

function loggerOf({ logger }: TradingSessionSettings): { readonly logger?: Logger } {
  return logger === undefined ? {} : { logger };
}
