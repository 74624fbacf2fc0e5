import { type TradingDate, accountId } from '@qts/core';
import {
  type FoldedJournal,
  type ReconciliationOutcome,
  createBook,
  createExternalOrders,
  createReconciler,
  readAccountOpening,
} from '@qts/engine';
import { createMemoryJournal } from '@qts/storage';
import { type ExitName } from '../cli/exit-codes.ts';
import { layOutTable } from '../report/text-table.ts';
import { costsOf, layOutAccount } from './account-workbench.ts';
import { type OperatorTools } from './operator-tools.ts';
import { foldAccountJournal } from './read-journal.ts';

export interface ReconcileCommandOptions {
  readonly tradingDate: TradingDate;
  readonly json: boolean;
  readonly out: (text: string) => void;
}

/** One difference as its record says it. */
interface FoundDifference {
  readonly class: string;
  readonly subject: string;
  readonly symbol?: string;
  readonly expected: string | number;
  readonly found: string | number;
  readonly why: string;
}

/**
 * `qts reconcile`: reads orders, positions and cash at the broker and lays them beside what the journal says. It reads only:
 * nothing is sent, canceled or written, and what it finds restricts nobody.
 *
 * @returns `ok`: no difference; `booksDiffer`: at least one, or an order whose end nobody knows, which may be open and
 *   whose symbol was not compared; `broker`: it could not be read often enough to say
 * @throws {ConfigurationError} (rejects) when the journal cannot be read, is not whole, or is of another account, mode or
 *   broker; or credentials are missing
 * @throws {BrokerError} (rejects) when the account cannot be read
 */
export async function reconcileCommand(
  { choice, clock, logger, connect }: OperatorTools,
  { tradingDate, json, out }: ReconcileCommandOptions,
): Promise<ExitName> {
  const { config, journal: file } = choice;
  const folded = await foldAccountJournal(choice);
  const broker = connect();
  try {
    // What a comparison finds out is written here, and thrown away with it.
    const scratch = createMemoryJournal();
    const costs = costsOf(config, tradingDate);
    const about = { clock, logger, tradingDate, accountId: accountId(config.account), journal: scratch };
    const opening = await readAccountOpening({
      ...{ ...about, adapter: broker.orders, account: broker.account, folded, costs },
    });
    const book = createBook({ openingCashKrw: opening.cashKrw, openingPositions: opening.positions, ...costs });
    const bench = layOutAccount({
      ...{ config, folded, tradingDate, clock, logger, journal: scratch },
      onFill: (fill) => {
        book.applyFill(fill);
      },
    });
    const reconciler = createReconciler({
      ...{ ...about, adapter: broker.orders, account: broker.account, tracker: bench.tracker, book },
      safety: bench.safety,
      restrict: () => undefined,
      external: createExternalOrders(costs),
    });
    const { outcome, reads } = await reconciler.reconcileNow('operator');
    reconciler.close();
    const differences = scratch.records
      .filter(({ type }) => type === 'reconciliation-difference')
      .map(({ body }) => body as unknown as FoundDifference);
    const unknown = bench.tracker.list().filter(({ reference, leavesQuantity }) => {
      return reference === undefined && leavesQuantity > 0;
    });
    const report = {
      outcome,
      ...{ tradingDate, reads, differences },
      openingFrom: openingFrom(folded, tradingDate),
      unknownOrders: unknown.map(({ intentId, intent: { symbol } }) => ({ intentId, symbol })),
      leftOver: bench.day.leftOver.map(({ intent, tradingDate: of }) => ({
        intentId: intent.intentId,
        tradingDate: of,
      })),
    };
    out(
      json ? `${JSON.stringify({ journal: file, ...report }, null, 2)}\n` : textOf(report, broker.orders.displayName),
    );
    if (outcome === 'UNREADABLE') return 'broker';
    const { unknownOrders, leftOver } = report;
    return differences.length + unknownOrders.length + leftOver.length > 0 ? 'booksDiffer' : 'ok';
  } finally {
    await broker.close();
  }
}

/** Positions and cash can only be compared with what the first start of a date wrote down. */
function openingFrom({ opening }: FoldedJournal, tradingDate: TradingDate): 'journal' | 'broker' {
  return opening?.tradingDate === tradingDate ? 'journal' : 'broker';
}

interface Report {
  readonly outcome: ReconciliationOutcome;
  readonly tradingDate: string;
  readonly reads: number;
  readonly differences: readonly FoundDifference[];
  readonly openingFrom: 'journal' | 'broker';
  readonly unknownOrders: readonly { readonly intentId: string; readonly symbol: string }[];
  readonly leftOver: readonly { readonly intentId: string; readonly tradingDate: string }[];
}

function textOf({ outcome, tradingDate, reads, differences, ...rest }: Report, name: string): string {
  const lines = [
    `${name}, ${tradingDate}: compared ${reads === 1 ? 'once' : `${reads} times`}, nothing sent, nothing written`,
  ];
  if (rest.openingFrom === 'broker') {
    lines.push('No start of this date is in the journal: positions and cash begin at the broker’s own figures.');
  }
  for (const { intentId, symbol } of rest.unknownOrders) {
    lines.push(`! nobody knows yet what became of ${intentId}: ${symbol} and cash are not compared`);
  }
  for (const { intentId, tradingDate: of } of rest.leftOver) lines.push(`! ${intentId} of ${of} has no recorded end`);
  if (differences.length > 0) {
    const rows = differences.map((each) => [
      ...[each.class, each.subject, String(each.expected), String(each.found), each.why],
    ]);
    lines.push(
      ...layOutTable(
        [['class', 'about', 'journal', 'broker', 'what it means'], ...rows],
        ['left', 'left', 'right', 'right', 'left'],
      ),
    );
  }
  const equal = rest.openingFrom === 'broker' ? 'EQUAL in orders; nothing else could be compared' : 'EQUAL';
  const ends: Readonly<Record<ReconciliationOutcome, string>> = {
    AGREED: differences.length === 0 ? equal : 'DIFFERENT, in nothing that would restrict trading',
    DIFFERS: 'DIFFERENT: a start would restrict trading',
    UNREADABLE: 'NOT READ: the broker could not be read, or the account traded all the time; nothing is concluded',
  };
  return `${[...lines, ends[outcome]].join('\n')}\n`;
}
