import {
  type AccountReader,
  type ExecutionIntent,
  type JournalEntry,
  type OrderAdapter,
  type OrderJournal,
  type Position,
  type SymbolCode,
  accountId,
  clientOrderId,
  krw,
  shares,
} from '@qts/core';
import { type FakeClock, createRecordingLogger } from '@qts/core/testing';
import { type SimulatedJournalStore } from '@qts/storage/testing';
import {
  type Book,
  type ExternalOrders,
  type FoldedJournal,
  type OrderGateway,
  type OrderTracker,
  type OutcomeRecord,
  type Reconciler,
  type RestrictionCause,
  type SafetyLayer,
  type StartRecovery,
  type StartReport,
  type TradingStates,
  type UnknownReplaces,
  type UnknownResolver,
  createBook,
  createBrokerForExecution,
  createExternalOrders,
  createOrderGateway,
  createOrderTracker,
  createReconciler,
  createSafetyLayer,
  createStartGate,
  createUnknownCancels,
  createUnknownReplaces,
  createUnknownResolver,
  foldJournal,
  followJournal,
  journalOrderFacts,
  readAccountOpening,
  recoverAtStart,
  recoverSafety,
} from '../../src/index.ts';
import { type LossyVenue, venueDate } from './lossy-venue.ts';

export const startingCashKrw = 100_000_000;
const account = accountId('paper-1');
const noCosts = { feePartsPerBillion: 0, sellTaxesPartsPerBillion: () => [] };

/** Cash and positions as the venue's own orders give them; it asks nothing of ours. */
export function accountOf(
  venue: LossyVenue,
  clock: FakeClock,
  held: Readonly<Record<string, number>> = {},
): AccountReader {
  const refuse = (): never => {
    throw new Error('not asked for in these tests');
  };
  return {
    brokerId: 'kis',
    getBuyingPower: refuse,
    getSellableQuantity: refuse,
    getCashBalance() {
      let cash = startingCashKrw;
      for (const { row } of venue.orders) {
        cash += (row.reference.side === 'BUY' ? -1 : 1) * row.filledAmountKrw;
      }
      const settled = { depositKrw: krw(cash), nextDayKrw: krw(cash), settledKrw: krw(cash) };
      return Promise.resolve({ ...settled, readAtMs: clock.nowMs() });
    },
    listPositions() {
      const sums = new Map<string, number>(Object.entries(held));
      for (const { row } of venue.orders) {
        const { symbol, side } = row.reference;
        sums.set(symbol, (sums.get(symbol) ?? 0) + (side === 'BUY' ? 1 : -1) * row.filledQuantity);
      }
      const positions = [...sums].filter(([, quantity]) => quantity !== 0);
      return Promise.resolve({
        positions: positions.map(([symbol, quantity]) => positionOf(symbol as SymbolCode, quantity)),
        ...{ complete: true, readAtMs: clock.nowMs() },
      });
    },
  };
}

function positionOf(symbol: SymbolCode, quantity: number): Position {
  return { symbol, quantity: shares(quantity), sellableQuantity: shares(quantity), costKrw: krw(quantity * 70_000) };
}

/** How a process dies: at a record of its own, with what was not synced lost or kept. */
export interface Death {
  /** The record of this process, counted from 1, at which it dies; none: it lives. */
  readonly atRecord: number;
  /** `WRITTEN`: right after the record was handed over. `NEXT`: when the one behind it is about to be. */
  readonly when: 'WRITTEN' | 'NEXT';
  /** What was not synced is lost, as with the power; a killed process loses nothing. */
  readonly losesPower: boolean;
}

/** One process: the engine over the venue and a disk that outlives it. */
export interface CrashableEngine {
  readonly gateway: OrderGateway;
  readonly tracker: OrderTracker;
  readonly book: Book;
  readonly safety: SafetyLayer;
  readonly resolver: UnknownResolver;
  readonly unknownReplaces: UnknownReplaces;
  readonly external: ExternalOrders;
  readonly reconciler: Reconciler;
  readonly recovery: StartRecovery;
  readonly restrictions: readonly (RestrictionCause & { readonly to: string })[];
  readonly logger: ReturnType<typeof createRecordingLogger>;
  /** What the journal says, kept in step with it. */
  readonly folded: FoldedJournal;
  readonly submit: (intent: ExecutionIntent) => void;
  readonly cancel: (intentId: string) => void;
  /** Moves all that remains of an order to another price. */
  readonly replace: (intentId: string, limitPriceKrw: number) => void;
}

/** A process that may be dead before it has come up. */
export interface Process {
  readonly isDead: boolean;
  /** Records that it wrote. */
  readonly written: number;
  /** What it came up as; `undefined` while it has not. */
  readonly engine: CrashableEngine | undefined;
  readonly report: StartReport | undefined;
  /** Ends it, as SIGKILL or the power does. */
  kill(losesPower: boolean): void;
  /** From now on it does not die by itself. */
  spare(): void;
}

export interface World {
  readonly clock: FakeClock;
  readonly venue: LossyVenue;
  readonly reader: AccountReader;
  readonly store: SimulatedJournalStore;
  /** The owner declared that nobody else trades the account. */
  readonly exclusive?: boolean;
  /** Nobody looks for replaces that an earlier process left open. */
  readonly leavesReplaces?: true;
  /** When the outcome of an order is on disk. Default: before it is told. */
  readonly outcomeRecord?: OutcomeRecord;
  /** What restricts trading when the process comes up. */
  readonly states?: Pick<TradingStates, 'restrictions'>;
}

const never = new Promise<never>(() => undefined);

/** Starts a process: it recovers, and trades when the gate is open. */
export function boot(
  { clock, venue, reader, store, exclusive = false, outcomeRecord = 'BEFORE_TOLD', leavesReplaces, states }: World,
  death?: Death,
): Process {
  let isDead = false;
  let isSpared = false;
  let written = 0;
  let engine: CrashableEngine | undefined;
  let report: StartReport | undefined;
  const disk = store.open();

  function kill(losesPower: boolean): void {
    if (isDead) return;
    isDead = true;
    store.losePower(losesPower ? 0 : Infinity);
    engine?.resolver.close();
    engine?.reconciler.close();
    engine?.unknownReplaces.close();
  }

  const mortal: OrderJournal = {
    append(entry: JournalEntry, durability) {
      if (isDead) return never;
      if (!isSpared && death?.when === 'NEXT' && written >= death.atRecord) {
        kill(death.losesPower);
        return never;
      }
      disk.append(entry, durability);
      written++;
      if (!isSpared && death?.when === 'WRITTEN' && written >= death.atRecord) {
        kill(death.losesPower);
        return never;
      }
      return undefined;
    },
    read: () => disk.read(),
    close: () => disk.close(),
  };
  /** Asked anew after every wait. */
  const hasDied = (): boolean => isDead;
  /** A dead process sends nothing and hears nothing. */
  const alive = async <Result>(call: () => Promise<Result>): Promise<Result> => {
    if (isDead) return never;
    const result = await call();
    return hasDied() ? never : result;
  };
  const { adapter } = venue;
  const orders: OrderAdapter = {
    ...adapter,
    placeOrder: (request, options) => alive(() => adapter.placeOrder(request, options)),
    replaceOrder: (request, options) => alive(() => adapter.replaceOrder(request, options)),
    cancelOrder: (request, options) => alive(() => adapter.cancelOrder(request, options)),
    getOrder: (reference, options) => alive(() => adapter.getOrder(reference, options)),
    listOrders: (query, options) => alive(() => adapter.listOrders(query, options)),
  };

  async function comeUp(): Promise<void> {
    const folded = await foldJournal(disk.read());
    const journal = followJournal(mortal, folded);
    const about = { clock, journal, accountId: account, tradingDate: venueDate };
    const opening = await readAccountOpening({ ...about, adapter: orders, account: reader, folded, costs: noCosts });
    const book = createBook({
      ...{ openingCashKrw: opening.cashKrw, openingPositions: opening.positions, ...noCosts },
    });
    const logger = createRecordingLogger();
    const safety = createSafetyLayer({ clock, journal, lockdownThreshold: 100, restored: recoverSafety(folded) });
    const tracker = createOrderTracker({
      onFill: (fill) => {
        book.applyFill(fill);
      },
      onFacts: journalOrderFacts(journal, clock),
    });
    const gate = createStartGate();
    const broker = createBrokerForExecution({
      liveAllowed: true,
      adapter: orders,
      clock,
      maxConsecutiveFailures: 1_000,
    });
    const gateway = createOrderGateway({
      ...{ ...about, broker, safety, tracker, logger, admit: gate.admit, outcomeRecord },
      checkOrder: () => ({ allowed: true, worstPriceKrw: krw(70_000) }),
    });
    const parts = { ...about, adapter: orders, gateway, tracker, safety, logger };
    const resolver = createUnknownResolver(parts);
    const unknownCancels = createUnknownCancels(parts);
    const unknownReplaces = createUnknownReplaces(parts);
    const restrictions: (RestrictionCause & { readonly to: string })[] = [];
    const restrict = (to: string, cause: RestrictionCause): void => void restrictions.push({ to, ...cause });
    const external = createExternalOrders(noCosts);
    const reconciler = createReconciler({
      ...{ ...parts, account: reader, book, restrict, external },
      knownDifferences: folded.differences,
      exclusive,
      onList: (list) => {
        resolver.observeList(list);
      },
    });
    const recovery = recoverAtStart({
      ...{ ...parts, folded, resolver, unknownCancels, reconciler, gate, restrict },
      ...(leavesReplaces === true ? undefined : { resolveReplace: (order) => unknownReplaces.restore(order) }),
      ...(states === undefined ? undefined : { states }),
    });
    engine = {
      folded,
      ...{
        gateway,
        tracker,
        book,
        safety,
        resolver,
        unknownReplaces,
        external,
        reconciler,
        recovery,
        restrictions,
        logger,
      },
      submit(intent) {
        if (!isDead) void gateway.submitIntent(intent);
      },
      cancel(intentId) {
        const reference = tracker.list().find((order) => order.intentId === intentId)?.reference;
        if (!isDead && reference !== undefined) void gateway.cancelOrder({ target: reference, dryRun: false });
      },
      replace(intentId, limitPriceKrw) {
        const target = tracker.list().find((order) => order.intentId === intentId)?.reference;
        if (isDead || target === undefined) return;
        void gateway.replaceOrder({
          ...{ clientOrderId: clientOrderId(`${intentId}-at-${limitPriceKrw}`), target, orderType: 'LIMIT' },
          ...{ limitPriceKrw: krw(limitPriceKrw), timeInForce: 'DAY', session: 'REGULAR', dryRun: false },
        });
      },
    };
    report = await recovery.run();
    if (!hasDied()) reconciler.start();
  }

  void comeUp();
  return {
    kill,
    spare() {
      isSpared = true;
    },
    get isDead() {
      return isDead;
    },
    get written() {
      return written;
    },
    get engine() {
      return engine;
    },
    get report() {
      return report;
    },
  };
}
