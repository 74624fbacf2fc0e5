import { describe, expect, it } from 'vitest';
import { type BookLine } from './books.ts';
import { type DayReport } from './day-report.ts';
import { printDayReport } from './print-day-report.ts';

const orderLine = (number: number, change: Partial<BookLine> = {}): BookLine => {
  const text = `BUY 10 005930, filled 10 for ${number * 1_000}, canceled 0`;
  return { item: `order ${number}`, ours: text, venue: text, equal: true, ...change };
};

/** A small day, made up. */
const day: DayReport = {
  simulated: true,
  mode: 'sim',
  broker: 'KIS 한국투자증권 (live, simulated)',
  tradingDate: '2025-10-17',
  strategy: 'breakout',
  seed: 7,
  lostAnswers: null,
  orderProof: null,
  streams: null,
  streamFaults: null,
  data: { real: ['Prices of 72 bars.'], modelled: ['The book.'] },
  end: { reason: 'done', cycles: 1_380, errors: 2, leftOpen: [] },
  safety: { state: 'NORMAL', lastFailSafeCode: null },
  acts: {},
  intents: { total: 4, accepted: 2, rejected: 1, notSent: 1, unknown: 0, byCode: { FS040: 1, GR040: 1 } },
  orders: { total: 3, byStatus: { FILLED: 1, CANCELED: 1, REJECTED: 1 } },
  fills: { orders: 1, quantity: 1_200, boughtKrw: 12_000_000, soldKrw: 0 },
  costs: { feesKrw: 1_686, taxesKrw: 0 },
  cash: { openingKrw: 100_000_000, closingKrw: 87_998_314 },
  equityKrw: 99_998_314,
  positions: [{ symbol: '005930', quantity: 1_200, costKrw: 12_000_000 }],
  books: {
    equal: true,
    lines: [{ item: 'cash, settled', ours: 87_998_314, venue: 87_998_314, equal: true }, orderLine(17)],
  },
};

const print = (change: Partial<DayReport>): string => printDayReport({ ...day, ...change });

describe('printDayReport', () => {
  it('reads like this', () => {
    expect(printDayReport(day)).toMatchInlineSnapshot(`
      "SIMULATED trading day 2025-10-17 · KIS 한국투자증권 (live, simulated) · strategy breakout · seed 7

        real      Prices of 72 bars.
        modelled  The book.

        Ended         with the day after 1,380 cycles, 2 with an error
        Intents       4: 2 accepted, 1 rejected, 1 not sent, 0 unknown (1 × FS040, 1 × GR040)
        Orders        3: 1 FILLED, 1 CANCELED, 1 REJECTED
        Fills         1,200 shares in 1 order
        Bought, sold  12,000,000 KRW, 0 KRW
        Fees, taxes   1,686 KRW, 0 KRW
        Cash          100,000,000 KRW at the open, 87,998,314 KRW when all has settled
        Equity        99,998,314 KRW at the last prices
        Positions     005930 1,200 (cost 12,000,000)
        Safety        NORMAL

                                                            our books  venue’s books
        cash, settled                                      87,998,314     87,998,314  equal
        order 17       BUY 10 005930, filled 10 for 17000, canceled 0       the same  equal

      BOOKS EQUAL: 2 of 2 lines.
      "
    `);
  });

  it('says first whether the day was simulated', () => {
    expect(print({ simulated: false, seed: null })).toMatch(/^Trading day 2025-10-17 · KIS .* · strategy breakout\n/);
  });

  it('prints every difference, and counts equal orders beyond a few', () => {
    const lines = Array.from({ length: 20 }, (_, index) => orderLine(index + 1));
    lines[15] = orderLine(16, { venue: 'absent', equal: false });
    const text = print({ books: { equal: false, lines } });
    expect(text).toMatch(/order 16 .* absent {2}DIFFERENT/);
    expect(text.match(/^ {2}order \d+ /gm)).toHaveLength(9);
    expect(text).toContain('and 11 more orders, all equal (--json lists them)');
    expect(text).toMatch(/BOOKS DIFFER in 1 of 20 lines\. This is a defect/);
    const ofBroker = print({ simulated: false, books: { equal: false, lines } });
    expect(ofBroker).toMatch(/BOOKS DIFFER in 1 of 20 lines\. Look at the broker/);
    expect(text).not.toContain('BOOKS EQUAL');
  });

  it.each([
    ['stopped', /Ended +by request after/],
    ['errors', /Ended +BY ERRORS after/],
    ['safety', /Ended +BY THE SAFETY LAYER after/],
  ] as const)('says how it ended: %s', (reason, words) => {
    expect(print({ end: { ...day.end, reason } })).toMatch(words);
  });

  it('shouts about what is left open', () => {
    expect(print({ end: { ...day.end, leftOpen: ['17', '19'] } })).toMatch(/LEFT OPEN +17, 19: cancel these/);
    expect(printDayReport(day)).not.toContain('LEFT OPEN');
  });

  it('names the last fail-safe, and no position as none', () => {
    const text = print({ safety: { state: 'FAIL', lastFailSafeCode: 'FS042' }, positions: [] });
    expect(text).toMatch(/Safety +FAIL, last FS042/);
    expect(text).toMatch(/Positions +none/);
  });

  it('leaves no space at the end of a line, and one line end at the end', () => {
    const text = printDayReport(day);
    expect(text).not.toMatch(/[ \t]$/m);
    expect(text).toMatch(/[^\n]\n$/);
  });
});
