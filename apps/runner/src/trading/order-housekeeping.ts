import { BrokerError, type Clock, type Logger, type OrderAdapter, type OrderList, type TradingDate } from '@qts/core';
import { type OrderGateway, type OrderTracker, type TrackedOrder } from '@qts/engine';

export interface HousekeepingSettings {
  readonly adapter: OrderAdapter;
  readonly gateway: OrderGateway;
  readonly tracker: OrderTracker;
  readonly tradingDate: TradingDate;
  readonly clock: Clock;
  /** A resting order older than this is canceled. */
  readonly restingOrderMsMax: number;
  /** Told of every list that was read. */
  readonly onList?: (list: OrderList) => void;
  readonly logger?: Logger;
}

/** Keeps our orders equal to the broker's: reads the list while something is open, and cancels what rested too long. */
export interface Housekeeping {
  /**
   * After a cycle. Reads the list only when something of ours may have changed. A list that cannot be read keeps no
   * cancel from being sent.
   *
   * @throws {BrokerError} (rejects) when the list cannot be read
   */
  tidy(): Promise<void>;
  /**
   * At the end: cancels all that rests and reads until nothing does. A list that cannot be read keeps no cancel from
   * being sent. Gives the numbers of what could not be canceled; of an order without a number, the id of its intent.
   *
   * @throws (rejects) what a defect of ours threw, after every cancel was sent.
   */
  close(): Promise<readonly string[]>;
}

/** How often the list is read again while cancels are on their way. */
const closingRoundsMax = 5;
/** Time that a broker gets to show a cancel in its list: KIS paper took up to 5.3 s (kis.md 7). */
const closingPauseMs = 2_000;
/** From this round on an order that still rests is canceled once more: the first cancel may have been lost. */
const cancelAgainFromRound = 3;

/** Makes the housekeeping of one session. */
export function createHousekeeping(settings: HousekeepingSettings): Housekeeping {
  const { adapter, gateway, tracker, tradingDate, clock, restingOrderMsMax, onList, logger } = settings;
  const resting = (): readonly TrackedOrder[] => tracker.list().filter(({ leavesQuantity }) => leavesQuantity > 0);

  async function read(): Promise<void> {
    const list = await adapter.listOrders({ tradingDate });
    tracker.applyList(list);
    onList?.(list);
  }

  /** At the end a failed read is no reason to stop: what rests is canceled by what is known, and a defect told later. */
  async function tryToRead(defects: unknown[]): Promise<boolean> {
    try {
      await read();
      return true;
    } catch (error) {
      const code = BrokerError.isInstance(error) ? error.code : 'DEFECT';
      if (code === 'DEFECT') defects.push(error);
      logger?.warn('closing-read-failed', { broker: adapter.brokerId, code });
      return false;
    }
  }

  async function cancel({ reference, status }: TrackedOrder, again = false): Promise<void> {
    if (reference === undefined || (status === 'PENDING_CANCEL' && !again)) return;
    await gateway.cancelOrder({ target: reference, dryRun: false });
  }

  return {
    async tidy() {
      if (resting().length === 0) return;
      try {
        await read();
      } finally {
        const tooOldBeforeMs = clock.nowMs() - restingOrderMsMax;
        for (const order of resting()) if (order.sentAtMs < tooOldBeforeMs) await cancel(order);
      }
    },

    async close() {
      const defects: unknown[] = [];
      for (let round = 0; round < closingRoundsMax && resting().length > 0; round += 1) {
        if (round > 0) await new Promise<void>((resolve) => clock.setTimer(resolve, closingPauseMs));
        const wasRead = await tryToRead(defects);
        for (const order of resting()) await cancel(order, round >= cancelAgainFromRound);
        if (wasRead && resting().length > 0) await tryToRead(defects);
      }
      if (defects.length > 0) throw defects[0];
      return resting().map(({ reference, intentId }) => reference?.brokerOrderId ?? intentId);
    },
  };
}
