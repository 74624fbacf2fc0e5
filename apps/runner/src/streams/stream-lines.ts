import { formatWhole } from '../report/text-table.ts';
import { type StreamReport } from './stream-report.ts';

/** What the report of a day says of its streams: a title and a line each. */
export function streamLines(
  report: StreamReport,
  faults: Readonly<Record<string, number>> | null,
  simulated: boolean,
): readonly [string, string][] {
  const {
    frames,
    trades,
    books,
    statuses,
    notices,
    lost,
    gaps,
    backfills,
    drifts,
    stales,
    refused,
    unrepaired,
    quotes,
    lag,
  } = report;
  const reads = Object.values(quotes.repairs).reduce((sum, count) => sum + count, 0);
  const why = Object.entries(quotes.repairs).map(([state, count]) => `${count} ${state}`);
  const gapsAll = gaps.quotes + gaps.orders;
  const lines: [string, string][] = [
    [
      'Streams',
      `${formatWhole(frames)} frames: ${formatWhole(trades)} trades, ${formatWhole(books)} books, ${formatWhole(statuses)} × market status, ${formatWhole(notices)} notices of orders`,
    ],
    [
      '',
      `${gapsAll} gaps (${gaps.quotes} of quotes, ${gaps.orders} of orders), ${backfills.quotes + backfills.orders} read by REST, ${unrepaired.length} open; ${lost} × connection lost, ${drifts} × drift, ${stales} × stale, ${refused} × refused`,
    ],
    [
      'Quotes',
      `${formatWhole(quotes.live)} decisions on the stream, ${reads + quotes.first} on a read by REST${why.length === 0 ? '' : ` (${why.join(', ')})`}`,
    ],
  ];
  if (unrepaired.length > 0) lines.push(['NOT REPAIRED', unrepaired.join(', ')]);
  if (lag !== null) {
    const of = simulated ? ' of simulated time' : '';
    lines.push(['Lag', `p50 ${lag.p50Ms} ms, p99 ${lag.p99Ms} ms${of}, behind exchange stamps of whole seconds`]);
  }
  if (faults !== null) {
    const struck = Object.entries(faults).map(([fault, count]) => `${count} × ${fault}`);
    lines.push(['Disturbed', struck.length === 0 ? 'nothing struck' : `on purpose: ${struck.join(', ')}`]);
  }
  return lines;
}
