import { type Logger, type OrderResponse, accountId } from '@qts/core';
import {
  type Book,
  type KillSwitch,
  type OrderGateway,
  type OrderTracker,
  type Reconciler,
  type SafetyLayer,
  type StartRecovery,
  type TradingStates,
  type UnknownResolver,
  cancelWindowOpensAtMs,
  createCancelAll,
  createAccountView,
  createBook,
  createBrokerClock,
  createBrokerForExecution,
  createExternalOrders,
  createFillWatch,
  createHostClockWatch,
  createKillSwitch,
  createOrderGateway,
  createOrderTracker,
  createPreTradeCheck,
  createQueuedCancels,
  createReadBreaker,
  createReconciler,
  createRejectRateGuard,
  createRepeatThrottle,
  createSafetyLayer,
  createStartGate,
  createTradingStates,
  createUnknownCancels,
  createUnknownGuard,
  createUnknownReplaces,
  createUnknownResolver,
  journalOrderFacts,
  orderEndsAtMs,
  readAccountOpening,
  recoverAtStart,
  recoverSafety,
} from '@qts/engine';
import { createMarketDay, riskLimitsDefault } from '@qts/risk';
import { openSessionStreams } from '../streams/session-streams.ts';
import { type StreamReport } from '../streams/stream-report.ts';
import { type LatestQuotes } from './latest-quotes.ts';
import { createSellTaxes } from './sell-taxes.ts';
import { type TradingSessionSettings } from './session-settings.ts';
import { followUnknownOrders } from './unknown-news.ts';

/** Everything that stands between a decision and the broker, and what keeps it true. */
export interface SessionEngine {
  readonly book: Book;
  readonly tracker: OrderTracker;
  readonly safety: SafetyLayer;
  readonly states: TradingStates;
  readonly killSwitch: KillSwitch;
  readonly gateway: OrderGateway;
  readonly resolver: UnknownResolver;
  readonly reconciler: Reconciler;
  readonly recovery: StartRecovery;
  readonly quotes: LatestQuotes;
  readonly view: ReturnType<typeof createAccountView>;
  readonly openingCashKrw: number;
  /** Our orders that still rest, by number; of an order without a number, the id of its intent. */
  resting(): readonly string[];
  /** Cancels what rests, proves it by the list, and gives what is left. Asks the broker for nothing while nothing rests. */
  cancelAll(reason: string): Promise<readonly string[]>;
  /** When an order list was last read in full or in part, by the clock; the start of the session before the first. */
  readonly listReadAtMs: number;
  /** Opens the streams; what they tell of orders waits for {@link releaseStreams}. */
  startStreams(): void;
  /** The start has agreed with the broker: order news counts from now on. */
  releaseStreams(): void;
  /** What the streams told; `undefined` for a broker without. */
  streamReport(): StreamReport | undefined;
  /** What the broker answered after a command had been given up. Each who looks for lost ones knows its own by their ids. */
  hearLateAnswer(response: OrderResponse): void;
  /** Stops everything that reads by itself; leaves no timer. */
  close(): Promise<void>;
}

/**
 * Wires the engine of one account, in the order that a start needs: opening figures, book, safety state, orders, the way
 * of orders, then what finds out about lost ones and what compares with the broker. Orders are denied until
 * `recovery.run()` has agreed with the broker; cancels pass.
 *
 * @throws {BrokerError} when the account cannot be read
 */
export async function wireEngine(settings: TradingSessionSettings): Promise<SessionEngine> {
  const { config, broker, clock, journal, tradingDate, mode } = settings;
  const { folded } = journal;
  const logging: { readonly logger?: Logger } = settings.logger === undefined ? {} : { logger: settings.logger };
  const about = { clock, journal, tradingDate, accountId: accountId(config.account), ...logging };
  const costs = {
    feePartsPerBillion: config.costs.feePartsPerBillion,
    sellTaxesPartsPerBillion: createSellTaxes(settings.instruments, tradingDate),
  };
  const opening = await readAccountOpening({
    ...{ ...about, adapter: broker.orders, account: broker.account, folded, costs },
  });
  const book = createBook({ openingCashKrw: opening.cashKrw, openingPositions: opening.positions, ...costs });
  const safety = createSafetyLayer({ ...about, restored: recoverSafety(folded) });
  const tracker = createOrderTracker({
    onFill: (fill) => {
      book.applyFill(fill);
      watchFill(fill);
    },
    onFacts: journalOrderFacts(journal, clock, settings.logger),
    endsAtMs: orderEndsAtMs,
  });
  const killSwitch = createKillSwitch({ ...about, latch: settings.stop, safety });
  const states = createTradingStates({
    ...{ ...about, safety, tracker, stop: () => killSwitch.refusal() },
    // The book takes fills from the broker's lists alone.
    heldQuantity: (symbol) => book.position(symbol)?.quantity ?? 0,
    restored: folded.restrictions,
  });
  const watchFill = createFillWatch({
    find: (id) => tracker.get(id),
    ...{ safety, restrict: states.restrictAs('fills', 'OPERATOR') },
  });
  const gate = createStartGate();
  const streams = openSessionStreams(settings);
  const { quotes } = streams;
  const external = createExternalOrders(costs, (symbol) => quotes.latest(symbol)?.lastPriceKrw);
  const brokerClock = createBrokerClock({ adapter: broker.orders, tracker, safety, clock });
  const preTrade = {
    ...{ brokerClock, limits: limitsOf(settings), tracker, book, external, provisional: streams.provisional },
    openOrdersMax: broker.orders.capabilities.openOrdersMax,
    market: createMarketDay({
      tradingDate,
      instruments: settings.instruments,
      quote: (symbol) => quotes.latest(symbol),
    }),
    openingEquityKrw: opening.cashKrw + opening.positions.reduce((sum, { costKrw }) => sum + costKrw, 0),
  };
  const throttle = createRepeatThrottle({ record: about, restored: folded.throttled });
  const engine = createBrokerForExecution({
    ...{ liveAllowed: mode.allowed, adapter: broker.orders, clock },
    ...(settings.liveApproval === undefined ? {} : { liveApproval: settings.liveApproval }),
  });
  const gateway = createOrderGateway({
    ...{ ...about, broker: engine, safety, tracker, cancelWindow: cancelWindowOpensAtMs },
    checkOrder: throttle.wrap(createPreTradeCheck(preTrade)),
    admit: (intent) => gate.admit(intent) ?? states.admit(intent),
    admitReplace: states.refuseReplace,
  });
  brokerClock.follow(gateway);
  const { onUnknown } = settings;
  if (onUnknown !== undefined) followUnknownOrders(gateway, clock, onUnknown);
  createRejectRateGuard({ gateway, trading: states });
  const unknownGuard = createUnknownGuard({ gateway, tracker, trading: states, clock });
  // Looking after lost orders goes on, paced, while a broker that cannot be read is left alone.
  const breaker = createReadBreaker({ clock });
  const { brokerId } = broker.orders;
  const parts = { ...about, gateway, tracker, safety };
  const lost = { ...parts, adapter: { brokerId, ...breaker.exempt(broker.orders) } };
  const usual = { ...parts, adapter: { brokerId, ...breaker.guard(broker.orders) } };
  const resolver = createUnknownResolver({ ...lost, brokerClock });
  const unknownCancels = createUnknownCancels(lost);
  const unknownReplaces = createUnknownReplaces(lost);
  const queuedCancels = createQueuedCancels(parts);
  const restrict = states.restrictAs('reconciliation', 'OPERATOR');
  let listReadAtMs = clock.nowMs();
  const reconciler = createReconciler({
    ...{ ...usual, account: broker.account, book, restrict, external, knownDifferences: folded.differences },
    onList: (list) => {
      listReadAtMs = clock.nowMs();
      resolver.observeList(list);
    },
  });
  const hostClock = createHostClockWatch({
    ...{ clock, safety },
    onGap: (reason) => void reconciler.reconcileNow(reason),
  });
  streams.attach({ tracker, gateway, resolver, reconciler, external, states });
  const cancelAll = createCancelAll({ adapter: broker.orders, gateway, tracker, clock });
  const resting = (): readonly string[] =>
    tracker
      .list()
      .filter(({ leavesQuantity }) => leavesQuantity > 0)
      .map(({ reference, intentId }) => reference?.brokerOrderId ?? intentId);
  return {
    ...{ book, tracker, safety, states, killSwitch, gateway, resolver, reconciler, quotes },
    recovery: recoverAtStart({
      ...{ ...usual, folded, resolver, unknownCancels, reconciler, gate, restrict, states },
      resolveReplace: (order) => unknownReplaces.restore(order),
    }),
    view: createAccountView(preTrade),
    openingCashKrw: opening.cashKrw,
    async cancelAll(reason) {
      if (resting().length === 0) return [];
      await cancelAll({ requestedBy: 'qts', reason });
      // It proves that nothing is open; what the orders came to stands in the whole list.
      await reconciler.readOrders(reason);
      return resting();
    },
    resting,
    get listReadAtMs() {
      return listReadAtMs;
    },
    startStreams() {
      streams.start();
    },
    releaseStreams() {
      streams.release();
    },
    streamReport: () => streams.report(),
    hearLateAnswer(response) {
      resolver.hearLateAnswer(response);
      unknownReplaces.hearLateAnswer(response);
    },
    async close() {
      hostClock.close();
      reconciler.close();
      resolver.close();
      unknownCancels.close();
      unknownReplaces.close();
      unknownGuard.close();
      queuedCancels.close();
      await streams.close();
    },
  };
}

function limitsOf({ config: { limits, costs } }: TradingSessionSettings) {
  return {
    ...riskLimitsDefault,
    orderQuantityMax: limits.orderQuantityMax,
    orderValueMaxKrw: limits.orderValueKrwMax,
    dailyOrdersMax: limits.ordersPerDayMax,
    exposureMaxBps: Math.round(limits.exposureShareMax * 10_000),
    symbolExposureMaxBps: Math.round(limits.symbolShareMax * 10_000),
    feePartsPerBillion: costs.feePartsPerBillion,
  };
}
