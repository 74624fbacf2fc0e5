import { describe, expect, it } from 'vitest';
import {
  createInMemoryVenue,
  createSteppedClock,
  type InMemoryVenue,
  type SteppedClock,
  type VenueFaultPlan,
  type VenueStreamEnd,
  type VenueStreamSession,
} from '../../src/index.ts';
import { kstInstant } from '../../src/kst.ts';
import { captured } from './captured.ts';
import { instruments, tradingDate } from './kis-client.ts';
import { kiwoomAccount } from './kiwoom-client.ts';

const symbol = '900010';
const path = '/api/dostk/websocket';

interface Entry {
  readonly type: string;
  readonly name: string;
  readonly item: string;
  readonly values: Readonly<Record<string, string>>;
}
type Message = Readonly<Record<string, unknown>>;

interface Client {
  readonly session: VenueStreamSession;
  readonly ends: VenueStreamEnd[];
  ask(message: Message): Message | undefined;
  login(token?: string): Message | undefined;
  register(types: readonly string[], items: readonly string[], more?: Message): Message | undefined;
  messages(): readonly Message[];
  entries(type: string): readonly Entry[];
}

interface Venue {
  readonly venue: InMemoryVenue;
  readonly clock: SteppedClock;
  readonly token: string;
  connect(echoes?: boolean): Client;
  advance(ms: number): void;
  market(side: 'BUY' | 'SELL', quantity: number, priceKrw: number): void;
  order(side: 'BUY' | 'SELL', quantity: number, priceKrw: number): number;
}

function start(startAt = '10:00'): Venue {
  const clock = createSteppedClock(kstInstant(tradingDate, startAt));
  const venue = createInMemoryVenue({
    dialect: 'kiwoom',
    environment: 'PAPER',
    tradingDate,
    instruments,
    accounts: [kiwoomAccount],
    seed: 1,
    clock,
  });
  const { body } = venue.handleRequest({
    method: 'POST',
    path: '/oauth2/token',
    query: new URLSearchParams(),
    headers: { 'content-type': 'application/json;charset=UTF-8', 'api-id': 'au10001' },
    body: Buffer.from(
      JSON.stringify({
        grant_type: 'client_credentials',
        appkey: kiwoomAccount.appKey,
        secretkey: kiwoomAccount.appSecret,
      }),
    ),
  });
  const { token } = JSON.parse(body) as { token: string };
  const place = (accountId: string | undefined, side: 'BUY' | 'SELL', quantity: number, priceKrw: number): number => {
    const result = venue.exchange.placeOrder({
      ...(accountId === undefined ? {} : { accountId }),
      symbol,
      side,
      quantity,
      orderType: 'LIMIT',
      timeInForce: 'DAY',
      session: 'REGULAR',
      limitPriceKrw: priceKrw,
      stopPriceKrw: 0,
    });
    if (!result.ok) throw new Error(`refused: ${result.refusal}`);
    return result.order.orderNumber;
  };
  return {
    venue,
    clock,
    token,
    connect: (echoes = true) => connect(venue, token, echoes),
    advance(ms) {
      clock.advanceTo(clock.nowMs() + ms);
    },
    market(side, quantity, priceKrw) {
      place(undefined, side, quantity, priceKrw);
    },
    order: (side, quantity, priceKrw) => place(kiwoomAccount.accountId, side, quantity, priceKrw),
  };
}

function connect(venue: InMemoryVenue, token: string, echoes: boolean): Client {
  const all: Message[] = [];
  const ends: VenueStreamEnd[] = [];
  const session = venue.openStream(
    {
      onFrame(frame) {
        const text = String(frame);
        all.push(JSON.parse(text) as Message);
        if (echoes && text === '{"trnm":"PING"}') session.receive(text);
      },
      onClose: (end) => ends.push(end),
    },
    { path },
  );
  const ask = (message: Message): Message | undefined => {
    const before = all.length;
    session.receive(JSON.stringify(message));
    return all[before];
  };
  return {
    session,
    ends,
    ask,
    login: (given = token) => ask({ trnm: 'LOGIN', token: given }),
    register: (type, item, more = {}) =>
      ask({ trnm: 'REG', grp_no: '1', refresh: '1', data: [{ item, type }], ...more }),
    messages: () => all,
    entries: (type) =>
      all
        .filter(({ trnm }) => trnm === 'REAL')
        .flatMap(({ data }) => data as readonly Entry[])
        .filter((entry) => entry.type === type),
  };
}

/** The messages of a recorded exchange. */
function recorded(name: string): readonly { dir: string; frame: Message; close?: VenueStreamEnd }[] {
  return captured(`kiwoom/ws-${name}`)['frames'] as never;
}

function recordedEntry(name: string, index = 0): Entry {
  const [first] = recorded(name)[index]?.frame['data'] as readonly Entry[];
  if (first === undefined) throw new Error(`${name} has no entry`);
  return first;
}

describe('a Kiwoom session', () => {
  it('is logged in, registered and pinged as it was recorded', () => {
    const venue = start();
    const client = venue.connect();
    expect(client.login()).toEqual(recorded('login-ok')[1]?.frame);
    expect(client.register(['0B', '0D'], [symbol])).toEqual({ trnm: 'REG', return_code: 0, return_msg: '' });
    venue.advance(10_000);
    expect(client.messages().at(-1)).toEqual({ trnm: 'PING' });
    expect(venue.venue.streams()).toMatchObject([{ path, subscriptions: [`0B ${symbol}`, `0D ${symbol}`] }]);
  });

  it('drops what comes before the login, in the words that were captured', () => {
    const client = start().connect();
    expect(client.register(['0B'], [symbol])).toEqual(recorded('register-before-login')[1]?.frame);
  });

  it('is refused with another token, and closed', () => {
    const client = start().connect();
    expect(client.login('another')).toMatchObject({ trnm: 'LOGIN', return_code: 805004 });
    expect(client.ends).toEqual([{ code: 1000, reason: 'Bye' }]);
  });

  it('is thrown out by a second login with its key, in the words that were captured', () => {
    const venue = start();
    const first = venue.connect();
    first.login();
    const second = venue.connect();
    expect(second.login()).toMatchObject({ return_code: 0 });
    const [told, ended] = recorded('second-session');
    expect(first.messages().at(-1)).toEqual(told?.frame);
    expect(first.ends).toEqual([ended?.close]);
    expect(second.session.isOpen).toBe(true);
  });

  it('ends when three pings stay without an echo', () => {
    const venue = start();
    const client = venue.connect(false);
    client.login();
    venue.advance(40_000);
    expect(client.messages().filter(({ trnm }) => trnm === 'PING')).toHaveLength(3);
    expect(client.ends).toEqual([{ code: 1006, reason: '' }]);
  });

  it('answers what it cannot read', () => {
    const client = start().connect();
    client.login();
    expect(client.ask({ trnm: 'REG', data: [{ item: symbol, type: ['0B'] }] })).toMatchObject({ return_code: 105111 });
    expect(client.ask({ trnm: 'REG' })).toMatchObject({ return_code: 105111 });
    expect(client.ask({ trnm: 'WHAT' })).toMatchObject({ trnm: 'WHAT', return_code: 105110 });
    client.session.receive('[]');
    client.session.receive('nonsense');
    expect(client.session.isOpen).toBe(true);
  });
});

describe('Kiwoom registrations', () => {
  it('are kept by group: refresh 0 drops what the group had, REMOVE what it names', () => {
    const venue = start();
    const client = venue.connect();
    client.login();
    const subscriptions = (): readonly string[] => venue.venue.streams()[0]?.subscriptions ?? [];
    client.register(['0B'], [symbol, '900020']);
    client.register(['00'], [''], { grp_no: '2' });
    client.register(['0D'], [symbol], { refresh: '1' });
    expect(subscriptions()).toEqual([`0B ${symbol}`, '0B 900020', `0D ${symbol}`, '00']);
    client.register(['0D'], ['900020'], { refresh: '0' });
    expect(subscriptions()).toEqual(['0D 900020', '00']);
    client.ask({ trnm: 'REMOVE', grp_no: '2', data: [{ item: [''], type: ['00'] }] });
    expect(subscriptions()).toEqual(['0D 900020']);
  });
});

describe('Kiwoom market data', () => {
  it('tells trades with the FIDs of the recorded stream, several entries in a message', () => {
    const venue = start();
    const client = venue.connect();
    client.login();
    client.register(['0B'], [symbol, `${symbol}_AL`]);
    venue.market('SELL', 10, 70_100);
    venue.market('SELL', 10, 70_200);
    venue.market('BUY', 15, 70_200);
    venue.market('BUY', 10, 69_900);
    venue.market('SELL', 4, 69_900);
    venue.advance(1);
    const entries = client.entries('0B').filter(({ item }) => item === symbol);
    expect(entries.map(({ values }) => ['10', '15', '13', '1071', '1072'].map((fid) => values[fid]))).toEqual([
      ['+70100', '+10', '10', '0', '1'],
      ['+70200', '+5', '15', '0', '2'],
      ['-69900', '-4', '19', '1', '2'],
    ]);
    const theirs = recordedEntry('trade-stream');
    expect(Object.keys(entries[2]?.values ?? {}).toSorted()).toEqual(Object.keys(theirs.values).toSorted());
    expect(entries[2]?.values['1316']).toBe(theirs.values['1316']);
    expect(client.messages().filter(({ trnm }) => trnm === 'REAL')).toHaveLength(2);
    expect(client.entries('0B').filter(({ item }) => item === `${symbol}_AL`)).toHaveLength(3);
    expect(Object.keys(client.messages().at(-1) ?? {})).toEqual(Object.keys(recorded('trade-stream')[0]?.frame ?? {}));
  });

  it('tells books with the FIDs of the guide, to who has had none and when they change', () => {
    const venue = start();
    venue.market('SELL', 10, 70_100);
    const client = venue.connect();
    client.login();
    client.register(['0D'], [symbol]);
    venue.advance(1000);
    venue.market('BUY', 7, 69_900);
    venue.advance(1000);
    const entries = client.entries('0D');
    expect(entries).toHaveLength(2);
    expect(entries.map(({ values }) => ['41', '61', '51', '71'].map((fid) => values[fid]))).toEqual([
      ['+70100', '10', '0', '0'],
      ['+70100', '10', '-69900', '7'],
    ]);
    expect(Object.keys(entries[0]?.values ?? {}).toSorted()).toEqual(
      Object.keys(recordedEntry('sample-0D-book').values).toSorted(),
    );
    expect(entries[0]?.name).toBe(recordedEntry('sample-0D-book').name);
  });

  it('tells the clock of the market', () => {
    const venue = start('08:59');
    const client = venue.connect();
    client.login();
    client.register(['0s'], ['']);
    venue.advance(120_000);
    const [entry] = client.entries('0s');
    expect(entry).toMatchObject({ item: '', values: { '215': '3', '214': '000000' } });
    const { name, values } = recordedEntry('sample-0s-session');
    expect([entry?.name, Object.keys(entry?.values ?? {}).toSorted()]).toEqual([name, Object.keys(values).toSorted()]);
  });
});

describe('Kiwoom notices', () => {
  const some = ({ values }: Entry, ...fids: readonly string[]) => fids.map((fid) => values[fid]);

  it('tell the life of an order, with what each fill was and what there is in all', () => {
    const venue = start();
    const client = venue.connect();
    client.login();
    client.register(['00', '04'], ['']);
    const orderNumber = venue.order('BUY', 10, 70_000);
    venue.market('SELL', 3, 70_000);
    venue.market('SELL', 2, 70_000);
    venue.venue.exchange.cancelOrder({ accountId: kiwoomAccount.accountId, orderNumber });
    venue.advance(20);
    const entries = client.entries('00');
    // state, side, left, amount so far, this fill, quantity so far, original
    expect(entries.map((entry) => some(entry, '913', '905', '902', '903', '915', '914', '911', '904'))).toEqual([
      ['접수', '+매수', '10', '0', '', '', '', '0000000'],
      ['체결', '+매수', '7', '210000', '3', '70000', '3', '0000000'],
      ['체결', '+매수', '5', '350000', '2', '70000', '5', '0000000'],
      ['접수', '매수취소', '5', '0', '', '', '', '0000001'],
      ['확인', '매수취소', '0', '0', '', '', '', '0000001'],
    ]);
    const fillNumbers = entries.map(({ values }) => values['909']).filter((number) => number !== '');
    expect(new Set(fillNumbers).size).toBe(2);
    const recordedFids = Object.keys(recordedEntry('order-buy-accepted-filled').values).toSorted();
    for (const entry of entries) expect(Object.keys(entry.values).toSorted()).toEqual(recordedFids);
    const holdings = client.entries('04');
    expect(holdings).toHaveLength(2);
    expect(holdings.map((entry) => some(entry, '930', '946'))).toEqual([
      ['3', '2'],
      ['5', '2'],
    ]);
    expect(Object.keys(holdings[0]?.values ?? {}).toSorted()).toEqual(
      Object.keys(recordedEntry('sample-04-balance').values).toSorted(),
    );
  });

  it('tell that the exchange refused an order, and why', () => {
    const venue = start();
    const client = venue.connect();
    client.login();
    client.register(['00'], ['']);
    venue.venue.exchange.rejectOrder({
      accountId: kiwoomAccount.accountId,
      symbol,
      side: 'SELL',
      quantity: 3,
      orderType: 'LIMIT',
      timeInForce: 'DAY',
      session: 'REGULAR',
      limitPriceKrw: 70_000,
      stopPriceKrw: 0,
    });
    venue.advance(20);
    expect(client.entries('00').map((entry) => some(entry, '913', '902', '919'))).toEqual([
      ['접수', '3', '0'],
      ['거부', '0', '999999:거래소 거부(simulated)'],
    ]);
  });

  it.each<[VenueFaultPlan['fault'], readonly string[]]>([
    ['W05-duplicate', ['4', '4']],
    ['W21-two-equal-fills', ['2', '2']],
  ])('under %s tell fills as %j', (fault, quantities) => {
    const venue = start();
    const client = venue.connect();
    client.login();
    client.register(['00'], ['']);
    venue.order('BUY', 10, 70_000);
    venue.venue.faults.plan({ fault, operation: '00' });
    venue.market('SELL', 4, 70_000);
    venue.advance(20);
    const fills = client.entries('00').filter(({ values }) => values['913'] === '체결');
    expect(fills.map(({ values }) => values['915'])).toEqual(quantities);
    // A repeat has the number of the fill; two fills have two, and sums that rise to what the exchange has.
    expect(new Set(fills.map(({ values }) => values['909'])).size).toBe(fault === 'W05-duplicate' ? 1 : 2);
    expect(fills.at(-1)?.values).toMatchObject({ '902': '6', '903': '280000' });
  });

  it('know faults of their own words, and none that they cannot have', () => {
    const venue = start();
    const client = venue.connect();
    client.login();
    const { faults } = venue.venue;
    faults.plan({ fault: 'W14-limit-reached' });
    expect(client.register(['00'], [''])).toMatchObject({ trnm: 'REG', return_code: 105115 });
    client.register(['00'], ['']);
    faults.plan({ fault: 'W12-column-appended' });
    faults.plan({ fault: 'W22-count-wrong', when: { nth: 2 } });
    venue.order('BUY', 1, 69_000);
    venue.order('BUY', 1, 69_000);
    venue.advance(20);
    expect(client.entries('00').map(({ values }) => Object.keys(values).length)).toEqual([36, 35]);
    expect(faults.counters()).toMatchObject({ 'W12-column-appended': 1, 'W22-count-wrong': 0 });
    faults.plan({ fault: 'W15-second-login' });
    venue.order('BUY', 1, 69_000);
    expect(client.messages().at(-1)).toMatchObject({ trnm: 'SYSTEM', code: 'R10001' });
    expect(client.ends).toEqual([{ code: 1000, reason: 'Bye' }]);
  });
});
