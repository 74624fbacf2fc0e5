import { type ExecutionIntent, type JournalRecord } from '@qts/core';
import { buildExecutionIntent, createFakeClock } from '@qts/core/testing';
import { createSimulatedJournalStore } from '@qts/storage/testing';
import { describe, expect, it } from 'vitest';
import { createOrderTracker, foldJournal, hashFoldedJournal, hashOrders, recoverDay } from '../../src/index.ts';
import { recordedAnswer, restoredOrder } from '../../src/recovery/recorded-answer.ts';
import { type Death, type Process, type World, accountOf, boot } from '../support/crashable-engine.ts';
import { type VenueOrder, createLossyVenue, venueDate } from '../support/lossy-venue.ts';

/*
 * One day of a handful of orders that meet every fate, cut after every record that it writes. The disk and the venue
 * outlive the process; a next one recovers, and may be cut as well.
 */

const startMs = Date.UTC(2026, 8, 14, 1, 0, 0, 500);
const symbols = ['005930', '000660', '035420', '051910', '105560'];

const intents: readonly ExecutionIntent[] = symbols.map((symbol, index) =>
  buildExecutionIntent({ intentId: `i-${index}`, symbol, quantity: 10 + index, createdAtMs: startMs }),
);

function createWorld(): World {
  const clock = createFakeClock({ startMs });
  const venue = createLossyVenue(clock);
  venue.fates.push(
    { kind: 'ANSWERED' },
    { kind: 'LOST', landsAfterMs: 300 },
    { kind: 'DROPPED' },
    { kind: 'DOUBTFUL_REFUSAL', native: { code: 'EGW00201', message: 'too fast' } },
  );
  venue.cancelFates.push('LOST');
  return { clock, venue, reader: accountOf(venue, clock), store: createSimulatedJournalStore() };
}

/** What happens at the venue by itself, and what the process does, by ms since the start. */
function script({ clock, venue }: World, current: () => Process): void {
  const at = (ms: number, what: () => void): void => void clock.setTimer(what, ms);
  const fill = (intentId: string, quantity: number): void => {
    const order = venue.orders.find(({ ownerIntentId }) => ownerIntentId === intentId);
    if (order !== undefined && order.row.leavesQuantity >= quantity) venue.fill(order.number, quantity);
  };
  at(15_000, () => {
    for (const intent of intents.slice(0, 4)) current().engine?.submit(intent);
  });
  at(16_200, () => {
    fill('i-0', 4);
    fill('i-1', 11);
  });
  at(120_000, () => {
    current().engine?.cancel('i-0');
  });
  at(150_000, () => {
    for (const intent of intents.slice(4)) current().engine?.submit(intent);
  });
  at(151_000, () => {
    fill('i-4', 14);
  });
}

/** A day on which orders are replaced: with an answer, without one, and in vain. */
function scriptOfReplaces(world: World, current: () => Process): void {
  const { clock, venue } = world;
  venue.fates.length = 0;
  venue.cancelFates.length = 0;
  venue.replaceFates.push('LOST', 'DROPPED', 'ANSWERED');
  const at = (ms: number, what: () => void): void => void clock.setTimer(what, ms);
  const newest = (intentId: string): VenueOrder | undefined =>
    venue.orders.findLast(({ ownerIntentId }) => ownerIntentId === intentId);
  at(15_000, () => {
    for (const intent of intents.slice(0, 3)) current().engine?.submit(intent);
  });
  at(16_200, () => {
    const order = newest('i-0');
    if (order !== undefined) venue.fill(order.number, 4);
  });
  at(30_000, () => {
    for (const intentId of ['i-0', 'i-1', 'i-2']) current().engine?.replace(intentId, 69_000);
  });
  at(31_200, () => {
    const order = newest('i-0');
    if (order?.row.kind === 'REPLACE') venue.fill(order.number, 5);
  });
  at(150_000, () => {
    current().engine?.cancel('i-2');
  });
}

/** Runs the day over processes that die as told; the last one lives. */
async function runDay(
  deaths: readonly Death[],
  { begin = script, ...settings }: Pick<World, 'outcomeRecord'> & { readonly begin?: typeof script } = {},
): Promise<{ world: World; last: Process; processes: readonly Process[] }> {
  const world = { ...createWorld(), ...settings };
  const processes: Process[] = [boot(world, deaths[0])];
  const current = (): Process => {
    const process = processes.at(-1);
    if (process === undefined) throw new Error('one process runs at any time');
    return process;
  };
  begin(world, current);
  for (let ms = 0; ms < 180_000 || (ms < 600_000 && current().report === undefined); ms += 1_000) {
    await world.clock.advance(1_000);
    if (!current().isDead) continue;
    await world.clock.advance(2_000);
    processes.push(boot(world, deaths[processes.length]));
  }
  current().spare();
  await world.clock.advance(120_000);
  return { world, last: current(), processes };
}

/** What must hold after any crash. */
async function expectWhole({ clock, venue, reader, store }: World, { engine, report }: Process): Promise<void> {
  if (engine === undefined || report === undefined) throw new Error('the last process did not come up');
  // What unknown orders alone stopped goes on by itself, as it would have without the crash.
  expect(report.why.filter((why) => !why.startsWith('the safety state is FAIL'))).toEqual([]);
  expect(report.outcome).not.toBe('CLOSED');
  expect(engine.safety.shouldRun()).toBe(true);
  // Somebody asks for everything once more, as a strategy does that was restarted, too.
  const known = new Set(
    store.durable.filter(({ type }) => type === 'intent-recorded').map((each) => each.correlationId),
  );
  const postsBefore = venue.posts.length;
  for (const intent of intents) void engine.gateway.submitIntent(intent);
  await clock.advance(120_000);
  expect(venue.posts.slice(postsBefore).filter(({ clientOrderId }) => known.has(clientOrderId))).toEqual([]);

  const posts = new Map<string, number>();
  for (const { clientOrderId } of venue.posts) posts.set(clientOrderId, (posts.get(clientOrderId) ?? 0) + 1);
  expect([...posts.values()].every((count) => count === 1)).toBe(true);
  for (const id of new Set(venue.orders.map(({ ownerIntentId }) => ownerIntentId))) {
    // A replaced order has several numbers: the last one works.
    const numbers = venue.orders.filter(({ ownerIntentId }) => ownerIntentId === id);
    const order = engine.tracker.list().find(({ intentId }) => intentId === id);
    expect(order?.reference?.brokerOrderId).toBe(numbers.at(-1)?.number);
    expect(order?.facts.filledQuantity).toBe(numbers.reduce((sum, { row }) => sum + row.filledQuantity, 0));
    expect(order?.leavesQuantity).toBe(numbers.reduce((sum, { row }) => sum + row.leavesQuantity, 0));
    expect(order?.openReplace).toBeUndefined();
  }
  expect(engine.resolver.open).toEqual([]);
  expect(engine.restrictions).toEqual([]);
  const { positions } = await reader.listPositions();
  const held = positions.map(({ symbol, quantity }) => `${symbol} ${quantity}`).sort();
  expect(engine.book.positions().map(({ symbol, quantity }) => `${symbol} ${quantity}`)).toEqual(held);
  expect(engine.book.cashKrw).toBe((await reader.getCashBalance()).settledKrw);
  const records = [...store.durable, ...store.unsynced];
  expect(hashFoldedJournal(await foldJournal(records))).toBe(hashFoldedJournal(engine.folded));
  // The numbers of replaced orders come back with the first list, not with the journal.
  if (venue.replaces.length === 0) expect(await hashOfJournal(records)).toBe(hashOrders(engine.tracker));
}

/** The orders that a journal alone comes to (I10). */
async function hashOfJournal(records: readonly JournalRecord[]): Promise<string> {
  const tracker = createOrderTracker();
  const { orders } = recoverDay(await foldJournal(records), venueDate);
  for (const order of orders) {
    if (order.last !== 'intent-denied') tracker.restore(restoredOrder(order, recordedAnswer(order)));
  }
  return hashOrders(tracker);
}

const ways: readonly Omit<Death, 'atRecord'>[] = [
  { when: 'WRITTEN', losesPower: false },
  { when: 'WRITTEN', losesPower: true },
  { when: 'NEXT', losesPower: false },
  { when: 'NEXT', losesPower: true },
];

describe('a process that dies', () => {
  it('writes the day down whole when it does not', async () => {
    const { world, last, processes } = await runDay([]);
    expect(processes).toHaveLength(1);
    await expectWhole(world, last);
    expect(world.store.durable.filter(({ type }) => type === 'command-adopted')).toHaveLength(1);
    expect(world.store.durable.filter(({ type }) => type === 'command-absent')).toHaveLength(1);
  });

  it.each(ways)(
    'sends nothing twice and loses nothing, after each of its records: %j',
    { timeout: 60_000 },
    async (way) => {
      const whole = (await runDay([])).last.written;
      expect(whole).toBeGreaterThan(25);
      // Behind the last record there is no next one to die at.
      for (let atRecord = 1; atRecord < whole; atRecord++) {
        const { world, last, processes } = await runDay([{ ...way, atRecord }]);
        expect(processes.length, `died at record ${atRecord}`).toBe(2);
        await expectWhole(world, last);
      }
    },
  );

  it.each(ways)('sends nothing twice when its recovery dies, too: %j', { timeout: 60_000 }, async (way) => {
    const whole = (await runDay([])).last.written;
    let recoveriesCut = 0;
    // Every third record, another third of them each way: all of them take a quarter of a minute more and said nothing else.
    for (let first = 1 + (ways.indexOf(way) % 3); first < whole; first += 3) {
      for (let second = 1; ; second++) {
        const deaths = [
          { ...ways[first % ways.length], atRecord: first },
          { ...way, atRecord: second },
        ] as const;
        const { world, last, processes } = await runDay(deaths as readonly Death[]);
        await expectWhole(world, last);
        if (processes.length < 3) break;
        recoveriesCut++;
      }
    }
    expect(recoveriesCut).toBeGreaterThan(50);
  });

  it.each(ways)(
    'replaces nothing twice and follows every number, after each of its records: %j',
    { timeout: 60_000 },
    async (way) => {
      const day = { begin: scriptOfReplaces };
      const approved = { operatorApproved: true, requestedBy: 'kim', reason: 'the lost replaces were found' };
      const whole = await runDay([], day);
      const { written } = whole.last;
      // A lost replace stops orders until a person has looked.
      whole.last.engine?.safety.requestRecovery(approved);
      await expectWhole(whole.world, whole.last);
      expect(whole.world.venue.orders.filter(({ row }) => row.kind === 'REPLACE')).toHaveLength(2);
      let cutBehindReplace = 0;
      for (let atRecord = 1; atRecord < written; atRecord++) {
        const { world, last, processes } = await runDay([{ ...way, atRecord }], day);
        expect(processes.length, `died at record ${atRecord}`).toBe(2);
        last.engine?.safety.requestRecovery(approved);
        await expectWhole(world, last);
        const sent = world.venue.replaces.map((each) => each.clientOrderId);
        expect(new Set(sent).size, `died at record ${atRecord}`).toBe(sent.length);
        if (sent.length > 0) cutBehindReplace++;
      }
      expect(cutBehindReplace).toBeGreaterThan(5);
    },
  );

  it.each(ways)(
    'finds on the list what a power cut took of outcomes that go to disk in groups: %j',
    { timeout: 60_000 },
    async (way) => {
      const unknownAgain = { BEFORE_TOLD: 0, GROUPED: 0 };
      for (const outcomeRecord of ['BEFORE_TOLD', 'GROUPED'] as const) {
        const whole = (await runDay([], { outcomeRecord })).last.written;
        for (let atRecord = 1; atRecord < whole; atRecord++) {
          const { world, last, processes } = await runDay([{ ...way, atRecord }], { outcomeRecord });
          expect(processes.length, `died at record ${atRecord}`).toBe(2);
          await expectWhole(world, last);
          // The venue answered this order with its number; the record of that is gone.
          if (last.engine?.folded.orders.get('i-0')?.last === 'command-adopted') unknownAgain[outcomeRecord]++;
        }
      }
      const { BEFORE_TOLD: before, GROUPED: grouped } = unknownAgain;
      if (way.losesPower) expect(grouped).toBeGreaterThan(before);
      else expect(grouped).toBe(before);
    },
  );
});
