import { type Logger } from '@qts/core';
import { type OrderTracker, applyRecord, emptyFoldedJournal } from '@qts/engine';
import { createMemoryJournal } from '@qts/storage';
import { createProgramBroker } from '../program/create-broker.ts';
import { type Trader, wireTraderEngine } from '../trader.ts';
import { type Seat } from '../world/seat.ts';

const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** A process that reads the journal, and nothing else, has the orders of the one that wrote it (I10). */
export function checkReplay(seat: Seat, { tracker }: Trader): void {
  const { time, disk, judge, network, streamNetwork, settings, tokenStore, stopBoard } = seat;
  const folded = emptyFoldedJournal();
  for (const record of [...disk.durable, ...disk.unsynced]) applyRecord(folded, record);
  const { opening } = folded;
  if (opening === undefined) {
    judge.report('I10', 'the journal does not say with what the account opened');
    return;
  }
  const clock = time.createProcessClock();
  clock.end(); // Nothing of it may run: what it took on is only looked at.
  const parts = {
    ...{ settings, clock, transport: network.createTransport(), journal: createMemoryJournal(), folded, tokenStore },
    ...{
      streamTransport: streamNetwork.createTransport(),
      random: () => 0,
      listener: judge,
      logger: silentLogger,
      defect: {},
      stopLatch: stopBoard,
    },
  };
  const broker = createProgramBroker({ ...parts, onLateAnswer: () => undefined });
  const replay = wireTraderEngine(parts, broker, broker.orders, opening);
  const [ours, theirs] = [describeOrders(tracker), describeOrders(replay.tracker)];
  if (ours !== theirs) judge.report('I10', `ours ${ours}; replayed ${theirs}`);
}

/** The orders with all that a journal keeps of them. */
function describeOrders(tracker: OrderTracker): string {
  return tracker
    .list()
    .map(({ intentId, status, reference, facts, leavesQuantity }) => {
      const { filledQuantity, filledAmountKrw, canceledQuantity, rejectedQuantity } = facts;
      const number = reference?.brokerOrderId ?? 'without a number';
      const figures = `${filledQuantity} ${filledAmountKrw} ${canceledQuantity} ${rejectedQuantity} ${leavesQuantity}`;
      return `${intentId} ${status} ${number} ${figures}`;
    })
    .sort()
    .join(', ');
}
