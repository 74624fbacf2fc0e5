import { findUnreached, unreachable } from './coverage.ts';
import { type InvariantRow, invariants } from './judge/invariants.ts';
import { otherVenueFaults } from './draw/simulated-faults.ts';
import { type Schedule } from './schedule.ts';
import { type FailedSeed, type SimulationReport, missingCoverage } from './simulate.ts';

/** The report as people read it. */
export function printReport(report: SimulationReport): readonly string[] {
  const { totals, seeds, run, repeated } = report;
  const of = (name: string): number => totals[name] ?? 0;
  const rows: readonly (readonly [string, string])[] = [
    ['seeds', `${run} (${seeds.from}..${seeds.to}), ${(report.virtualMs / 3_600_000).toFixed(1)} h of virtual time`],
    ['intents', String(of('intents'))],
    ['orders sent', String(of('orders sent'))],
    ['requests', String(of('requests'))],
    ['UNKNOWN', `${of('command UNKNOWN')}, the longest for ${(report.longestUnknownMs / 1_000).toFixed(1)} s`],
    ['  ADOPTED', `${of('unknown ADOPTED')} (by a late answer ${of('unknown by LATE_ANSWER')})`],
    ['  ABSENT', String(of('unknown ABSENT'))],
    ['  refused, confirmed by a read', String(of('unknown REJECTED'))],
    ['  ESCALATED', `${of('unknown ESCALATED')}, decided by the operator ${of('operator decisions')}`],
    ['  landed late', String(of('unknown LANDED_LATE'))],
    ['longest wait of a cancel', `${(report.longestCancelMs / 1_000).toFixed(1)} s to its first byte`],
    ['notices', String(of('stream notice'))],
    ['gaps told, read', `${of('stream gap')}, ${of('stream backfilled')}`],
    [
      'half-open',
      `${of('stream lost: HALF_OPEN')}, the longest silence ${(report.longestQuietMs / 1_000).toFixed(1)} s`,
    ],
    ['silent', `${of('stream stale')}, the longest until it was said ${(report.longestFrozenMs / 1_000).toFixed(1)} s`],
    ['no price, so no order', String(of('no price'))],
    ['kills', String(of('kills'))],
    ['power cuts', String(of('power cuts'))],
    ['run twice, same hash', String(repeated)],
    ['failed seeds', String(report.failed.length)],
  ];
  return [
    ...rows.map(([name, value]) => `${name.padEnd(30)} ${value}`),
    '',
    ...groups.flatMap(([title, prefix]) => [
      title,
      ...Object.entries(totals)
        .filter(([name]) => name.startsWith(prefix))
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, times]) => `  ${name.slice(prefix.length).padEnd(40)} ${String(times).padStart(9)}`),
    ]),
    '',
    'not checked',
    ...notChecked(),
    'not simulated: faults that need bytes on a socket, or strike quotes',
    `  ${otherVenueFaults.join(', ')}`,
    'not reachable',
    ...Object.entries(unreachable).map(([name, why]) => `  ${name}: ${why}`),
    ...missing(report),
    ...report.failed.flatMap(printFailure),
  ];
}

const groups = [
  ['ends of place commands', 'command '],
  ['ends of replaces', 'replace '],
  ['ends of cancels', 'cancel '],
  ['ends of orders', 'order '],
  ['accounts', 'accounts '],
  ['what streams said of themselves', 'stream '],
  ['stops of a person', 'stops'],
  ['faults of the venue', 'venue '],
  ['faults of the network', 'network '],
  ['faults of the disk', 'disk '],
] as const;

function notChecked(): readonly string[] {
  return Object.entries<InvariantRow>(invariants).flatMap(([id, { checked, says, note = '' }]) =>
    checked === 'NEVER' ? [`  ${id}: ${says} (${note})`] : [],
  );
}

function missing(report: SimulationReport): readonly string[] {
  const names = missingCoverage(report);
  if (names.length > 0) return ['', `NOT REACHED, and it must be: ${names.join(', ')}`];
  const later = findUnreached(report.totals);
  return later.length === 0 ? [] : [`not reached in so few seeds: ${later.length}`];
}

/** A failed seed: what broke, what is left of its schedule, and how to see it again. */
export function printFailure({ seed, violations, shrunk }: FailedSeed): readonly string[] {
  return [
    '',
    `SEED ${seed} FAILED`,
    ...violations.map(({ invariant, atMs, message }) => `  ${invariant} at ${(atMs / 1_000).toFixed(3)} s: ${message}`),
    `  shrunk to ${shrunk.faults.length} faults and ${shrunk.actions.length} actions:`,
    ...describeSchedule(shrunk).map((line) => `    ${line}`),
    `  replay: node apps/trials/dist/main.js simulate --seed ${seed} --trace`,
    `  shrunk: node apps/trials/dist/main.js simulate --seed ${seed} --shrunk --trace`,
  ];
}

function describeSchedule({ settings, faults, actions }: Schedule): readonly string[] {
  return [
    JSON.stringify(settings),
    ...faults.map(({ layer, fault, rate }) => `${layer} ${fault} at ${rate.toFixed(4)}`),
    ...actions.map((action) => JSON.stringify(action)),
  ];
}
