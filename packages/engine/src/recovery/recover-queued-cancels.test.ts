import { type IntentId } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { type CrashableEngine, type Process, type World, boot } from '../../test/support/crashable-engine.ts';
import { createWorld, intentIn } from '../../test/support/world.ts';

const first = 'intent-1' as IntentId;

async function start(world: World): Promise<{ readonly process: Process; readonly engine: CrashableEngine }> {
  const process = boot(world);
  await world.clock.advance(1_000);
  const { engine } = process;
  if (engine === undefined) throw new Error('the process did not come up');
  return { process, engine };
}

describe('a cancel of an order without a number, over a restart', () => {
  it.each([
    ['is still looked for', 0],
    ['lands after the restart', 20_000],
  ])('is sent when the order %s', async (_, landsAfterMs) => {
    const world = createWorld();
    world.venue.fates.push({ kind: 'LOST', landsAfterMs });
    world.venue.listLagMs = 5_000;
    const { process, engine } = await start(world);
    engine.submit(intentIn(world));
    await world.clock.advance(300);
    void engine.gateway.cancelIntent(first);
    await world.clock.settle();
    expect(world.venue.cancels).toEqual([]);
    process.kill(false);
    const next = boot(world);
    await world.clock.advance(90_000);
    expect(next.report).toMatchObject({ unknown: 1, cancels: 1 });
    expect(world.venue.cancels).toMatchObject([{ brokerOrderId: '1000' }]);
    expect(next.engine?.tracker.list()).toMatchObject([{ status: 'CANCELED' }]);
    expect(world.venue.posts).toHaveLength(1);
  });

  it('is sent when a person says which order it is', async () => {
    const world = createWorld();
    world.venue.fates.push({ kind: 'LOST', landsAfterMs: 0 }, { kind: 'LOST', landsAfterMs: 0 });
    const { process, engine } = await start(world);
    engine.submit(intentIn(world));
    await world.clock.settle();
    // Somebody's order through the API with the same terms: nobody can say which is ours.
    const [own] = world.venue.posts;
    if (own === undefined) throw new Error('nothing was sent');
    world.venue.placeByOthers(own, true);
    void engine.gateway.cancelIntent(first);
    await world.clock.advance(70_000);
    process.kill(false);
    const next = boot(world);
    await world.clock.advance(10_000);
    expect(next.engine?.resolver.open).toEqual([{ intentId: first, escalated: 'MORE_THAN_ONE' }]);
    const by = { requestedBy: 'kim', reason: 'looked at the account' };
    const [row] = world.venue.orders;
    if (row === undefined) throw new Error('nothing landed');
    void next.engine?.resolver.decide({ intentId: first, end: 'ADOPT', brokerOrderId: row.number, ...by });
    await world.clock.advance(5_000);
    expect(world.venue.cancels).toMatchObject([{ brokerOrderId: row.number }]);
  });
});
