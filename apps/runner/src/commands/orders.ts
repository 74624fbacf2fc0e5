import { kstDateTime } from '@qts/core';
import { type JournalledOrder, type RecoveryAction, ordersOf } from '@qts/engine';
import { type ExitName } from '../cli/exit-codes.ts';
import { formatWhole, layOutTable } from '../report/text-table.ts';
import { foldJournalFile } from './read-journal.ts';

/** What a start would do about an order, for people. */
const startWords: Readonly<Record<RecoveryAction, string>> = {
  ANSWER: 'nothing: it is over',
  DENY: 'deny it as stale; nothing had left',
  RESOLVE: 'look for it at the broker; never send it again',
  CATCH_UP: 'read its fills',
  WATCH: 'watch until midnight whether it lands after all',
  ASK_OPERATOR: 'wait for your decision (qts decide)',
};

export interface OrdersCommandOptions {
  readonly file: string;
  /** Leave out orders whose end is known. */
  readonly open: boolean;
  readonly json: boolean;
  readonly out: (text: string) => void;
}

/**
 * `qts orders`: every order that the journal knows, how far it came, and what a start would do about it.
 *
 * @throws {ConfigurationError} (rejects) when the journal cannot be read, or is not whole
 */
export async function ordersCommand({ file, open, json, out }: OrdersCommandOptions): Promise<ExitName> {
  const folded = await foldJournalFile(file);
  const orders = ordersOf(folded).filter(({ isClosed }) => !open || !isClosed);
  const { accountId, tradingDate, seq, safety, restrictions, throttled } = folded;
  if (json) {
    const printed = orders.map((order) => ({ ...order, atStart: atStartOf(order) }));
    const about = { accountId, tradingDate, lastSeq: seq, safety, restrictions, throttled };
    out(`${JSON.stringify({ journal: file, ...about, orders: printed }, null, 2)}\n`);
    return 'ok';
  }
  out(
    `journal of account ${accountId ?? '(no record names it)'}, last record ${seq} (${tradingDate ?? 'no date yet'}), `,
  );
  out(`safety ${safety.state}${safety.killSwitch ? ', kill switch ON' : ''}\n`);
  for (const { source, state, symbol, why } of restrictions) {
    out(`restricted by ${source}: ${state}${symbol === undefined ? '' : ` ${symbol}`}, ${why}\n`);
  }
  for (const { strategy, symbol, side } of throttled) {
    out(`restricted by repeat-throttle: ${side} ${symbol} of ${strategy}\n`);
  }
  if (orders.length === 0) out(open ? 'No order without a known end.\n' : 'No orders.\n');
  else out(`${layOutTable([headings, ...orders.map(rowOf)], alignments).join('\n')}\n`);
  for (const order of orders) {
    if (order.hasOpenCancel) out(`! ${order.intent.intentId}: a cancel may not have arrived\n`);
    if (order.hasOpenReplace) out(`! ${order.intent.intentId}: nobody knows what became of its replace\n`);
  }
  return 'ok';
}

const headings = [
  ...['intent', 'date', 'symbol', 'side', 'quantity', 'type', 'price', 'number', 'filled', 'amount'],
  ...['last record', 'at (KST)', 'means', 'at a start'],
];
const alignments = [
  ...(['left', 'left', 'left', 'left', 'right', 'left', 'right', 'right', 'right', 'right'] as const),
  ...(['left', 'left', 'left', 'left'] as const),
];

function rowOf(order: JournalledOrder): readonly string[] {
  const { intent, tradingDate, last, means, lastAtMs, reference, figures } = order;
  const { intentId, symbol, side, quantity, intentType, limitPriceKrw } = intent;
  return [
    ...[intentId, tradingDate, symbol, side, formatWhole(quantity), intentType],
    limitPriceKrw === undefined ? '–' : formatWhole(limitPriceKrw),
    reference?.brokerOrderId ?? '–',
    figures === undefined ? '–' : formatWhole(figures.filledQuantity),
    figures === undefined ? '–' : formatWhole(figures.filledAmountKrw),
    ...[last, kstDateTime(lastAtMs).slice(0, 19).replace('T', ' '), means, atStartOf(order)],
  ];
}

/** A recovery takes orders of its own date on; of an earlier one it reads the end from that date's list. */
function atStartOf({ recovery, isLeftOver, isClosed, reference, intent }: JournalledOrder): string {
  if (isClosed && recovery === 'CATCH_UP') return 'nothing: it is over';
  if (!isLeftOver || isClosed) return startWords[recovery];
  if (recovery === 'CATCH_UP' && reference !== undefined) return 'read how it ended from the list of its date';
  return `name it until you close it (qts decide ${intent.intentId} closed)`;
}
