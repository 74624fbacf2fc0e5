import { createKisBroker, kisLiveCredentials, kisPaperCredentials } from '@qts/broker-kis';
import {
  type CancelOutcome,
  type ExecutionIntent,
  type ExecutionResponse,
  type Logger,
  type OrderAdapter,
  type OrderJournal,
  type OrderList,
  type OrderReference,
  type Quote,
  type SymbolCode,
  type TokenStore,
  BrokerError,
  accountId,
  symbolCode,
  tradingDate,
} from '@qts/core';
import {
  type AdmissionCheck,
  type Book,
  type FoldedJournal,
  type OrderGateway,
  type OrderTracker,
  type SafetyLayer,
  type TradingState,
  type UnknownCancels,
  type UnknownResolver,
  createBook,
  createBrokerForExecution,
  createOrderGateway,
  createOrderTracker,
  createPreTradeCheck,
  createSafetyLayer,
  createExternalOrders,
  createReconciler,
  createStartGate,
  createTradingStates,
  createUnknownCancels,
  createUnknownResolver,
  journalOrderFacts,
  orderEndsAtMs,
  recoverAtStart,
  recoverSafety,
} from '@qts/engine';
import { type HttpTransport } from '@qts/broker-kit';
import { sellTax } from '@qts/krx';
import { type MarketView, createMarketDay, riskLimitsDefault } from '@qts/risk';
import { type PlaceOrder, intentOf } from './intent-of.ts';
import { type WorldSettings } from './schedule.ts';
import { simulatedAccount } from './simulated-account.ts';
import { simulatedDate, simulatedInstruments } from './world/market.ts';
import { type ProcessClock } from './world/virtual-time.ts';

/** A place where a defect can be planted, to see that the judge finds it. */
export interface PlantedDefect {
  readonly adapter?: (adapter: OrderAdapter) => OrderAdapter;
  readonly journal?: (journal: OrderJournal) => OrderJournal;
  /** What the engine makes of an answer. */
  readonly response?: (response: ExecutionResponse) => ExecutionResponse;
  readonly exclusive?: boolean;
}

/** Hears what the program under trial does, as its caller would. */
export interface TraderListener {
  submitted(intent: ExecutionIntent): void;
  answered(intent: ExecutionIntent, response: ExecutionResponse): void;
  cancelBegan(target: OrderReference): number;
  cancelEnded(cancel: number, outcome: CancelOutcome): void;
  listRead(list: OrderList): void;
  /** Work that nobody awaits: it must not reject. */
  goes(work: Promise<void>): void;
  /** The strategy wanted an order, and the price could not be read. */
  withoutPrice(code: string): void;
}

export interface TraderSettings {
  readonly settings: WorldSettings;
  readonly clock: ProcessClock;
  readonly transport: HttpTransport;
  readonly journal: OrderJournal;
  readonly tokenStore: TokenStore;
  readonly random: () => number;
  readonly listener: TraderListener;
  readonly logger: Logger;
  readonly defect: PlantedDefect;
  /** What the journal said when the process began. */
  readonly folded: FoldedJournal;
  /** Only to see what the journal comes to: nothing is read, nothing runs. */
  readonly isReplay?: boolean;
}

/** One process: the packages wired as a program wires them, with a strategy that does what it is told. */
export interface Trader {
  readonly gateway: OrderGateway;
  readonly tracker: OrderTracker;
  readonly book: Book;
  readonly safety: SafetyLayer;
  readonly resolver: UnknownResolver;
  readonly unknownCancels: UnknownCancels;
  readonly clock: ProcessClock;
  /** Reads the price, then offers the order. */
  place(order: PlaceOrder): Promise<void>;
  submit(intent: ExecutionIntent): Promise<void>;
  cancel(target: OrderReference): Promise<void>;
  /** The latest intent that was offered. */
  readonly latest: ExecutionIntent | undefined;
  /** A person lifts what a difference between our books and the broker's restricted. */
  liftRestrictions(): void;
  /** What may leave of a symbol now. */
  tradingState(symbol: SymbolCode): TradingState;
  /** The start has agreed with the broker. */
  readonly isOpen: boolean;
  /** From now on everything that rests is canceled. */
  windDown(): void;
  close(): Promise<void>;
}

const billionKrw = 1_000_000_000;

const sellTaxes: ReadonlyMap<string, readonly number[]> = new Map(
  simulatedInstruments.map(({ symbol, market, productClass }) => {
    const tax = sellTax({ market, productClass, tradingDate: simulatedDate, amountKrw: billionKrw });
    if (!tax.ok) throw new Error(`No tax is known for ${symbol}: ${tax.reason}`);
    return [symbol, tax.parts.map(({ taxKrw }) => taxKrw)];
  }),
);

const date = tradingDate(simulatedDate);
const symbols = simulatedInstruments.map(({ symbol }) => symbolCode(symbol));
const instruments = simulatedInstruments.map(({ symbol, market, productClass }) => ({
  ...{ symbol: symbolCode(symbol), market, productClass },
  conditions: [] as const,
}));

export function startTrader(parts: TraderSettings): Trader {
  const { settings, clock, listener, logger, defect } = parts;
  const { environment } = settings;
  const credentials = (environment === 'LIVE' ? kisLiveCredentials : kisPaperCredentials)(simulatedAccount);
  let ids = 0;
  const broker = createKisBroker({
    credentials,
    simulatedUrl: 'http://127.0.0.1:1',
    ...{ clock, transport: parts.transport, tokenStore: parts.tokenStore, random: parts.random, logger },
    ids: () => `id-${(ids += 1)}`,
    onLateAnswer: (response) => {
      resolver.hearLateAnswer(response);
    },
  });
  const orders = defect.adapter?.(broker.orders) ?? broker.orders;
  const adapter: OrderAdapter = {
    ...orders,
    async listOrders(query, options) {
      const list = await orders.listOrders(query, options);
      listener.listRead(list);
      return list;
    },
  };
  const journal = defect.journal?.(parts.journal) ?? parts.journal;
  const account = accountId(simulatedAccount.accountId);
  const quotes = new Map<SymbolCode, Quote>();
  const safety = createSafetyLayer({
    ...{ clock, journal, logger, lockdownThreshold: settings.lockdownThreshold, restored: recoverSafety(parts.folded) },
  });
  const costs = {
    feePartsPerBillion: simulatedAccount.terms.feePartsPerBillion,
    sellTaxesPartsPerBillion: (symbol: SymbolCode) => sellTaxes.get(symbol) ?? [],
  };
  const book = createBook({
    openingCashKrw: simulatedAccount.cashKrw,
    openingPositions: simulatedAccount.holdings.map((each) => ({ ...each, symbol: symbolCode(each.symbol) })),
    ...costs,
  });
  const tracker = createOrderTracker({
    onFill: (fill) => {
      book.applyFill(fill);
    },
    onFacts: journalOrderFacts(journal, clock, logger),
    endsAtMs: orderEndsAtMs,
  });
  const market: MarketView = createMarketDay({
    ...{ tradingDate: date, instruments },
    quote: (symbol) => quotes.get(symbol),
  });
  const gate = createStartGate();
  const states = createTradingStates({
    ...{ clock, safety, tracker, journal, logger },
    heldQuantity: (symbol) => book.position(symbol)?.quantity ?? 0,
  });
  const admit: AdmissionCheck = (intent) => gate.admit(intent) ?? states.admit(intent);
  const execution = createBrokerForExecution({
    ...{ liveAllowed: true, adapter, clock, maxConsecutiveFailures: settings.failuresMax },
  });
  const gateway = createOrderGateway({
    broker:
      defect.response === undefined
        ? execution
        : {
            ...execution,
            submitIntent: async (intent, options) =>
              (defect.response ?? same)(await execution.submitIntent(intent, options)),
          },
    ...{ accountId: account, clock, journal, safety, tracker, logger, admit, tradingDate: date },
    checkOrder: createPreTradeCheck({
      ...{ market, tracker, book, openingEquityKrw: simulatedAccount.cashKrw },
      limits: {
        ...riskLimitsDefault,
        openOrdersPerSideMax: settings.openOrdersPerSideMax,
        ...{ exposureMaxBps: 30_000, symbolExposureMaxBps: 30_000, dailyLossMaxBps: 10_000 },
        feePartsPerBillion: simulatedAccount.terms.feePartsPerBillion,
      },
    }),
  });
  const { watchIntervalMs, onLateLanding } = settings;
  const resolver = createUnknownResolver({
    ...{ adapter, gateway, tracker, safety, journal, clock, accountId: account, logger, onLateLanding },
    timings: { watchIntervalMs },
    ...(defect.exclusive === undefined ? {} : { exclusive: defect.exclusive }),
  });
  const unknownCancels = createUnknownCancels({ adapter, gateway, tracker, clock, logger });
  const restrict = states.restrictAs(restrictedBy, 'OPERATOR');
  const external = createExternalOrders(costs);
  const reconciler = createReconciler({
    ...{
      adapter,
      account: broker.account,
      accountId: account,
      tradingDate: date,
      clock,
      tracker,
      book,
      journal,
      safety,
    },
    ...{ restrict, external, knownDifferences: parts.folded.differences, logger },
    onList: (list) => {
      resolver.observeList(list);
    },
  });
  const recovery = recoverAtStart({
    ...{ folded: parts.folded, accountId: account, tradingDate: date, adapter, gateway, tracker, resolver },
    ...{ unknownCancels, reconciler, gate, safety, restrict, journal, clock, logger },
  });

  let closed = false;

  /** Agrees with the broker; as long as it cannot be read, again and again. */
  async function open(): Promise<void> {
    const { outcome } = await recovery.run();
    if (closed) return;
    if (outcome === 'CLOSED') {
      clock.setTimer(() => {
        listener.goes(open());
      }, openAgainMs);
    } else if (settings.reconciles) {
      reconciler.start();
    }
  }
  if (parts.isReplay !== true) listener.goes(open());

  let latest: ExecutionIntent | undefined;
  let windingDown = false;
  const canceledAtMs = new Map<string, number>();

  async function cancel(target: OrderReference): Promise<void> {
    canceledAtMs.set(target.brokerOrderId, clock.nowMs());
    const began = listener.cancelBegan(target);
    const { outcome } = await gateway.cancelOrder({ target, dryRun: false });
    listener.cancelEnded(began, outcome);
  }

  /** Reads the list while something is open, and cancels what rested for long: once, and again when nothing came of it. */
  async function tidy(): Promise<void> {
    const resting = tracker.list().filter(({ leavesQuantity }) => leavesQuantity > 0);
    if (resting.length > 0) {
      try {
        const list = await adapter.listOrders({ tradingDate: date });
        tracker.applyList(list);
        resolver.observeList(list);
      } catch (error) {
        if (!BrokerError.isInstance(error)) throw error;
      }
    }
    for (const { reference, leavesQuantity, sentAtMs } of resting) {
      if (reference === undefined || leavesQuantity === 0) continue;
      const isDue = windingDown || clock.nowMs() - sentAtMs > settings.restingMsMax;
      const before = canceledAtMs.get(reference.brokerOrderId) ?? -Infinity;
      if (isDue && clock.nowMs() - before > cancelAgainAfterMs) await cancel(reference);
    }
  }

  function scheduleTidy(): void {
    if (closed) return;
    clock.setTimer(() => {
      listener.goes(tidy().finally(scheduleTidy));
    }, settings.tidyEveryMs);
  }
  if (parts.isReplay !== true) scheduleTidy();

  async function submit(intent: ExecutionIntent): Promise<void> {
    latest = intent;
    listener.submitted(intent);
    listener.answered(intent, await gateway.submitIntent(intent));
  }

  return {
    ...{ gateway, tracker, book, safety, resolver, unknownCancels, clock, submit, cancel },
    get latest() {
      return latest;
    },

    async place(order) {
      const symbol = symbols[order.symbol] ?? symbolCode('005930');
      let quote: Quote;
      try {
        quote = await broker.quotes.getQuote({ symbol });
      } catch (error) {
        if (!BrokerError.isInstance(error)) throw error;
        listener.withoutPrice(error.code);
        return; // No price, no order: what a strategy does without a quote.
      }
      quotes.set(symbol, quote);
      await submit(intentOf(order, quote, clock.nowMs()));
    },

    liftRestrictions() {
      states.resume(restrictedBy, { requestedBy: 'trial', reason: 'looked at it' });
    },
    tradingState: (symbol) => states.state(symbol),
    get isOpen() {
      return gate.isOpen;
    },

    windDown() {
      windingDown = true;
    },

    async close() {
      closed = true;
      reconciler.close();
      resolver.close();
      unknownCancels.close();
      await broker.close();
    },
  };
}

const same = (response: ExecutionResponse): ExecutionResponse => response;

/** Who restricts trading when the books differ. */
const restrictedBy = 'reconciliation';

/** How long a start waits before it tries again to agree with the broker, ms. */
const openAgainMs = 2_000;

/** A cancel whose number came, and whose order is still listed open, is sent again after this. */
const cancelAgainAfterMs = 12_000;
