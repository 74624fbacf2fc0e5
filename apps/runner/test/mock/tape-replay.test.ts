import { describe, expect, it } from 'vitest';
import { isExplained, replayRecordedTape } from '../../src/commands/recorded-tape.ts';
import { formatShare, runTapeCommand } from '../../src/commands/tape.ts';

const agreement = replayRecordedTape();

describe('the exchange against the recorded tape of 2018-11-19', () => {
  it.each([
    ['CLOSING_PRICE_TRADE', 14, 14],
    ['BOOK_BEFORE_OPEN', 1, 1],
    ['OPENING_PRINT', 1, 1],
    ['CONTINUOUS_TRADE', 1_789, 1_788],
    ['BOOK_BY_TRADES', 1_641, 1_369],
    ['BOOK_BY_TAKERS', 1_641, 1_600],
    ['BOOK_AFTER_ROW', 4_944, 4_940],
  ] as const)('%s: of %i rows, %i agree', (check, rows, agreeing) => {
    expect(agreement.checks.find((each) => each.check === check)).toMatchObject({ rows, agreeing });
  });

  it('has a reason on the tape for every row that does not agree', () => {
    expect(agreement.disagreements.map(({ check, reason, rows }) => [check, reason, rows])).toMatchInlineSnapshot(`
      [
        [
          "CONTINUOUS_TRADE",
          "MORE_THAN_SHOWN",
          1,
        ],
        [
          "BOOK_BY_TRADES",
          "TRADES_AND_SEVERAL_ORDERS",
          2,
        ],
        [
          "BOOK_BY_TRADES",
          "REST_OF_TAKER",
          101,
        ],
        [
          "BOOK_BY_TRADES",
          "TRADES_AND_ONE_ORDER",
          35,
        ],
        [
          "BOOK_BY_TRADES",
          "AMENDED_ORDER_TOOK",
          130,
        ],
        [
          "BOOK_BY_TRADES",
          "BOOK_LAGS_TRADE",
          4,
        ],
        [
          "BOOK_BY_TAKERS",
          "TRADES_AND_SEVERAL_ORDERS",
          2,
        ],
        [
          "BOOK_BY_TAKERS",
          "TRADES_AND_ONE_ORDER",
          35,
        ],
        [
          "BOOK_BY_TAKERS",
          "BOOK_LAGS_TRADE",
          4,
        ],
        [
          "BOOK_AFTER_ROW",
          "BOOK_LAGS_TRADE",
          4,
        ],
      ]
    `);
    expect(isExplained(agreement)).toBe(true);
  });

  it('counts as many reasons as rows that do not agree', () => {
    for (const { check, rows, agreeing } of agreement.checks) {
      const reasons = agreement.disagreements.filter((each) => each.check === check);
      expect(reasons.reduce((sum, each) => sum + each.rows, 0)).toBe(rows - agreeing);
    }
  });

  it('has no order refused', () => {
    expect(agreement.refusals).toEqual([]);
  });
});

describe('qts tape', () => {
  it('prints the table', async () => {
    const printed: string[] = [];
    expect(await runTapeCommand({ json: false, out: (text) => printed.push(text) })).toBe(0);
    expect(printed.join('')).toMatch(/Continuous trading: each trade, price and size +1,789 +1,788 +99\.94 %/);
  });

  it('prints one JSON document that says it is simulated', async () => {
    const printed: string[] = [];
    expect(await runTapeCommand({ json: true, out: (text) => printed.push(text) })).toBe(0);
    expect(JSON.parse(printed.join(''))).toMatchObject({
      simulated: true,
      tape: { symbol: '257370' },
      refusalCount: 0,
    });
  });

  it('never rounds a share up to all', () => {
    expect([formatShare(99_999, 100_000), formatShare(3, 3), formatShare(0, 0)]).toEqual(['99.99 %', '100.00 %', '–']);
  });
});
