import { type Position, krw, shares, symbolCode } from '@qts/core';
import { buildOrderRequest } from '@qts/core/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type World, accountOf, boot } from '../../test/support/crashable-engine.ts';
import { codesIn, createWorld, differencesIn, intentIn, recordsIn, startIn } from '../../test/support/world.ts';
import { differenceClasses, differenceRules } from './difference.ts';

const samsung = symbolCode('005930');

/** An account whose answers the test can bend. */
function bentWorld(overrides: Partial<World> = {}) {
  const plain = createWorld(overrides);
  const bend = { quantity: 0, cashKrw: 0 };
  const truth = accountOf(plain.venue, plain.clock);
  const reader: World['reader'] = {
    ...truth,
    async listPositions() {
      const list = await truth.listPositions();
      if (bend.quantity === 0) return list;
      const [first] = list.positions;
      const quantity = shares((first?.quantity ?? 0) + bend.quantity);
      const position: Position = { symbol: samsung, quantity, sellableQuantity: quantity, costKrw: krw(1) };
      return { ...list, positions: [position] };
    },
    async getCashBalance() {
      const cash = await truth.getCashBalance();
      return { ...cash, settledKrw: krw(cash.settledKrw + bend.cashKrw) };
    },
  };
  return { world: { ...plain, reader }, bend };
}

describe('the table of differences', () => {
  // execution-safety 10.3, row by row
  it.each([
    ['D0', { reads: 1, isRecorded: false }],
    ['D1', { reads: 1, isRecorded: true }],
    ['D2', { reads: 2, alarm: { code: 'AN080', event: 'anomaly' }, alarmsIfExclusiveOnly: true }],
    ['D3', { reads: 2, alarm: { code: 'FS043', event: 'fail_safe' }, restrictTo: 'REDUCE_ONLY' }],
    ['D4', { reads: 2, alarm: { code: 'FS070', event: 'fail_safe' }, restrictTo: 'REDUCE_ONLY' }],
    ['D5', { reads: 2, alarm: { code: 'AN030', event: 'anomaly' }, restrictsBeyondLimit: true }],
    ['D6', { reads: 2, alarm: { code: 'FS045', event: 'fail_safe' }, restrictTo: 'HALTED' }],
  ] as const)('says what is done about %s', (kind, rule) => {
    expect(differenceRules[kind]).toMatchObject(rule);
    expect(differenceClasses).toContain(kind);
  });
});

describe('createReconciler', () => {
  it('takes fills in within ten seconds, and calls them no difference', async () => {
    const world = createWorld();
    const { book, submit } = await startIn(world);
    submit(intentIn(world));
    await world.clock.advance(1_000);
    world.venue.fill('1000', 4);
    await world.clock.advance(10_000);
    expect(book.position(samsung)).toMatchObject({ quantity: 4 });
    expect(differencesIn(world)).toEqual([]);
    expect(recordsIn(world, 'order-facts')).toMatchObject([{ correlationId: 'intent-1', body: { filledQuantity: 4 } }]);
  });

  it('writes down what a gap had hidden (D1)', async () => {
    const world = createWorld();
    const { book, submit, reconciler } = await startIn(world);
    submit(intentIn(world));
    await world.clock.advance(1_000);
    world.venue.fill('1000', 10);
    const report = reconciler.reconcileNow('stream gap');
    await world.clock.advance(5_000);
    expect(await report).toMatchObject({ reason: 'stream gap', outcome: 'AGREED', differences: [] });
    expect(differencesIn(world)).toEqual(['D1']);
    expect(book.position(samsung)).toMatchObject({ quantity: 10 });
  });

  it.each([true, false])(
    'counts the order of somebody else and never cancels it (D2, exclusive: %s)',
    async (exclusive) => {
      const world = createWorld({ exclusive });
      const { external, reconciler, gateway, book } = await startIn(world);
      const { number } = world.venue.placeByOthers(buildOrderRequest({ quantity: 7, limitPriceKrw: 69_000 }), false);
      await world.clock.advance(61_000);
      await world.clock.advance(61_000);
      expect(differencesIn(world)).toEqual(['D2']);
      expect(codesIn(world)).toEqual(exclusive ? ['AN080'] : []);
      expect(external.openBuyValueKrw(samsung)).toBe(7 * 69_000);
      world.venue.fill(number, 3);
      await world.clock.advance(130_000);
      expect(external.netQuantity(samsung)).toBe(3);
      expect(book.position(samsung)).toBeUndefined();
      expect(differencesIn(world)).toEqual(['D2']);
      expect(world.venue.cancels).toEqual([]);
      const report = reconciler.reconcileNow('asked');
      await world.clock.advance(5_000);
      expect(await report).toMatchObject({ outcome: 'AGREED', differences: [{ class: 'D2', subject: number }] });
      // Trading goes on beside it.
      const response = gateway.submitIntent(intentIn(world));
      await world.clock.settle();
      expect(await response).toMatchObject({ outcome: 'ACCEPTED' });
    },
  );

  it('asks for an order by its number before it calls it missing, then hands it to a person (D3)', async () => {
    const world = createWorld();
    const { submit, restrictions, tracker } = await startIn(world);
    submit(intentIn(world));
    await world.clock.advance(11_000);
    expect(differencesIn(world)).toEqual([]);
    world.venue.listLagMs = Infinity;
    await world.clock.advance(25_000);
    expect(differencesIn(world)).toEqual(['D3']);
    expect(codesIn(world)).toEqual(['FS043']);
    expect(restrictions).toMatchObject([{ to: 'REDUCE_ONLY', code: 'FS043', symbol: samsung }]);
    expect(tracker.list()).toMatchObject([{ status: 'ACCEPTED', leavesQuantity: 10 }]);
  });

  it('waits for a list of many pages, which takes longer than ten seconds at one request a second', async () => {
    const plain = createWorld();
    const venue = {
      ...plain.venue,
      adapter: {
        ...plain.venue.adapter,
        listOrders: async (...query: Parameters<typeof plain.venue.adapter.listOrders>) => {
          await new Promise<void>((resolve) => plain.clock.setTimer(resolve, 12_000));
          return plain.venue.adapter.listOrders(...query);
        },
      },
    };
    const process = boot({ ...plain, venue });
    await plain.clock.advance(150_000);
    expect(process.report).toMatchObject({ outcome: 'OPEN' });
  });

  it('believes the number when the list forgets a row', async () => {
    const plain = createWorld();
    let forgets = false;
    const venue = {
      ...plain.venue,
      adapter: {
        ...plain.venue.adapter,
        listOrders: async (...query: Parameters<typeof plain.venue.adapter.listOrders>) => {
          const list = await plain.venue.adapter.listOrders(...query);
          return forgets ? { ...list, orders: [] } : list;
        },
      },
    };
    const world = { ...plain, venue };
    const { submit, restrictions } = await startIn(world);
    submit(intentIn(world));
    await world.clock.advance(11_000);
    forgets = true;
    await world.clock.advance(60_000);
    expect(differencesIn(world)).toEqual([]);
    expect(restrictions).toEqual([]);
  });

  it('freezes a symbol whose position is not the sum of its fills, once (D4)', async () => {
    const { world, bend } = bentWorld();
    const { restrictions } = await startIn(world);
    bend.quantity = 5;
    await world.clock.advance(600_000);
    expect(differencesIn(world)).toEqual(['D4']);
    expect(codesIn(world)).toEqual(['FS070']);
    expect(restrictions).toMatchObject([{ to: 'REDUCE_ONLY', code: 'FS070', symbol: samsung }]);
    expect(recordsIn(world, 'reconciliation-difference')).toMatchObject([{ body: { expected: 0, found: 5 } }]);
  });

  it('restricts again after a restart, and writes nothing down twice', async () => {
    const { world, bend } = bentWorld();
    await startIn(world);
    bend.quantity = 5;
    await world.clock.advance(70_000);
    world.store.losePower(Infinity);
    const again = boot(world);
    await world.clock.advance(10_000);
    expect(again.report).toMatchObject({ outcome: 'RESTRICTED', differences: [{ class: 'D4' }] });
    expect(again.engine?.restrictions).toHaveLength(1);
    expect(differencesIn(world)).toEqual(['D4']);
    expect(codesIn(world)).toEqual(['FS070']);
  });

  it('does nothing about a difference that the next read does not show', async () => {
    const { world, bend } = bentWorld();
    const { restrictions, reconciler } = await startIn(world);
    bend.quantity = 5;
    const report = reconciler.reconcileNow('asked');
    await world.clock.advance(1_000);
    bend.quantity = 0;
    await world.clock.advance(5_000);
    expect(await report).toMatchObject({ outcome: 'AGREED', reads: 2 });
    expect(differencesIn(world)).toEqual([]);
    expect(restrictions).toEqual([]);
  });

  it('concludes nothing from positions that were read while something filled', async () => {
    const plain = createWorld();
    const truth = accountOf(plain.venue, plain.clock);
    let fillsWhileRead = 0;
    const world: World = {
      ...plain,
      reader: {
        ...truth,
        listPositions: () => {
          if (fillsWhileRead-- > 0) plain.venue.fill('1000', 1);
          return truth.listPositions();
        },
      },
    };
    const { submit, reconciler, book } = await startIn(world);
    submit(intentIn(world));
    await world.clock.advance(1_000);
    fillsWhileRead = 3;
    const report = reconciler.reconcileNow('asked');
    await world.clock.advance(20_000);
    expect(await report).toMatchObject({ outcome: 'AGREED', reads: 4 });
    expect(book.position(samsung)).toMatchObject({ quantity: 3 });
    expect(differencesIn(world).filter((kind) => kind !== 'D1')).toEqual([]);
  });

  it.each([
    [900, [], []],
    [50_000, ['D5'], []],
    [-500_000, ['D5'], ['REDUCE_ONLY']],
  ])('judges cash by what fees can explain (D5): %i won off', async (cashKrw, differences, restricted) => {
    const { world, bend } = bentWorld();
    const { restrictions } = await startIn(world);
    bend.cashKrw = cashKrw;
    await world.clock.advance(200_000);
    expect(differencesIn(world)).toEqual(differences);
    expect(codesIn(world)).toEqual(differences.map(() => 'AN030'));
    expect(restrictions.map(({ to }) => to)).toEqual(restricted);
  });

  it('halts when a figure of the broker shrinks (D6)', async () => {
    const world = createWorld();
    const { submit, restrictions, reconciler } = await startIn(world);
    submit(intentIn(world));
    await world.clock.advance(1_000);
    world.venue.fill('1000', 6);
    await world.clock.advance(15_000);
    world.venue.fill('1000', -2);
    const report = reconciler.reconcileNow('asked');
    await world.clock.advance(20_000);
    expect(await report).toMatchObject({ outcome: 'DIFFERS' });
    expect(restrictions[0]).toMatchObject({ to: 'HALTED', code: 'FS045' });
    expect(differencesIn(world)).toContain('D6');
  });

  it('says so when the broker cannot be read', async () => {
    const world = createWorld();
    const { reconciler } = await startIn(world);
    world.venue.readFaults.push(...Array.from({ length: 40 }, () => 'FAILS' as const));
    const report = reconciler.reconcileNow('asked');
    await world.clock.advance(60_000);
    expect(await report).toMatchObject({ outcome: 'UNREADABLE', reads: 8 });
  });

  it('reads the list every 10 s while orders are open, every 60 s otherwise, and the account soon after an end', async () => {
    const plain = createWorld();
    const truth = accountOf(plain.venue, plain.clock);
    let accountReads = 0;
    const world: World = {
      ...plain,
      reader: {
        ...truth,
        listPositions: () => {
          accountReads++;
          return truth.listPositions();
        },
      },
    };
    const { submit, reconciler } = await startIn(world);
    const readsAfter = async (ms: number): Promise<number> => {
      const before = world.venue.reads;
      await world.clock.advance(ms);
      return world.venue.reads - before;
    };
    // Every full look at the account reads the list twice.
    expect(await readsAfter(122_000)).toBe(4);
    submit(intentIn(world));
    expect(await readsAfter(50_000)).toBeGreaterThanOrEqual(4);
    world.venue.fill('1000', 10);
    accountReads = 0;
    await world.clock.advance(15_000);
    expect(accountReads).toBeGreaterThanOrEqual(1);
    reconciler.close();
    expect(await readsAfter(600_000)).toBe(0);
  });

  it.each([
    ['15:35', 5 * 60 + 35],
    ['20:10', 10 * 60 + 10],
  ])('compares everything at %s', async (time, minutesFromStart) => {
    const world = createWorld();
    const { submit } = await startIn(world);
    submit(intentIn(world));
    // The world began half a second past ten, and the start took one.
    await world.clock.advance(minutesFromStart * 60_000 - 1_500 - 100);
    world.venue.fill('1000', 10);
    await world.clock.advance(200);
    const reason = `full comparison at ${time}`;
    expect(recordsIn(world, 'reconciliation-difference')).toMatchObject([{ body: { class: 'D1', reason } }]);
  });

  it('agrees whenever all is quiet, whatever was traded by whom', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('OURS' as const), quantity: fc.integer({ min: 1, max: 9 }) }),
      fc.record({ kind: fc.constant('THEIRS' as const), quantity: fc.integer({ min: 1, max: 9 }) }),
      fc.record({ kind: fc.constant('FILL' as const), quantity: fc.integer({ min: 0, max: 9 }) }),
      fc.record({ kind: fc.constant('WAIT' as const), quantity: fc.integer({ min: 1, max: 90 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const world = createWorld();
        const { submit, reconciler, book, external, restrictions } = await startIn(world);
        for (const [index, { kind, quantity }] of steps.entries()) {
          if (kind === 'OURS') submit(intentIn(world, { intentId: `i-${index}`, quantity }));
          if (kind === 'THEIRS') world.venue.placeByOthers(buildOrderRequest({ quantity }), false);
          if (kind === 'WAIT') await world.clock.advance(quantity * 1_000);
          const open = world.venue.orders.find(({ row }) => row.leavesQuantity > 0);
          if (kind === 'FILL' && open !== undefined) {
            world.venue.fill(open.number, Math.min(quantity, open.row.leavesQuantity));
          }
          await world.clock.settle();
        }
        const report = reconciler.reconcileNow('asked');
        await world.clock.advance(30_000);
        expect(await report).toMatchObject({ outcome: 'AGREED' });
        const { positions } = await world.reader.listPositions();
        const held = (book.position(samsung)?.quantity ?? 0) + external.netQuantity(samsung);
        expect(held).toBe(positions[0]?.quantity ?? 0);
        expect(book.cashKrw + external.netCashKrw).toBe((await world.reader.getCashBalance()).settledKrw);
        expect(restrictions).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
