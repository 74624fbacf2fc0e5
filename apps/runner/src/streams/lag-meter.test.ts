import { describe, expect, it } from 'vitest';
import { createLagMeter } from './lag-meter.ts';

describe('a lag meter', () => {
  it('has nothing to say before the first delay', () => {
    expect(createLagMeter().figures()).toBeNull();
  });

  it('tells the nearest rank', () => {
    const meter = createLagMeter();
    for (let ms = 100; ms >= 1; ms -= 1) meter.add(ms);
    expect(meter.figures()).toEqual({ events: 100, p50Ms: 50, p99Ms: 99 });
  });

  it('takes a clock that is behind for no delay, and bounds what it keeps', () => {
    const meter = createLagMeter();
    meter.add(-5);
    meter.add(10 ** 9);
    expect(meter.figures()).toEqual({ events: 2, p50Ms: 0, p99Ms: 600_000 });
  });
});
