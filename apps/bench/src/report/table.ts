import { type Figure, verdictOf } from './figure.ts';

const columns = ['', 'contender', 'p50', 'p99', 'ratio (p25..p75)', 'target', 'compared with'] as const;

/** Prints figures for people: one table for each workload. */
export function formatTables(figures: readonly Figure[]): string {
  const workloads = new Map<string, Figure[]>();
  for (const figure of figures) {
    const title = `${figure.benchmark}: ${figure.workload}`;
    const known = workloads.get(title);
    if (known === undefined) workloads.set(title, [figure]);
    else known.push(figure);
  }
  return [...workloads].map(([title, each]) => `${title}\n${formatTable(each)}`).join('\n\n');
}

function formatTable(figures: readonly Figure[]): string {
  const rows = [columns, ...figures.map(cellsOf)];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
    .join('\n');
}

function cellsOf(figure: Figure): readonly string[] {
  const { role, contender, value, unit, p99, ratio, ratioP25, ratioP75, ratioTo, target } = figure;
  const isMeasure = contender === ratioTo;
  return [
    role,
    contender,
    amount(value, unit),
    p99 === undefined ? '' : amount(p99, unit),
    isMeasure ? '1' : `${times(ratio)} (${times(ratioP25)}..${times(ratioP75)})`,
    target === undefined ? '' : `must ${times(target.must)}, goal ${times(target.goal)}: ${verdictOf(figure)}`,
    isMeasure ? '' : ratioTo,
  ];
}

function amount(value: number, unit: Figure['unit']): string {
  return unit === 'us' ? `${value.toFixed(value < 100 ? 1 : 0)} us` : `${Math.round(value).toLocaleString('en-US')}/s`;
}

function times(ratio: number): string {
  return ratio.toFixed(ratio < 10 ? 2 : ratio < 100 ? 1 : 0);
}
