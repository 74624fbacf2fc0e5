import { type IntentId, clientOrderId, krw, shares } from '@qts/core';
import { expect, it } from 'vitest';
import { boot } from '../../test/support/crashable-engine.ts';
import { createWorld, intentIn } from '../../test/support/world.ts';

const id = 'intent-1' as IntentId;
const terms = { orderType: 'LIMIT', limitPriceKrw: krw(69_000), timeInForce: 'DAY', session: 'REGULAR' } as const;

it.each([
  ['first', ['DROPPED', 'ANSWERED', 'ANSWERED']],
  ['middle', ['ANSWERED', 'DROPPED', 'ANSWERED']],
  ['last', ['ANSWERED', 'ANSWERED', 'DROPPED']],
] as const)('cancels after a restart the %s of three numbers, whose cancel was lost', async (_, fates) => {
  const world = createWorld();
  const { venue, clock } = world;
  const process = boot(world);
  await clock.advance(1_000);
  const { engine } = process;
  if (engine === undefined) throw new Error('the process did not come up');
  engine.submit(intentIn(world));
  await clock.advance(200);
  const target = engine.tracker.get(id)?.reference;
  if (target === undefined) throw new Error('the order has no number');
  for (const part of ['part-1', 'part-2']) {
    const replace = { ...terms, clientOrderId: clientOrderId(part), target, quantity: shares(3), dryRun: false };
    expect(await engine.gateway.replaceOrder(replace)).toMatchObject({ outcome: 'ACCEPTED' });
    await clock.advance(20_000);
  }
  expect(venue.orders.map(({ row }) => row.leavesQuantity)).toEqual([4, 3, 3]);
  venue.cancelFates.push(...fates);
  await engine.gateway.cancelOrder({ target, dryRun: false });
  process.kill(false);
  const next = boot(world);
  await clock.advance(60_000);
  expect(venue.orders.map(({ row }) => row.leavesQuantity)).toEqual([0, 0, 0]);
  expect(next.engine?.tracker.get(id)).toMatchObject({ status: 'CANCELED', leavesQuantity: 0 });
});
