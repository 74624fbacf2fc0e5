import { describe, expect, it } from 'vitest';
import {
  createInMemoryVenue,
  createSteppedClock,
  venueFaults,
  type InMemoryVenue,
  type SteppedClock,
  type VenueDelivery,
  type VenueFault,
  type VenueOrder,
} from '../../src/index.ts';
import { kstInstant } from '../../src/kst.ts';
import { instruments, tradingDate } from './kis-client.ts';
import { dayFields, kiwoomAccount, kiwoomPaths, openFields, placeFields } from './kiwoom-client.ts';

interface Day {
  readonly venue: InMemoryVenue;
  readonly clock: SteppedClock;
  deliver(apiId: string, fields: object, headers?: Readonly<Record<string, string>>): VenueDelivery;
  orders(): readonly VenueOrder[];
}

/** A venue in memory with a token in hand; one row a page, so that there are later pages. */
function open(): Day {
  const clock = createSteppedClock(kstInstant(tradingDate, '10:00'));
  const venue = createInMemoryVenue({
    dialect: 'kiwoom',
    environment: 'LIVE',
    tradingDate,
    instruments,
    accounts: [kiwoomAccount],
    seed: 1,
    clock,
    kiwoom: { requestsPerSecond: 1000, listRows: 1 },
  });
  let token = '';
  const deliver: Day['deliver'] = (apiId, fields, headers = {}) =>
    venue.deliverRequest({
      method: 'POST',
      path: kiwoomPaths[apiId] ?? '',
      query: new URLSearchParams(),
      headers: { 'api-id': apiId, authorization: `Bearer ${token}`, ...headers },
      body: Buffer.from(JSON.stringify(fields)),
    });
  token = String(bodyOf(deliver('au10001', keys))['token']);
  return { venue, clock, deliver, orders: () => venue.exchange.listOrders(kiwoomAccount.accountId) };
}

const keys = {
  grant_type: 'client_credentials',
  appkey: kiwoomAccount.appKey,
  secretkey: kiwoomAccount.appSecret,
};

function answerOf(delivery: VenueDelivery): Extract<VenueDelivery, { readonly kind: 'ANSWERED' }> {
  if (delivery.kind !== 'ANSWERED') throw new Error(`No answer: ${delivery.kind}.`);
  return delivery;
}

function bodyOf(delivery: VenueDelivery): Readonly<Record<string, unknown>> {
  return JSON.parse(answerOf(delivery).response.body) as Record<string, unknown>;
}

const restFaults = venueFaults.filter(({ id, needsSocket }) => !id.startsWith('W') && !needsSocket);
const onOrders = restFaults.filter(({ appliesTo }) => appliesTo.includes('NEW_ORDER'));
// An older snapshot needs a list that has changed: it has a test of its own.
const onLists = restFaults.filter(
  ({ id, appliesTo }) => appliesTo.includes('ORDER_LIST') && id !== 'R40-older-snapshot',
);

describe('faults on an order', () => {
  it.each(onOrders)('$id strikes once, and the order is there or not as its name says', (fault: VenueFault) => {
    const day = open();
    day.venue.faults.plan({ fault: fault.id, operation: 'kt10000' });
    day.deliver('kt10000', placeFields());
    const now = { BEFORE: 0, AFTER: 1, LATE: 0, REJECTED: 0, ANY: 2 }[fault.acceptance];
    expect(day.orders()).toHaveLength(now);
    expect(day.venue.faults.counters()[fault.id]).toBe(1);
    day.clock.advanceTo(day.clock.nowMs() + 120_000);
    expect(day.orders()).toHaveLength(['LATE', 'REJECTED'].includes(fault.acceptance) ? 1 : now);
    expect(day.venue.requests('kt10000')[0]?.faults).toEqual([fault.id]);
    day.venue.close();
  });
});

describe('faults on a list', () => {
  it.each(onLists)('$id strikes once', (fault: VenueFault) => {
    const day = open();
    day.deliver('kt10000', placeFields());
    day.deliver('kt10000', placeFields());
    const first = answerOf(day.deliver('kt00007', dayFields())).response;
    day.venue.faults.plan({ fault: fault.id, operation: 'kt00007' });
    const next = { 'cont-yn': 'Y', 'next-key': first.headers['next-key'] ?? '' };
    day.deliver('kt00007', dayFields(), fault.laterPagesOnly ? next : {});
    expect(day.venue.faults.counters()[fault.id]).toBe(1);
    day.venue.close();
  });
});

describe('faults look as the broker would word them', () => {
  it.each([
    ['R22-rate-limit-under-200', 200, 5, '1700'],
    ['R22-rate-limit-under-500', 429, 5, '1700'],
    ['R25-token-expired', 200, 3, '8005'],
    ['R26-token-revoked-before-accept', 200, 3, '8005'],
    ['transaction-timeout-before-accept', 200, 1, '1999'],
    ['R17-unlisted-refusal', 200, 20, '999999'],
  ] as const)('%s', (fault, status, returnCode, code) => {
    const day = open();
    day.venue.faults.plan({ fault });
    const { response } = answerOf(day.deliver('kt10000', placeFields()));
    expect(response.status).toBe(status);
    expect(JSON.parse(response.body)).toMatchObject({ return_code: returnCode });
    expect(response.body).toContain(`${code}:`);
    expect(response.resultCode).toBe(code);
    day.venue.close();
  });

  it('the limit of all customers and the refused issue of a token', () => {
    const day = open();
    day.venue.faults.plan({ fault: 'ledger-limit' });
    expect(answerOf(day.deliver('kt00018', { qry_tp: '1', dmst_stex_tp: 'KRX' })).response.status).toBe(429);
    day.venue.faults.plan({ fault: 'R27-token-issue-refused' });
    expect(String(bodyOf(day.deliver('au10001', keys))['return_msg'])).toContain('API ID=au10001');
    day.venue.close();
  });

  it('a revoked token stays dead', () => {
    const day = open();
    day.venue.faults.plan({ fault: 'R26-token-revoked-after-accept' });
    expect(bodyOf(day.deliver('kt10000', placeFields()))['return_code']).toBe(0);
    expect(bodyOf(day.deliver('kt10000', placeFields()))['return_code']).toBe(3);
    day.venue.close();
  });

  it('a success without an order number, and one of another operation', () => {
    const day = open();
    day.venue.faults.plan({ fault: 'R18-no-order-number-after-accept' });
    expect(bodyOf(day.deliver('kt10000', placeFields()))).toEqual({
      dmst_stex_tp: 'KRX',
      return_code: 0,
      return_msg: '매수주문이 완료되었습니다.',
    });
    day.venue.faults.plan({ fault: 'wrong-operation-echoed-after-accept' });
    expect(answerOf(day.deliver('kt10000', placeFields())).response.headers['api-id']).toBe('kt00018');
    day.venue.close();
  });

  it('an order by hand shows its channel', () => {
    const day = open();
    day.venue.faults.plan({ fault: 'R41-stranger-order' });
    day.deliver('kt10000', placeFields());
    const rows = [0, 1].map((index) => {
      const key = index === 0 ? {} : { 'cont-yn': 'Y', 'next-key': nextKeyOf(day.deliver('kt00007', dayFields())) };
      return bodyOf(day.deliver('kt00007', dayFields(), key))['acnt_ord_cntr_prps_dtl'];
    });
    expect(
      rows
        .flat()
        .map((row) => (row as Record<string, string>)['comm_ord_tp'])
        .toSorted(),
    ).toEqual(['REST API', '영웅문4']);
    day.venue.close();
  });

  it('an order that the exchange refuses later is in the list, refused', () => {
    const day = open();
    day.venue.faults.plan({ fault: 'R12-silence-rejected-later', parameters: { landsAfterMs: 1000 } });
    expect(day.deliver('kt10000', placeFields()).kind).toBe('SILENT');
    day.clock.advanceTo(day.clock.nowMs() + 1000);
    expect(bodyOf(day.deliver('kt00007', dayFields()))['acnt_ord_cntr_prps_dtl']).toMatchObject([
      { ord_qty: '0000000010', ord_remnq: '0000000000', cntr_qty: '0000000000', acpt_tp: '거부' },
    ]);
    expect(bodyOf(day.deliver('ka10075', openFields))['return_msg']).toContain('571758');
    day.venue.close();
  });

  it('endless pages lead back to the first', () => {
    const day = open();
    day.deliver('kt10000', placeFields());
    day.venue.faults.plan({ fault: 'R38-pages-endless' });
    const last = answerOf(day.deliver('ka10075', openFields)).response;
    expect(last.headers['cont-yn']).toBe('Y');
    const again = day.deliver('ka10075', openFields, { 'cont-yn': 'Y', 'next-key': last.headers['next-key'] ?? '' });
    expect(answerOf(again).response.body).toBe(last.body);
    day.venue.close();
  });

  it('an older snapshot shows the list as it was, once', () => {
    const day = open();
    day.deliver('kt10000', placeFields());
    day.venue.faults.plan({ fault: 'R40-older-snapshot', when: { nth: 2 } });
    const left = (): unknown => {
      const [row] = bodyOf(day.deliver('kt00007', dayFields()))['acnt_ord_cntr_prps_dtl'] as Record<string, string>[];
      return Number(row?.['ord_remnq']);
    };
    expect(left()).toBe(10);
    day.venue.exchange.cancelOrder({ accountId: kiwoomAccount.accountId, orderNumber: 1 });
    expect([left(), left()]).toEqual([10, 0]);
    expect(day.venue.faults.counters()['R40-older-snapshot']).toBe(1);
    day.venue.close();
  });

  it('numbers in the place of text lose their zeros', () => {
    const day = open();
    day.venue.faults.plan({ fault: 'R44-numbers-for-text' });
    expect(bodyOf(day.deliver('kt10000', placeFields()))['ord_no']).toBe(1);
    day.venue.close();
  });

  it('a held order lands although its token has died meanwhile', () => {
    const day = open();
    day.venue.faults.plan({ fault: 'R11-silence-late-landing', parameters: { landsAfterMs: 60_000 } });
    expect(day.deliver('kt10000', placeFields()).kind).toBe('SILENT');
    day.venue.faults.plan({ fault: 'R26-token-revoked-before-accept' });
    day.deliver('ka10075', openFields);
    day.clock.advanceTo(day.clock.nowMs() + 60_000);
    expect(day.orders()).toHaveLength(1);
    day.venue.close();
  });
});

function nextKeyOf(delivery: VenueDelivery): string {
  return answerOf(delivery).response.headers['next-key'] ?? '';
}
