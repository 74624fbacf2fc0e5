import {
  type AccountId,
  type Clock,
  type Logger,
  type OrderAdapter,
  type OrderJournal,
  type SymbolCode,
  type TradingDate,
} from '@qts/core';
import { type OrderGateway } from '../gateway/order-gateway-contract.ts';
import { createJournalWriter } from '../gateway/journal-writer.ts';
import { type TradingStates } from '../guards/trading-state.ts';
import { type OrderTracker } from '../orders/order-tracker-contract.ts';
import { type Difference, differenceRules } from '../reconciliation/difference.ts';
import { type Reconciler } from '../reconciliation/reconciler-contract.ts';
import { type Restrict } from '../reconciliation/restriction.ts';
import { type SafetyLayer } from '../safety/safety-layer.ts';
import { type UnknownCancels } from '../unknown/unknown-cancels.ts';
import { type UnknownResolver } from '../unknown/resolver-contract.ts';
import { closeLeftOverOrders } from './left-over-orders.ts';
import { type FoldedJournal, type FoldedOrder } from './folded-journal.ts';
import { recoverDay } from './recovered-day.ts';
import { type StartGate } from './start-gate.ts';

export interface StartRecoverySettings {
  /** What the journal said when this process opened it. */
  readonly folded: FoldedJournal;
  readonly accountId: AccountId;
  readonly tradingDate: TradingDate;
  readonly adapter: Pick<OrderAdapter, 'brokerId' | 'listOrders'>;
  readonly gateway: Pick<OrderGateway, 'restore' | 'cancelIntent'>;
  readonly tracker: OrderTracker;
  readonly resolver: Pick<UnknownResolver, 'restore' | 'settled' | 'open'>;
  readonly unknownCancels: Pick<UnknownCancels, 'begin'>;
  /**
   * Takes on an order with a replace that may have left; resolves when it is known what became of it, and gives false
   * when that could not be found. Default: nobody can, so a person has to look.
   */
  readonly resolveReplace?: (order: FoldedOrder) => Promise<boolean>;
  readonly reconciler: Pick<Reconciler, 'readOrders' | 'reconcileNow'>;
  readonly gate: StartGate;
  readonly safety: SafetyLayer;
  readonly restrict: Restrict;
  /** Restrictions in force, told by the report: those of an earlier process among them. Default: only what is found here. */
  readonly states?: Pick<TradingStates, 'restrictions'>;
  readonly journal: OrderJournal;
  readonly clock: Clock;
  readonly logger?: Logger;
}

/**
 * - `OPEN`: orders may leave, as far as the recovery is concerned.
 * - `RESTRICTED`: the gate is open, and something stands that restricts trading; `why` names it.
 * - `CLOSED`: the broker could not be read; every order is denied. Run it again.
 */
export type StartOutcome = 'OPEN' | 'RESTRICTED' | 'CLOSED';

export interface StartReport {
  readonly outcome: StartOutcome;
  /** Why it is not simply `OPEN`; one sentence each, without a full stop. */
  readonly why: readonly string[];
  /** Orders of today that the journal knew. */
  readonly orders: number;
  /** Orders that were unknown when the process before ended. */
  readonly unknown: number;
  /** Cancels that are being brought to their end. */
  readonly cancels: number;
  readonly differences: readonly Difference[];
  /** Orders of earlier dates whose end nobody knows. */
  readonly leftOver: readonly FoldedOrder[];
}

/** The recovery of one start. */
export interface StartRecovery {
  /**
   * Agrees with the broker and opens the gate, or says why not. May be run again after `CLOSED`; takes up to a minute and
   * a quarter when orders are unknown.
   */
  run(): Promise<StartReport>;
}

/**
 * Recovery at start (execution-safety 10.1):
 *
 * ```
 * journal ─► gateway, tracker, resolver, cancels   at once, before anything is waited for
 * run:  order list ─► unknown orders end ─► orders, positions, cash compared ─► gate opens, or stays closed
 * ```
 *
 * Nothing is sent but cancels that may not have arrived. It writes down what it finds, so that a start that is killed at
 * any point is followed by one that does the same: no order is sent twice, no record of a difference is made twice.
 */
export function recoverAtStart(settings: StartRecoverySettings): StartRecovery {
  const { folded, accountId, tradingDate, adapter, tracker, resolver, reconciler, gate, safety, restrict } = settings;
  const { gateway, clock, logger } = settings;
  const journal = createJournalWriter(settings.journal, logger);
  const day = recoverDay(folded, tradingDate);
  const { unknowns } = day;
  gateway.restore(day.orders);
  resolver.restore(unknowns);
  for (const request of day.cancels) settings.unknownCancels.begin(request);
  // They wait in the gateway, as they did before, until somebody finds the order.
  for (const intentId of day.queuedCancels) void gateway.cancelIntent(intentId);
  // Before the first list: to a tracker that knows of no replace, shares that one moved are canceled shares.
  const replaces = day.openReplaces.map((order) => ({ order, known: settings.resolveReplace?.(order) }));

  /** Of what is unresolved, a person has to decide; until then nothing adds risk. */
  function restrictForUnresolved(): readonly string[] {
    return resolver.open.map(({ intentId, escalated = 'READS_FAILED' }) => {
      const symbol: SymbolCode | undefined = tracker.get(intentId)?.intent.symbol;
      const why = `nobody knows what became of order ${intentId} (${escalated})`;
      restrict('REDUCE_ONLY', { code: 'FS043', why, ...(symbol === undefined ? undefined : { symbol }) });
      return why;
    });
  }

  /** A lost replace may have changed price, quantity and number: until that is known nothing adds risk. */
  async function restrictForReplaces(): Promise<readonly string[]> {
    const why: string[] = [];
    for (const { order, known } of replaces) {
      if ((await known) === true) continue;
      const { intentId, symbol } = order.intent;
      if (tracker.get(intentId)?.leavesQuantity === 0) continue;
      const said = `nobody knows what became of the replace of order ${intentId}`;
      restrict('REDUCE_ONLY', { code: 'FS043', why: said, symbol });
      why.push(said);
    }
    return why;
  }

  async function run(): Promise<StartReport> {
    const cancels = day.cancels.length + day.queuedCancels.length;
    const counts = { orders: day.orders.length, unknown: unknowns.unknown.length, cancels };
    await reconciler.readOrders('start');
    await resolver.settled();
    const replaced = await restrictForReplaces();
    const leftOver = await closeLeftOverOrders(day.leftOver, { adapter, journal: settings.journal, clock, logger });
    const { outcome: compared, differences } = await reconciler.reconcileNow('start');
    const why: string[] = [...restrictForUnresolved(), ...replaced];
    for (const each of differences) if (differenceRules[each.class].restrictTo !== undefined) why.push(each.why);
    for (const each of settings.states?.restrictions() ?? []) if (!why.includes(each.why)) why.push(each.why);
    const refusal = safety.refusal();
    if (refusal !== undefined) why.push(`the safety state is ${safety.pipelineState} (${refusal})`);
    for (const { intent, tradingDate: date } of leftOver) {
      const message = `nobody knows what became of order ${intent.intentId} of ${date}`;
      const metadata = { intentId: intent.intentId, symbol: intent.symbol, tradingDate: date };
      safety.record({ event: 'anomaly', code: 'FS043', message, stage: 'ACT', metadata, intentId: intent.intentId });
    }
    const isReadable = compared !== 'UNREADABLE';
    if (!isReadable) why.push('orders, positions and cash could not be read together');
    const outcome: StartOutcome = !isReadable ? 'CLOSED' : why.length > 0 ? 'RESTRICTED' : 'OPEN';
    const body = { accountId, broker: adapter.brokerId, reason: 'start', outcome, why, ...counts };
    journal.note('reconciled', tradingDate, clock.nowMs(), body);
    if (isReadable) gate.open();
    return { outcome, why, ...counts, differences, leftOver };
  }

  return { run };
}
