import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError, type EnrichedState, type SymbolCode, ValidationError } from '@qts/core';
import { type Strategy } from '@qts/pipeline';
import { afterAll, describe, expect, it } from 'vitest';
import { loadStrategy } from './load-strategy.ts';

const folder = mkdtempSync(join(tmpdir(), 'qts-strategy-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const symbol = '005930' as SymbolCode;
const opensAtMs = Date.UTC(2025, 9, 20, 0, 0);
const minuteMs = 60_000;

interface Look {
  readonly minute: number;
  readonly price: number;
  readonly held?: number;
  readonly cost?: number;
  readonly history?: readonly number[];
}

function state({ minute, price, held = 0, cost = 0, history = [price] }: Look): EnrichedState {
  const market = { symbol, takenAtMs: opensAtMs + minute * minuteMs, lastPriceKrw: price, basePriceKrw: 10_000 };
  const limits = { upperLimitKrw: 13_000, lowerLimitKrw: 7_000, tickKrw: 10, volume: 0, halted: false };
  const position = { quantity: held, sellableQuantity: held, costKrw: cost, openBuyQuantity: 0 };
  return {
    market: { ...market, ...limits },
    account: { orderableCashKrw: 0, equityKrw: 1, positions: new Map() },
    position,
    priceHistoryKrw: history,
  } as unknown as EnrichedState;
}

async function start(use: string, parameters = {}): Promise<Strategy> {
  const strategy = await loadStrategy(use, parameters);
  strategy.startDay?.({ opensAtMs, closesAtMs: opensAtMs + 380 * minuteMs, symbols: [symbol] });
  return strategy;
}

describe('breakout', () => {
  it('buys once above the opening range, and not before the range is measured', async () => {
    const strategy = await start('breakout', { orderValueKrw: 100_000 });
    expect(strategy.evaluate(state({ minute: 1, price: 10_000 })).action).toBe('HOLD');
    expect(strategy.evaluate(state({ minute: 29, price: 10_100 })).action).toBe('HOLD');
    expect(strategy.evaluate(state({ minute: 31, price: 10_100 })).action).toBe('HOLD');
    expect(strategy.evaluate(state({ minute: 32, price: 10_110 }))).toMatchObject({
      action: 'BUY',
      quantity: 9,
      limitPriceKrw: 10_120,
    });
    expect(strategy.evaluate(state({ minute: 33, price: 10_200 })).action).toBe('HOLD');
  });

  it('sells below the stop and before the close', async () => {
    const strategy = await start('breakout');
    const held = { held: 10, cost: 100_000 };
    expect(strategy.evaluate(state({ minute: 60, price: 9_910, ...held })).action).toBe('HOLD');
    expect(strategy.evaluate(state({ minute: 60, price: 9_900, ...held }))).toMatchObject({
      action: 'SELL',
      quantity: 10,
    });
    expect(strategy.evaluate(state({ minute: 365, price: 11_000, ...held }))).toMatchObject({
      action: 'SELL',
      quantity: 10,
    });
  });
});

describe('reversion', () => {
  const calm = Array.from({ length: 20 }, (_, index) => 10_000 + (index % 2) * 20);

  it('rests a buy below a price that fell, and a sale at the mean', async () => {
    const strategy = await start('reversion', { orderValueKrw: 100_000 });
    const fallen = [...calm.slice(1), 9_900];
    expect(strategy.evaluate(state({ minute: 40, price: 9_900, history: fallen }))).toMatchObject({
      action: 'BUY',
      quantity: 10,
      limitPriceKrw: 9_890,
    });
    expect(strategy.evaluate(state({ minute: 41, price: 9_900, history: fallen, held: 10, cost: 99_000 })).action).toBe(
      'HOLD',
    );
    const back = [...calm.slice(1), 10_020];
    expect(
      strategy.evaluate(state({ minute: 60, price: 10_020, history: back, held: 10, cost: 99_000 })),
    ).toMatchObject({ action: 'SELL', quantity: 10, limitPriceKrw: 10_020 });
  });

  it('holds while it collects prices and is flat before the close', async () => {
    const strategy = await start('reversion');
    expect(strategy.evaluate(state({ minute: 5, price: 9_000, history: [10_000, 9_000] })).action).toBe('HOLD');
    expect(strategy.evaluate(state({ minute: 370, price: 9_000, history: calm, held: 3 }))).toMatchObject({
      action: 'SELL',
      quantity: 3,
    });
  });
});

describe('loadStrategy', () => {
  it('names an unknown parameter and a value out of bounds', async () => {
    const attempt = loadStrategy('breakout', { rangeMinute: 5, stopPercent: 0 });
    await expect(attempt).rejects.toThrow(ValidationError);
    await expect(attempt).rejects.toThrow(/rangeMinute +unknown; known are rangeMinutes/);
    await expect(attempt).rejects.toThrow(/stopPercent +found 0; wanted a number from 0.1 to 20/);
  });

  it('runs a file of the user', async () => {
    const file = join(folder, 'mine.mjs');
    writeFileSync(
      file,
      "export default ({ word }) => ({ name: 'mine', evaluate: ({ market }) => ({ action: 'HOLD', symbol: market.symbol, reason: word }) });",
    );
    const strategy = await loadStrategy(file, { word: 'waiting' });
    expect(strategy.evaluate(state({ minute: 0, price: 1 }))).toMatchObject({ reason: 'waiting' });
  });

  it.each([
    ['a name that is neither', () => 'momentum', /There is no such file/],
    ['a file that breaks', () => plant('breaks.mjs', 'export default 1 +;'), /cannot be loaded/],
    [
      'a file without a factory',
      () => plant('none.mjs', 'export const strategy = 1;'),
      /default export is not a function/,
    ],
    ['a factory that makes nothing', () => plant('empty.mjs', 'export default () => ({});'), /no name and evaluate/],
  ])('refuses %s', async (_, use, reason) => {
    const attempt = loadStrategy(use(), {});
    await expect(attempt).rejects.toThrow(ConfigurationError);
    await expect(attempt).rejects.toThrow(reason);
  });
});

function plant(name: string, source: string): string {
  const file = join(folder, name);
  writeFileSync(file, source);
  return file;
}
