import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@qts/broker-kit';
import { type Clock, type JournalEntry, type JournalRecordType, type OrderAdapter, type OrderJournal } from '@qts/core';
import { createMemoryJournal, openSqliteJournal } from '@qts/storage';
import { type Contender, measureRatios } from '../measure/ratios.ts';
import { timeOneByOne } from '../measure/time-one-by-one.ts';
import { createBenchBroker } from '../order-path/bench-broker.ts';
import { createMarketClock, openOrderDay } from '../order-path/order-day.ts';
import { createRequestFloor, openClient } from '../order-path/undici-floors.ts';
import { figuresOf } from '../report/figure.ts';
import { startOrderStub } from '../stub/order-stub.ts';
import { type JournalBenchmarkOptions, type JournalRow, toRow } from './journal-row.ts';

/** What the gateway writes before an order leaves: two records, about this long together. */
const bytesBeforeSending = 900;

const names = {
  engine: 'QTS submitIntent, SQLite journal',
  memory: 'the same, memory journal: nothing durable',
  grouped: 'the same with the outcome in the next group (not what the engine does)',
} as const;

/**
 * B2b: an order from intent to accepted result with the SQLite journal, to a stub in another process, beside one bare
 * write and sync of as many bytes and a bare undici POST. The engine syncs twice, before the order leaves and before the
 * answer is told (execution-safety 4), so a floor with two syncs stands beside it as well.
 *
 * @throws when an order is not accepted.
 */
export async function measureSubmits(options: JournalBenchmarkOptions): Promise<readonly JournalRow[]> {
  const { quick, directory, tell } = options;
  const clock = createMarketClock();
  const stub = await startOrderStub();
  const client = openClient(stub.url);
  const broker = createBenchBroker(clock, stub.url);
  const descriptor = openSync(join(directory, 'submit.bin'), 'a', 0o600);
  const journals = [1, 2].map((number) =>
    openSqliteJournal({ file: join(directory, `submit-${number}.db`), accountId: 'bench', clock: systemClock }),
  );
  const [journal, other] = journals;
  if (journal === undefined || other === undefined) throw new Error('Two journals were to be opened.');
  try {
    await broker.rest.warm();
    const request = createRequestFloor(client);
    const contenders: readonly Contender[] = [
      createSyncedFloor('one write + fdatasync, then undici Client.request, bare', request, descriptor, 1),
      createSyncedFloor('two of them around it', request, descriptor, 2),
      createSubmitter(names.engine, broker.orders, clock, journal),
      createSubmitter(names.memory, broker.orders, clock, createMemoryJournal()),
      createSubmitter(names.grouped, broker.orders, clock, withGroupedOutcomes(other)),
    ];
    const rounds = quick ? 3 : 15;
    const measured = await measureRatios(contenders, {
      ...{ rounds, countPerRound: quick ? 100 : 300, warmUpCount: quick ? 200 : 1_000 },
    });
    tell('journal: submits measured');
    const figures = figuresOf('order-path', 'B2b, one order at a time, durable, real HTTP on loopback', measured, {
      [names.engine]: { must: 1.2, goal: 1.1 },
    });
    return figures.map(toRow);
  } finally {
    await Promise.all([broker.close(), client.close(), ...journals.map((each) => each.close())]);
    closeSync(descriptor);
    stub.close();
  }
}

function createSyncedFloor(name: string, request: Contender, descriptor: number, syncs: number): Contender {
  const bytes = Buffer.alloc(bytesBeforeSending, 'x');
  return {
    name,
    role: 'floor',
    async run(count) {
      const times: number[] = [];
      for (let index = 0; index < count; index += 1) {
        const began = performance.now();
        for (let sync = 0; sync < syncs; sync += 1) {
          writeSync(descriptor, bytes);
          fdatasyncSync(descriptor);
        }
        const synced = performance.now() - began;
        const [us = NaN] = await request.run(1);
        times.push(synced * 1_000 + us);
      }
      return times;
    },
  };
}

function createSubmitter(name: string, adapter: OrderAdapter, clock: Clock, journal: OrderJournal): Contender {
  const day = openOrderDay(adapter, clock, journal);
  return {
    name,
    role: 'ours',
    run: (count) =>
      timeOneByOne(count, {
        prepare: () => day.nextIntent(),
        run: (intent) => day.submitIntent(intent),
        finish: (response) => {
          day.settle(response);
        },
      }),
  };
}

/** For comparison: what it would cost if only what precedes the order were waited for. */
function withGroupedOutcomes(journal: OrderJournal): OrderJournal {
  const waitedFor: JournalRecordType = 'command-sending';
  return {
    append: (entry: JournalEntry, durability) =>
      journal.append(entry, entry.type === waitedFor ? durability : 'GROUPED'),
    read: () => journal.read(),
    close: () => journal.close(),
  };
}
