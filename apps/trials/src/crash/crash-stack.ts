import { join } from 'node:path';
import { createUndiciTransport } from '@qts/broker-kit';
import {
  type Clock,
  type ExecutionIntent,
  type Logger,
  type OrderAdapter,
  type SymbolCode,
  BrokerError,
  accountId,
  krw,
  Secret,
  tradingDate,
} from '@qts/core';
import {
  type AdmissionCheck,
  type Book,
  type FoldedJournal,
  type OrderGateway,
  type OrderTracker,
  type Reconciler,
  type SafetyLayer,
  type StartReport,
  type UnknownResolver,
  createBook,
  createBrokerForExecution,
  createExternalOrders,
  createOrderGateway,
  createOrderTracker,
  createReconciler,
  createSafetyLayer,
  createStartGate,
  createTradingStates,
  createUnknownCancels,
  createUnknownResolver,
  followJournal,
  hashFoldedJournal,
  journalOrderFacts,
  orderEndsAtMs,
  orderFold,
  readAccountOpening,
  recoverAtStart,
  recoverSafety,
} from '@qts/engine';
import { openSqliteJournal, restoreFold, saveFold } from '@qts/storage';
import { crashAccounts, crashDate, crashSellTaxes } from './crash-market.ts';
import { type PassPoint, createMortalJournal, createMortalTransport } from './mortal-ports.ts';
import { openBroker } from './open-broker.ts';
import { type RunnerMessage, type RunnerTask } from './runner-messages.ts';

/** The program under trial, up and agreed with the broker. */
export interface CrashStack {
  readonly gateway: OrderGateway;
  readonly tracker: OrderTracker;
  readonly book: Book;
  readonly safety: SafetyLayer;
  readonly resolver: UnknownResolver;
  readonly reconciler: Reconciler;
  readonly folded: FoldedJournal;
  readonly opened: StartReport;
  /** Intents that the journal knew when the process began, oldest first. */
  readonly before: readonly ExecutionIntent[];
  /** An order may leave now. */
  mayOrder(symbol: SymbolCode): boolean;
  /** Reads the order list, and takes it in. */
  readOrders(): Promise<void>;
  keepSnapshot(): void;
  close(): Promise<void>;
}

/** Real deadlines, ms: the time of the trial runs faster than sockets do, and a late answer is waited for no longer. */
const deadlines = { headersTimeoutMs: 350, answerTimeoutMs: 450, lateAnswerMsMax: 650 };
/** As long as many of them take in the time of the trial, ms. */
const readTimeoutMs = 120_000;
/** Between two attempts to come up, ms. */
const againMs = 1_000;

const date = tradingDate(crashDate);

/** Wires the packages as a program does, with points around their ports, and brings them up. */
export async function startStack(
  task: RunnerTask,
  clock: Clock,
  pass: PassPoint,
  tell: (message: RunnerMessage) => void,
): Promise<CrashStack> {
  const account = crashAccounts[task.broker];
  const costs = {
    feePartsPerBillion: account.terms.feePartsPerBillion,
    sellTaxesPartsPerBillion: () => crashSellTaxes,
  };
  const logger = silent;
  const file = openSqliteJournal({
    ...{ file: join(task.folder, 'orders.db'), accountId: account.accountId, clock, reserveBytes: 0 },
    secrets: [account.appKey, account.appSecret, account.accountNumber.slice(0, 8)].map((text) => new Secret(text)),
  });
  const { state: folded, seq } = restoreFold(file, orderFold);
  tell({ kind: 'FOLDED', seq, hash: hashFoldedJournal(folded) });
  pass('recovery-folded');
  const before = [...folded.orders.values()].map(({ intent }) => intent);
  const journal = followJournal(createMortalJournal(file, pass, task.defect), folded);

  const gate = createStartGate();
  const broker = openBroker(task.broker, {
    ...{ url: task.url, folder: task.folder, clock, logger },
    transport: createMortalTransport(createUndiciTransport(deadlines), pass, () => gate.isOpen, task.defect),
    onLateAnswer: (response) => {
      resolver.hearLateAnswer(response);
    },
  });
  const adapter: OrderAdapter = {
    ...broker.orders,
    async listOrders(query, options) {
      const list = await broker.orders.listOrders(query, options);
      if (!gate.isOpen) pass('recovery-list-read');
      return list;
    },
  };
  const about = { clock, journal, accountId: accountId(account.accountId), tradingDate: date, logger };
  const opening = await persist(clock, () =>
    readAccountOpening({ ...about, adapter, account: broker.account, folded, costs }),
  );
  const book = createBook({ openingCashKrw: opening.cashKrw, openingPositions: opening.positions, ...costs });
  const safety = createSafetyLayer({ ...about, lockdownThreshold: 1_000, restored: recoverSafety(folded) });
  const tracker = createOrderTracker({
    onFill: (fill) => {
      book.applyFill(fill);
    },
    onFacts: journalOrderFacts(journal, clock, logger),
    endsAtMs: orderEndsAtMs,
  });
  const states = createTradingStates({
    ...{ clock, safety, tracker, journal, logger },
    heldQuantity: (symbol) => book.position(symbol)?.quantity ?? 0,
  });
  const admit: AdmissionCheck = (intent) => gate.admit(intent) ?? states.admit(intent);
  const gateway = createOrderGateway({
    ...{ ...about, safety, tracker, admit },
    broker: createBrokerForExecution({ liveAllowed: true, adapter, clock, maxConsecutiveFailures: 1_000 }),
    // Risk has trials of its own.
    checkOrder: ({ limitPriceKrw = krw(0) }) => ({ allowed: true, worstPriceKrw: limitPriceKrw }),
  });
  const parts = { ...about, adapter, gateway, tracker, safety };
  const resolver = createUnknownResolver({
    ...{ ...parts, exclusive: true, recoverAfterQuietMs: 100 },
    timings: { readTimeoutMs, giveUpAfterMs: 300_000 },
  });
  const unknownCancels = createUnknownCancels(parts);
  const restrict = states.restrictAs('reconciliation', 'OPERATOR');
  const reconciler = createReconciler({
    ...{ ...parts, account: broker.account, book, restrict, external: createExternalOrders(costs) },
    ...{ exclusive: true, knownDifferences: folded.differences, timings: { readTimeoutMs } },
    onList: (list) => {
      resolver.observeList(list);
    },
  });
  const recovery = recoverAtStart({
    ...{ ...parts, folded, resolver, unknownCancels, reconciler, restrict },
    gate: {
      ...gate,
      get isOpen() {
        return gate.isOpen;
      },
      open() {
        pass('recovery-before-gate');
        gate.open();
      },
    },
  });
  let opened = await recovery.run();
  while (opened.outcome === 'CLOSED') {
    await pause(clock, againMs);
    opened = await recovery.run();
  }
  reconciler.start();
  return {
    ...{ gateway, tracker, book, safety, resolver, reconciler, folded, opened, before },
    mayOrder: (symbol) => safety.shouldRun() && states.state(symbol) === 'ACTIVE' && !tracker.hasUnknown(symbol),
    async readOrders() {
      await reconciler.readOrders('trial');
    },
    keepSnapshot() {
      saveFold(file, orderFold, folded);
      pass('snapshot-saved');
    },
    async close() {
      reconciler.close();
      resolver.close();
      unknownCancels.close();
      await broker.close();
      await journal.close();
    },
  };
}

export function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.setTimer(resolve, ms);
  });
}

/** Until the broker answers. */
async function persist<Result>(clock: Clock, work: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!BrokerError.isInstance(error)) throw error;
      await pause(clock, againMs);
    }
  }
}

const ignore = (): void => undefined;
const silent: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };
