import { type FakeClock, createFakeClock } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { type ClockOffset, createClockOffset } from './clock-offset.ts';

/** Hears answers of a server whose clock is ahead by so much, one each 700 ms, each after 40 ms. */
async function hear(clock: FakeClock, offset: ClockOffset, aheadMs: number, answers: number): Promise<void> {
  for (let each = 0; each < answers; each++) {
    await clock.advance(660);
    const leftAtMs = clock.monotonicMs();
    await clock.advance(20);
    const date = new Date(clock.nowMs() + aheadMs).toUTCString();
    await clock.advance(20);
    offset.hear(date, leftAtMs, clock.monotonicMs());
  }
}

describe('createClockOffset', () => {
  it.each([0, 3_000, -180_000])('measures a server that is %i ms ahead to half a second', async (aheadMs) => {
    const clock = createFakeClock();
    const offset = createClockOffset(clock);
    await hear(clock, offset, aheadMs, 20);
    expect(Math.abs((offset.aheadMs ?? Infinity) - aheadMs)).toBeLessThanOrEqual(500);
  });

  it('says nothing before five answers were heard', async () => {
    const clock = createFakeClock();
    const offset = createClockOffset(clock);
    await hear(clock, offset, 3_000, 4);
    expect(offset.aheadMs).toBeUndefined();
    await hear(clock, offset, 3_000, 1);
    expect(offset.aheadMs).toBeDefined();
  });

  it('is not moved by a few wrong headers, and follows the last twenty', async () => {
    const clock = createFakeClock();
    const offset = createClockOffset(clock);
    await hear(clock, offset, 0, 11);
    await hear(clock, offset, 180_000, 9);
    expect(Math.abs(offset.aheadMs ?? Infinity)).toBeLessThanOrEqual(500);
    await hear(clock, offset, 180_000, 11);
    expect(offset.aheadMs).toBeGreaterThan(179_000);
  });

  it('is right at once when the wall clock of this machine is moved', async () => {
    const clock = createFakeClock();
    const offset = createClockOffset(clock);
    await hear(clock, offset, 0, 20);
    const before = offset.aheadMs ?? Infinity;
    clock.shiftWallClock(-3_000);
    expect(offset.aheadMs).toBe(before + 3_000);
  });

  it.each([
    ['no header', undefined, 10],
    ['a header that is no date', 'soon', 10],
    ['an exchange of more than a second', 'Mon, 14 Sep 2026 00:10:00 GMT', 1_001],
  ])('learns nothing from %s', (_, date, tookMs) => {
    const offset = createClockOffset(createFakeClock());
    for (let each = 0; each < 20; each++) offset.hear(date, 0, tookMs);
    expect(offset.aheadMs).toBeUndefined();
  });
});
