import { type Logger } from '@qts/core';
import { applyRecord, emptyFoldedJournal, hashOrders } from '@qts/engine';
import { createMemoryJournal } from '@qts/storage';
import { type Trader, startTrader } from '../trader.ts';
import { type World } from '../world/build-world.ts';

const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** A process that reads the journal, and nothing else, has the orders of the one that wrote it (I10). */
export function checkReplay({ time, disk, judge, network, schedule, tokenStore }: World, { tracker }: Trader): void {
  const folded = emptyFoldedJournal();
  for (const record of [...disk.durable, ...disk.unsynced]) applyRecord(folded, record);
  const { settings } = schedule;
  const clock = time.createProcessClock();
  clock.end(); // Nothing of it may run: what it took on is only looked at.
  const replay = startTrader({
    ...{ settings, clock, transport: network.createTransport(), journal: createMemoryJournal(), folded, tokenStore },
    ...{ random: () => 0, listener: judge, logger: silentLogger, defect: {}, isReplay: true },
  });
  if (hashOrders(tracker) === hashOrders(replay.tracker)) return;
  judge.report('I10', `ours ${statusesOf(tracker)}; replayed ${statusesOf(replay.tracker)}`);
}

function statusesOf(tracker: Trader['tracker']): string {
  return tracker
    .list()
    .map(({ intentId, status }) => `${intentId} ${status}`)
    .join(', ');
}
