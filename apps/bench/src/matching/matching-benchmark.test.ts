import { describe, expect, it } from 'vitest';
import { createExchangeEngine } from './engines.ts';
import { benchAccountId } from './exchange-setup.ts';
import { runMatchingBenchmark } from './matching-benchmark.ts';
import { drawOrderFlow } from './order-flow.ts';

describe('the flow of B6', () => {
  it('is the same for the same seed, hovers where it should, and places, crosses and cancels', () => {
    const flow = drawOrderFlow(200, 2_000, 7);
    expect(drawOrderFlow(200, 2_000, 7)).toEqual(flow);
    expect(Math.abs(flow.restingAtEnd - 200)).toBeLessThanOrEqual(20);
    expect(flow.timed).toHaveLength(2_000);
    const cancels = flow.timed.filter(({ kind }) => kind === 'CANCEL').length;
    expect(cancels).toBeGreaterThan(600);
    expect(cancels).toBeLessThan(1_000);
  });

  it('trades the same with and without an account', () => {
    const flow = drawOrderFlow(200, 2_000, 7);
    const [market, account] = [createExchangeEngine(), createExchangeEngine(benchAccountId)].map((engine) => {
      engine.run(flow.filling);
      engine.run(flow.timed);
      return [engine.tradedQuantity(), engine.eventCount()];
    });
    expect(market?.[0]).toBeGreaterThan(1_000);
    expect(account).toEqual(market);
  });
});

describe('runMatchingBenchmark', () => {
  it('gives a row per contender and size, and what size costs', async () => {
    const rows = await runMatchingBenchmark({ restingCounts: [50, 100], rounds: 3, operationsPerRound: 200 });
    expect(rows.map(({ contender, workload, ratioTo }) => [contender, workload, ratioTo])).toMatchInlineSnapshot(`
      [
        [
          "exchange, flow of the market",
          "50 resting",
          "nothing: no peer is installed",
        ],
        [
          "exchange, flow of the market",
          "100 resting",
          "nothing: no peer is installed",
        ],
        [
          "exchange, flow of the market",
          "100 resting",
          "time an operation at 50 resting",
        ],
        [
          "exchange, orders of an account",
          "50 resting",
          "exchange, flow of the market",
        ],
        [
          "exchange, orders of an account",
          "100 resting",
          "exchange, flow of the market",
        ],
        [
          "exchange, orders of an account",
          "100 resting",
          "time an operation at 50 resting",
        ],
      ]
    `);
    expect(rows.every(({ operationsPerSecond }) => operationsPerSecond > 0)).toBe(true);
  });

  it('says when the peer is not installed where it was looked for', async () => {
    await expect(runMatchingBenchmark({ peerDirectory: import.meta.dirname })).rejects.toThrow(/nodejs-order-book/);
  });
});
