import { type HttpTransport, type WebSocketTransport } from '@qts/broker-kit';
import {
  type CancelOutcome,
  type ClientOrderId,
  type Clock,
  type ExecutionIntent,
  type ExecutionResponse,
  type Logger,
  type OrderAdapter,
  type OrderJournal,
  type OrderList,
  type OrderReference,
  type OrderStream,
  type Quote,
  type ReplaceRequest,
  type ReplaceResponse,
  type SymbolCode,
  type TokenStore,
  BrokerError,
  accountId,
  krw,
  shares,
  symbolCode,
} from '@qts/core';
import {
  type FillIncrement,
  type FoldedJournal,
  type FoldedOpening,
  type StopLatch,
  type TrackedOrder,
  type TradingState,
  readAccountOpening,
} from '@qts/engine';
import { type PlaceOrder, intentOf } from './intent-of.ts';
import { type ProgramBroker, createProgramBroker } from './program/create-broker.ts';
import { type Engine, costsOf, restrictedBy, tradedDate, wireEngine } from './program/wire-engine.ts';
import { type SeatSettings } from './schedule.ts';
import { simulatedAccounts } from './simulated-accounts.ts';
import { simulatedInstruments } from './world/market.ts';
import { type ProcessClock } from './world/virtual-time.ts';

/** A place where a defect can be planted, to see that the judge finds it. */
export interface PlantedDefect {
  readonly adapter?: (adapter: OrderAdapter) => OrderAdapter;
  readonly journal?: (journal: OrderJournal) => OrderJournal;
  /** What the engine makes of an answer. */
  readonly response?: (response: ExecutionResponse) => ExecutionResponse;
  readonly latch?: (latch: StopLatch) => StopLatch;
  readonly orderStream?: (stream: OrderStream) => OrderStream;
  readonly sockets?: (transport: WebSocketTransport, clock: Clock) => WebSocketTransport;
  readonly exclusive?: boolean;
}

/** Hears what the program under trial does, as its caller would. */
export interface TraderListener {
  submitted(intent: ExecutionIntent): void;
  answered(intent: ExecutionIntent, response: ExecutionResponse): void;
  replaceBegan(order: TrackedOrder, request: ReplaceRequest): void;
  replaceEnded(request: ReplaceRequest, response: ReplaceResponse): void;
  cancelBegan(target: OrderReference): number;
  cancelEnded(cancel: number, outcome: CancelOutcome): void;
  listRead(list: OrderList): void;
  /** A fill was counted. */
  filled(fill: FillIncrement): void;
  /** The stream of orders, with somebody who reads along. */
  readAlong(stream: OrderStream): OrderStream;
  /** Work that nobody awaits: it must not reject. */
  goes(work: Promise<void>): void;
  /** A read that a program needs failed, and how that is told. */
  readFailed(what: 'PRICE' | 'OPENING', error: BrokerError): void;
}

export interface TraderSettings {
  readonly settings: SeatSettings;
  readonly clock: ProcessClock;
  readonly transport: HttpTransport;
  readonly streamTransport: WebSocketTransport;
  readonly journal: OrderJournal;
  readonly tokenStore: TokenStore;
  readonly stopLatch: StopLatch;
  readonly random: () => number;
  readonly listener: TraderListener;
  readonly logger: Logger;
  readonly defect: PlantedDefect;
  /** What the journal said when the process began. */
  readonly folded: FoldedJournal;
}

/** A change of price that the strategy wants. */
export interface ReplaceOrder {
  readonly commandId: string;
  /** Ticks from the price that the order has. */
  readonly ticks: number;
  /** Only one share of it; else all that remains. */
  readonly isPart: boolean;
}

/** One process: the packages wired as a program wires them, with a strategy that does what it is told. */
export interface Trader extends Pick<
  Engine,
  'gateway' | 'tracker' | 'book' | 'safety' | 'killSwitch' | 'resolver' | 'unknownCancels' | 'unknownReplaces' | 'feed'
> {
  readonly clock: ProcessClock;
  /** Reads the price, then offers the order. */
  place(order: PlaceOrder): Promise<void>;
  submit(intent: ExecutionIntent): Promise<void>;
  replace(order: TrackedOrder, wanted: ReplaceOrder): Promise<void>;
  cancel(target: OrderReference): Promise<void>;
  /** The latest intent that was offered. */
  readonly latest: ExecutionIntent | undefined;
  /** Compares everything with the broker now. */
  reconcile(reason: string): ReturnType<Engine['reconciler']['reconcileNow']>;
  /** A person lifts what a difference between our books and the broker's restricted. */
  liftRestrictions(): void;
  /** What may leave of a symbol now. */
  tradingState(symbol: SymbolCode): TradingState;
  /** The start has agreed with the broker. */
  readonly isOpen: boolean;
  /** An order or a replace waits for the price that it is made of: it is not submitted yet. */
  readonly awaitsPrice: boolean;
  /** From now on everything that rests is canceled. */
  windDown(): void;
  close(): Promise<void>;
}

/** A process that has begun. It has no engine before it has read the account. */
export interface StartingTrader {
  /** Rejects never; `undefined`: it was closed before. */
  readonly ready: Promise<Trader | undefined>;
  close(): Promise<void>;
}

const symbols = simulatedInstruments.map(({ symbol }) => symbolCode(symbol));
/** How long a start waits before it tries again to agree with the broker, ms. */
const againMs = 2_000;
/** A cancel whose number came, and whose order is still listed open, is sent again after this. */
const cancelAgainAfterMs = 12_000;

/** Begins a process: the broker at once, the engine when cash and holdings of the day are known. */
export function startTrader(parts: TraderSettings): StartingTrader {
  const { settings, clock, listener, defect } = parts;
  let trader: Trader | undefined;
  let engine: Engine | undefined;
  let closed = false;
  const broker = createProgramBroker({
    ...parts,
    streamTransport: defect.sockets?.(parts.streamTransport, clock) ?? parts.streamTransport,
    onLateAnswer: (response) => {
      engine?.resolver.hearLateAnswer(response);
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
  const closing = new AbortController();

  async function readOpening(): Promise<FoldedOpening | undefined> {
    for (;;) {
      try {
        return await readAccountOpening({
          ...{ adapter, account: broker.account, tradingDate: tradedDate, clock, journal, folded: parts.folded },
          accountId: accountId(simulatedAccounts[settings.broker].accountId),
          ...{ costs: costsOf(settings), signal: closing.signal },
        });
      } catch (error) {
        if (closed) return undefined;
        // A journal that cannot be written is minded by whoever started the program.
        if (!BrokerError.isInstance(error)) return undefined;
        listener.readFailed('OPENING', error);
      }
      await new Promise<void>((resolve) => {
        const timer = clock.setTimer(resolve, againMs);
        closing.signal.addEventListener('abort', () => {
          timer.cancel();
          resolve();
        });
      });
      if (isAborted(closing.signal)) return undefined;
    }
  }

  async function begin(): Promise<Trader | undefined> {
    const opening = await readOpening();
    if (opening === undefined || isAborted(closing.signal)) return undefined;
    engine = wireTraderEngine({ ...parts, journal }, broker, adapter, opening);
    trader = createTrader(parts, broker, adapter, engine);
    return trader;
  }

  return {
    ready: begin(),
    async close() {
      closed = true;
      closing.abort();
      if (trader === undefined) await broker.close();
      else await trader.close();
    },
  };
}

/** Asked anew after every wait. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** The engine of a process: for the process itself, and for whoever wants to see what its journal comes to. */
export function wireTraderEngine(
  parts: TraderSettings,
  broker: ProgramBroker,
  adapter: OrderAdapter,
  opening: FoldedOpening,
): Engine {
  const { settings, clock, journal, folded, logger, defect, stopLatch, listener } = parts;
  const { orders } = broker.streams;
  return wireEngine({
    ...{ settings, clock, broker, adapter, journal, folded, opening, logger },
    orderStream: settings.streams ? listener.readAlong(defect.orderStream?.(orders) ?? orders) : undefined,
    onFill: (fill) => {
      listener.filled(fill);
    },
    stopLatch: defect.latch?.(stopLatch) ?? stopLatch,
    ...{ response: defect.response, exclusive: defect.exclusive },
  });
}

function createTrader(parts: TraderSettings, broker: ProgramBroker, adapter: OrderAdapter, engine: Engine): Trader {
  const { settings, clock, listener } = parts;
  const { gateway, tracker, resolver, states, reconciler, recovery, quotes, feed } = engine;
  let closed = false;
  let latest: ExecutionIntent | undefined;
  let windingDown = false;
  const canceledAtMs = new Map<string, number>();

  /** Agrees with the broker; as long as it cannot be read, again and again. */
  async function open(): Promise<void> {
    const { outcome } = await recovery.run();
    if (closed) return;
    if (outcome === 'CLOSED') {
      clock.setTimer(() => {
        listener.goes(open());
      }, againMs);
      return;
    }
    feed?.release();
    // A stream tells changes. What only time proves (an end of session, a replace that never came) lists have to show.
    if (settings.reconciles || feed !== undefined) reconciler.start();
  }
  feed?.start();
  listener.goes(open());

  async function cancel(target: OrderReference): Promise<void> {
    const began = listener.cancelBegan(target);
    const { outcome } = await gateway.cancelOrder({ target, dryRun: false });
    listener.cancelEnded(began, outcome);
  }

  /**
   * Reads the list while something is open, where no stream tells, and cancels what rested for long: once, and again when
   * nothing came of it.
   */
  async function tidy(): Promise<void> {
    const resting = tracker.list().filter(({ leavesQuantity }) => leavesQuantity > 0);
    if (resting.length > 0 && feed === undefined) {
      try {
        const list = await adapter.listOrders({ tradingDate: tradedDate });
        tracker.applyList(list);
        resolver.observeList(list);
      } catch (error) {
        if (!BrokerError.isInstance(error)) throw error;
      }
    }
    for (const { intentId, reference, leavesQuantity, sentAtMs } of resting) {
      if (reference === undefined || leavesQuantity === 0) continue;
      const isDue = windingDown || clock.nowMs() - sentAtMs > settings.restingMsMax;
      const before = canceledAtMs.get(intentId) ?? -Infinity;
      if (!isDue || clock.nowMs() - before <= cancelAgainAfterMs) continue;
      canceledAtMs.set(intentId, clock.nowMs());
      const began = listener.cancelBegan(reference);
      // Under whatever numbers: replaces of a part leave it more than one.
      const { outcome } = await gateway.cancelIntent(intentId);
      listener.cancelEnded(began, outcome);
    }
  }

  let priceReads = 0;
  let nextTidy: ReturnType<typeof clock.setTimer> | undefined;
  function scheduleTidy(): void {
    if (closed) return;
    nextTidy = clock.setTimer(() => {
      listener.goes(tidy().finally(scheduleTidy));
    }, settings.tidyEveryMs);
  }
  scheduleTidy();

  /** No price, no order: what a strategy does without a quote. */
  async function readQuote(symbol: SymbolCode): Promise<Quote | undefined> {
    priceReads += 1;
    try {
      const quote = await broker.quotes.getQuote({ symbol });
      quotes.set(symbol, quote);
      return quote;
    } catch (error) {
      if (!BrokerError.isInstance(error)) throw error;
      listener.readFailed('PRICE', error);
      return undefined;
    } finally {
      priceReads -= 1;
    }
  }

  async function submit(intent: ExecutionIntent): Promise<void> {
    latest = intent;
    listener.submitted(intent);
    listener.answered(intent, await gateway.submitIntent(intent));
  }

  return {
    ...engine,
    ...{ clock, submit, cancel },
    get latest() {
      return latest;
    },

    get awaitsPrice() {
      return priceReads > 0;
    },

    async place(order) {
      const quote = await readQuote(symbols[order.symbol] ?? symbolCode('005930'));
      if (quote !== undefined) await submit(intentOf(order, quote, clock.nowMs()));
    },

    async replace(order, { commandId, ticks, isPart }) {
      const tickKrw = (await readQuote(order.intent.symbol))?.tickKrw;
      const { reference, limitPriceKrw } = order;
      if (reference === undefined || limitPriceKrw === undefined || tickKrw === undefined) return;
      const request: ReplaceRequest = {
        clientOrderId: commandId as ClientOrderId,
        target: reference,
        ...(isPart ? { quantity: shares(1) } : {}),
        limitPriceKrw: krw(limitPriceKrw + ticks * tickKrw),
        ...{ orderType: 'LIMIT', timeInForce: 'DAY', session: 'REGULAR', dryRun: false },
      };
      listener.replaceBegan(order, request);
      listener.replaceEnded(request, await gateway.replaceOrder(request));
    },

    reconcile: (reason) => reconciler.reconcileNow(reason),

    liftRestrictions() {
      states.resume(restrictedBy, { requestedBy: 'trial', reason: 'looked at it' });
    },
    tradingState: (symbol) => states.state(symbol),
    get isOpen() {
      return engine.isOpen();
    },

    windDown() {
      windingDown = true;
    },

    async close() {
      closed = true;
      nextTidy?.cancel();
      await engine.close();
      await broker.close();
    },
  };
}
