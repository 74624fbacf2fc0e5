import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@qts/broker-kit';
import { type SqliteJournal, openSqliteJournal } from '@qts/storage';
import { type Contender, measureRatios, quantile } from '../measure/ratios.ts';
import { timeOneByOne } from '../measure/time-one-by-one.ts';
import { figuresOf } from '../report/figure.ts';
import { eventEntry, eventText } from './journal-entries.ts';
import { type JournalBenchmarkOptions, type JournalRow, toRow } from './journal-row.ts';

const appendName = 'QTS append with a barrier';
const groupSize = 64;

/** B5: one durable append beside one bare write and sync of an equal line, and what a group of 64 gains. */
export async function measureAppends(options: JournalBenchmarkOptions): Promise<readonly JournalRow[]> {
  const { quick, directory, tell } = options;
  const journal = openSqliteJournal({ file: join(directory, 'append.db'), accountId: 'bench', clock: systemClock });
  const descriptor = openSync(join(directory, 'floor.jsonl'), 'a', 0o600);
  try {
    const rounds = quick ? 3 : 15;
    const contenders = [createSyncFloor(descriptor), createAppender(journal)];
    const measured = await measureRatios(contenders, {
      ...{ rounds, countPerRound: quick ? 100 : 500, warmUpCount: quick ? 100 : 1_000 },
    });
    tell('journal: appends measured');
    const single = figuresOf('matching', 'B5, one record, durable on return', measured, {
      [appendName]: { must: 1.35, goal: 1.05 },
    });
    const group = measureGroups(journal, rounds, quick ? 100 : 400);
    tell('journal: groups measured');
    return [...single.map(toRow), group];
  } finally {
    closeSync(descriptor);
    await journal.close();
  }
}

function createSyncFloor(descriptor: number): Contender {
  return {
    name: 'write + fdatasync of 187 bytes, bare',
    role: 'floor',
    run: (count) =>
      timeOneByOne(count, {
        prepare: () => undefined,
        run: () => {
          writeSync(descriptor, eventText);
          fdatasyncSync(descriptor);
          return Promise.resolve();
        },
        finish: () => undefined,
      }),
  };
}

function createAppender(journal: SqliteJournal): Contender {
  return {
    name: appendName,
    role: 'ours',
    run: (count) =>
      timeOneByOne(count, {
        prepare: () => journal.last.seq,
        run: (before) => {
          journal.append(eventEntry, 'BARRIER');
          return Promise.resolve(before);
        },
        finish: (before) => {
          if (journal.last.seq !== before + 1) throw new Error('The record is not durable.');
        },
      }),
  };
}

/** Records a second: 64 to a commit, against one to a commit, slices in turns. */
function measureGroups(journal: SqliteJournal, rounds: number, commits: number): JournalRow {
  const perSecond = (size: number): number => {
    const began = performance.now();
    for (let commit = 0; commit < commits; commit += 1) {
      for (let index = 1; index < size; index += 1) journal.append(eventEntry, 'GROUPED');
      journal.append(eventEntry, 'BARRIER');
    }
    return (size * commits * 1_000) / (performance.now() - began);
  };
  const rates: number[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const [single, grouped] =
      round % 2 === 0 ? [perSecond(1), perSecond(groupSize)] : swap(perSecond(groupSize), perSecond(1));
    rates.push(grouped);
    ratios.push(grouped / single);
  }
  return {
    ...{ workload: 'B5, groups of 64 to one sync', contender: 'QTS append, group commit', role: 'ours', unit: 'op/s' },
    ...{ value: quantile(rates, 0.5), ratioTo: 'QTS append, one to a sync', better: 'HIGHER' },
    ...{ ratio: quantile(ratios, 0.5), ratioP25: quantile(ratios, 0.25), ratioP75: quantile(ratios, 0.75) },
    target: { must: 12, goal: 20 },
  };
}

function swap(second: number, first: number): readonly [number, number] {
  return [first, second];
}
