import {
  type BrokerOrderId,
  type ExecutionResponse,
  type IntentId,
  accountId,
  krw,
  parseExecutionIntent,
  shares,
  symbolCode,
  tradingDate,
} from '@qts/core';
import {
  type Book,
  type ExternalOrders,
  type FillIncrement,
  type OrderFeed,
  type OrderGateway,
  type OrderTracker,
  type Reconciler,
  type SafetyRecord,
  type TradingStates,
  createBook,
  createBrokerForExecution,
  createExternalOrders,
  createFillWatch,
  createOrderFeed,
  createOrderGateway,
  createOrderTracker,
  createReconciler,
  createSafetyLayer,
  createTradingStates,
  createUnknownCancels,
  createUnknownResolver,
} from '@qts/engine';
import { createMemoryJournal } from '@qts/storage';
import { type FrontBroker, type TwoFronts, marketDate, symbol } from './two-fronts.ts';

const costs = { feePartsPerBillion: 140_527, sellTaxesPartsPerBillion: (): readonly number[] => [] };

/** The engine over one broker, fed by its order stream beside the lists. */
export interface StreamedEngine {
  readonly gateway: OrderGateway;
  readonly tracker: OrderTracker;
  readonly book: Book;
  readonly feed: OrderFeed;
  readonly states: TradingStates;
  readonly reconciler: Reconciler;
  readonly external: ExternalOrders;
  /** Every increment that was counted, in order. */
  readonly fills: readonly FillIncrement[];
  readonly alarms: readonly SafetyRecord['code'][];
  buy(id: string, quantity: number, limitPriceKrw: number): Promise<ExecutionResponse>;
  numberOf(id: string): BrokerOrderId | undefined;
  close(): Promise<void>;
}

export async function startStreamedEngine(fronts: TwoFronts, broker: FrontBroker): Promise<StreamedEngine> {
  const { clock, logger } = fronts;
  const about = { clock, logger, journal: createMemoryJournal(), accountId: accountId('simulated') };
  const date = tradingDate(marketDate);
  const fills: FillIncrement[] = [];
  const alarms: SafetyRecord['code'][] = [];
  const book = createBook({
    openingCashKrw: 1_000_000_000,
    openingPositions: [{ symbol: symbolCode(symbol), quantity: shares(1_000), costKrw: krw(60_000_000) }],
    ...costs,
  });
  const layer = createSafetyLayer({ ...about, lockdownThreshold: 1_000 });
  const safety: typeof layer = {
    ...layer,
    record(record) {
      alarms.push(record.code);
      return layer.record(record);
    },
  };
  const tracker: OrderTracker = createOrderTracker({
    onFill(fill) {
      fills.push(fill);
      book.applyFill(fill);
      watchFill(fill);
    },
  });
  const heldQuantity = (): number => book.position(symbolCode(symbol))?.quantity ?? 0;
  const states = createTradingStates({ ...about, safety: layer, tracker, heldQuantity });
  const watchFill = createFillWatch({
    find: (id) => tracker.get(id),
    ...{ safety, restrict: states.restrictAs('fills', 'OPERATOR') },
  });
  const adapter = broker.orders;
  const gateway = createOrderGateway({
    ...{ ...about, safety, tracker, tradingDate: date, admit: states.admit },
    broker: createBrokerForExecution({ liveAllowed: true, adapter, clock, maxConsecutiveFailures: 1_000 }),
    checkOrder: (intent) => ({ allowed: true, worstPriceKrw: intent.limitPriceKrw ?? krw(91_000) }),
  });
  const parts = { ...about, adapter, gateway, tracker, safety };
  const resolver = createUnknownResolver(parts);
  const unknownCancels = createUnknownCancels(parts);
  const external = createExternalOrders(costs);
  const reconciler = createReconciler({
    ...{ ...parts, tradingDate: date, account: broker.account, book, external },
    restrict: states.restrictAs('reconciliation', 'OPERATOR'),
    onList: (list) => {
      resolver.observeList(list);
    },
  });
  const feed = createOrderFeed({
    ...{ stream: broker.streams.orders, tracker, gateway, resolver, reconciler, external, states, clock, logger },
  });
  feed.start();
  await fronts.settle(reconciler.reconcileNow('start'));
  feed.release();
  reconciler.start();
  return {
    ...{ gateway, tracker, book, feed, states, reconciler, external, fills, alarms },
    buy: (id, quantity, limitPriceKrw) =>
      gateway.submitIntent(
        parseExecutionIntent({
          ...{ intentId: id, symbol, side: 'BUY', quantity, intentType: 'LIMIT', limitPriceKrw },
          createdAtMs: clock.nowMs(),
        }),
      ),
    numberOf: (id) => tracker.get(id as IntentId)?.reference?.brokerOrderId,
    async close() {
      reconciler.close();
      resolver.close();
      unknownCancels.close();
      await feed.close();
    },
  };
}
