import { type IntentId, symbolCode } from '@qts/core';
import { type VenueFaultPlan, venueFaults } from '@qts/venue-sim';
import { describe, expect, it } from 'vitest';
import { startStreamedEngine } from '../support/streamed-engine.ts';
import { type BrokerId, brokerIds, startTwoFronts, symbol } from '../support/two-fronts.ts';

/** Seeded mixes of stream faults under orders: real adapters, the engine with its order feed, real sockets, virtual time. */

/** Faults that are about quotes alone. */
const leftOut: readonly VenueFaultPlan['fault'][] = ['W16-flood', 'W17-quotes-frozen'];
/** Faults after which the adapter asks for no more notices: trading goes on by reads. */
const lasting: readonly VenueFaultPlan['fault'][] = ['W14-limit-reached', 'W15-second-login'];
const mixed = venueFaults
  .map(({ id }) => id)
  .filter((fault) => /^W\d|^notice-before-answer/.test(fault) && !leftOut.includes(fault));
/** Faults that end a connection for certain. */
const cuts: readonly VenueFaultPlan['fault'][] = ['W01-clean-close', 'W02-cut', 'W08-gap-over-reconnect'];

const samsung = symbolCode(symbol);
const ordersCount = 6;
const priceKrw = 70_000;

/** One session under one seed; answers what a failed one has to show. */
async function runSession(id: BrokerId, seed: number) {
  const fronts = startTwoFronts(seed);
  try {
    const { venue, broker } = await fronts.open(id);
    const engine = await startStreamedEngine(fronts, broker);
    await fronts.until(() => engine.feed.state === 'LIVE');
    await fronts.until(() => engine.states.state() === 'ACTIVE');
    const on = venue.faults.seeded({ seed, faults: mixed });
    const sent: string[] = [];
    for (let index = 0; index < ordersCount; index += 1) {
      // A hole restricts trading until it was read.
      await fronts.until(() => engine.states.state() === 'ACTIVE');
      const intentId = `order-${index}`;
      const answer = engine.buy(intentId, 10, priceKrw - 100 * (index % 3));
      // The market may trade before the answer comes.
      if (index % 2 === 0) fronts.other('SELL', 3, priceKrw - 300);
      const { outcome } = await fronts.settle(answer);
      if (outcome === 'ACCEPTED') sent.push(intentId);
      fronts.other('SELL', 2, priceKrw - 300);
      await fronts.pass(400);
      fronts.other('SELL', 2, priceKrw - 300);
      await fronts.pass(1_500 + 700 * index);
      if (index % 3 === 2) await fronts.settle(engine.gateway.cancelIntent(intentId as IntentId));
    }
    venue.faults.clear();
    const filledOf = (intentId: string): number =>
      fronts.market.exchange.getOrder(Number(engine.numberOf(intentId)))?.filledQuantity ?? -1;
    const isServed = (): boolean =>
      engine.feed.state === 'LIVE' ||
      (engine.feed.state === 'READS_ONLY' && lasting.some((fault) => venue.faults.counters()[fault] > 0));
    const isWhole = (): boolean =>
      isServed() &&
      engine.states.state() === 'ACTIVE' &&
      sent.every((each) => engine.tracker.get(each as IntentId)?.facts.filledQuantity === filledOf(each));
    await fronts.until(isWhole);
    // After the faults notices come as ever.
    const before = engine.feed.figures().notices;
    const hasNews = (): boolean => engine.feed.state === 'READS_ONLY' || engine.feed.figures().notices > before;
    // A connection that is half open, or a key that was changed, is found out by what is lost first.
    for (let index = 0; !hasNews() && index < 10; index += 1) {
      await fronts.until(() => engine.states.state() === 'ACTIVE');
      await fronts.settle(engine.buy(`afterwards-${index}`, 1, priceKrw));
      sent.push(`afterwards-${index}`);
      await fronts.pass(20_000);
    }
    await fronts.until(() => hasNews() && isWhole());
    await fronts.until(() => engine.feed.provisional.quantity(samsung, 'BUY') === 0);
    const compared = await fronts.settle(engine.reconciler.reconcileNow('end'));
    const counters = venue.faults.counters();
    const result = {
      outcome: compared.outcome,
      differences: compared.differences.map(({ class: kind, why }) => `${kind} ${why}`),
      sent: sent.length,
      counted: sent.map((each) => sumOf(engine.fills.filter(({ intentId }) => intentId === each))),
      filled: sent.map(filledOf),
      held: engine.book.position(samsung)?.quantity,
      heldThere: fronts.market.exchange.getAccount(id)?.holdings.find((each) => each.symbol === symbol)?.quantity,
      byStrangers: engine.external.netQuantity(samsung),
      figures: engine.feed.figures(),
      cuts: cuts.reduce((sum, fault) => sum + counters[fault], 0),
      struck: mixed.filter((fault) => counters[fault] > 0),
      on: on.length,
      alarms: engine.alarms,
      restrictions: engine.states.restrictions(),
    };
    await engine.close();
    return result;
  } finally {
    await fronts.close();
  }
}

const sumOf = (fills: readonly { readonly quantity: number }[]): number =>
  fills.reduce((sum, { quantity }) => sum + quantity, 0);

describe.each(brokerIds)('seeded mixes of stream faults over %s', (id) => {
  const seeds = Array.from({ length: 40 }, (_, index) => 100 + index);

  it.each(seeds)('count every fill once and end with equal books: seed %i', async (seed) => {
    const run = await runSession(id, seed);
    expect(run).toMatchObject({ outcome: 'AGREED', restrictions: [] });
    expect(run.counted).toEqual(run.filled);
    expect(run.filled.some((quantity) => quantity > 0)).toBe(true);
    expect(run.sent).toBeGreaterThanOrEqual(ordersCount);
    // A gap for every connection that was cut while notices came; holes in succession are one.
    if (run.cuts > 0) expect(run.figures.gaps).toBeGreaterThan(0);
    expect(run.figures.held).toBe(0);
    // Strangers' shares are in the account and in no book of ours.
    expect((run.heldThere ?? 0) - (run.held ?? 0)).toBe(run.byStrangers);
  });
});
