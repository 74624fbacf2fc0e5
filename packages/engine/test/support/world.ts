import { type ExecutionIntent, type ExecutionIntentInput, type JournalRecord } from '@qts/core';
import { buildExecutionIntent, createFakeClock } from '@qts/core/testing';
import { createSimulatedJournalStore } from '@qts/storage/testing';
import { type CrashableEngine, type World, accountOf, boot } from './crashable-engine.ts';
import { createLossyVenue } from './lossy-venue.ts';

/** Monday 2026-09-14, 10:00:00.500 in Korea: half a second off, because the venue shows whole seconds. */
export const worldStartMs: number = Date.UTC(2026, 8, 14, 1, 0, 0, 500);

/** A venue, a disk and a clock, before any process runs. */
export function createWorld(overrides: Partial<World> = {}): World {
  const clock = createFakeClock({ startMs: worldStartMs });
  const venue = overrides.venue ?? createLossyVenue(clock);
  return { clock, venue, reader: accountOf(venue, clock), store: createSimulatedJournalStore(), ...overrides };
}

/** An engine that has agreed with the venue. */
export async function startIn(world: World): Promise<CrashableEngine> {
  const process = boot(world);
  await world.clock.advance(1_000);
  if (process.engine === undefined) throw new Error('the process did not come up');
  return process.engine;
}

/** Everything that was written, synced or not. */
export function recordsIn({ store }: World, type?: JournalRecord['type']): readonly JournalRecord[] {
  return [...store.durable, ...store.unsynced].filter((record) => type === undefined || record.type === type);
}

/** Classes of the differences that were written down, in order. */
export const differencesIn = (world: World): readonly unknown[] =>
  recordsIn(world, 'reconciliation-difference').map(({ body }) => body['class']);

/** Codes of the safety records that were written down, in order. */
export const codesIn = (world: World): readonly unknown[] =>
  recordsIn(world, 'safety-recorded').map(({ body }) => body['code']);

/** A valid intent that is made now. */
export const intentIn = ({ clock }: World, fields: Partial<ExecutionIntentInput> = {}): ExecutionIntent =>
  buildExecutionIntent({ createdAtMs: clock.nowMs(), ...fields });
