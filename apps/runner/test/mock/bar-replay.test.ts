import { tickTable } from '@qts/krx';
import { createExchange } from '@qts/venue-sim';
import { describe, expect, it } from 'vitest';
import { loadReplayDay } from '../../src/market-data/replay-day.ts';

const symbols = ['005930', '000660', '035420', '005380', '068270', '035720', '207940'];
const dates = ['2025-10-16', '2025-10-17', '2025-10-20', '2025-10-21', '2025-10-22'];

/** The tick of each issue's price range in these days; 000660 crosses 500,000 won, where the tick changes. */
const widestTickKrw = 1_000;

describe.each(dates)('the recorded bars of %s on the exchange', (date) => {
  const day = loadReplayDay({ date, symbols });
  const exchange = createExchange({ tradingDate: date, instruments: day.instruments, accounts: [], seed: 1 });
  const replays = day.schedule(exchange, 1, true);
  exchange.advanceTo(Date.parse(`${date}T16:00:00+09:00`));

  it.each(replays)('$symbol: every bar trades as recorded, moved to the grid', (replay) => {
    expect(replay.agreement()).toMatchObject({ recordedBars: 72, agreeing: 72, differences: [], refusalCount: 0 });
  });

  it.each(replays)(
    '$symbol: open, close and volume of the day are those of its row, high and low within half a tick',
    ({ symbol }) => {
      const daily = day.dailies.get(symbol);
      const traded = exchange.getInstrument(symbol);
      expect(traded).toMatchObject({
        openPriceKrw: daily?.openKrw,
        closePriceKrw: daily?.closeKrw,
        volume: daily?.volume,
      });
      const above = (traded?.highPriceKrw ?? NaN) - (daily?.highKrw ?? NaN);
      const below = (traded?.lowPriceKrw ?? NaN) - (daily?.lowKrw ?? NaN);
      for (const difference of [-above, below]) {
        expect(difference).toBeGreaterThanOrEqual(0);
        expect(difference).toBeLessThanOrEqual(widestTickKrw / 2);
      }
    },
  );
});

describe('a recorded price and its replay', () => {
  const prices = ['openKrw', 'highKrw', 'lowKrw', 'closeKrw'] as const;

  it.each([
    ['2025-10-16', 122],
    ['2025-10-17', 161],
    ['2025-10-20', 133],
    ['2025-10-21', 122],
    ['2025-10-22', 157],
  ])('differ on %s where the recording is off the grid, %i times, and nowhere else', (date, offGrid) => {
    const day = loadReplayDay({ date, symbols });
    const exchange = createExchange({ tradingDate: date, instruments: day.instruments, accounts: [], seed: 1 });
    const ticks = tickTable('STOCK', 'KOSPI', date);
    let moved = 0;
    for (const { plan, symbol } of day.schedule(exchange, 1)) {
      for (const [index, recorded] of (day.bars.get(symbol) ?? []).entries()) {
        for (const price of prices) {
          const isMoved = plan.bars[index]?.[price] !== recorded[price];
          expect(isMoved).toBe(!ticks.isOnTick(recorded[price]));
          if (isMoved) moved += 1;
        }
      }
    }
    expect(moved).toBe(offGrid);
  });
});
