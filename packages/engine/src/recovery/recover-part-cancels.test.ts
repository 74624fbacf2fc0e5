import { type IntentId, shares } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { boot } from '../../test/support/crashable-engine.ts';
import { createWorld, intentIn } from '../../test/support/world.ts';

const id = 'intent-1' as IntentId;

/** An order of ten shares, a cancel of four of them, a crash so long after, and a new start. */
async function cancelPartAndRestart(fate: 'ANSWERED' | 'LOST' | 'DROPPED', crashAfterMs: number) {
  const world = createWorld();
  const process = boot(world);
  await world.clock.advance(1_000);
  const { engine } = process;
  if (engine === undefined) throw new Error('the process did not come up');
  engine.submit(intentIn(world));
  await world.clock.advance(200);
  const target = engine.tracker.get(id)?.reference;
  if (target === undefined) throw new Error('the order has no number');
  world.venue.cancelFates.push(fate);
  await engine.gateway.cancelOrder({ target, quantity: shares(4), dryRun: false });
  await world.clock.advance(crashAfterMs);
  process.kill(false);
  const next = boot(world);
  const order = () => {
    const { status, leavesQuantity } = next.engine?.tracker.get(id) ?? {};
    return [status, leavesQuantity];
  };
  return { world, order };
}

describe('the cancel of a part, over a restart', () => {
  it.each(['ANSWERED', 'LOST'] as const)('is over when figures had shown it before (%s)', async (fate) => {
    const { world, order } = await cancelPartAndRestart(fate, 30_000);
    await world.clock.advance(5_000);
    expect(order()).toEqual(['ACCEPTED', 6]);
    expect(world.venue.cancels).toHaveLength(1);
  });

  it.each(['ANSWERED', 'LOST'] as const)('is over as soon as a list shows it (%s)', async (fate) => {
    const { world, order } = await cancelPartAndRestart(fate, 0);
    await world.clock.advance(5_000);
    expect(order()).toEqual(['ACCEPTED', 6]);
    expect(world.venue.cancels).toHaveLength(1);
  });

  it('is over when it was looked for in vain, and is never sent again', async () => {
    const { world, order } = await cancelPartAndRestart('DROPPED', 0);
    await world.clock.advance(10_000);
    expect(order()).toEqual(['PENDING_CANCEL', 10]);
    await world.clock.advance(60_000);
    expect(order()).toEqual(['ACCEPTED', 10]);
    expect(world.venue.cancels).toHaveLength(1);
  });
});
