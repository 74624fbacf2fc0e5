import {
  type MarketEvent,
  type OrderEvent,
  type OrderReference,
  type OrderResponse,
  type StreamControl,
  krw,
  type MarketSubscription,
  shares,
  symbolCode,
} from '@qts/core';
import { buildOrderRequest } from '@qts/core/testing';
import { type VenueFaultPlan } from '@qts/venue-sim';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKisBroker, kisLiveCredentials } from '../../src/index.ts';
import { fakeAccount, startKis, type StartedKis } from '../support/start-kis.ts';

const samsung = symbolCode('005930');
let kis: StartedKis;
beforeEach(async () => {
  kis = await startKis();
});
afterEach(() => kis.stop());

type Told = OrderEvent | MarketEvent | StreamControl;

/** Reads a stream into a list. */
function collect(stream: AsyncIterable<Told>): Told[] {
  const told: Told[] = [];
  void (async () => {
    for await (const event of stream) told.push(event);
  })();
  return told;
}

const has = (told: readonly Told[], kind: Told['kind']): boolean => told.some((event) => event.kind === kind);
const of = <Kind extends Told['kind']>(told: readonly Told[], kind: Kind): readonly Extract<Told, { kind: Kind }>[] =>
  told.filter((event): event is Extract<Told, { kind: Kind }> => event.kind === kind);

async function openMarket(...subscriptions: readonly MarketSubscription[]): Promise<Told[]> {
  const told = collect(kis.broker.streams.market.open(subscriptions));
  await kis.until(() => has(told, 'backfilled') || has(told, 'subscription-refused'));
  return told;
}

async function openOrders(): Promise<Told[]> {
  const told = collect(kis.broker.streams.orders.open());
  await kis.until(() => has(told, 'backfilled') || has(told, 'subscription-refused'));
  return told;
}

function other(side: 'BUY' | 'SELL', quantity: number, limitPriceKrw = 70_000): void {
  kis.venue.exchange.placeOrder({
    ...{ symbol: '005930', side, quantity, limitPriceKrw, stopPriceKrw: 0 },
    ...{ orderType: 'LIMIT', timeInForce: 'DAY', session: 'REGULAR' },
  });
}

/** A trade between others. */
function trade(quantity = 1): void {
  other('SELL', quantity, 70_500);
  other('BUY', quantity, 70_500);
}

async function place(quantity: number): Promise<OrderReference> {
  const request = buildOrderRequest({
    ...{ symbol: samsung, side: 'BUY', quantity: shares(quantity), orderType: 'LIMIT', dryRun: false },
    limitPriceKrw: krw(70_000),
  });
  const response = await kis.settle(kis.broker.orders.placeOrder(request));
  expect(response.outcome).toBe('ACCEPTED');
  return (response as Extract<OrderResponse, { outcome: 'ACCEPTED' }>).reference;
}

/** What the stream's last word on an order's fills is, read and provisional. */
function counted(told: readonly Told[]): string {
  const last = told.findLast((event) => event.kind === 'order-state' || event.kind === 'order-notice');
  const state = of(told, 'order-state').at(-1);
  const provisional = last?.kind === 'order-state' || last?.kind === 'order-notice' ? last.provisionalQuantity : 0;
  return `${state?.snapshot.filledQuantity ?? 0}+${provisional}`;
}

describe('market data of the simulated venue', () => {
  it('comes as trades and books, with the columns of the broker behind them', async () => {
    const told = await openMarket({ channel: 'TRADES', symbol: samsung }, { channel: 'BOOK', symbol: samsung });
    expect(of(told, 'connected')[0]?.subscriptions).toEqual(['H0STCNT0 005930', 'H0STASP0 005930']);
    trade(3);
    await kis.until(() => has(told, 'trade') && has(told, 'book'));
    expect(of(told, 'trade')[0]).toMatchObject({ symbol: '005930', venue: 'KRX', priceKrw: 70_500, quantity: 3 });
    other('SELL', 2, 70_600);
    await kis.until(() => of(told, 'book').some(({ asks }) => asks[0]?.priceKrw === 70_600));
    expect(has(told, 'drift')).toBe(false);
  });

  it('lets the others live when one is refused', async () => {
    const told = await openMarket(
      { channel: 'TRADES', symbol: symbolCode('999999') },
      { channel: 'TRADES', symbol: samsung },
    );
    await kis.until(() => has(told, 'subscription-refused') && has(told, 'connected'));
    expect(of(told, 'subscription-refused')).toMatchObject([
      { subscriptions: ['H0STCNT0 999999'], reason: 'SUBSCRIPTION_NOT_VALID' },
    ]);
    trade();
    await kis.until(() => has(told, 'trade'));
  });

  it('says so when the width is unknown, and is read by position all the same', async () => {
    const told = await openMarket({ channel: 'TRADES', symbol: samsung });
    kis.venue.faults.plan({ fault: 'W12-column-appended', parameters: {} });
    trade(2);
    await kis.until(() => has(told, 'trade'));
    expect(of(told, 'drift')).toMatchObject([{ reason: 'WIDTH_UNKNOWN', facts: { width: 48 } }]);
    expect(of(told, 'trade')[0]).toMatchObject({ priceKrw: 70_500, quantity: 2 });
  });

  it('is found frozen within 65 s by a read', async () => {
    const told = await openMarket({ channel: 'TRADES', symbol: samsung });
    trade();
    await kis.until(() => has(told, 'trade'));
    const sinceMs = kis.clock.monotonicMs();
    kis.venue.faults.plan({ fault: 'W17-quotes-frozen', parameters: { durationMs: 90_000 } });
    trade();
    await kis.until(() => has(told, 'stale'));
    expect(kis.clock.monotonicMs() - sinceMs).toBeLessThanOrEqual(65_000);
  });

  it('refuses before asking what KIS does not offer', () => {
    const { market } = kis.broker.streams;
    expect(() => market.open([{ channel: 'MARKET_STATUS' }])).toThrow(/short code/);
    expect(() => market.open([{ channel: 'EXPECTED_MATCH', symbol: samsung, venue: 'NXT' }])).toThrow(/no stream/);
  });

  it('refuses the 42nd registration with an event that names it', async () => {
    const issues = Array.from({ length: 42 }, (_, index) => symbolCode(String(100_000 + index)));
    const told = collect(kis.broker.streams.market.open(issues.map((symbol) => ({ channel: 'TRADES', symbol }))));
    await kis.until(() => has(told, 'subscription-refused'));
    expect(of(told, 'subscription-refused')[0]).toMatchObject({
      subscriptions: ['H0STCNT0 100041'],
      reason: 'REGISTRATION_LIMIT',
    });
  });
});

describe('order notices of the simulated venue', () => {
  it('tell an own order from its acceptance to its fills, each read behind', async () => {
    const told = await openOrders();
    const reference = await place(10);
    await kis.until(() => of(told, 'order-notice').some(({ type }) => type === 'ACCEPTED'));
    other('SELL', 4);
    other('SELL', 6);
    await kis.until(() => counted(told) === '10+0');
    const fills = of(told, 'order-notice').filter(({ type }) => type === 'FILLED');
    expect(fills.map(({ fill }) => fill?.quantity)).toEqual([4, 6]);
    expect(fills.every(({ brokerOrderId }) => brokerOrderId === reference.brokerOrderId)).toBe(true);
    expect(has(told, 'drift')).toBe(false);
    expect(has(told, 'stale')).toBe(false);
  });

  // domain 13, row 20
  it('tell no fill of a public trade of our issue at our price, only of the trade that was ours', async () => {
    const market = await openMarket({ channel: 'TRADES', symbol: samsung });
    const told = await openOrders();
    const traded = (quantity: number): boolean =>
      of(market, 'trade').some((each) => each.priceKrw === 70_000 && each.quantity === quantity);
    // Somebody waits at our price before us, and trades there as many shares as we want.
    other('BUY', 10);
    const reference = await place(10);
    other('SELL', 10);
    await kis.until(() => traded(10));
    await kis.advance(2_000);
    expect(of(told, 'order-notice').filter(({ type }) => type === 'FILLED')).toEqual([]);
    expect(counted(told)).toBe('0+0');
    // The same trade once more, and now it is ours.
    other('SELL', 3);
    await kis.until(() => traded(3) && counted(told) === '3+0');
    expect(kis.venue.exchange.getOrder(Number(reference.brokerOrderId))?.filledQuantity).toBe(3);
  });

  /** Each fault, and what the stream has to say of it. Books are equal after every one. */
  const faults: readonly (readonly [
    VenueFaultPlan['fault'],
    Readonly<Record<string, number>>,
    readonly Told['kind'][],
  ])[] = [
    ['W01-clean-close', {}, ['connection-lost', 'gap', 'backfilled']],
    ['W02-cut', { lingersMs: 5_000 }, ['connection-lost', 'gap', 'backfilled']],
    ['W03-half-open', {}, ['connection-lost', 'gap', 'backfilled']],
    ['W05-duplicate', {}, ['drift']],
    ['W06-reordered', {}, []],
    ['W07-delayed', { delayMs: 2_000 }, []],
    ['W08-gap-over-reconnect', { durationMs: 10_000 }, ['connection-lost', 'gap', 'backfilled']],
    ['W09-fragments', {}, []],
    ['W10-binary-frame', {}, ['drift', 'gap', 'backfilled']],
    ['W10-garbage-frame', {}, ['drift', 'gap', 'backfilled']],
    ['W11-cipher-garbled', {}, ['drift', 'gap', 'backfilled']],
    ['W11-key-changed', {}, ['drift', 'gap', 'backfilled']],
    ['W12-column-appended', {}, ['drift', 'gap', 'backfilled']],
    ['W12-column-inserted', {}, ['drift', 'gap', 'backfilled']],
    ['W21-two-equal-fills', {}, []],
    ['W22-count-wrong', {}, ['drift', 'gap', 'backfilled']],
  ];

  it.each(faults)('count every fill once under %s, and say what happened', async (fault, parameters, kinds) => {
    const told = await openOrders();
    const reference = await place(10);
    await kis.until(() => has(told, 'order-notice'));
    const before = told.length;
    kis.venue.faults.plan({ fault, parameters });
    other('SELL', 2);
    await kis.advance(200);
    other('SELL', 2);
    const filled = (): number => kis.venue.exchange.getOrder(Number(reference.brokerOrderId))?.filledQuantity ?? 0;
    const whole = (): boolean => {
      const news = told.slice(before);
      return counted(told) === `${filled()}+0` && kinds.every((kind) => has(news, kind));
    };
    await kis.until(whole);
    other('SELL', 3);
    await kis.until(() => filled() === 7 || filled() === 10);
    await kis.until(() => counted(told) === `${filled()}+0`);
    expect(kis.venue.faults.counters()[fault]).toBeGreaterThan(0);
    const totals = of(told, 'order-state').map(({ snapshot }) => snapshot.filledQuantity);
    expect(totals).toEqual(totals.toSorted((one, next) => one - next));
  });

  it('go on by reads when the login id is not known, and say which setting to look at', async () => {
    const broker = createKisBroker({
      ...{ credentials: kisLiveCredentials({ ...fakeAccount, htsId: 'SOMEBODY' }), simulatedUrl: kis.venue.url },
      ...{ clock: kis.clock, random: () => 0.5 },
    });
    const told = collect(broker.streams.orders.open());
    await kis.until(() => has(told, 'subscription-refused'));
    expect(of(told, 'subscription-refused')[0]).toMatchObject({ subscriptions: ['H0STCNI0 order notices'] });
    expect(JSON.stringify(told)).not.toContain('SOMEBODY');
    await broker.close();
  });

  it('are asked for again a minute after one registration too many, which need not stay so', async () => {
    kis.venue.faults.plan({ fault: 'W14-limit-reached', parameters: {}, times: 3 });
    const sinceMs = kis.clock.monotonicMs();
    const told = await openOrders();
    expect(of(told, 'subscription-refused')).toMatchObject([{ reason: 'REGISTRATION_LIMIT', nativeCode: 'OPSP0008' }]);
    expect(has(told, 'connected')).toBe(false);
    await kis.advance(60_000 - (kis.clock.monotonicMs() - sinceMs));
    expect(has(told, 'connected')).toBe(false);
    await kis.until(() => has(told, 'connected') && has(told, 'backfilled'));
    expect(kis.clock.monotonicMs() - sinceMs).toBeLessThanOrEqual(80_000);
    await place(1);
    await kis.until(() => has(told, 'order-notice'));
  });

  it('end for good when another program has the key, and the alarm says so', async () => {
    const first = await openOrders();
    const broker = createKisBroker({
      ...{ credentials: kisLiveCredentials(fakeAccount), simulatedUrl: kis.venue.url },
      ...{ clock: kis.clock, random: () => 0.5 },
    });
    const told = collect(broker.streams.orders.open());
    await kis.until(() => has(told, 'subscription-refused'));
    const last = of(told, 'connection-lost').at(-1);
    expect(last).toMatchObject({ reason: 'KEY_IN_USE_ELSEWHERE', alarm: true });
    expect(last).not.toHaveProperty('retryInMs');
    expect(has(first, 'connection-lost')).toBe(false);
    await broker.close();
  });

  it('want a login id, and say so before anything is opened', () => {
    const { accountNumber, appKey, appSecret } = fakeAccount;
    const credentials = kisLiveCredentials({ accountNumber, appKey, appSecret });
    const broker = createKisBroker({ credentials, simulatedUrl: kis.venue.url });
    expect(() => broker.streams.orders.open()).toThrow(/HTS id/);
  });

  it('leave no timer and no secret behind', async () => {
    const told = await openOrders();
    await place(1);
    await kis.until(() => has(told, 'order-notice'));
    await kis.settle(kis.broker.close());
    expect(kis.clock.pendingTimers).toBe(0);
    const shown = JSON.stringify([told, kis.logger.entries]);
    for (const secret of [fakeAccount.htsId, fakeAccount.appKey, fakeAccount.appSecret, '87654321']) {
      expect(shown).not.toContain(secret);
    }
  });
});
