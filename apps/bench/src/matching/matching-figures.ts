import { type BenchPeers } from '../peers/bench-peers.ts';
import { type Figure, type Target } from '../report/figure.ts';
import { type BenchmarkRow } from './benchmark-row.ts';
import { runMatchingBenchmark } from './matching-benchmark.ts';

/** M1 of the performance reference: times the operations a second of the public order book. */
const targets: Readonly<Record<string, Target>> = {
  '500 resting': { must: 4, goal: 8 },
  '5,000 resting': { must: 12, goal: 30 },
  '50,000 resting': { must: 40, goal: 100 },
};

/** Runs B6 and gives its lines. Without the peer only our own figures remain, beside themselves at 500 orders. */
export async function runMatching(
  quick: boolean,
  peers: BenchPeers,
  tell: (line: string) => void,
): Promise<readonly Figure[]> {
  const rounds = quick ? 3 : 9;
  const rows = await runMatchingBenchmark({
    ...(peers.has('nodejs-order-book') ? { peerDirectory: peers.directory } : {}),
    ...{ rounds, operationsPerRound: quick ? 5_000 : 20_000 },
    onRound: (round) => {
      tell(round === 0 ? 'matching: warmed up' : `matching: round ${round} of ${rounds}`);
    },
  });
  return rows.map(toFigure);
}

/** A row of the matching benchmark as a line of the report. */
export function toFigure(row: BenchmarkRow): Figure {
  const { id, contender, role, workload, operationsPerSecond, ratioTo, ratio, ratioP25, ratioP75 } = row;
  const isTime = ratioTo.startsWith('time ');
  const target = ratioTo.startsWith('nodejs-order-book') && role === 'ours' ? targets[workload] : undefined;
  return {
    ...{ benchmark: 'matching', workload: `${id}, ${workload}`, contender, role, unit: 'op/s' },
    ...{ value: operationsPerSecond, ratioTo, better: isTime ? 'LOWER' : 'HIGHER', ratio, ratioP25, ratioP75 },
    ...(target === undefined ? {} : { target }),
  };
}
