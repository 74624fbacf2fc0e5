import { type LostReplyRow } from './run-lost-reply.ts';

const columns = [
  'loss',
  'what happens',
  'client',
  'POSTs',
  'orders',
  'said first',
  'after',
  'said last',
  'after',
  'true',
];

/** A table for people. */
export function formatLostReply(rows: readonly LostReplyRow[]): string {
  const cells = [columns, ...rows.map(cellsOf)];
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => (row[index] ?? '').length)));
  return cells
    .map((row) =>
      row
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cellsOf(row: LostReplyRow): readonly string[] {
  return [
    row.loss,
    row.what,
    row.client,
    String(row.posts),
    String(row.ordersAtVenue),
    row.first,
    seconds(row.firstMs),
    row.last,
    seconds(row.lastMs),
    truth(row),
  ];
}

function seconds(ms: number | undefined): string {
  return ms === undefined ? '-' : `${(ms / 1_000).toFixed(ms < 10_000 ? 2 : 0)} s`;
}

function truth({ firstTrue, lastTrue }: LostReplyRow): string {
  if (firstTrue === false || lastTrue === false) return 'NO';
  return lastTrue === true ? 'yes' : 'nothing claimed';
}

/** Sums over one client's rows. */
export function summarise(rows: readonly LostReplyRow[]): string {
  const clients = [...new Set(rows.map(({ client }) => client))];
  return clients
    .map((client) => {
      const own = rows.filter((row) => row.client === client);
      const doubled = own.filter(({ ordersAtVenue }) => ordersAtVenue > 1).length;
      const resent = own.filter(({ posts }) => posts > 1).length;
      const falsehoods = own.filter((row) => truth(row) === 'NO').length;
      const silent = own.filter(({ last }) => last === 'NOTHING').length;
      return `${client}: ${own.length} ways; sent more than once ${resent}, more than one order ${doubled}, said what was not so ${falsehoods}, never came back ${silent}`;
    })
    .join('\n');
}
