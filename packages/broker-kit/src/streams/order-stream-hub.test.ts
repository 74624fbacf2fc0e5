import {
  type BrokerOrderId,
  isStreamControl,
  type Krw,
  type OrderEvent,
  type OrderSnapshot,
  type Shares,
  type StreamControl,
  type SymbolCode,
  type TradingDate,
} from '@qts/core';
import { createFakeClock, type FakeClock } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { createScriptedSockets, type ScriptedSockets, wordProtocol } from '../../test/mock/support/scripted-sockets.ts';
import { createStreamSession } from '../websocket/stream-session.ts';
import { type OrderNoticeDraft } from './order-book-keeping.ts';
import { createOrderStreamHub, type OrderStreamHub } from './order-stream-hub.ts';

const tradingDate = '2026-09-14' as TradingDate;
const symbol = '005930' as SymbolCode;
const terms = { tradingDate, symbol, side: 'BUY', brokerOrderId: '17' as BrokerOrderId } as const;

function snapshot(filled: number): OrderSnapshot {
  return {
    reference: {
      ...{ ...terms, brokerId: 'words', orderType: 'LIMIT', timeInForce: 'DAY', venue: 'KRX', session: 'REGULAR' },
      native: {},
    },
    kind: 'NEW',
    orderedQuantity: 10 as Shares,
    filledQuantity: filled as Shares,
    filledAmountKrw: (filled * 70_000) as Krw,
    canceledQuantity: 0 as Shares,
    rejectedQuantity: 0 as Shares,
    leavesQuantity: (10 - filled) as Shares,
    orderedAtMs: 0,
  };
}

interface Started extends ScriptedSockets {
  readonly clock: FakeClock;
  readonly hub: OrderStreamHub;
  readonly told: string[];
  /** What the broker's list says. */
  filled: number;
  listFails: boolean;
  fill(quantity: number, change?: Partial<OrderNoticeDraft>): void;
  /** Events since the last time, as short texts. */
  take(): readonly string[];
  close(): Promise<void>;
}

function short(event: OrderEvent | StreamControl): string {
  if (event.kind === 'order-state') return `state ${event.snapshot.filledQuantity}+${event.provisionalQuantity}`;
  if (event.kind === 'order-notice') return `${event.type} ${event.fill?.quantity ?? ''} +${event.provisionalQuantity}`;
  if (event.kind === 'backfilled') return `backfilled ${event.repaired} ${event.complete ? 'whole' : 'not whole'}`;
  return isStreamControl(event) ? `${event.kind} ${event.reason}` : '';
}

function start(): Started {
  const clock = createFakeClock();
  const sockets = createScriptedSockets();
  const session = createStreamSession({ protocol: wordProtocol, transport: sockets.transport, clock, random: () => 1 });
  const told: string[] = [];
  const hub = createOrderStreamHub({
    ...{ brokerId: 'words', clock, logger: undefined, session, registration: { key: 'notices', name: 'notices' } },
    listOrders: () =>
      started.listFails
        ? Promise.reject(new Error('down'))
        : Promise.resolve({ orders: [snapshot(started.filled)], complete: true, readStartedAtMs: clock.nowMs() }),
  });
  const stream = hub.stream.open();
  const kinds = [
    'order-notice',
    'order-state',
    'connected',
    'connection-lost',
    'gap',
    'backfilled',
    'drift',
    'stale',
  ] as const;
  for (const kind of [...kinds, 'subscription-refused'] as const) stream.on(kind, (event) => told.push(short(event)));
  const started: Started = {
    ...{ ...sockets, clock, hub, told, filled: 0, listFails: false },
    fill(quantity, change = {}) {
      hub.notice({
        ...{ kind: 'order-notice', brokerId: 'words', type: 'FILLED', command: 'NEW', ...terms, native: {} },
        ...{ fill: { quantity: quantity as Shares, priceKrw: 70_000 as Krw }, proof: 'PROVISIONAL' },
        ...{ receivedMonotonicMs: clock.monotonicMs(), receivedAtMs: clock.nowMs(), ...change },
      });
    },
    take: () => told.splice(0),
    async close() {
      hub.close();
      await session.close();
      expect(clock.pendingTimers).toBe(0);
    },
  };
  return started;
}

/** Connected, and the first read done. */
async function startLive(): Promise<Started> {
  const started = start();
  await started.clock.settle();
  started.last().open();
  started.last().say('ok notices');
  await started.clock.settle();
  return started;
}

/** Lets time pass on a connection that lives. */
async function pass({ clock, last }: Started, ms: number, confirms = false): Promise<void> {
  for (let passed = 0; passed < ms; passed += 1_000) {
    await clock.advance(1_000);
    if (passed % 5_000 === 0) last().say('PING');
    if (confirms && last().sent.findLast((text) => text !== 'PING') === '+notices') last().say('ok notices');
  }
}

describe('an order stream', () => {
  it('begins with a read of the day, behind the confirmed subscription', async () => {
    const started = await startLive();
    expect(started.take()).toEqual(['connected CONNECTED', 'state 0+0', 'backfilled 1 whole']);
    await started.close();
  });

  it('tells a fill at once as provisional, and within a second as read', async () => {
    const started = await startLive();
    started.take();
    started.fill(3);
    expect(started.take()).toEqual(['FILLED 3 +3']);
    started.filled = 3;
    await started.clock.advance(1_000);
    expect(started.take()).toEqual(['state 3+0']);
    await started.close();
  });

  it('counts a fill once whose notice comes after the read that knows it', async () => {
    const started = await startLive();
    started.take();
    started.fill(3);
    started.filled = 5;
    await started.clock.advance(1_000);
    started.fill(2);
    expect(started.take()).toEqual(['FILLED 3 +3', 'state 5+0', 'FILLED 2 +0']);
    await pass(started, 30_000);
    expect(started.take()).toEqual([]);
    await started.close();
  });

  it('takes a notice that came twice back when the reads do not show it, and says so', async () => {
    const started = await startLive();
    started.take();
    started.filled = 3;
    started.fill(3);
    started.fill(3);
    await pass(started, 30_000);
    expect(started.take()).toEqual([
      'FILLED 3 +3',
      'FILLED 3 +6',
      'state 3+3',
      'drift NOTICE_NOT_CONFIRMED',
      'state 3+0',
    ]);
    await started.close();
  });

  it('tells a fill with an id once, however often it comes', async () => {
    const started = await startLive();
    started.take();
    const fill = { quantity: 3 as Shares, priceKrw: 70_000 as Krw, fillId: '000018' };
    started.fill(3, { fill });
    started.fill(3, { fill });
    expect(started.take()).toEqual(['FILLED 3 +3']);
    await started.close();
  });

  it('keeps to the totals of a broker that sends them, in any order', async () => {
    const started = await startLive();
    started.take();
    const totals = (filled: number): Partial<OrderNoticeDraft> => ({
      proof: 'CUMULATIVE',
      totals: { filledQuantity: filled as Shares, leavesQuantity: (10 - filled) as Shares },
    });
    started.fill(2, totals(5));
    started.fill(3, totals(3));
    expect(started.take()).toEqual(['FILLED 2 +5', 'FILLED 3 +5']);
    await started.close();
  });

  it('says what was missed in a reconnect, reads it, and then goes on in order', async () => {
    const started = await startLive();
    started.take();
    await started.clock.advance(4_000);
    started.last().drop();
    expect(started.take()).toEqual(['connection-lost CONNECTION_CLOSED', 'gap CONNECTION_CLOSED']);
    await started.clock.advance(2_000);
    started.filled = 4;
    started.last().open();
    started.last().say('ok notices');
    started.fill(1);
    expect(started.take()).toEqual(['connected CONNECTED_AGAIN']);
    await started.clock.settle();
    expect(started.take()).toEqual(['state 4+0', 'backfilled 1 whole', 'FILLED 1 +1']);
    // The fill was in the read already: the next reads show no more of it, and that is no drift.
    await pass(started, 30_000);
    expect(started.take()).toEqual(['state 4+0']);
    await started.close();
  });

  it('reads on while there is no connection, and leaves the gap open until notices come again', async () => {
    const started = await startLive();
    started.take();
    started.last().drop();
    started.filled = 6;
    await started.clock.advance(1_500);
    expect(started.take()).toEqual(['connection-lost CONNECTION_CLOSED', 'gap CONNECTION_CLOSED', 'state 6+0']);
    await started.close();
  });

  it('keeps the gap until a read succeeds, and hands out what waits all the same', async () => {
    const started = await startLive();
    started.take();
    started.last().drop();
    started.listFails = true;
    await started.clock.advance(2_000);
    started.last().open();
    started.last().say('ok notices');
    started.fill(2);
    await started.clock.settle();
    expect(started.take().slice(2)).toEqual(['connected CONNECTED_AGAIN', 'backfilled 0 not whole', 'FILLED 2 +2']);
    started.listFails = false;
    started.filled = 2;
    await started.clock.advance(9_000);
    expect(started.take()).toEqual(['state 2+0', 'backfilled 1 whole']);
    await started.close();
  });

  it('reads at once when a notice cannot be read, and asks for fresh keys', async () => {
    const started = await startLive();
    started.take();
    started.filled = 1;
    started.hub.unreadable('NOTICE_NOT_DECRYPTED', {}, true);
    await started.clock.advance(10);
    expect(started.last().sent.slice(1)).toEqual(['-notices', '+notices']);
    expect(started.take().slice(0, 3)).toEqual(['drift NOTICE_NOT_DECRYPTED', 'gap NOTICE_NOT_DECRYPTED', 'state 1+0']);
    started.last().say('ok notices');
    await started.clock.settle();
    expect(started.take().at(-1)).toContain('backfilled');
    await started.close();
  });

  it('finds notices that do not come within 65 seconds, subscribes anew, and then connects anew', async () => {
    const started = await startLive();
    started.take();
    started.filled = 2;
    await pass(started, 65_000, true);
    const first = started.take();
    expect(first.slice(0, 2)).toEqual(['state 2+0', 'stale FILLS_WITHOUT_NOTICE']);
    expect(first.slice(2)).toEqual(['connected CONNECTED_AGAIN', 'gap SUBSCRIBED_AGAIN', 'backfilled 0 whole']);
    started.filled = 4;
    await pass(started, 65_000, true);
    expect(started.take().slice(0, 3)).toEqual([
      'state 4+0',
      'stale FILLS_WITHOUT_NOTICE',
      'connection-lost FILLS_WITHOUT_NOTICE',
    ]);
    await started.close();
  });

  it('tells a second reader what is known, and goes on for it when the first has gone', async () => {
    const started = await startLive();
    started.fill(1);
    const told: string[] = [];
    const second = started.hub.stream.open();
    second.on('order-state', (event) => told.push(short(event)));
    await started.clock.settle();
    expect(told).toEqual(['state 0+1']);
    await second.close();
    started.filled = 1;
    await started.clock.advance(1_000);
    expect(told).toHaveLength(1);
    expect(started.take().at(-1)).toBe('state 1+0');
    await started.close();
  });

  it('goes on by reads when the subscription is refused', async () => {
    const started = start();
    await started.clock.settle();
    started.last().open();
    started.last().say('no notices');
    started.filled = 3;
    await started.clock.advance(11_000);
    expect(started.take()).toEqual(['subscription-refused NO', 'state 3+0']);
    await started.close();
  });

  it('asks again a minute after it was refused for now', async () => {
    const started = start();
    await started.clock.settle();
    started.last().open();
    for (let times = 0; times < 3; times += 1) {
      started.last().say('no notices LATER');
      await pass(started, 5_000);
    }
    expect(started.take()).toEqual(['state 0+0', 'subscription-refused NO']);
    await pass(started, 70_000);
    started.last().say('ok notices');
    await started.clock.settle();
    expect(started.take()).toContain('connected CONNECTED');
    await started.close();
  });
});
