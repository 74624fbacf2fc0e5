import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createInMemoryVenue,
  createSteppedClock,
  venueFaults,
  type InMemoryVenue,
  type SteppedClock,
  type VenueDelivery,
  type VenueFaultId,
  type VenueRequest,
} from '../../src/index.ts';
import { kstInstant } from '../../src/kst.ts';
import { account, cancelFields, dailyFields, instruments, orderFields, tradingDate } from './kis-client.ts';

const startMs = kstInstant(tradingDate, '10:00');
const inMemoryFaults = venueFaults
  .filter(({ needsSocket, stream }) => !needsSocket && stream === 'NONE')
  .map(({ id }) => id);
const acceptanceOf = new Map(venueFaults.map(({ id, acceptance }) => [id, acceptance]));

interface Started {
  readonly venue: InMemoryVenue;
  readonly clock: SteppedClock;
  readonly send: (operation: string, trId: string, fields: Readonly<Record<string, unknown>>) => VenueRequest;
}

function start(): Started {
  const clock = createSteppedClock(startMs);
  const venue = createInMemoryVenue({
    dialect: 'kis',
    environment: 'LIVE',
    tradingDate,
    instruments,
    accounts: [account],
    seed: 1,
    clock,
    kis: { requestsPerSecond: 1000 },
  });
  const keys = { appkey: account.appKey, appsecret: account.appSecret };
  const request = (operation: string, trId: string, body: object, query: object, token: string): VenueRequest => ({
    method: Object.keys(body).length > 0 ? 'POST' : 'GET',
    path: operation === 'tokenP' ? '/oauth2/tokenP' : `/uapi/domestic-stock/v1/trading/${operation}`,
    query: new URLSearchParams(query as Record<string, string>),
    headers: { ...keys, authorization: `Bearer ${token}`, tr_id: trId, custtype: 'P' },
    body: Buffer.from(JSON.stringify(body)),
  });
  const issued = venue.handleRequest(request('tokenP', '', { ...keys, grant_type: 'client_credentials' }, {}, '')).body;
  const { access_token: token } = JSON.parse(issued) as { readonly access_token: string };
  const [CANO, ACNT_PRDT_CD] = account.accountNumber.split('-');
  return {
    venue,
    clock,
    send(operation, trId, fields) {
      const all = { CANO, ACNT_PRDT_CD, ...fields };
      return operation.startsWith('order')
        ? request(operation, trId, all, {}, token)
        : request(operation, trId, {}, all, token);
    },
  };
}

const step = fc.record({
  kind: fc.constantFrom('BUY', 'BUY', 'SELL', 'CANCEL', 'LIST', 'MARKET'),
  quantity: fc.integer({ min: 1, max: 30 }),
  priceKrw: fc.integer({ min: 77, max: 83 }).map((hundreds) => hundreds * 100),
  pick: fc.nat({ max: 40 }),
  waitMs: fc.integer({ min: 0, max: 20_000 }),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** Plays requests and market flow; what was delivered for each request. */
function play({ venue, clock, send }: Started, steps: readonly Step[], check: () => void): readonly VenueDelivery[] {
  const deliveries: VenueDelivery[] = [];
  for (const { kind, quantity, priceKrw, pick, waitMs } of steps) {
    const fields = orderFields({ PDNO: '900020', ORD_QTY: String(quantity), ORD_UNPR: String(priceKrw) });
    if (kind === 'MARKET') {
      venue.exchange.placeOrder({
        symbol: '900020',
        side: pick % 2 === 0 ? 'BUY' : 'SELL',
        quantity,
        orderType: 'LIMIT',
        timeInForce: 'DAY',
        session: 'REGULAR',
        limitPriceKrw: priceKrw,
        stopPriceKrw: 0,
      });
    } else {
      const request = {
        BUY: () => send('order-cash', 'TTTC0012U', fields),
        SELL: () => send('order-cash', 'TTTC0011U', fields),
        CANCEL: () => send('order-rvsecncl', 'TTTC0013U', cancelFields(String(pick))),
        LIST: () => send('inquire-daily-ccld', 'TTTC0081R', dailyFields()),
      }[kind]();
      deliveries.push(venue.deliverRequest(request));
    }
    check();
    clock.advanceTo(clock.nowMs() + waitMs);
    check();
  }
  return deliveries;
}

/** The books of the account add up, and no request has more orders than its faults explain. */
function checkVenue(venue: InMemoryVenue): void {
  const orders = venue.exchange.listOrders(account.accountId);
  const view = venue.exchange.getAccount(account.accountId);
  if (view === undefined) throw new Error('the account is gone');
  for (const { quantity, filledQuantity, canceledQuantity, rejectedQuantity, leavesQuantity } of orders) {
    expect(filledQuantity + canceledQuantity + rejectedQuantity + leavesQuantity).toBe(quantity);
    expect(Math.min(filledQuantity, canceledQuantity, leavesQuantity)).toBeGreaterThanOrEqual(0);
  }
  expect(view.orderableKrw).toBe(view.settledKrw - view.reservedKrw);
  expect(view.orderableKrw).toBeGreaterThanOrEqual(0);
  expect(view.settledKrw).toBe(view.depositKrw - view.boughtKrw + view.soldKrw - view.feesKrw - view.taxesKrw);
  const net = orders.reduce((sum, { side, filledQuantity }) => sum + (side === 'BUY' ? 1 : -1) * filledQuantity, 100);
  expect(view.holdings.find(({ symbol }) => symbol === '900020')?.quantity ?? 0).toBe(net);
  expect(orders.map(({ orderNumber }) => orderNumber)).toEqual(
    orders.map(({ orderNumber }) => orderNumber).toSorted((one, other) => one - other),
  );
  const mayHaveEntered = venue.requests('order-cash').reduce((sum, { faults = [] }) => {
    const strangers = faults.filter((id) => id === 'R41-stranger-order').length;
    const isLost = faults.some((id) => acceptanceOf.get(id) === 'BEFORE');
    return sum + strangers + (isLost ? 0 : 1);
  }, 0);
  expect(orders.filter(({ kind }) => kind === 'NEW').length).toBeLessThanOrEqual(mayHaveEntered);
}

const steps = fc.array(step, { minLength: 5, maxLength: 60 });

describe('a swarm of faults', () => {
  it('leaves the books of the exchange in balance, whatever strikes', () => {
    fc.assert(
      fc.property(steps, fc.integer(), (played, seed) => {
        const started = start();
        started.venue.faults.seeded({ seed });
        play(started, played, () => {
          checkVenue(started.venue);
        });
        started.clock.advanceTo(kstInstant(tradingDate, '20:30'));
        checkVenue(started.venue);
        expect(started.venue.exchange.getAccount(account.accountId)?.reservedKrw).toBe(0);
        started.venue.close();
      }),
      { numRuns: 150 },
    );
  });

  it('strikes the same requests again with the same seed', () => {
    const run = (played: readonly Step[], seed: number): string => {
      const started = start();
      const on = started.venue.faults.seeded({ seed });
      const deliveries = play(started, played, () => undefined);
      const { venue } = started;
      return JSON.stringify([
        on,
        deliveries,
        venue.requests(),
        venue.faults.counters(),
        venue.exchange.listOrders(account.accountId).map(({ orderNumber, enteredAtMs }) => [orderNumber, enteredAtMs]),
      ]);
    };
    fc.assert(
      fc.property(steps, fc.integer(), (played, seed) => {
        expect(run(played, seed)).toBe(run(played, seed));
      }),
      { numRuns: 50 },
    );
  });

  it('counts what stands beside the requests', () => {
    fc.assert(
      fc.property(steps, fc.integer(), (played, seed) => {
        const started = start();
        const { faults } = started.venue;
        faults.seeded({ seed });
        play(started, played, () => undefined);
        const counted = new Map<VenueFaultId, number>(venueFaults.map(({ id }) => [id, 0]));
        for (const { faults: struck = [] } of started.venue.requests()) {
          for (const id of struck) counted.set(id, (counted.get(id) ?? 0) + 1);
          expect(
            struck.filter((id) => venueFaults.find((each) => each.id === id)?.takes === 'WHOLE').length,
          ).toBeLessThan(2);
        }
        expect(faults.counters()).toEqual(Object.fromEntries(counted));
      }),
      { numRuns: 50 },
    );
  });

  it('reaches, over some seeds, every fault that needs no socket', () => {
    const struck = new Set<VenueFaultId>();
    const sent = new Array<Step>(12)
      .fill({ kind: 'BUY', quantity: 1, priceKrw: 7900, pick: 1, waitMs: 1000 })
      .flatMap((each): Step[] => [each, { ...each, kind: 'LIST' }]);
    for (let seed = 0; seed < 200; seed += 1) {
      const started = start();
      started.venue.faults.seeded({ seed });
      play(started, sent, () => undefined);
      for (const { faults = [] } of started.venue.requests()) for (const id of faults) struck.add(id);
    }
    // Neither tokens nor later pages are asked for here.
    const unasked: readonly VenueFaultId[] = ['R27-token-issue-refused', 'R38-page-fails'];
    expect([...struck].toSorted()).toEqual(inMemoryFaults.filter((id) => !unasked.includes(id)).toSorted());
  });

  it('is a subset at rates of its own, another one for another seed', () => {
    const { faults } = start().venue;
    const first = faults.seeded({ seed: 1, faults: inMemoryFaults });
    expect(first.length).toBeGreaterThan(inMemoryFaults.length / 4);
    expect(first.length).toBeLessThan((inMemoryFaults.length * 3) / 4);
    expect(new Set(first.map(({ rate }) => rate)).size).toBe(first.length);
    const windows = new Set(venueFaults.filter(({ lasts }) => lasts === 'WINDOW').map(({ id }) => id));
    for (const { fault, rate } of first) {
      expect(rate).toBeGreaterThanOrEqual(windows.has(fault) ? 0.0005 : 0.005);
      expect(rate).toBeLessThanOrEqual(windows.has(fault) ? 0.02 : 0.2);
    }
    expect(faults.seeded({ seed: 2 })).not.toEqual(first);
  });

  it('takes its candidates and rates as they are given', () => {
    const { faults } = start().venue;
    const named: readonly VenueFaultId[] = ['R07-drop-before-accept', 'R08-drop-after-accept'];
    for (const seed of [1, 2, 3, 4]) {
      expect(named).toEqual(expect.arrayContaining(faults.seeded({ seed, faults: named }).map(({ fault }) => fault)));
    }
    const rates = { 'R08-drop-after-accept': 0.25 } as const;
    expect(faults.seeded({ seed: 1, rates })).toEqual([{ fault: 'R08-drop-after-accept', rate: 0.25 }]);
  });

  it('strikes as often as its rate says', () => {
    const started = start();
    started.venue.faults.seeded({ seed: 3, rates: { 'R07-drop-before-accept': 0.25 } });
    const request = started.send('inquire-daily-ccld', 'TTTC0081R', dailyFields());
    for (let each = 0; each < 2000; each += 1) {
      started.clock.advanceTo(started.clock.nowMs() + 10);
      started.venue.deliverRequest(request);
    }
    const struck = started.venue.faults.counters()['R07-drop-before-accept'];
    expect(struck).toBeGreaterThan(420);
    expect(struck).toBeLessThan(580);
  });

  it('gives each of several faults that would take a request its share', () => {
    const started = start();
    const rates = { 'R07-drop-before-accept': 1, 'R14-empty-200-before-accept': 1 } as const;
    started.venue.faults.seeded({ seed: 5, rates });
    const request = started.send('inquire-daily-ccld', 'TTTC0081R', dailyFields());
    for (let each = 0; each < 1000; each += 1) started.venue.deliverRequest(request);
    const counters = started.venue.faults.counters();
    expect(counters['R07-drop-before-accept'] + counters['R14-empty-200-before-accept']).toBe(1000);
    expect(Math.abs(counters['R07-drop-before-accept'] - 500)).toBeLessThan(80);
  });

  it('leaves a request to the plan that took it, and begins no window with it', () => {
    const started = start();
    const { faults } = started.venue;
    const request = started.send('inquire-daily-ccld', 'TTTC0081R', dailyFields());
    faults.plan({ fault: 'R07-drop-before-accept' });
    faults.seeded({ seed: 1, rates: { 'R15-maintenance': 1 } });
    expect(started.venue.deliverRequest(request)).toEqual({ kind: 'DROPPED' });
    faults.seeded({ seed: 1, rates: {} });
    expect(started.venue.deliverRequest(request)).toMatchObject({ kind: 'ANSWERED', response: { status: 200 } });
  });

  it.each([
    ['a seed that is no whole number', { seed: 0.5 }, 'seed'],
    ['a rate above 1', { seed: 1, rates: { 'R37-date-skew': 1.5 } }, 'rates.R37-date-skew'],
    ['a fault of sockets', { seed: 1, faults: ['R30-slow-body'] as const }, 'a venue in memory'],
  ])('refuses %s', (_name, swarm, text) => {
    const { faults } = start().venue;
    expect(() => faults.seeded(swarm)).toThrow(text);
    expect(faults.counters()).toEqual(Object.fromEntries(venueFaults.map(({ id }) => [id, 0])));
  });
});

describe('a venue in memory', () => {
  const order = (started: Started): VenueRequest => started.send('order-cash', 'TTTC0012U', orderFields());

  it('says what becomes of a request: answered now or later, dropped, silent', () => {
    const started = start();
    const { venue } = started;
    venue.faults.plan({ fault: 'R34-answer-late-after-deadline', parameters: { delayMs: 20_000 } });
    venue.faults.plan({ fault: 'R08-drop-after-accept' });
    venue.faults.plan({ fault: 'R09-silence-before-accept' });
    const deliveries = [1, 2, 3, 4].map(() => venue.deliverRequest(order(started)));
    expect(deliveries).toMatchObject([
      { kind: 'ANSWERED', atMs: startMs + 20_000, response: { status: 200, resultCode: 'APBK0013' } },
      { kind: 'DROPPED' },
      { kind: 'SILENT' },
      { kind: 'ANSWERED', atMs: startMs },
    ]);
    expect(venue.exchange.listOrders(account.accountId)).toHaveLength(3);
  });

  it('tells a caller without time that there is no answer, although the order may be there', () => {
    const started = start();
    started.venue.faults.plan({ fault: 'R10-silence-after-accept' });
    expect(() => started.venue.handleRequest(order(started))).toThrow(expect.objectContaining({ code: 'NO_ANSWER' }));
    expect(started.venue.exchange.listOrders(account.accountId)).toHaveLength(1);
  });

  it('refuses faults that need a socket', () => {
    const { faults } = start().venue;
    for (const { id } of venueFaults.filter(({ needsSocket }) => needsSocket)) {
      expect(() => {
        faults.plan({ fault: id });
      }).toThrow('a venue in memory');
    }
  });

  it('answers as if there were no faults when none is set, or all are cleared', () => {
    fc.assert(
      fc.property(steps, (played) => {
        const [plain, cleared] = [start(), start()];
        cleared.venue.faults.plan({ fault: 'R15-maintenance' });
        cleared.venue.faults.seeded({ seed: 1 });
        cleared.venue.faults.clear();
        const answers = [plain, cleared].map((each) => [
          play(each, played, () => undefined),
          each.venue.requests(),
          each.venue.exchange.listOrders(account.accountId).map(({ orderNumber }) => orderNumber),
        ]);
        expect(answers[0]).toEqual(answers[1]);
        expect(cleared.venue.requests().every((request) => !('faults' in request))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});
