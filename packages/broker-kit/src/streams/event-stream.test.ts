import { type Krw, type OverflowPolicy, type Shares, type SymbolCode, type Trade } from '@qts/core';
import { createFakeClock, createRecordingLogger, type FakeClock } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { createEventStream, type EventSink } from './event-stream.ts';

interface Started {
  readonly clock: FakeClock;
  readonly sink: EventSink<Trade>;
  readonly logger: ReturnType<typeof createRecordingLogger>;
  readonly closed: () => number;
  readonly trade: (symbol: string, price: number) => void;
}

function start(overflow: OverflowPolicy = 'CONFLATE_PER_SYMBOL', queueMax = 4, signal?: AbortSignal): Started {
  const clock = createFakeClock();
  const logger = createRecordingLogger();
  let closed = 0;
  const sink = createEventStream<Trade>({
    ...{ brokerId: 'words', clock, logger, overflow, queueMax, signal, subscriptions: ['T 005930'] },
    onClose: () => (closed += 1),
  });
  const trade = (symbol: string, price: number): void => {
    sink.push({
      ...{ kind: 'trade', symbol: symbol as SymbolCode, venue: 'KRX', priceKrw: price as Krw, quantity: 1 as Shares },
      ...{ receivedMonotonicMs: clock.monotonicMs(), receivedAtMs: clock.nowMs() },
    });
  };
  return { clock, logger, sink, closed: () => closed, trade };
}

/** What waits, as short texts. */
async function drain({ sink }: Started): Promise<readonly string[]> {
  const texts: string[] = [];
  const reader = sink.stream[Symbol.asyncIterator]();
  while (sink.stream.figures().queued > 0) {
    const { value } = (await reader.next()) as { value: Trade | { kind: string; level?: string } };
    texts.push('symbol' in value ? `${value.symbol} ${value.priceKrw}` : `${value.kind} ${value.level ?? ''}`);
  }
  return texts;
}

describe('a stream of events', () => {
  it('gives each event to its reader, in order, before and after the reader came', async () => {
    const { sink, trade } = start();
    trade('A', 1);
    const reader = sink.stream[Symbol.asyncIterator]();
    expect((await reader.next()).value).toMatchObject({ symbol: 'A' });
    const pending = reader.next();
    trade('B', 2);
    expect((await pending).value).toMatchObject({ symbol: 'B' });
    expect(sink.stream.figures()).toMatchObject({ received: 2, delivered: 2, queued: 0 });
  });

  it('keeps the newest of each symbol when its queue is full, and says how many it left out', async () => {
    const started = start();
    for (let price = 1; price <= 9; price += 1) started.trade(price % 2 === 0 ? 'A' : 'B', price);
    const { queued, conflated } = started.sink.stream.figures();
    expect(queued).toBeLessThanOrEqual(5);
    expect(queued + conflated).toBe(9);
    const texts = await drain(started);
    expect(texts.slice(-2)).toEqual(['A 8', 'B 9']);
  });

  it('never leaves out a control event', async () => {
    const started = start();
    const { clock, sink, trade } = started;
    sink.push({
      ...{ kind: 'gap', brokerId: 'words', subscriptions: [], reason: 'R', next: '', sinceMs: 0 },
      ...{ receivedMonotonicMs: clock.monotonicMs(), receivedAtMs: clock.nowMs() },
    });
    for (let price = 1; price <= 100; price += 1) trade('A', price);
    expect((await drain(started))[0]).toBe('gap ');
  });

  it('never drops where the policy says so, whatever it costs', async () => {
    const started = start('NEVER_DROP');
    for (let price = 1; price <= 1_000; price += 1) started.trade('A', price);
    expect(await drain(started)).toHaveLength(1_000);
  });

  it('raises an alarm at one second and another at five, ahead of what waits, and says when it is over', async () => {
    const started = start();
    const { clock, sink, trade } = started;
    const levels: string[] = [];
    sink.stream.on('slow-consumer', ({ level, lagMs }) => levels.push(`${level} ${lagMs}`));
    const reader = sink.stream[Symbol.asyncIterator]();
    trade('A', 1);
    await clock.advance(999);
    expect(levels).toEqual([]);
    await clock.advance(1);
    expect(levels).toEqual(['ALARM 1000']);
    await clock.advance(4_000);
    expect(levels).toEqual(['ALARM 1000', 'REDUCE_ONLY 5000']);
    expect((await reader.next()).value).toMatchObject({ kind: 'slow-consumer', level: 'REDUCE_ONLY' });
    expect(await drain(started)).toEqual(['slow-consumer ALARM', 'A 1', 'slow-consumer RECOVERED']);
  });

  it('calls listeners at once, queues nothing for them, and outlives what they throw', () => {
    const { sink, trade, logger } = start();
    const heard: number[] = [];
    sink.stream.on('trade', () => {
      throw new Error('mine');
    });
    const stop = sink.stream.on('trade', ({ priceKrw }) => heard.push(priceKrw));
    trade('A', 1);
    stop();
    trade('A', 2);
    expect(heard).toEqual([1]);
    expect(sink.stream.figures().queued).toBe(0);
    expect(logger.of('stream-listener-threw')).toHaveLength(2);
  });

  it.each(['close', 'break', 'abort'])('ends by %s: once, with no timer left', async (how) => {
    const controller = new AbortController();
    const started = start('NEVER_DROP', 4, controller.signal);
    started.trade('A', 1);
    if (how === 'close') await started.sink.stream.close();
    else if (how === 'abort') controller.abort();
    else for await (const event of started.sink.stream) if (event.kind === 'trade') break;
    await started.sink.stream.close();
    expect(started.closed()).toBe(1);
    expect(started.clock.pendingTimers).toBe(0);
    started.trade('B', 2);
    const reader = started.sink.stream[Symbol.asyncIterator]();
    if (how !== 'break') expect((await reader.next()).value).toMatchObject({ symbol: 'A' });
    expect(await reader.next()).toEqual({ value: undefined, done: true });
  });

  it('ends at once for a signal that was aborted before', async () => {
    const { sink, closed } = start('NEVER_DROP', 4, AbortSignal.abort());
    expect(await sink.stream[Symbol.asyncIterator]().next()).toEqual({ value: undefined, done: true });
    expect(closed()).toBe(1);
  });

  it('ends a reader that waits', async () => {
    const { sink } = start();
    const pending = sink.stream[Symbol.asyncIterator]().next();
    sink.end();
    expect(await pending).toEqual({ value: undefined, done: true });
  });
});
