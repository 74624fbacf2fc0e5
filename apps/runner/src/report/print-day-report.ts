import { type DayReport } from './day-report.ts';
import { streamLines } from '../streams/stream-lines.ts';
import { formatWhole, layOutTable } from './text-table.ts';

/** Lines of equal orders that are printed before the rest is counted: a screen is not a ledger. */
const equalOrderLinesMax = 8;

const count = (number: number, noun: string): string => `${formatWhole(number)} ${noun}${number === 1 ? '' : 's'}`;

/** The report as text for a terminal. Unequal lines are always printed, equal orders are counted beyond a few. */
export function printDayReport(report: DayReport): string {
  const { intents, orders, fills, costs, cash, books, end, positions } = report;
  const won = (value: number): string => `${formatWhole(value)} KRW`;
  const facts: [string, string][] = [
    ['Ended', `${endings[end.reason]} after ${formatWhole(end.cycles)} cycles, ${end.errors} with an error`],
    [
      'Intents',
      `${intents.total}: ${intents.accepted} accepted, ${intents.rejected} rejected, ${intents.notSent} not sent, ${intents.unknown} unknown${codesOf(intents.byCode)}`,
    ],
    ['Orders', countsOf(orders.total, orders.byStatus)],
    ...lostAnswersOf(report),
    ...orderProofOf(report),
    ...streamLinesOf(report),
    ['Fills', `${formatWhole(fills.quantity)} shares in ${count(fills.orders, 'order')}`],
    ['Bought, sold', `${won(fills.boughtKrw)}, ${won(fills.soldKrw)}`],
    ['Fees, taxes', `${won(costs.feesKrw)}, ${won(costs.taxesKrw)}`],
    ['Cash', `${won(cash.openingKrw)} at the open, ${won(cash.closingKrw)} when all has settled`],
    ['Equity', `${won(report.equityKrw)} at the last prices`],
    [
      'Positions',
      positions.length === 0
        ? 'none'
        : positions
            .map(({ symbol, quantity, costKrw }) => `${symbol} ${formatWhole(quantity)} (cost ${formatWhole(costKrw)})`)
            .join(', '),
    ],
    [
      'Safety',
      report.safety.state + (report.safety.lastFailSafeCode === null ? '' : `, last ${report.safety.lastFailSafeCode}`),
    ],
  ];
  if (end.leftOpen.length > 0) facts.push(['LEFT OPEN', `${end.leftOpen.join(', ')}: cancel these at the broker`]);
  return [
    `${report.simulated ? 'SIMULATED trading day' : 'Trading day'} ${report.tradingDate} · ${report.broker} · strategy ${report.strategy}${report.seed === null ? '' : ` · seed ${report.seed}`}`,
    '',
    ...report.data.real.map((line) => `  real      ${line}`),
    ...report.data.modelled.map((line) => `  modelled  ${line}`),
    '',
    ...layOutTable(facts, ['left', 'left']).map((line) => `  ${line}`),
    '',
    ...bookLines(report),
    books.equal ? `BOOKS EQUAL: ${books.lines.length} of ${books.lines.length} lines.` : unequalVerdict(report),
    '',
  ].join('\n');
}

function lostAnswersOf({ lostAnswers }: DayReport): readonly [string, string][] {
  if (lostAnswers === null) return [];
  const { lost, found, absent, unresolved } = lostAnswers;
  const ends = `${found} found on the list, ${absent} never at the venue, ${unresolved} unresolved`;
  return [['Lost answers', `${lost} on purpose: ${ends}`]];
}

function orderProofOf({ orderProof }: DayReport): readonly [string, string][] {
  if (orderProof === null) return [];
  const { sent, duplicates, lost } = orderProof;
  return [
    ['Proof', `${count(sent, 'order')} sent: duplicates ${duplicates}, lost ${lost} (by the venue’s own records)`],
  ];
}

function streamLinesOf({ streams, streamFaults, simulated }: DayReport): readonly [string, string][] {
  return streams === null ? [] : streamLines(streams, streamFaults, simulated);
}

const endings: Readonly<Record<DayReport['end']['reason'], string>> = {
  done: 'with the day',
  stopped: 'by request',
  errors: 'BY ERRORS',
  safety: 'BY THE SAFETY LAYER',
  journal: 'BECAUSE THE JOURNAL BROKE',
  start: 'BEFORE THE START: it never agreed with the broker',
};

function countsOf(total: number, counts: DayReport['orders']['byStatus']): string {
  const parts = Object.entries(counts).map(([status, count]) => `${count} ${status}`);
  return parts.length === 0 ? `${total}` : `${total}: ${parts.join(', ')}`;
}

function codesOf(counts: DayReport['intents']['byCode']): string {
  const parts = Object.entries(counts).map(([code, count]) => `${count} × ${code}`);
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function bookLines({ books }: DayReport): readonly string[] {
  const orders = books.lines.filter(({ item, equal }) => equal && item.startsWith('order '));
  const hidden = new Set(orders.slice(equalOrderLinesMax));
  const shown = books.lines.filter((line) => !hidden.has(line));
  const cell = (value: number | string): string => (typeof value === 'number' ? formatWhole(value) : value);
  const rows = shown.map(({ item, ours, venue, equal }) => {
    // An equal order says the same twice: once is enough.
    const theirs = equal && typeof venue === 'string' ? 'the same' : cell(venue);
    return [item, cell(ours), theirs, equal ? 'equal' : 'DIFFERENT'];
  });
  const table = layOutTable([['', 'our books', 'venue’s books', ''], ...rows], ['left', 'right', 'right', 'left']);
  const rest = hidden.size === 0 ? [] : [`  and ${hidden.size} more orders, all equal (--json lists them)`];
  return [...table.map((line) => `  ${line}`), ...rest, ''];
}

/** On the venue nothing but our own orders moves the books; a real account may be used by others too. */
function unequalVerdict({ books, simulated }: DayReport): string {
  const count = books.lines.filter(({ equal }) => !equal).length;
  const next = simulated ? 'This is a defect: please report it with the seed.' : 'Look at the broker before going on.';
  return `BOOKS DIFFER in ${count} of ${books.lines.length} lines. ${next}`;
}
