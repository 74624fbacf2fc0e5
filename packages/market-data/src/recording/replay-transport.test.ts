import { createFakeClock } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { type RecordedFrame } from './recording-format.ts';
import { createReplayTransport } from './replay-transport.ts';

const frames: readonly RecordedFrame[] = [
  { afterMs: 500, way: 'OUT', text: 'request' },
  { afterMs: 520, way: 'IN', text: 'answer' },
  { afterMs: 1_520, way: 'IN', text: 'trade' },
];

const decoder = new TextDecoder();

function connect(given = frames, delayMs = 100) {
  const clock = createFakeClock();
  const transport = createReplayTransport({ frames: given, clock, delayMs });
  const told: string[] = [];
  const handlers = {
    onOpen: () => void told.push('open'),
    onMessage: (message: Uint8Array) => void told.push(`${decoder.decode(message)} ${clock.monotonicMs()}`),
    onClose: (code: number) => void told.push(`close ${code}`),
  };
  return { clock, transport, told, open: () => transport.open('ws://127.0.0.1:1', handlers) };
}

describe('a replayed recording', () => {
  it('opens, waits for the first word, and comes in its recorded distances', async () => {
    const { clock, transport, told, open } = connect();
    const connection = open();
    await clock.advance(5_000);
    expect(told).toEqual(['open']);
    connection.send('my request');
    await clock.advance(5_000);
    expect(told).toEqual(['open', 'answer 5100', 'trade 6100']);
    expect([transport.played, transport.sent]).toEqual([2, ['my request']]);
  });

  it('ends when it is closed, and says nothing afterwards', async () => {
    const { clock, told, open } = connect();
    const connection = open();
    await clock.advance(1);
    connection.send('my request');
    await clock.advance(200);
    connection.terminate();
    connection.close();
    connection.send('more');
    await clock.advance(5_000);
    expect(told).toEqual(['open', 'answer 101', 'close 1006']);
    expect(clock.pendingTimers).toBe(0);
  });

  it('is played once: a second connection is open and silent', async () => {
    const { clock, transport, told, open } = connect();
    open().send('1');
    await clock.advance(5_000);
    open().send('2');
    await clock.advance(5_000);
    expect(told.filter((each) => each.startsWith('trade'))).toHaveLength(1);
    expect(transport.played).toBe(2);
  });

  it('without a frame stays silent', async () => {
    const { clock, told, open } = connect([]);
    open().send('1');
    await clock.advance(1_000);
    expect(told).toEqual(['open']);
  });
});
