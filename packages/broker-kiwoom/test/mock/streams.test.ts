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
import { createKiwoomBroker, kiwoomLiveCredentials } from '../../src/index.ts';
import { fakeAccount, fakeKeys, startKiwoom, type StartedKiwoom, tenOClockMs } from '../support/start-kiwoom.ts';

const samsung = symbolCode('005930');
let kiwoom: StartedKiwoom;
beforeEach(async () => {
  kiwoom = await startKiwoom();
});
afterEach(() => kiwoom.stop());

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
  const told = collect(kiwoom.broker.streams.market.open(subscriptions));
  await kiwoom.until(() => has(told, 'backfilled') || has(told, 'subscription-refused'));
  return told;
}

async function openOrders(): Promise<Told[]> {
  const told = collect(kiwoom.broker.streams.orders.open());
  await kiwoom.until(() => has(told, 'backfilled') || has(told, 'subscription-refused'));
  return told;
}

function other(side: 'BUY' | 'SELL', quantity: number, limitPriceKrw = 70_000): void {
  kiwoom.venue.exchange.placeOrder({
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
  const response = await kiwoom.settle(kiwoom.broker.orders.placeOrder(request));
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
    expect(of(told, 'connected')[0]?.subscriptions).toEqual(['0B 005930', '0D 005930']);
    trade(3);
    await kiwoom.until(() => has(told, 'trade') && has(told, 'book'));
    expect(of(told, 'trade')[0]).toMatchObject({ symbol: '005930', venue: 'KRX', priceKrw: 70_500, quantity: 3 });
    other('SELL', 2, 70_600);
    await kiwoom.until(() => of(told, 'book').some(({ asks }) => asks[0]?.priceKrw === 70_600));
    expect(has(told, 'drift')).toBe(false);
  });

  it('takes a code that nobody has, as Kiwoom does: the read behind it says that there is no such issue', async () => {
    const told = await openMarket(
      { channel: 'TRADES', symbol: symbolCode('999999') },
      { channel: 'TRADES', symbol: samsung },
    );
    expect(of(told, 'subscription-refused')).toMatchObject([{ reason: 'QUOTE_REFUSED' }]);
    trade();
    await kiwoom.until(() => has(told, 'trade'));
  });

  it.each(['W12-column-appended', 'W12-column-inserted'] as const)(
    'is read on without a word under %s',
    async (fault) => {
      const told = await openMarket({ channel: 'TRADES', symbol: samsung });
      kiwoom.venue.faults.plan({ fault, parameters: {} });
      trade(2);
      await kiwoom.until(() => has(told, 'trade'));
      expect(kiwoom.venue.faults.counters()[fault]).toBe(1);
      expect(has(told, 'drift')).toBe(false);
      expect(of(told, 'trade')[0]).toMatchObject({ priceKrw: 70_500, quantity: 2 });
    },
  );

  it('tells several trades of one moment in their order, with volumes that leave no hole', async () => {
    const told = await openMarket({ channel: 'TRADES', symbol: samsung });
    other('SELL', 5, 70_400);
    other('SELL', 6, 70_500);
    other('BUY', 11, 70_500);
    await kiwoom.until(() => of(told, 'trade').length === 2);
    const [first, second] = of(told, 'trade');
    expect([first, second]).toMatchObject([
      { priceKrw: 70_400, quantity: 5, aggressor: 'BUY' },
      { priceKrw: 70_500, quantity: 6, aggressor: 'BUY' },
    ]);
    expect((second?.accumulatedVolume ?? 0) - (first?.accumulatedVolume ?? 0)).toBe(6);
  });

  it('tells the phases of the market without a symbol', async () => {
    const late = await startKiwoom({ startMs: tenOClockMs + 5 * 3_600_000 + 19 * 60_000 });
    const told = collect(late.broker.streams.market.open([{ channel: 'MARKET_STATUS' }]));
    await late.until(() => has(told, 'market-status'));
    expect(of(told, 'connected')[0]?.subscriptions).toEqual(['0s 장시작시간']);
    expect(of(told, 'market-status')[0]).toMatchObject({ venue: 'KRX', phase: 'CLOSING_AUCTION_STARTED' });
    await late.stop();
  });

  it('is found frozen within 65 s by a read', async () => {
    const told = await openMarket({ channel: 'TRADES', symbol: samsung });
    trade();
    await kiwoom.until(() => has(told, 'trade'));
    const sinceMs = kiwoom.clock.monotonicMs();
    kiwoom.venue.faults.plan({ fault: 'W17-quotes-frozen', parameters: { durationMs: 90_000 } });
    trade();
    await kiwoom.until(() => has(told, 'stale'));
    expect(kiwoom.clock.monotonicMs() - sinceMs).toBeLessThanOrEqual(65_000);
  });

  it('refuses before asking what Kiwoom does not offer', async () => {
    expect(() => kiwoom.broker.streams.market.open([{ channel: 'TRADES', symbol: symbolCode('Q123456') }])).toThrow(
      /short code/,
    );
    const paper = await startKiwoom({ environment: 'PAPER' });
    expect(() => paper.broker.streams.market.open([{ channel: 'BOOK', symbol: samsung, venue: 'SOR' }])).toThrow(
      /no stream of BOOK for SOR in PAPER/,
    );
    await paper.stop();
  });

  it('refuses the 101st registration with an event that names it', async () => {
    const issues = Array.from({ length: 101 }, (_, index) => symbolCode(String(100_000 + index)));
    const told = collect(kiwoom.broker.streams.market.open(issues.map((symbol) => ({ channel: 'TRADES', symbol }))));
    await kiwoom.until(() => has(told, 'subscription-refused'));
    expect(of(told, 'subscription-refused')[0]).toMatchObject({
      subscriptions: ['0B 100100'],
      reason: 'REGISTRATION_LIMIT',
    });
  });
});

describe('order notices of the simulated venue', () => {
  it('tell an own order from its acceptance to its fills, each read behind', async () => {
    const told = await openOrders();
    const reference = await place(10);
    await kiwoom.until(() => of(told, 'order-notice').some(({ type }) => type === 'ACCEPTED'));
    other('SELL', 4);
    other('SELL', 6);
    await kiwoom.until(() => counted(told) === '10+0');
    expect(of(told, 'order-notice').find(({ type }) => type === 'ACCEPTED')).toMatchObject({ proof: 'CUMULATIVE' });
    const fills = of(told, 'order-notice').filter(({ type }) => type === 'FILLED');
    expect(fills.map(({ fill }) => fill?.quantity)).toEqual([4, 6]);
    expect(fills.map(({ proof, totals }) => [proof, totals?.filledQuantity, totals?.leavesQuantity])).toEqual([
      ['CUMULATIVE', 4, 6],
      ['CUMULATIVE', 10, 0],
    ]);
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
    await kiwoom.until(() => traded(10));
    await kiwoom.advance(2_000);
    expect(of(told, 'order-notice').filter(({ type }) => type === 'FILLED')).toEqual([]);
    expect(counted(told)).toBe('0+0');
    // The same trade once more, and now it is ours.
    other('SELL', 3);
    await kiwoom.until(() => traded(3) && counted(told) === '3+0');
    expect(kiwoom.venue.exchange.getOrder(Number(reference.brokerOrderId))?.filledQuantity).toBe(3);
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
    ['W05-duplicate', {}, []],
    ['W06-reordered', {}, []],
    ['W07-delayed', { delayMs: 2_000 }, []],
    ['W08-gap-over-reconnect', { durationMs: 10_000 }, ['connection-lost', 'gap', 'backfilled']],
    ['W09-fragments', {}, []],
    ['W10-binary-frame', {}, ['drift', 'gap', 'backfilled']],
    ['W10-garbage-frame', {}, ['drift', 'gap', 'backfilled']],
    ['W12-column-appended', {}, []],
    ['W12-column-inserted', {}, []],
    ['W21-two-equal-fills', {}, []],
  ];

  it.each(faults)('count every fill once under %s, and say what happened', async (fault, parameters, kinds) => {
    const told = await openOrders();
    const reference = await place(10);
    await kiwoom.until(() => has(told, 'order-notice'));
    const before = told.length;
    kiwoom.venue.faults.plan({ fault, parameters });
    other('SELL', 2);
    await kiwoom.advance(200);
    other('SELL', 2);
    const filled = (): number => kiwoom.venue.exchange.getOrder(Number(reference.brokerOrderId))?.filledQuantity ?? 0;
    const whole = (): boolean => {
      const news = told.slice(before);
      return counted(told) === `${filled()}+0` && kinds.every((kind) => has(news, kind));
    };
    await kiwoom.until(whole);
    other('SELL', 3);
    await kiwoom.until(() => filled() === 7 || filled() === 10);
    await kiwoom.until(() => counted(told) === `${filled()}+0`);
    expect(kiwoom.venue.faults.counters()[fault]).toBeGreaterThan(0);
    const totals = of(told, 'order-state').map(({ snapshot }) => snapshot.filledQuantity);
    expect(totals).toEqual(totals.toSorted((one, next) => one - next));
  });

  it('tell of an order that somebody placed by hand, too', async () => {
    const told = await openOrders();
    kiwoom.venue.faults.plan({ fault: 'W18-stranger-fill', parameters: {} });
    const reference = await place(1);
    other('SELL', 5);
    const isStranger = (id: string): boolean => id !== reference.brokerOrderId;
    await kiwoom.until(() => of(told, 'order-notice').some(({ brokerOrderId }) => isStranger(brokerOrderId)));
    await kiwoom.until(() => of(told, 'order-state').some((each) => isStranger(each.snapshot.reference.brokerOrderId)));
  });

  it('tell a cancel as its own order, by the number that it acted on', async () => {
    const told = await openOrders();
    const reference = await place(10);
    const canceled = await kiwoom.settle(
      kiwoom.broker.orders.cancelOrder({ target: reference, quantity: shares(10), dryRun: false }),
    );
    expect(canceled.outcome).toBe('REQUESTED');
    await kiwoom.until(() => of(told, 'order-notice').some(({ type }) => type === 'CANCELED'));
    expect(of(told, 'order-notice').find(({ type }) => type === 'CANCELED')).toMatchObject({
      command: 'CANCEL',
      originalBrokerOrderId: reference.brokerOrderId,
    });
  });

  it('are asked for again a minute after a refusal of the registration whose code says nothing', async () => {
    // Kiwoom’s code for one registration too many was never recorded.
    kiwoom.venue.faults.plan({ fault: 'W14-limit-reached', operation: 'REG', parameters: {}, times: 3 });
    const sinceMs = kiwoom.clock.monotonicMs();
    const told = await openOrders();
    expect(of(told, 'subscription-refused')).toMatchObject([{ reason: 'BROKER_TROUBLE' }]);
    await kiwoom.until(() => has(told, 'connected'));
    expect(kiwoom.clock.monotonicMs() - sinceMs).toBeGreaterThanOrEqual(60_000);
    expect(kiwoom.clock.monotonicMs() - sinceMs).toBeLessThanOrEqual(80_000);
    await place(1);
    await kiwoom.until(() => has(told, 'order-notice'));
  });

  it('come after a login that was refused for now', async () => {
    kiwoom.venue.faults.plan({ fault: 'W14-limit-reached', operation: 'LOGIN', parameters: {}, times: 2 });
    const told = collect(kiwoom.broker.streams.orders.open());
    await kiwoom.until(() => has(told, 'connected'));
    const refused = { reason: 'BROKER_TROUBLE', alarm: false };
    expect(of(told, 'connection-lost')).toMatchObject([refused, refused]);
  });

  it('end for good when another program logs in with the key, and the alarm says so', async () => {
    const told = await openOrders();
    const broker = createKiwoomBroker({
      ...{ credentials: kiwoomLiveCredentials(fakeKeys), simulatedUrl: kiwoom.venue.url },
      ...{ clock: kiwoom.clock, random: () => 0.5 },
    });
    const others = collect(broker.streams.orders.open());
    await kiwoom.until(() => has(told, 'subscription-refused') && has(others, 'backfilled'));
    const last = of(told, 'connection-lost').at(-1);
    expect(last).toMatchObject({ reason: 'KEY_IN_USE_ELSEWHERE', alarm: true });
    expect(last).not.toHaveProperty('retryInMs');
    expect(of(told, 'subscription-refused')[0]).toMatchObject({ nativeCode: 'R10001' });
    expect(has(others, 'connection-lost')).toBe(false);
    // Orders are known all the same: the reads go on.
    await place(3);
    await kiwoom.until(() => of(told, 'order-state').some(({ snapshot }) => snapshot.orderedQuantity === 3));
    await kiwoom.settle(broker.close());
  });

  it('log in with a fresh token when the one at hand is refused', async () => {
    await kiwoom.settle(kiwoom.broker.rest.warm());
    kiwoom.venue.faults.plan({ fault: 'R28-approval-key-invalid', parameters: {}, operation: 'LOGIN' });
    const told = await openOrders();
    expect(of(told, 'connection-lost')).toMatchObject([{ reason: 'TOKEN_REFUSED', alarm: false }]);
    expect(has(told, 'subscription-refused')).toBe(false);
  });

  it('are asked for again when a registration stays unanswered', async () => {
    kiwoom.venue.faults.plan({ fault: 'W13-answer-lost-before-accept', parameters: {}, operation: 'REG' });
    const told = await openOrders();
    await place(2);
    await kiwoom.until(() => has(told, 'order-notice'));
    expect(kiwoom.venue.faults.counters()['W13-answer-lost-before-accept']).toBe(1);
  });

  it('leave no timer and no secret behind', async () => {
    const told = await openOrders();
    await place(1);
    await kiwoom.until(() => has(told, 'order-notice'));
    await kiwoom.settle(kiwoom.broker.close());
    expect(kiwoom.clock.pendingTimers).toBe(0);
    const shown = JSON.stringify([told, kiwoom.logger.entries]);
    for (const secret of [fakeAccount.appKey, fakeAccount.appSecret, fakeAccount.accountNumber]) {
      expect(shown).not.toContain(secret);
    }
  });
});
