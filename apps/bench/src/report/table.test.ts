import { describe, expect, it } from 'vitest';
import { type Figure, figuresOf, verdictOf } from './figure.ts';
import { formatTables } from './table.ts';

const figure: Figure = {
  ...{ benchmark: 'matching', workload: 'B6, 500 resting', contender: 'exchange', role: 'ours', unit: 'op/s' },
  ...{ value: 1_234_567.8, ratioTo: 'book', better: 'HIGHER', ratio: 12.34, ratioP25: 9.876, ratioP75: 123.4 },
  target: { must: 4, goal: 30 },
};

describe('formatTables', () => {
  it('prints one table for each workload, the measure of the rest as 1', () => {
    const round = { p50Us: 99.96, p99Us: 250.4, ratioP25: 1, ratioP75: 1, p99Ratio: 1 };
    const measured = [
      { ...round, name: 'bare', role: 'floor', ratio: 1 },
      { ...round, name: 'qts', role: 'ours', ratio: 1.154, ratioP75: 1.25 },
    ] as const;
    const figures = [...figuresOf('order-path', 'one', measured, { qts: { must: 1.2, goal: 1 } }), figure];
    expect(formatTables(figures)).toMatchInlineSnapshot(`
      "order-path: one
               contender  p50       p99     ratio (p25..p75)   target                      compared with
        floor  bare       100.0 us  250 us  1
        ours   qts        100.0 us  250 us  1.15 (1.00..1.25)  must 1.20, goal 1.00: must  bare

      matching: B6, 500 resting
              contender  p50          p99  ratio (p25..p75)  target                      compared with
        ours  exchange   1,234,568/s       12.3 (9.88..123)  must 4.00, goal 30.0: must  book"
    `);
  });
});

describe('verdictOf', () => {
  it.each([
    ['LOWER', 1.0, 'goal'],
    ['LOWER', 1.2, 'must'],
    ['LOWER', 1.21, 'missed'],
    ['HIGHER', 1.2, 'goal'],
    ['HIGHER', 1.0, 'must'],
    ['HIGHER', 0.99, 'missed'],
  ] as const)('of better %s at %d is %s', (better, ratio, verdict) => {
    const target = better === 'LOWER' ? { must: 1.2, goal: 1 } : { must: 1, goal: 1.2 };
    expect(verdictOf({ ...figure, better, ratio, target })).toBe(verdict);
  });

  it('is empty without a target', () => {
    const without: Record<string, unknown> = { ...figure };
    delete without['target'];
    expect(verdictOf(without as unknown as Figure)).toBe('');
  });
});
