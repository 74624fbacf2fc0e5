import { brokerOrderId, intentId, symbolCode } from '@qts/core';
import { buildOrderRequest } from '@qts/core/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { type OrderFeed, createOrderFeed, createTradingStates } from '../../src/index.ts';
import { type Heard, controlAt, createMadeUpStream, noticeAt, stateAt } from '../support/made-up-stream.ts';
import { type World } from '../support/crashable-engine.ts';
import { createWorld, differencesIn, intentIn, recordsIn, startIn } from '../support/world.ts';

const samsung = symbolCode('005930');
const first = intentId('intent-1');
const feeds: OrderFeed[] = [];
afterEach(async () => {
  for (const feed of feeds.splice(0)) await feed.close();
});

/** The engine with its gateway, resolver and reconciler over a venue that loses answers, and a feed beside them. */
async function start(world: World = createWorld()) {
  const engine = await startIn(world);
  const made = createMadeUpStream();
  const { tracker, safety } = engine;
  const states = createTradingStates({ clock: world.clock, safety, tracker });
  const { gateway, resolver, reconciler, external } = engine;
  const feed = createOrderFeed({
    ...{ stream: made.stream, tracker, gateway, resolver, reconciler, external, states, clock: world.clock },
  });
  feeds.push(feed);
  feed.start();
  feed.release();
  const { venue, clock } = world;
  return {
    ...{ ...engine, world, venue, clock, feed, states },
    hear: async (...events: readonly Heard[]): Promise<void> => {
      made.push(...events);
      await clock.advance(1);
    },
    /** What the venue's list says of a number now, as a stream tells it. */
    read: (number: string): Heard => {
      const order = venue.orders.find((each) => each.number === number);
      if (order === undefined) throw new Error(`the venue has no order ${number}`);
      return stateAt(clock.monotonicMs(), order.row);
    },
    notice: (number: string, quantity: number): Heard => ({
      ...noticeAt(clock.monotonicMs(), number, quantity),
      receivedAtMs: clock.nowMs(),
    }),
  };
}

describe('an order stream beside the lists', () => {
  it('brings fills at once; the lists that follow count none twice', async () => {
    const { world, venue, clock, submit, hear, notice, read, feed, book, reconciler } = await start();
    submit(intentIn(world));
    await clock.advance(100);
    venue.fill('1000', 4);
    await hear(notice('1000', 4));
    expect([feed.provisional.quantity(samsung, 'BUY'), book.position(samsung)]).toEqual([4, undefined]);
    await hear(read('1000'));
    expect([feed.provisional.quantity(samsung, 'BUY'), book.position(samsung)?.quantity]).toEqual([0, 4]);
    await hear(notice('1000', 0), read('1000'));
    await clock.advance(30_000);
    const again = reconciler.reconcileNow('asked');
    await clock.advance(10_000);
    expect(await again).toMatchObject({ outcome: 'AGREED' });
    expect(book.position(samsung)).toMatchObject({ quantity: 4 });
    expect(differencesIn(world)).toEqual([]);
    expect(recordsIn(world, 'order-facts')).toHaveLength(1);
  });

  // domain 13, row 20
  it('takes no fill from a public trade, even one at the price and of the quantity of our order', async () => {
    const { world, clock, submit, hear, notice, feed, book, tracker } = await start();
    submit(intentIn(world));
    await clock.advance(100);
    const { limitPriceKrw: priceKrw } = intentIn(world);
    const at = { symbol: samsung, receivedAtMs: clock.nowMs(), monotonicMs: clock.monotonicMs() };
    await hear({ kind: 'trade', ...at, priceKrw, quantity: 4 } as unknown as Heard);
    expect([feed.provisional.quantity(samsung, 'BUY'), book.position(samsung)]).toEqual([0, undefined]);
    expect(tracker.get(first)).toMatchObject({ status: 'ACCEPTED', leavesQuantity: 10 });
    // The feed goes on: our own notice counts.
    await hear(notice('1000', 4));
    expect(feed.provisional.quantity(samsung, 'BUY')).toBe(4);
  });

  it('finds what a hole swallowed by comparing, and lets trading go on', async () => {
    const { world, venue, clock, submit, hear, feed, book, states } = await start();
    submit(intentIn(world));
    await clock.advance(100);
    await hear(controlAt(0, 'connected', {}));
    await hear(controlAt(1, 'connection-lost', { alarm: false }), controlAt(1, 'gap', { sinceMs: 0 }));
    venue.fill('1000', 10);
    expect(states.admit(intentIn(world, { intentId: 'next' }))).toMatchObject({ code: 'G_EXE_REDUCE_ONLY' });
    await hear(controlAt(2, 'backfilled', { sinceMs: 0, repaired: 0, complete: true }));
    await clock.advance(20_000);
    expect([feed.state, book.position(samsung)?.quantity, states.restrictions()]).toEqual(['LIVE', 10, []]);
  });

  it('makes an external order of a stranger’s fill within seconds, and adopts none', async () => {
    const { clock, venue, hear, notice, external, tracker, feed } = await start();
    const { number } = venue.placeByOthers(buildOrderRequest(), false);
    venue.fill(number, 3);
    venue.readFaults.push('FAILS', 'FAILS');
    await hear(notice(number, 3));
    expect(feed.provisional.openBuyValueKrw(samsung)).toBe(210_000);
    await clock.advance(5_000);
    expect(external.netQuantity(samsung)).toBe(3);
    expect(feed.provisional.openBuyValueKrw(samsung)).toBe(0);
    expect(tracker.list()).toEqual([]);
  });
});

describe('a notice of an order whose answer was lost', () => {
  it('has the list read at once, which adopts the order', async () => {
    const { world, venue, clock, submit, hear, notice, tracker, feed } = await start();
    venue.fates.push({ kind: 'LOST', landsAfterMs: 0 });
    submit(intentIn(world));
    await clock.advance(100);
    expect(tracker.get(first)?.reference).toBeUndefined();
    venue.fill('1000', 2);
    await hear(notice('1000', 2));
    expect(tracker.get(first)?.reference).toMatchObject({ brokerOrderId: '1000' });
    expect(tracker.get(first)).toMatchObject({ status: 'PARTIALLY_FILLED', leavesQuantity: 8 });
    expect(feed.figures()).toMatchObject({ held: 0 });
    expect(feed.provisional.quantity(samsung, 'BUY')).toBe(0);
  });

  it('forbids to call it absent while no list shows it; a person decides', async () => {
    const { world, venue, clock, submit, hear, notice, resolver, tracker } = await start();
    venue.fates.push({ kind: 'DROPPED' });
    submit(intentIn(world));
    await clock.advance(100);
    await hear(notice('1000', 2));
    await clock.advance(61_000);
    expect(resolver.open).toEqual([{ intentId: first, escalated: 'SEEN_ONCE' }]);
    expect(tracker.hasUnknown(samsung)).toBe(true);
  });

  it('is no evidence when its terms are others', async () => {
    const { world, venue, clock, submit, hear, notice, resolver } = await start();
    venue.fates.push({ kind: 'DROPPED' });
    submit(intentIn(world));
    await clock.advance(100);
    const reads = venue.reads;
    const other = { ...notice('1000', 2), orderedQuantity: 7 } as Heard;
    await hear(other);
    expect(venue.reads).toBe(reads);
    await clock.advance(35_000);
    expect([resolver.open, resolver.watched]).toEqual([[], [first]]);
  });

  it('hurries the reads once for each number', async () => {
    const { world, venue, clock, submit, hear, notice } = await start();
    venue.fates.push({ kind: 'DROPPED' });
    submit(intentIn(world));
    await clock.advance(100);
    const reads = venue.reads;
    await hear(notice('1000', 1), notice('1000', 2));
    await hear(notice('1000', 3));
    expect(venue.reads).toBe(reads + 1);
    await hear({ ...notice('1000', 3), brokerOrderId: brokerOrderId('2000') } as Heard);
    expect(venue.reads).toBe(reads + 2);
  });
});
