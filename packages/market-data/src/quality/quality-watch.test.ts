import {
  type BookUpdate,
  type MarketStatus,
  type Quote,
  type QuoteRead,
  type StreamControl,
  type Trade,
  krw,
  shares,
  symbolCode,
} from '@qts/core';
import { createFakeClock } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { createQualityWatch } from './quality-watch.ts';

const samsung = symbolCode('005930');
const hynix = symbolCode('000660');

function start() {
  const clock = createFakeClock();
  const watch = createQualityWatch({ clock });
  const stamp = () => ({ receivedMonotonicMs: clock.monotonicMs(), receivedAtMs: clock.nowMs() });
  const trade = (changes: Partial<Trade> = {}): Trade => ({
    kind: 'trade',
    symbol: samsung,
    venue: 'KRX',
    priceKrw: krw(70_000),
    quantity: shares(5),
    ...stamp(),
    ...changes,
  });
  const book = (bid: number, ask: number): BookUpdate => ({
    kind: 'book',
    symbol: samsung,
    venue: 'KRX',
    bids: [{ priceKrw: krw(bid), quantity: shares(1) }],
    asks: [{ priceKrw: krw(ask), quantity: shares(1) }],
    ...stamp(),
  });
  const status = (changes: Partial<MarketStatus>): MarketStatus => ({
    kind: 'market-status',
    venue: 'KRX',
    native: {},
    ...stamp(),
    ...changes,
  });
  const control = (kind: 'gap' | 'connection-lost' | 'backfilled', more: object): StreamControl =>
    ({
      kind,
      brokerId: 'kis',
      subscriptions: [],
      reason: 'X',
      next: '',
      ...stamp(),
      ...more,
    }) as unknown as StreamControl;
  const quoteRead = (volume: number, halted = false): QuoteRead => ({
    kind: 'quote-read',
    symbol: samsung,
    venue: 'KRX',
    quote: { symbol: samsung, volume, halted } as Quote,
    ...stamp(),
  });
  const state = (symbol = samsung) => watch.qualityOf(symbol).state;
  return { clock, watch, trade, book, status, control, quoteRead, state };
}

describe('the quality of a symbol', () => {
  it('is silent before anything was heard', () => {
    expect(start().watch.qualityOf(samsung)).toEqual({
      state: 'SILENT',
      ageMs: undefined,
      exchangeAgeMs: undefined,
      missedQuantity: 0,
    });
  });

  it('is fresh for three seconds after a trade, and then stale', async () => {
    const { clock, watch, trade, state } = start();
    watch.observe(trade());
    await clock.advance(3_000);
    expect(state()).toBe('FRESH');
    await clock.advance(1);
    expect(state()).toBe('STALE');
    expect(watch.qualityOf(samsung).ageMs).toBe(3_001);
  });

  it('does not age by a wall clock that was set', async () => {
    const { clock, watch, trade, state } = start();
    watch.observe(trade());
    clock.shiftWallClock(3_600_000);
    await clock.settle();
    expect(state()).toBe('FRESH');
  });

  it('tells the age at the exchange apart', async () => {
    const { clock, watch, trade } = start();
    watch.observe(trade({ exchangeAtMs: clock.nowMs() - 2_000 }));
    await clock.advance(500);
    expect(watch.qualityOf(samsung)).toMatchObject({ ageMs: 500, exchangeAgeMs: 2_500 });
  });

  it('is crossed while the best bid is not below the best ask', () => {
    const { watch, book, state } = start();
    watch.observe(book(70_000, 70_000));
    expect(state()).toBe('CROSSED');
    watch.observe(book(69_900, 70_000));
    expect(state()).toBe('FRESH');
  });

  it('is a gap when the volume of the day shows what was missed, until a read repairs it', () => {
    const { watch, trade, quoteRead, state } = start();
    watch.observe(trade({ accumulatedVolume: shares(5) }));
    expect(watch.observe(trade({ accumulatedVolume: shares(17) }))).toEqual({ kind: 'HOLE', missedQuantity: 7 });
    expect(watch.qualityOf(samsung)).toMatchObject({ state: 'GAP', missedQuantity: 7 });
    watch.observe(quoteRead(17));
    expect(state()).toBe('FRESH');
  });

  it('is not repaired by a read that is older than what was heard', () => {
    const { watch, trade, quoteRead, state } = start();
    watch.observe(trade({ accumulatedVolume: shares(5) }));
    watch.observe(trade({ accumulatedVolume: shares(17) }));
    watch.observe(quoteRead(12));
    expect(state()).toBe('GAP');
  });

  it('is not moved by a trade that comes twice', () => {
    const { watch, trade, state } = start();
    watch.observe(trade({ accumulatedVolume: shares(5) }));
    expect(watch.observe(trade({ accumulatedVolume: shares(5) }))).toEqual({ kind: 'REPEATED' });
    expect(state()).toBe('FRESH');
  });

  it('is a gap from the loss of the connection to a complete backfill', () => {
    const { watch, trade, control, state } = start();
    watch.observe(trade());
    watch.observe(control('connection-lost', { alarm: false }));
    expect(state()).toBe('GAP');
    watch.observe(control('backfilled', { complete: false, repaired: 0, sinceMs: 0 }));
    expect(state()).toBe('GAP');
    watch.observe(control('backfilled', { complete: true, repaired: 0, sinceMs: 0 }));
    expect(state()).toBe('FRESH');
  });

  it('of another symbol is not touched by a gap of one subscription', () => {
    const { watch, trade, control, state } = start();
    watch.observe(trade());
    watch.observe(trade({ symbol: hynix }));
    watch.observe(control('gap', { subscriptions: ['H0STCNT0 005930'], sinceMs: 0 }));
    expect([state(samsung), state(hynix)]).toEqual(['GAP', 'FRESH']);
  });

  it('is halted before it is anything else', () => {
    const { watch, trade, status, control, state } = start();
    watch.observe(trade());
    watch.observe(control('gap', { sinceMs: 0 }));
    watch.observe(status({ symbol: samsung, viActive: true }));
    expect(state()).toBe('VI');
    watch.observe(status({ symbol: samsung, halted: true }));
    expect(state()).toBe('HALTED');
  });

  it('follows news of the whole market', () => {
    const { watch, trade, status, state } = start();
    watch.observe(trade());
    watch.observe(status({ halted: true }));
    expect(state()).toBe('HALTED');
    watch.observe(status({ halted: false }));
    expect(state()).toBe('FRESH');
  });
});
