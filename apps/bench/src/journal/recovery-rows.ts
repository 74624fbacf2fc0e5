import { join } from 'node:path';
import { systemClock } from '@qts/broker-kit';
import { type JournalFold, openSqliteJournal, restoreFold, saveFold } from '@qts/storage';
import { quantile } from '../measure/ratios.ts';
import { orderEntries } from './journal-entries.ts';
import { type JournalBenchmarkOptions, type JournalRow } from './journal-row.ts';

/** Records behind the snapshot. */
const tailRecords = 1_000;

/** Open orders and positions: what a start needs to know. An order that has filled is part of its position only. */
interface Standing {
  readonly open: Map<string, string>;
  readonly positions: Map<string, number>;
}

const standingFold: JournalFold<Standing> = {
  name: 'standing',
  version: 1,
  initial: () => ({ open: new Map(), positions: new Map() }),
  apply(standing, { type, correlationId, body }) {
    if (type === 'order-facts') {
      const symbol = String(body['symbol']);
      standing.positions.set(symbol, (standing.positions.get(symbol) ?? 0) + Number(body['filledQuantity']));
      standing.open.delete(correlationId);
    } else standing.open.set(correlationId, type);
    return standing;
  },
  toSnapshot: ({ open, positions }) => ({ open: [...open], positions: [...positions] }),
  fromSnapshot(data) {
    const { open, positions } = data as { open: [string, string][]; positions: [string, number][] };
    return { open: new Map(open), positions: new Map(positions) };
  },
};

interface Recovery {
  readonly recordCount: number;
  /** Records a second: all of them, from the first. */
  readonly foldedPerSecond: number;
  readonly verifiedPerSecond: number;
  /** Opening, and the fold from its snapshot and 1,000 records behind it, of each round. */
  readonly startsUs: readonly number[];
}

/**
 * B10: four records an order, on disk, to open orders and positions; and a start from a snapshot with 1,000 records
 * behind it. The process has opened journals before: cold modules are not part of it.
 *
 * @throws when the two ways do not come to the same.
 */
export async function measureRecovery(options: JournalBenchmarkOptions): Promise<readonly JournalRow[]> {
  const sizes = options.quick ? [1_000, 10_000] : [1_000, 10_000, 100_000, 1_000_000];
  const recoveries: Recovery[] = [];
  for (const recordCount of sizes) {
    recoveries.push(await recover(recordCount, options));
    options.tell(`journal: ${recordCount.toLocaleString('en-US')} records recovered`);
  }
  const smallest = recoveries[0]?.startsUs ?? [];
  return recoveries.flatMap((recovery, index): readonly JournalRow[] => {
    const { recordCount, foldedPerSecond, verifiedPerSecond, startsUs } = recovery;
    const workload = `B10, ${recordCount.toLocaleString('en-US')} records`;
    const ratios = startsUs.map((us, round) => us / (smallest[round] ?? NaN));
    const isLargest = index === recoveries.length - 1;
    const fold = foldedPerSecond / 300_000;
    return [
      {
        ...{ workload, contender: 'QTS open + fold of snapshot and 1,000 records', role: 'ours', unit: 'us' },
        ...{ value: quantile(startsUs, 0.5), ratioTo: 'the same at 1,000 records', better: 'LOWER' },
        ...{ ratio: quantile(ratios, 0.5), ratioP25: quantile(ratios, 0.25), ratioP75: quantile(ratios, 0.75) },
        ...(isLargest ? { target: { must: 3, goal: 1.3 } } : {}),
      },
      {
        ...{ workload, contender: 'QTS fold of every record', role: 'ours', unit: 'op/s', value: foldedPerSecond },
        ...{ ratioTo: '300,000 records a second', better: 'HIGHER', ratio: fold, ratioP25: fold, ratioP75: fold },
        ...(isLargest ? { target: { must: 1, goal: 2 } } : {}),
      },
      {
        ...{
          workload,
          contender: 'QTS verify of the whole chain',
          role: 'ours',
          unit: 'op/s',
          value: verifiedPerSecond,
        },
        ...{ ratioTo: 'the fold', better: 'HIGHER', ratio: verifiedPerSecond / foldedPerSecond },
        ...{ ratioP25: verifiedPerSecond / foldedPerSecond, ratioP75: verifiedPerSecond / foldedPerSecond },
      },
    ];
  });
}

async function recover(recordCount: number, { directory, quick }: JournalBenchmarkOptions): Promise<Recovery> {
  const settings = {
    ...{ file: join(directory, `recovery-${recordCount}.db`), accountId: 'bench', clock: systemClock },
    groupedRecordsMax: 10_000,
  };
  let journal = openSqliteJournal(settings);
  const fill = (from: number, to: number): void => {
    for (let number = from; number < to; number += 1) {
      for (const entry of orderEntries(number)) journal.append(entry, 'GROUPED');
    }
  };
  const before = Math.max(0, recordCount - tailRecords) / 4;
  fill(0, before);
  saveFold(journal, standingFold, restoreFold(journal, standingFold).state);
  fill(before, recordCount / 4);
  journal.flush();

  let began = performance.now();
  const whole = restoreFold(journal, { ...standingFold, name: 'without a snapshot' });
  const foldedPerSecond = (recordCount * 1_000) / (performance.now() - began);
  began = performance.now();
  const { ok } = await journal.verify();
  const verifiedPerSecond = (recordCount * 1_000) / (performance.now() - began);
  if (!ok || whole.seq !== recordCount) throw new Error('The journal does not verify.');
  await journal.close();

  const startsUs: number[] = [];
  for (let round = 0; round < (quick ? 3 : 15); round += 1) {
    began = performance.now();
    journal = openSqliteJournal(settings);
    const { state, seq, snapshotSeq } = restoreFold(journal, standingFold);
    startsUs.push((performance.now() - began) * 1_000);
    await journal.close();
    const isSame =
      JSON.stringify(standingFold.toSnapshot(state)) === JSON.stringify(standingFold.toSnapshot(whole.state));
    if (!isSame || seq - snapshotSeq !== Math.min(tailRecords, recordCount)) throw new Error('The snapshot misleads.');
  }
  return { recordCount, foldedPerSecond, verifiedPerSecond, startsUs };
}
