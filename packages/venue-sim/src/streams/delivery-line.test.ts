import { describe, expect, it } from 'vitest';
import { createExchange } from '../exchange/exchange.ts';
import { kstInstant } from '../kst.ts';
import { createDeliveryLine } from './delivery-line.ts';

const tenOClock = kstInstant('2026-11-20', '10:00');

function start() {
  const exchange = createExchange({ tradingDate: '2026-11-20', instruments: [], accounts: [], seed: 1 });
  exchange.advanceTo(tenOClock);
  return { exchange, line: createDeliveryLine(exchange) };
}

describe('a delivery line', () => {
  it('delivers at the instant, in the order of time and then of adding', () => {
    const { exchange, line } = start();
    const told: string[] = [];
    line.at(tenOClock + 20, () => told.push(`late ${exchange.nowMs - tenOClock}`));
    line.at(tenOClock + 10, () => told.push(`first ${exchange.nowMs - tenOClock}`));
    line.at(tenOClock + 10, () => told.push('second'));
    exchange.advanceTo(tenOClock + 9);
    expect(told).toEqual([]);
    exchange.advanceTo(tenOClock + 1000);
    expect(told).toEqual(['first 10', 'second', 'late 20']);
  });

  it('lets what a delivery sets off wait until it is done', () => {
    const { exchange, line } = start();
    const told: string[] = [];
    line.at(tenOClock + 1, () => {
      line.now(() => told.push('set off'));
      exchange.advanceTo(tenOClock + 50); // what is due in between waits as well
      told.push('done');
      expect(line.isDelivering).toBe(true);
    });
    line.at(tenOClock + 30, () => told.push('due in between'));
    exchange.advanceTo(tenOClock + 100);
    expect(told).toEqual(['done', 'set off', 'due in between']);
    expect(line.isDelivering).toBe(false);
  });

  it('goes on after a delivery that threw', () => {
    const { exchange, line } = start();
    const told: string[] = [];
    line.at(tenOClock + 1, () => {
      throw new Error('a client broke');
    });
    line.at(tenOClock + 2, () => told.push('next'));
    expect(() => {
      exchange.advanceTo(tenOClock + 1);
    }).toThrow('a client broke');
    exchange.advanceTo(tenOClock + 2);
    expect(told).toEqual(['next']);
  });
});
