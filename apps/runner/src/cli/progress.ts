import { kstDateTime } from '@qts/core';
import { formatWhole } from '../report/text-table.ts';
import { type TradingSession } from '../trading/trading-session.ts';

/** Says now and then how the day goes. */
export interface Progress {
  onCycle(nowMs: number, session: TradingSession): void;
}

/** Prints a line at the first cycle and then once every `everyMs` of the day's own time. */
export function createProgress(say: (line: string) => void, everyMs: number): Progress {
  let dueMs = -Infinity;
  return {
    onCycle(nowMs, session) {
      if (nowMs < dueMs) return;
      dueMs = nowMs + everyMs;
      const { book, tracker } = session;
      const orders = tracker.list();
      const filled = orders.filter(({ facts }) => facts.filledQuantity > 0).length;
      const time = kstDateTime(nowMs).slice(11, 16);
      say(
        `${time}  orders ${String(orders.length).padStart(3)}, filled ${String(filled).padStart(3)}, open ${tracker.openOrdersTotal}` +
          `  cash ${formatWhole(book.cashKrw)}  equity ${formatWhole(session.equityKrw())}`,
      );
    },
  };
}
