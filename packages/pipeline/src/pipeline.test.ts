import {
  type AccountSnapshot,
  type BrokerEngine,
  type CallOptions,
  type ExecutionIntent,
  type ExecutionResponse,
  type Krw,
  type Quote,
  type QuoteReader,
  type Shares,
  type Signal,
  type SymbolCode,
  ValidationError,
} from '@qts/core';
import { describe, expect, it } from 'vitest';
import { type PipelineSettings, createPipeline } from './pipeline.ts';
import { type SafetyEvent } from './safety-hook.ts';
import { type Strategy } from './strategy.ts';

const symbol = '005930' as SymbolCode;
const krw = (value: number) => value as Krw;
const shares = (value: number) => value as Shares;

const quote: Quote = {
  symbol,
  lastPriceKrw: krw(98_000),
  basePriceKrw: krw(97_900),
  upperLimitKrw: krw(127_200),
  lowerLimitKrw: krw(68_600),
  tickKrw: krw(100),
  volume: shares(1_000),
  halted: false,
  readAtMs: 1_000,
};

const buy: Signal = { action: 'BUY', symbol, quantity: shares(3), limitPriceKrw: krw(98_000), reason: 'test' };

interface World {
  signal?: Signal | Error;
  quote?: Partial<Quote> | Error;
  outcome?: ExecutionResponse['outcome'] | Error;
  account?: Partial<AccountSnapshot>;
  settings?: Partial<PipelineSettings>;
  safe?: boolean;
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** A pipeline over doubles that record what reached them. */
function start({ signal = buy, quote: found = {}, outcome = 'ACCEPTED', account, settings, safe = true }: World = {}) {
  const submitted: ExecutionIntent[] = [];
  const recorded: SafetyEvent[] = [];
  const refuse = () => Promise.reject(new Error('not part of this test'));
  const strategy: Strategy = {
    name: 'test',
    evaluate: () => {
      if (signal instanceof Error) throw signal;
      return signal;
    },
  };
  const options: (CallOptions | undefined)[] = [];
  const quotes: Mutable<QuoteReader> = {
    brokerId: 'test',
    getQuote: () => (found instanceof Error ? Promise.reject(found) : Promise.resolve({ ...quote, ...found })),
    getOrderBook: refuse,
    listDailyBars: refuse,
    listMinuteBars: refuse,
  };
  const engine: BrokerEngine = {
    name: 'test-engine',
    cancelOrder: refuse,
    replaceOrder: refuse,
    submitIntent: (intent, given) => {
      submitted.push(intent);
      options.push(given);
      if (outcome instanceof Error) return Promise.reject(outcome);
      const { intentId } = intent;
      const accepted = outcome === 'ACCEPTED';
      return Promise.resolve({ intentId, accepted, outcome, broker: 'test', message: outcome, timestampMs: 2_000 });
    },
  };
  let ids = 0;
  const pipeline = createPipeline({
    strategy,
    quotes,
    engine,
    safety: { shouldRun: () => safe, record: (event) => recorded.push(event) },
    account: () => ({ orderableCashKrw: krw(1_000_000), equityKrw: 1_000_000, positions: new Map(), ...account }),
    switches: () => ({ enabled: true, killSwitch: false, paused: false, safeMode: false }),
    mode: () => ({ allowed: true, reason: 'sim' }),
    clock: { nowMs: () => 2_000, monotonicMs: () => 0, setTimer: () => ({ cancel: () => undefined }) },
    generateId: () => `intent-${(ids += 1)}`,
    intentLifeMs: 30_000,
    ...settings,
  });
  return { pipeline, submitted, recorded, options, quotes };
}

describe('the pipeline', () => {
  it('carries a signal to the engine as an intent', async () => {
    const { pipeline, submitted, recorded } = start();
    const result = await pipeline.runOnce(symbol);
    expect(result).toMatchObject({ stage: 'ACT', act: { status: 'accepted', intentId: 'intent-1', broker: 'test' } });
    expect(submitted).toEqual([
      expect.objectContaining({
        intentId: 'intent-1',
        symbol,
        side: 'BUY',
        quantity: 3,
        intentType: 'LIMIT',
        limitPriceKrw: 98_000,
        createdAtMs: 2_000,
        validUntilMs: 32_000,
      }),
    ]);
    expect(recorded).toEqual([]);
  });

  it('makes a market order of a signal without a price', async () => {
    const { pipeline, submitted } = start({ signal: { action: 'BUY', symbol, quantity: shares(1), reason: 'now' } });
    await pipeline.runOnce(symbol);
    expect(submitted[0]).toMatchObject({ intentType: 'MARKET' });
    expect(submitted[0]).not.toHaveProperty('limitPriceKrw');
  });

  it.each([
    ['REJECTED', 'rejected'],
    ['NOT_SENT', 'not-sent'],
    ['UNKNOWN', 'unknown'],
  ] as const)('reports the outcome %s as %s and leaves its safety record to the engine', async (outcome, status) => {
    const { pipeline, recorded } = start({ outcome });
    expect((await pipeline.runOnce(symbol)).act.status).toBe(status);
    expect(recorded).toEqual([]);
  });

  it('never calls acceptance execution', async () => {
    const { act } = await start().pipeline.runOnce(symbol);
    expect(JSON.stringify(act)).not.toMatch(/execut|fill/i);
  });

  it('refuses to exist without an engine', () => {
    expect(() => start({ settings: { engine: undefined } })).toThrow(ValidationError);
  });

  it.each<[string, World, { stage: string; status: string; reason: RegExp; code?: string }]>([
    [
      'a quote that fails',
      { quote: new Error('down') },
      { stage: 'EXTRACT', status: 'error', reason: /no quote/, code: 'AN010' },
    ],
    [
      'no price',
      { quote: { lastPriceKrw: krw(0) } },
      { stage: 'EXTRACT', status: 'skipped', reason: /no_market_data/, code: 'AN010' },
    ],
    [
      'a figure that is no number',
      { quote: { volume: shares(NaN) } },
      { stage: 'TRANSFORM', status: 'error', reason: /not a number/, code: 'FS020' },
    ],
    [
      'no equity',
      { account: { equityKrw: 0 } },
      { stage: 'TRANSFORM', status: 'error', reason: /equity/, code: 'FS050' },
    ],
    [
      'a strategy that throws',
      { signal: new Error('oops') },
      { stage: 'EVALUATE', status: 'error', reason: /threw/, code: 'FS030' },
    ],
    [
      'an answer for another symbol',
      { signal: { action: 'HOLD', symbol: '000660' as SymbolCode, reason: '' } },
      { stage: 'EVALUATE', status: 'error', reason: /answered for 000660/, code: 'FS030' },
    ],
    [
      'an engine that throws',
      { outcome: new Error('bug') },
      { stage: 'ACT', status: 'error', reason: /may be live/, code: 'FS040' },
    ],
  ])('ends a cycle at its stage with a record: %s', async (_, world, { stage, status, reason, code }) => {
    const { pipeline, recorded } = start(world);
    const result = await pipeline.runOnce(symbol);
    expect(result).toMatchObject({ stage, act: { status, code } });
    expect(result.act.reason).toMatch(reason);
    expect(recorded).toEqual([expect.objectContaining({ code, stage })]);
  });

  it.each<[string, World, RegExp, string | undefined]>([
    ['a HOLD', { signal: { action: 'HOLD', symbol, reason: 'quiet' } }, /^quiet$/, undefined],
    ['a fraction of a share', { signal: { ...buy, quantity: shares(0.5) } }, /whole number/, 'G_EXE_QTY_NONPOSITIVE'],
    ['a price above the limit', { signal: { ...buy, limitPriceKrw: krw(127_300) } }, /outside/, 'GR040'],
    ['a halted symbol', { quote: { halted: true } }, /halted/, 'GR040'],
    ['a sale of more than is held', { signal: { ...buy, action: 'SELL' } }, /more than may be sold/, 'GR040'],
    [
      'a sale against an own open buy',
      {
        signal: { ...buy, action: 'SELL' },
        account: { positions: new Map([[symbol, position({ quantity: 9, sellableQuantity: 9, openBuyQuantity: 1 })]]) },
      },
      /own buy order/,
      'GR030',
    ],
    [
      'a buy against an own open sale',
      { account: { positions: new Map([[symbol, position({ quantity: 9, sellableQuantity: 4 })]]) } },
      /own sell order/,
      'GR030',
    ],
  ])('does not act on %s', async (_, world, reason, code) => {
    const { pipeline, submitted, recorded } = start(world);
    const result = await pipeline.runOnce(symbol);
    expect(result).toMatchObject({ stage: 'DECIDE', act: { status: 'skipped' } });
    expect(result.act.reason).toMatch(reason);
    expect(submitted).toEqual([]);
    expect(recorded.map((event) => event.code)).toEqual(code === undefined ? [] : [code]);
  });

  it.each([
    [{ enabled: false }, 'trading_disabled'],
    [{ killSwitch: true }, 'kill_switch'],
    [{ paused: true }, 'pipeline_paused'],
    [{ safeMode: true }, 'safe_mode'],
    [{ enabled: false, killSwitch: true, paused: true, safeMode: true }, 'trading_disabled'],
    [{ killSwitch: true, paused: true }, 'kill_switch'],
  ])('stops at the first closed gate: %j', async (closed, reason) => {
    const switches = { enabled: true, killSwitch: false, paused: false, safeMode: false, ...closed };
    const { pipeline, submitted } = start({ settings: { switches: () => switches } });
    expect((await pipeline.runOnce(symbol)).act).toMatchObject({ status: 'skipped', reason });
    expect(submitted).toEqual([]);
  });

  it('gives the reason of the mode gate', async () => {
    const { pipeline, submitted } = start({
      settings: { mode: () => ({ allowed: false, reason: 'ack_missing_or_invalid' }) },
    });
    expect((await pipeline.runOnce(symbol)).act).toMatchObject({ status: 'skipped', reason: 'ack_missing_or_invalid' });
    expect(submitted).toEqual([]);
  });

  it('does nothing at all while the safety hook refuses', async () => {
    const { pipeline, submitted } = start({ safe: false });
    expect(await pipeline.runOnce(symbol)).toMatchObject({
      stage: 'EXTRACT',
      act: { status: 'skipped', reason: 'safety' },
    });
    expect(submitted).toEqual([]);
  });

  describe('when it is asked to stop', () => {
    it('takes an interrupted read for no trouble with the data', async () => {
      const controller = new AbortController();
      const { pipeline, recorded, quotes } = start();
      quotes.getQuote = () => {
        controller.abort();
        return Promise.reject(new Error('aborted'));
      };
      const result = await pipeline.runOnce(symbol, { signal: controller.signal });
      expect(result).toMatchObject({ stage: 'EXTRACT', act: { status: 'skipped', reason: 'stopped' } });
      expect(recorded).toEqual([]);
    });

    it('begins no order', async () => {
      const controller = new AbortController();
      const { pipeline, submitted, quotes } = start();
      quotes.getQuote = () => {
        controller.abort();
        return Promise.resolve(quote);
      };
      const result = await pipeline.runOnce(symbol, { signal: controller.signal });
      expect(result).toMatchObject({ stage: 'DECIDE', act: { status: 'skipped', reason: 'stopped' } });
      expect(submitted).toEqual([]);
    });

    it('waits for the answer to an order that was begun, and keeps its deadline', async () => {
      const { pipeline, options } = start();
      const { signal } = new AbortController();
      expect((await pipeline.runOnce(symbol, { signal, deadlineMs: 9_000 })).act.status).toBe('accepted');
      await pipeline.runOnce(symbol, { signal });
      expect(options).toEqual([{ deadlineMs: 9_000 }, {}]);
    });
  });

  it('remembers prices per symbol and forgets the oldest', async () => {
    const seen: number[] = [];
    const strategy: Strategy = {
      name: 'looker',
      evaluate: ({ market, priceHistoryKrw }) => {
        seen.push(priceHistoryKrw.length);
        return { action: 'HOLD', symbol: market.symbol, reason: 'looking' };
      },
    };
    const { pipeline } = start({ settings: { strategy } });
    for (let cycle = 0; cycle < 520; cycle += 1) await pipeline.runOnce(symbol);
    expect(seen[0]).toBe(1);
    expect(seen.at(-1)).toBe(512);
  });
});

function position(given: { quantity: number; sellableQuantity: number; openBuyQuantity?: number }) {
  return {
    quantity: shares(given.quantity),
    sellableQuantity: shares(given.sellableQuantity),
    costKrw: krw(0),
    openBuyQuantity: shares(given.openBuyQuantity ?? 0),
  };
}
