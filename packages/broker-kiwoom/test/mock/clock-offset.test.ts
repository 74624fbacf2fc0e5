import { tradingDate } from '@qts/core';
import { afterEach, describe, expect, it } from 'vitest';
import { startKiwoom, type StartedKiwoom } from '../support/start-kiwoom.ts';

const started: StartedKiwoom[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((each) => each.stop()));
});

async function start(): Promise<StartedKiwoom> {
  const kiwoom = await startKiwoom();
  started.push(kiwoom);
  return kiwoom;
}

/** Reads the order list so often, a little more than a second apart. */
async function read(kiwoom: StartedKiwoom, times: number): Promise<void> {
  for (let each = 0; each < times; each += 1) {
    await kiwoom.settle(kiwoom.broker.orders.listOrders({ tradingDate: tradingDate('2026-09-14') }));
    await kiwoom.advance(1_130);
  }
}

const aheadMs = ({ broker }: StartedKiwoom): number => broker.orders.clockAheadMs?.() ?? Number.NaN;

describe('the clock of the broker', () => {
  it('is known by the dates of its answers, when that of this machine is wrong', async () => {
    const kiwoom = await start();
    kiwoom.clock.shiftWallClock(-10_000);
    await read(kiwoom, 8);
    expect(Math.abs(aheadMs(kiwoom) - 10_000)).toBeLessThanOrEqual(600);
  });

  it('is known although some answers are dated wrongly', async () => {
    const kiwoom = await start();
    kiwoom.venue.faults.plan({ fault: 'R37-date-skew', times: 3, parameters: { skewMs: 180_000 } });
    await read(kiwoom, 8);
    expect(Math.abs(aheadMs(kiwoom))).toBeLessThanOrEqual(600);
    expect(kiwoom.venue.faults.counters()['R37-date-skew']).toBe(3);
  });

  it('is what all its answers say, although its books keep another time', async () => {
    const kiwoom = await start();
    kiwoom.venue.faults.plan({ fault: 'R37-date-skew', times: 20, parameters: { skewMs: -180_000 } });
    await read(kiwoom, 8);
    expect(Math.abs(aheadMs(kiwoom) + 180_000)).toBeLessThanOrEqual(600);
  });
});
