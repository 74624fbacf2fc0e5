import { symbolCode } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { planSubscriptions } from './plan-subscriptions.ts';

const symbols = (count: number) => Array.from({ length: count }, (_, index) => symbolCode(String(100_000 + index)));
const counts = (list: ReturnType<typeof planSubscriptions>['wanted']) =>
  ['TRADES', 'BOOK', 'MARKET_STATUS'].map((channel) => list.filter((each) => each.channel === channel).length);

describe('the subscriptions of a session', () => {
  it.each([
    ['everything for 7 symbols at KIS, where notices of orders take one of 41', 7, 40, [7, 7, 7], [0, 0, 0]],
    ['trades and books for 20, and status for none', 20, 40, [20, 20, 0], [0, 0, 20]],
    ['status where there is room', 15, 40, [15, 15, 10], [0, 0, 5]],
    ['trades before books', 30, 40, [30, 10, 0], [0, 20, 30]],
    ['trades alone for 40', 40, 40, [40, 0, 0], [0, 40, 40]],
    ['not even all trades when others have the room', 7, 3, [3, 0, 0], [4, 7, 7]],
    ['nothing when there is no room', 2, -1, [0, 0, 0], [2, 2, 2]],
    ['everything without a budget', 60, Number.POSITIVE_INFINITY, [60, 60, 60], [0, 0, 0]],
  ])('are %s', (_, count, room, wanted, leftOut) => {
    const plan = planSubscriptions(symbols(count), room);
    expect(counts(plan.wanted)).toEqual(wanted);
    expect(counts(plan.leftOut)).toEqual(leftOut);
  });

  it('leave out the symbols that stand last', () => {
    const [first, second] = symbols(2);
    const { wanted } = planSubscriptions(symbols(2), 3);
    expect(wanted.at(-1)).toEqual({ channel: 'BOOK', symbol: first });
    expect(planSubscriptions(symbols(2), 3).leftOut[0]).toEqual({ channel: 'BOOK', symbol: second });
  });
});
