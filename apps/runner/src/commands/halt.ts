import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type OrderJournal, ConfigurationError, kstDate } from '@qts/core';
import {
  type CancelAllReport,
  type FoldedJournal,
  createCancelAll,
  createKillSwitch,
  createOrderTracker,
  createSafetyLayer,
  emptyFoldedJournal,
  followJournal,
  orderFold,
  recoverSafety,
} from '@qts/engine';
import { createMemoryJournal, openSqliteJournal, openStopFile, restoreFold } from '@qts/storage';
import { type ExitName } from '../cli/exit-codes.ts';
import { layOutAccount } from './account-workbench.ts';
import { type AccountChoice } from './account-choice.ts';
import { liftRestrictions, requireRestriction } from './lift-restrictions.ts';
import { type Operator, type OperatorTools } from './operator-tools.ts';

/** `ours`: what this journal sent. `all`: whatever is open in the account, orders that people gave by hand included. */
export type CancelScope = 'ours' | 'all';

/**
 * `qts halt`: engages the kill switch of an account. A running program sees it before its next order; a program that starts
 * later begins stopped. With a scope it then cancels what rests, and proves it by the broker's list.
 *
 * @returns `booksDiffer` when something is left open; `broker` when the list could not be read, so that nobody knows
 * @throws {ConfigurationError} (rejects) without a name or a reason; nothing was changed then
 */
export async function haltCommand(
  tools: OperatorTools,
  {
    by,
    scope,
    out,
  }: { readonly by: Operator; readonly scope: CancelScope | undefined; readonly out: (text: string) => void },
): Promise<ExitName> {
  const { choice, clock, logger } = tools;
  requireStopFile(choice);
  const latch = openStopFile(choice.stop);
  createKillSwitch({ latch, clock, safety: createSafetyLayer({ clock }), logger }).engage(by);
  out(`HALTED: the kill switch of ${choice.config.mode} ${choice.config.account} is on (${choice.stop}).\n`);
  out('New orders and replaces are denied; cancels pass. It stays on over restarts, until `qts resume`.\n');
  await noteHalt(tools, by, out);
  if (scope === undefined) return 'ok';
  const report = await cancelAll(tools, by, scope).catch((error: unknown) => {
    if (ConfigurationError.isInstance(error) && error.code === 'JOURNAL_HELD') {
      const owner = String(error.facts['owner'] ?? 'a process');
      out(`Nothing was canceled: ${owner} has the journal. \`kill -USR1\` makes it cancel what it sent;\n`);
      out('`--cancel-all all` cancels whatever is open in the account, by the broker’s list.\n');
    }
    throw error;
  });
  return tellEnd(report, scope, out);
}

/** What the account came to. Without a list of now nothing is claimed about it: that no order is named is no evidence. */
function tellEnd(
  { isEmpty, left, unreadCode, completeReads, canceledOrders }: CancelAllReport,
  scope: CancelScope,
  out: (text: string) => void,
): ExitName {
  // Without the journal nobody looked whose an order is.
  const others = scope === 'ours' ? 'not ours' : 'of whoever sent it';
  for (const { reference, intentId, leavesQuantity, outcome } of left) {
    const number = `${reference?.brokerOrderId ?? 'without a number'} ${reference?.symbol ?? ''}`;
    out(`${unreadCode === undefined ? 'LEFT OPEN' : 'MAY BE OPEN'} ${number} ${leavesQuantity} shares `);
    out(`(${intentId ?? others}): ${outcome ?? 'not canceled'}\n`);
  }
  if (unreadCode !== undefined) {
    const since = completeReads === 0 ? 'could not be read' : 'cannot be read any more';
    out(`NOT KNOWN what is open: the list of open orders ${since} (${unreadCode}). `);
    out(`A cancel was tried for ${canceledOrders} orders.\n`);
    out('Look at the broker’s own application, and cancel there what is open; or give this command again.\n');
    return 'broker';
  }
  const gone = canceledOrders - left.filter(({ outcome }) => outcome !== undefined).length;
  out(`${gone} orders canceled, ${left.length} left open`);
  out(isEmpty ? '; the broker’s list shows nothing open.\n' : '; look at the broker.\n');
  return isEmpty ? 'ok' : 'booksDiffer';
}

/** Writes the stop into a journal that no run has, so that a start knows of it even when the file is lost. The stop holds without. */
async function noteHalt(
  { choice, clock, logger }: OperatorTools,
  by: Operator,
  out: (text: string) => void,
): Promise<void> {
  try {
    const held = openIfFree({ choice, clock, logger }, false);
    if (held === undefined) return;
    const safety = createSafetyLayer({ clock, journal: held.journal, restored: recoverSafety(held.folded) });
    if (!safety.snapshot().killSwitch) safety.setKillSwitch(true, by);
    await held.journal.close();
  } catch (error) {
    if (!ConfigurationError.isInstance(error)) throw error;
    out(`It could not be written into the journal, and holds without: ${error.message}\n`);
  }
}

async function cancelAll(
  { choice, clock, logger, connect }: OperatorTools,
  by: Operator,
  scope: CancelScope,
): Promise<CancelAllReport> {
  const tradingDate = kstDate(clock.nowMs());
  const held = scope === 'all' ? undefined : openAccountJournal({ choice, clock, logger });
  const broker = connect();
  try {
    const tracker =
      held === undefined
        ? createOrderTracker()
        : layOutAccount({ config: choice.config, tradingDate, clock, logger, ...held }).tracker;
    const cancel = createCancelAll({
      ...{ adapter: broker.orders, tracker, clock, logger, scope: scope === 'all' ? 'ALL' : 'OURS' },
      gateway: { cancelOrder: (request, options) => broker.orders.cancelOrder(request, options) },
    });
    const report = await cancel(by);
    const { canceledOrders, isEmpty } = report;
    const body = { action: 'cancel-all', ...by, scope, canceledOrders, isEmpty };
    const acted = { type: 'operator-acted', occurredAtMs: clock.nowMs(), correlationId: tradingDate, body } as const;
    await held?.journal.append(acted, 'BARRIER');
    return report;
  } finally {
    await broker.close();
    await held?.journal.close();
  }
}

export interface ResumeCommandOptions {
  readonly by: Operator;
  /** Ends the safety state `FAIL` or `LOCKDOWN`, too. */
  readonly approveRecovery: boolean;
  /** Ends what a source restricted, too: `reconciliation`, `repeat-throttle`, …, or `all`. */
  readonly lift?: string;
  readonly out: (text: string) => void;
}

/**
 * `qts resume`: ends the stop of {@link haltCommand}. Where no run has the journal, the release is written into it, too, so
 * that the next start knows; then the safety state and restrictions can be ended, too.
 *
 * @throws {ConfigurationError} (rejects) without a name or a reason, when a recovery is approved or a restriction lifted
 *   while a run has the journal, or when there is no such restriction; nothing was changed then
 */
export async function resumeCommand(
  { choice, clock, logger }: Pick<OperatorTools, 'choice' | 'clock' | 'logger'>,
  { by, approveRecovery, lift, out }: ResumeCommandOptions,
): Promise<ExitName> {
  const { requestedBy, reason } = by;
  requireStopFile(choice);
  const held = openIfFree({ choice, clock, logger }, approveRecovery || lift !== undefined);
  try {
    const { folded, journal } = held ?? { folded: emptyFoldedJournal(), journal: createMemoryJournal() };
    if (lift !== undefined) requireRestriction(lift, folded);
    const safety = createSafetyLayer({ clock, journal, logger, restored: recoverSafety(folded) });
    createKillSwitch({ latch: openStopFile(choice.stop), clock, safety, logger }).release({ requestedBy, reason });
    out(`RESUMED: the kill switch of ${choice.config.mode} ${choice.config.account} is off.\n`);
    if (held === undefined) out('A run, if there is one, follows before its next order.\n');
    if (approveRecovery) {
      const { from, to, applied } = safety.requestRecovery({ operatorApproved: true, requestedBy, reason });
      out(
        applied ? `Safety state ${from} → ${to}, by ${requestedBy}.\n` : `Safety state ${from}: nothing to recover.\n`,
      );
    } else if (!safety.snapshot().isTradingAllowed) {
      out(`The safety state is ${safety.pipelineState}: it stays until somebody approves (--approve-recovery).\n`);
    }
    const standing = [...folded.restrictions];
    const lifted = lift === undefined ? [] : liftRestrictions(lift, by, { folded, journal, safety, clock, logger });
    for (const each of lifted) out(`Lifted, by ${requestedBy}: ${each}\n`);
    for (const { source, state, why } of lift === undefined ? standing : []) {
      out(`Still restricted (${state}) by ${source}: ${why}. --lift ${source} ends it.\n`);
    }
    return 'ok';
  } finally {
    await held?.journal.close();
  }
}

/** A simulated run is a world of its own, which no file of an account reaches: a halt that halts nothing would be a lie. */
function requireStopFile({ config: { mode } }: AccountChoice): void {
  if (mode !== 'sim') return;
  throw new ConfigurationError({
    code: 'SIM_HAS_NO_STOP',
    summary: 'A simulated run does not look at a kill switch outside of itself. Nothing was changed.',
    facts: { field: '--mode', found: mode },
    next: 'Give --mode paper or --mode live. A simulated run is stopped by Ctrl-C, or halted by kill -USR1 and its pid.',
  });
}

interface OpenedJournal {
  readonly folded: FoldedJournal;
  readonly journal: OrderJournal;
}

/**
 * Opens the account's journal to write into it.
 *
 * @throws {ConfigurationError} when there is none, a run has it open, or it is not usable
 */
export function openAccountJournal({
  choice,
  clock,
  logger,
}: Pick<OperatorTools, 'choice' | 'clock' | 'logger'>): OpenedJournal {
  const file = resolve(choice.journal);
  if (!existsSync(file)) {
    throw new ConfigurationError({
      code: 'JOURNAL_ABSENT',
      summary: 'There is no order journal of this account. Nothing was written.',
      facts: { file },
      next: 'Name mode and account as the run had them (--mode, --config), or the file with --journal.',
    });
  }
  const sqlite = openSqliteJournal({ file, accountId: choice.config.account, clock, logger });
  const { state } = restoreFold(sqlite, orderFold);
  return { folded: state, journal: followJournal(sqlite, state) };
}

/** A run that has the journal hears of the file by itself, and an account that never traded has none. */
function openIfFree(
  tools: Pick<OperatorTools, 'choice' | 'clock' | 'logger'>,
  isNeeded: boolean,
): OpenedJournal | undefined {
  try {
    return openAccountJournal(tools);
  } catch (error) {
    const isElsewhere =
      ConfigurationError.isInstance(error) && (error.code === 'JOURNAL_HELD' || error.code === 'JOURNAL_ABSENT');
    if (isElsewhere && !isNeeded) return undefined;
    throw error;
  }
}
