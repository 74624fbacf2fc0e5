import {
  type ExecutionResponse,
  type Logger,
  type OrderAdapter,
  type OrderJournal,
  type OrderList,
  type OrderStream,
  type Quote,
  type SymbolCode,
  type TradingDate,
  accountId,
  symbolCode,
  tradingDate,
} from '@qts/core';
import {
  type AdmissionCheck,
  type Book,
  type FoldedJournal,
  type FillIncrement,
  type FoldedOpening,
  type KillSwitch,
  type OrderFeed,
  type OrderGateway,
  type OrderTracker,
  type Reconciler,
  type SafetyLayer,
  type StartRecovery,
  type StopLatch,
  type TradingStates,
  type UnknownCancels,
  type UnknownReplaces,
  type UnknownResolver,
  createBook,
  createBrokerForExecution,
  createExternalOrders,
  createFillWatch,
  createKillSwitch,
  createOrderFeed,
  createOrderGateway,
  createOrderTracker,
  createPreTradeCheck,
  createReconciler,
  createSafetyLayer,
  createStartGate,
  createTradingStates,
  createUnknownCancels,
  createUnknownGuard,
  createUnknownReplaces,
  createUnknownResolver,
  journalOrderFacts,
  orderEndsAtMs,
  recoverAtStart,
  recoverSafety,
} from '@qts/engine';
import { sellTax } from '@qts/krx';
import { type MarketView, createMarketDay, riskLimitsDefault } from '@qts/risk';
import { type SeatSettings } from '../schedule.ts';
import { simulatedAccounts } from '../simulated-accounts.ts';
import { simulatedDate, simulatedInstruments } from '../world/market.ts';
import { type ProcessClock } from '../world/virtual-time.ts';
import { type ProgramBroker } from './create-broker.ts';

export interface EngineParts {
  readonly settings: SeatSettings;
  readonly clock: ProcessClock;
  readonly broker: ProgramBroker;
  readonly adapter: OrderAdapter;
  readonly journal: OrderJournal;
  readonly folded: FoldedJournal;
  readonly opening: FoldedOpening;
  readonly stopLatch: StopLatch;
  readonly logger: Logger;
  /** News of orders, where the account has streams. */
  readonly orderStream?: OrderStream | undefined;
  /** Hears of every fill that was counted. */
  readonly onFill: (fill: FillIncrement) => void;
  /** What the engine makes of an answer. */
  readonly response?: ((response: ExecutionResponse) => ExecutionResponse) | undefined;
  readonly exclusive?: boolean | undefined;
}

/** The parts of an engine, wired as a program wires them. */
export interface Engine {
  readonly gateway: OrderGateway;
  readonly tracker: OrderTracker;
  readonly book: Book;
  readonly safety: SafetyLayer;
  readonly states: TradingStates;
  readonly killSwitch: KillSwitch;
  readonly resolver: UnknownResolver;
  readonly unknownCancels: UnknownCancels;
  readonly unknownReplaces: UnknownReplaces;
  readonly reconciler: Reconciler;
  readonly recovery: StartRecovery;
  readonly quotes: Map<SymbolCode, Quote>;
  readonly isOpen: () => boolean;
  readonly feed: OrderFeed | undefined;
  close(): Promise<void>;
}

/** Who restricts trading when the books differ. */
export const restrictedBy = 'reconciliation';

export const tradedDate: TradingDate = tradingDate(simulatedDate);
const billionKrw = 1_000_000_000;

const sellTaxes: ReadonlyMap<string, readonly number[]> = new Map(
  simulatedInstruments.map(({ symbol, market, productClass }) => {
    const tax = sellTax({ market, productClass, tradingDate: simulatedDate, amountKrw: billionKrw });
    if (!tax.ok) throw new Error(`No tax is known for ${symbol}: ${tax.reason}`);
    return [symbol, tax.parts.map(({ taxKrw }) => taxKrw)];
  }),
);

const instruments = simulatedInstruments.map(({ symbol, market, productClass }) => ({
  ...{ symbol: symbolCode(symbol), market, productClass },
  conditions: [] as const,
}));

/** What trading costs in the account. */
export function costsOf({ broker }: SeatSettings): Parameters<typeof createExternalOrders>[0] {
  const { feePartsPerBillion } = simulatedAccounts[broker].terms;
  return { feePartsPerBillion, sellTaxesPartsPerBillion: (symbol) => sellTaxes.get(symbol) ?? [] };
}

export function wireEngine(parts: EngineParts): Engine {
  const { settings, clock, broker, adapter, journal, folded, opening, logger } = parts;
  const account = accountId(simulatedAccounts[settings.broker].accountId);
  const quotes = new Map<SymbolCode, Quote>();
  const costs = costsOf(settings);
  const safety = createSafetyLayer({
    ...{ clock, journal, logger, lockdownThreshold: settings.lockdownThreshold, restored: recoverSafety(folded) },
  });
  const { minimumStopMs } = settings;
  const killSwitch = createKillSwitch({ latch: parts.stopLatch, clock, safety, logger, minimumStopMs });
  const book = createBook({ openingCashKrw: opening.cashKrw, openingPositions: opening.positions, ...costs });
  const tracker = createOrderTracker({
    onFill: (fill) => {
      book.applyFill(fill);
      watchFill(fill);
      parts.onFill(fill);
    },
    onFacts: journalOrderFacts(journal, clock, logger),
    endsAtMs: orderEndsAtMs,
  });
  const market: MarketView = createMarketDay({
    ...{ tradingDate: tradedDate, instruments },
    quote: (symbol) => quotes.get(symbol),
  });
  const gate = createStartGate();
  const states = createTradingStates({
    ...{ clock, safety, tracker, journal, logger, stop: () => killSwitch.refusal() },
    heldQuantity: (symbol) => book.position(symbol)?.quantity ?? 0,
  });
  const watchFill = createFillWatch({
    find: (id) => tracker.get(id),
    ...{ safety, restrict: states.restrictAs('fills', 'OPERATOR') },
  });
  const admit: AdmissionCheck = (intent) => gate.admit(intent) ?? states.admit(intent);
  const execution = createBrokerForExecution({
    ...{ liveAllowed: true, adapter, clock, maxConsecutiveFailures: settings.failuresMax },
  });
  const { response } = parts;
  const gateway = createOrderGateway({
    broker:
      response === undefined
        ? execution
        : {
            ...execution,
            submitIntent: async (intent, options) => response(await execution.submitIntent(intent, options)),
          },
    ...{ accountId: account, clock, journal, safety, tracker, logger, admit, tradingDate: tradedDate },
    admitReplace: (symbol, isSmaller) => states.refuseReplace(symbol, isSmaller),
    checkOrder: createPreTradeCheck({
      ...{ market, tracker, book, openingEquityKrw: opening.cashKrw },
      provisional: {
        openBuyValueKrw: (symbol) => feed?.provisional.openBuyValueKrw(symbol) ?? 0,
        openSellQuantity: (symbol) => feed?.provisional.openSellQuantity(symbol) ?? 0,
      },
      limits: {
        ...riskLimitsDefault,
        openOrdersPerSideMax: settings.openOrdersPerSideMax,
        ...{ exposureMaxBps: 30_000, symbolExposureMaxBps: 30_000, dailyLossMaxBps: 10_000 },
        feePartsPerBillion: costs.feePartsPerBillion,
      },
    }),
  });
  const { watchIntervalMs, onLateLanding } = settings;
  const resolver = createUnknownResolver({
    ...{ adapter, gateway, tracker, safety, journal, clock, accountId: account, logger, onLateLanding },
    timings: { watchIntervalMs },
    ...(parts.exclusive === undefined ? {} : { exclusive: parts.exclusive }),
  });
  const unknownCancels = createUnknownCancels({ adapter, gateway, tracker, clock, logger });
  const unknownReplaces = createUnknownReplaces({
    ...{ adapter, gateway, tracker, safety, journal, accountId: account, clock, logger },
  });
  const unknownGuard = settings.guardsUnknown
    ? createUnknownGuard({ gateway, tracker, trading: states, clock })
    : undefined;
  const restrict = states.restrictAs(restrictedBy, 'OPERATOR');
  const external = createExternalOrders(costs);
  const reconciler = createReconciler({
    ...{ adapter, account: broker.account, accountId: account, tradingDate: tradedDate, clock, tracker, book },
    ...{ journal, safety, restrict, external, knownDifferences: folded.differences, logger },
    onList: (list: OrderList) => {
      resolver.observeList(list);
    },
  });
  const feed: OrderFeed | undefined =
    parts.orderStream === undefined
      ? undefined
      : createOrderFeed({
          ...{ stream: parts.orderStream, tracker, gateway, resolver, reconciler, external, states, clock, logger },
        });
  const recovery = recoverAtStart({
    ...{ folded, accountId: account, tradingDate: tradedDate, adapter, gateway, tracker, resolver, unknownCancels },
    ...{ reconciler, gate, safety, restrict, journal, clock, logger },
    resolveReplace: (order) => unknownReplaces.restore(order),
  });
  return {
    ...{ gateway, tracker, book, safety, states, killSwitch, resolver, unknownCancels, unknownReplaces, reconciler },
    ...{ recovery, quotes, feed },
    isOpen: () => gate.isOpen,
    async close() {
      reconciler.close();
      resolver.close();
      unknownCancels.close();
      unknownReplaces.close();
      unknownGuard?.close();
      await feed?.close();
    },
  };
}
