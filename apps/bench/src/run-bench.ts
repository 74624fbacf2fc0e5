import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BenchArguments } from './cli/parse-arguments.ts';
import { runJournalBenchmark } from './journal/journal-benchmark.ts';
import { runLimiterBenchmark } from './limiter/limiter-benchmark.ts';
import { runMatching } from './matching/matching-figures.ts';
import { runOrderPathBenchmark } from './order-path/order-path-benchmark.ts';
import { runParseBenchmark } from './parse/parse-benchmark.ts';
import { ensurePeers, findPeers } from './peers/bench-peers.ts';
import { type Figure } from './report/figure.ts';
import { runStreamsBenchmark } from './streams/streams-benchmark.ts';

/** Runs the benchmarks that are asked for, one after the other. */
export async function runBench(
  { benchmarks, quick }: BenchArguments,
  repositoryRoot: string,
  tell: (line: string) => void,
): Promise<readonly Figure[]> {
  const directory = join(repositoryRoot, '.tools', 'bench-peers');
  const needsPeers = benchmarks.some((name) => !['parse', 'journal', 'limiter'].includes(name));
  const peers = needsPeers ? ensurePeers(directory, tell) : findPeers(directory);
  const figures: Figure[] = [];
  for (const name of benchmarks) {
    tell(`${name}: begins`);
    switch (name) {
      case 'order-path':
        figures.push(...(await runOrderPathBenchmark({ quick, peers, tell })));
        break;
      case 'matching':
        figures.push(...(await runMatching(quick, peers, tell)));
        break;
      case 'parse':
        figures.push(...(await runParseBenchmark(quick, tell)));
        break;
      case 'streams':
        figures.push(...(await runStreamsBenchmark(quick, peers, tell)));
        break;
      case 'journal':
        figures.push(...(await runJournal(quick, join(repositoryRoot, '.tools'), tell)));
        break;
      case 'limiter':
        figures.push(...(await runLimiterBenchmark(quick, tell)));
        break;
      default:
        name satisfies never;
    }
  }
  return figures;
}

/** On the disk of the checkout, in a folder that is gone afterwards: a memory file system would sync for nothing. */
async function runJournal(quick: boolean, parent: string, tell: (line: string) => void): Promise<readonly Figure[]> {
  const directory = mkdtempSync(join(parent, 'journal-'));
  try {
    const rows = await runJournalBenchmark({ quick, directory, tell });
    return rows.map((row) => ({ benchmark: 'journal', ...row }));
  } finally {
    rmSync(directory, { recursive: true });
  }
}
