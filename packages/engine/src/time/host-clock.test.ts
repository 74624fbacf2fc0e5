import { type Clock } from '@qts/core';
import { type FakeClock, createFakeClock } from '@qts/core/testing';
import { expect, it } from 'vitest';
import { createHostClockWatch } from './host-clock.ts';

/** A clock whose timers fire later than they are due, as in a process that stood still. */
function slowedBy(clock: FakeClock, delayMs: () => number): Clock {
  return {
    nowMs: () => clock.nowMs(),
    monotonicMs: () => clock.monotonicMs(),
    setTimer: (callback, ms) => clock.setTimer(callback, ms + delayMs()),
  };
}

function start() {
  const clock = createFakeClock();
  const state = { delayMs: 0 };
  const codes: string[] = [];
  const gaps: string[] = [];
  const watch = createHostClockWatch({
    clock: slowedBy(clock, () => state.delayMs),
    safety: { record: ({ code }) => codes.push(code) as never },
    onGap: (reason) => gaps.push(reason),
  });
  return { clock, state, codes, gaps, watch };
}

it('tells nobody while time passes as it should', async () => {
  const { clock, codes, gaps } = start();
  await clock.advance(60_000);
  expect([codes, gaps]).toEqual([[], []]);
});

it.each([700, -3_600_000])('alarms and has everything compared when the wall clock was moved by %i ms', async (ms) => {
  const { clock, codes, gaps } = start();
  await clock.advance(7_000);
  clock.shiftWallClock(ms);
  await clock.advance(20_000);
  expect(codes).toEqual(['AN100']);
  expect(gaps).toEqual([`the clock of this machine was moved by ${ms} ms`]);
});

it('takes no notice of a small correction', async () => {
  const { clock, codes } = start();
  clock.shiftWallClock(400);
  await clock.advance(20_000);
  expect(codes).toEqual([]);
});

it('takes a standstill for a gap, and does not blame the clock for it', async () => {
  const { clock, state, codes, gaps } = start();
  state.delayMs = 2_500;
  await clock.advance(5_000);
  state.delayMs = 0;
  await clock.advance(20_000);
  expect(gaps).toEqual(['the process stood still for 2500 ms']);
  expect(codes).toEqual([]);
});

it('leaves no timer once it is closed', () => {
  const { clock, watch } = start();
  watch.close();
  expect(clock.pendingTimers).toBe(0);
});
