import { tradingDate } from '@qts/core';
import { afterEach, describe, expect, it } from 'vitest';
import { startKis, type StartedKis } from '../support/start-kis.ts';

const started: StartedKis[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((each) => each.stop()));
});

async function start(): Promise<StartedKis> {
  const kis = await startKis();
  started.push(kis);
  return kis;
}

/** Reads the order list so often, a little more than a second apart. */
async function read(kis: StartedKis, times: number): Promise<void> {
  for (let each = 0; each < times; each += 1) {
    await kis.settle(kis.broker.orders.listOrders({ tradingDate: tradingDate('2026-09-14') }));
    await kis.advance(1_130);
  }
}

const aheadMs = ({ broker }: StartedKis): number => broker.orders.clockAheadMs?.() ?? Number.NaN;

describe('the clock of the broker', () => {
  it('is known by the dates of its answers, when that of this machine is wrong', async () => {
    const kis = await start();
    kis.clock.shiftWallClock(-10_000);
    await read(kis, 8);
    expect(Math.abs(aheadMs(kis) - 10_000)).toBeLessThanOrEqual(600);
  });

  it('is known although some answers are dated wrongly', async () => {
    const kis = await start();
    kis.venue.faults.plan({ fault: 'R37-date-skew', times: 3, parameters: { skewMs: 180_000 } });
    await read(kis, 8);
    expect(Math.abs(aheadMs(kis))).toBeLessThanOrEqual(600);
    expect(kis.venue.faults.counters()['R37-date-skew']).toBe(3);
  });

  it('is what all its answers say, although its books keep another time', async () => {
    const kis = await start();
    kis.venue.faults.plan({ fault: 'R37-date-skew', times: 20, parameters: { skewMs: -180_000 } });
    await read(kis, 8);
    expect(Math.abs(aheadMs(kis) + 180_000)).toBeLessThanOrEqual(600);
  });
});
