import { describe, expect, it } from 'vitest';
import { type TradingSession } from '../trading/trading-session.ts';
import { createProgress } from './progress.ts';

const minuteMs = 60_000;
const opensAtMs = Date.parse('2025-10-17T09:00:30+09:00');

function start() {
  const lines: string[] = [];
  const orders: { facts: { filledQuantity: number } }[] = [];
  const session = {
    book: { cashKrw: 99_500_000 },
    tracker: { list: () => orders, openOrdersTotal: 1 },
    equityKrw: () => 100_000_001,
  } as unknown as TradingSession;
  const progress = createProgress((line) => lines.push(line), 30 * minuteMs);
  const cycle = (minute: number): void => {
    progress.onCycle(opensAtMs + minute * minuteMs, session);
  };
  return { lines, orders, cycle };
}

describe('createProgress', () => {
  it('says in one line how the day stands', () => {
    const { lines, orders, cycle } = start();
    orders.push({ facts: { filledQuantity: 3 } }, { facts: { filledQuantity: 0 } });
    cycle(0);
    expect(lines).toEqual(['09:00  orders   2, filled   1, open 1  cash 99,500,000  equity 100,000,001']);
  });

  it('speaks at the first cycle, and then once in a while of the day’s own time', () => {
    const { lines, cycle } = start();
    for (let minute = 0; minute <= 90; minute += 1) cycle(minute);
    expect(lines.map((line) => line.slice(0, 5))).toEqual(['09:00', '09:30', '10:00', '10:30']);
  });

  it('speaks of a time once, also when cycles are far apart', () => {
    const { lines, cycle } = start();
    for (const minute of [0, 100, 110, 131]) cycle(minute);
    expect(lines.map((line) => line.slice(0, 5))).toEqual(['09:00', '10:40', '11:11']);
  });
});
