import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MarketEvent, Secret } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { kiwoomStreamCodes } from '../error-map/stream.ts';
import { streamUrlOf } from '../kiwoom-environment.ts';
import { readKiwoomControlMessage } from './control-message.ts';
import { toKiwoomRegistration } from './create-kiwoom-streams.ts';
import { decodeNotices, kiwoomOrderKinds, kiwoomOrderStates } from './decode-notices.ts';
import { decodeQuotes } from './decode-quotes.ts';
import { scanFrame } from './frame-scan.ts';
import { createKiwoomFrameDecoder } from './kiwoom-frame-decoder.ts';
import { createKiwoomStreamProtocol } from './kiwoom-stream-protocol.ts';
import { kiwoomQuoteStreams } from './kiwoom-stream-table.ts';
import { kiwoomSessionCodes } from './quote-events.ts';

const stamp = { receivedMonotonicMs: 1, receivedAtMs: Date.parse('2026-11-20T10:00:05+09:00') };
type Values = Readonly<Record<string, unknown>>;
type Change = Readonly<Record<string, unknown>>;

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const real = (...data: readonly object[]): Uint8Array => bytesOf(JSON.stringify({ data, trnm: 'REAL' }));
/** A message whose `이름` is 전자 in EUC-KR. */
function inEucKr(message: Uint8Array): Uint8Array {
  const latin1 = Buffer.from(message).toString('latin1');
  const name = Buffer.from('이름', 'utf8').toString('latin1');
  return Buffer.from(latin1.replaceAll(name, '\xc0\xfc\xc0\xda'), 'latin1');
}
const entry = (type: string, item: string, values: Values): object => ({ values, type, name: '이름', item });

/** What a message becomes: events, and what was found wrong. */
function quotesOf(
  message: Uint8Array,
  wants: (type: string, item: string) => boolean = () => true,
): readonly unknown[] {
  const found: unknown[] = [];
  decodeQuotes(message, scanFrame(message), stamp, {
    wants,
    deliver: (event: MarketEvent) => found.push(event),
    typeUnknown: (type) => found.push({ typeUnknown: type }),
    entryWrong: (type, fid) => found.push({ type, fid }),
    textUnreadable: (type, fid) => found.push({ notUtf8: fid, type }),
  });
  return found;
}

const trade: Values = { '20': '100001', '10': '-70000', '15': '+3', '13': '900' };
const book: Values = { '21': '100001', '41': '+70100', '61': '5', '51': '-70000', '71': '7', '13': '900' };
const auction: Values = { '20': '100001', '10': '+70000', '15': '-7805' };
const interruption: Values = { '9001': '005930', '1223': '095900', '1224': '000000', '9068': '1' };
const clock: Values = { '215': '3', '20': '090000', '214': '000000' };
/** A whole entry of each type of the table, made up. */
const whole: Readonly<Record<string, Values>> = {
  '0B': trade,
  '0D': book,
  '0H': auction,
  '1h': interruption,
  '0s': clock,
};

describe('an entry of each type', () => {
  const needs = kiwoomQuoteStreams.flatMap(({ type, needs }) => needs.map((fid) => [type, String(fid)] as const));

  it.each(kiwoomQuoteStreams)('$type $korean is an event', ({ type, item }) => {
    const [event] = quotesOf(real(entry(type, item === 'NONE' ? '' : '005930', whole[type] ?? {})));
    expect(event).toMatchObject({
      kind: expect.stringMatching(/^(trade|book|expected-match|market-status)$/) as string,
    });
  });

  it.each(needs.filter(([type, fid]) => type !== '1h' || fid !== '9001'))(
    '%s without FID %s is dropped, and the FID told',
    (type, fid) => {
      const values = Object.fromEntries(Object.entries(whole[type] ?? {}).filter(([name]) => name !== fid));
      expect(quotesOf(real(entry(type, '005930', values)))).toEqual([{ type, fid }]);
    },
  );

  it.each(kiwoomQuoteStreams)('$type with FIDs that nobody knows is read without a word', ({ type }) => {
    const values = { ...whole[type], '99999': 'x', x900: '0', '-1': '', '07': '1' };
    expect(quotesOf(real(entry(type, '005930', values)))).toHaveLength(1);
    expect(quotesOf(real(entry(type, '005930', values)))).not.toHaveProperty('0.fid');
  });

  it('of a type that nobody asked for is told, and the others in the message are read', () => {
    const text = real(entry('0w', '005930', {}), entry('0B', '005930', trade));
    expect(quotesOf(text)).toMatchObject([{ typeUnknown: '0w' }, { kind: 'trade' }]);
  });

  it('of an item that nobody wants is not read', () => {
    const text = real(entry('0B', '000660', { '10': 'x' }), entry('0B', '005930', trade));
    expect(quotesOf(text, (_type, item) => item === '005930')).toMatchObject([{ symbol: '005930' }]);
  });
});

describe('a trade', () => {
  it.each([
    [{ '10': '-70000' }, { priceKrw: 70_000 }],
    [{ '10': '+70000' }, { priceKrw: 70_000 }],
    [{ '10': ' 70000' }, { priceKrw: 70_000 }],
    [{ '10': '00070000' }, { priceKrw: 70_000 }],
    [{ '15': '+3' }, { quantity: 3, aggressor: 'BUY' }],
    [{ '15': '-3' }, { quantity: 3, aggressor: 'SELL' }],
    [{ '20': '235959' }, { exchangeAtMs: Date.parse('2026-11-20T23:59:59+09:00') }],
  ])('with %j is %j: a sign is a direction', (change, read) => {
    expect(quotesOf(real(entry('0B', '005930', { ...trade, ...change })))).toMatchObject([read]);
  });

  it('without a sign in its quantity names no aggressor', () => {
    const [event] = quotesOf(real(entry('0B', '005930', { ...trade, '15': '3' })));
    expect(event).not.toHaveProperty('aggressor');
  });

  it.each<[Change, string]>([
    [{ '10': '0' }, '10'],
    [{ '10': '+' }, '10'],
    [{ '10': '' }, '10'],
    [{ '10': '7e4' }, '10'],
    [{ '10': '70000.5' }, '10'],
    [{ '10': 70_000 }, '10'],
    [{ '10': null }, '10'],
    [{ '15': 'x' }, '15'],
    [{ '13': '2' }, '13'],
    [{ '13': '-900' }, '13'],
    [{ '20': '240000' }, '20'],
    [{ '20': '106000' }, '20'],
    [{ '20': ' 10000' }, '20'],
    [{ '20': '1000010' }, '20'],
  ])('with %j is dropped for FID %s', (change, fid) => {
    expect(quotesOf(real(entry('0B', '005930', { ...trade, ...change })))).toEqual([{ type: '0B', fid }]);
  });

  it.each([
    ['005930', 'KRX'],
    ['005930_NX', 'NXT'],
    ['005930_AL', 'SOR'],
  ])('of the item %s is one of %s', (item, venue) => {
    expect(quotesOf(real(entry('0B', item, trade)))).toMatchObject([{ symbol: '005930', venue }]);
  });

  it('comes with others of its message in order, wherever a listener looks in between', () => {
    const text = real(...[1, 2, 3].map((quantity) => entry('0B', '005930', { ...trade, '15': String(quantity) })));
    const quantities: unknown[] = [];
    decodeQuotes(text, scanFrame(text), stamp, {
      wants: () => true,
      deliver(event) {
        quantities.push('quantity' in event ? event.quantity : 0);
        scanFrame(real(entry('0B', '000660', { ...trade, '15': '9' })));
      },
      typeUnknown: () => quantities.push('unknown'),
      entryWrong: () => quantities.push('wrong'),
      textUnreadable: () => quantities.push('no UTF-8'),
    });
    expect(quantities).toEqual([1, 2, 3]);
  });
});

describe('a message in another encoding', () => {
  it('is read where its texts are nobody’s: the name of an issue', () => {
    expect(quotesOf(inEucKr(real(entry('0B', '005930', trade))))).toMatchObject([{ kind: 'trade', symbol: '005930' }]);
  });

  it('is read without a text that would be carried on, and that is told', () => {
    expect(quotesOf(inEucKr(real(entry('1h', '005930', { ...interruption, '9069': '이름' }))))).toMatchObject([
      { notUtf8: '9069', type: '1h' },
      { kind: 'market-status', viActive: true, native: { '9068': '1' } },
    ]);
  });

  it('is no notice that may be read: the reads decide', () => {
    expect(decodeNotices(inEucKr(real(entry('00', '005930', notice))), stamp)).toEqual({ fault: 'UTF-8', entry: 0 });
  });

  it('is no control message: it is told, and the session goes on', async () => {
    const told: string[] = [];
    const say = (what: string) => () => told.push(what);
    const protocol = createKiwoomStreamProtocol({
      url: 'wss://127.0.0.1:1',
      nowMs: () => 0,
      getAccessToken: () => Promise.resolve(new Secret('TOKEN')),
      sink: { entries: say('entries'), unreadable: say('unreadable') },
    });
    await protocol.prepare(new AbortController().signal);
    const port = { echo: say('echo'), loggedIn: say('loggedIn'), registered: say('registered') };
    const message = inEucKr(bytesOf('{"trnm":"REG","return_code":0,"return_msg":"이름"}'));
    protocol.receive(message, 0, { ...port, refused: say('refused'), sessionRefused: say('sessionRefused') });
    expect(told).toEqual(['unreadable']);
  });
});

describe('a book', () => {
  it('has the levels that have a price, each with its own quantity', () => {
    const values: Record<string, string> = { '21': '100001' };
    for (let level = 0; level < 10; level += 1) {
      values[String(41 + level)] = level < 9 ? `+${70_100 + level * 100}` : '0';
      values[String(61 + level)] = String(10 + level);
      values[String(51 + level)] = `-${70_000 - level * 100}`;
      values[String(71 + level)] = String(20 + level);
    }
    const [event] = quotesOf(real(entry('0D', '005930', values)));
    expect(event).toMatchObject({ kind: 'book' });
    const { asks, bids } = event as { asks: readonly object[]; bids: readonly object[] };
    expect(asks).toHaveLength(9);
    expect(asks[8]).toEqual({ priceKrw: 70_900, quantity: 18 });
    expect(bids).toHaveLength(10);
    expect(bids[9]).toEqual({ priceKrw: 69_100, quantity: 29 });
    expect(event).not.toHaveProperty('expectedPriceKrw');
  });

  it('has what an auction would match while it collects orders', () => {
    const values = { ...book, '291': '+70500', '292': '332941', '23': '1', '24': '1' };
    expect(quotesOf(real(entry('0D', '005930', values)))).toMatchObject([
      { expectedPriceKrw: 70_500, expectedQuantity: 332_941 },
    ]);
  });

  it.each<[Change, string]>([
    [{ '42': 'x' }, '42'],
    [{ '42': '+70200' }, '62'],
    [{ '61': '-5' }, '61'],
    [{ '51': '' }, '51'],
  ])('with %j is dropped for FID %s', (change, fid) => {
    expect(quotesOf(real(entry('0D', '005930', { ...book, ...change })))).toEqual([{ type: '0D', fid }]);
  });
});

describe('the market as a whole', () => {
  it.each(Object.entries(kiwoomSessionCodes))('says %s in FID 215 as the table has it', (code, { venue, phase }) => {
    const [event] = quotesOf(real(entry('0s', '', { ...clock, '215': code })));
    expect(event).toMatchObject({ kind: 'market-status', venue, native: { '215': code } });
    expect((event as { phase?: string }).phase).toBe(phase);
  });

  it.each(['z', '__proto__', 'constructor', 'A'])('tells a code that nobody knows, %s, as it came', (code) => {
    const [event] = quotesOf(real(entry('0s', '', { ...clock, '215': code })));
    expect(event).toMatchObject({ native: { '215': code } });
    expect(event).not.toHaveProperty('phase');
  });

  it.each([
    ['000000', true],
    ['', true],
    ['100130', true],
    ['100004', false],
    ['100010', false],
  ])('has an interruption with the release %j on: %s', (release, viActive) => {
    expect(quotesOf(real(entry('1h', '005930', { ...interruption, '1224': release })))).toMatchObject([
      { symbol: '005930', viActive, native: { '9068': '1' } },
    ]);
  });
});

const notice: Values = {
  ...{ '9201': '1234567890', '9203': '0000017', '9001': 'A005930', '913': '체결', '302': '삼성전자', '900': '10' },
  ...{ '901': '70000', '902': '3', '903': '490000', '904': '0000000', '905': '+매수', '906': '보통', '907': '2' },
  ...{ '908': '100001', '909': '847463', '910': '1', '911': '1', '914': '70000', '915': '4', '919': '0' },
  ...{ '920': '', '2134': '2', '2135': 'NXT', '2136': 'Y' },
};
const noticesOf = (change: Change): unknown =>
  decodeNotices(real(entry('00', '005930', { ...notice, ...change })), stamp);

describe('a notice of a fill', () => {
  it('proves the totals of its order, and says what is new', () => {
    expect(noticesOf({})).toEqual([
      {
        kind: 'order-notice',
        brokerId: 'kiwoom',
        type: 'FILLED',
        command: 'NEW',
        tradingDate: '2026-11-20',
        brokerOrderId: '17',
        symbol: '005930',
        side: 'BUY',
        venue: 'NXT',
        orderedQuantity: 10,
        limitPriceKrw: 70_000,
        fill: { quantity: 4, priceKrw: 70_000, fillId: '847463' },
        totals: { filledQuantity: 7, filledAmountKrw: 490_000, leavesQuantity: 3 },
        proof: 'CUMULATIVE',
        native: { '905': '+매수', '906': '보통', '913': '체결', '2136': 'Y' },
        exchangeAtMs: Date.parse('2026-11-20T10:00:01+09:00'),
        ...stamp,
      },
    ]);
  });

  it.each<[Change, string]>([
    [{ '9203': '0000000' }, '9203'],
    [{ '9203': 'x' }, '9203'],
    [{ '905': '매매' }, '905'],
    [{ '905': 'constructor' }, '905'],
    [{ '907': '1' }, '907'],
    [{ '9001': '5930' }, '9001'],
    [{ '913': '정정' }, '913'],
    [{ '905': '매수취소' }, '913'],
    [{ '908': '250000' }, '908'],
    [{ '900': '0' }, '900'],
    [{ '902': '11' }, '902'],
    [{ '902': '-1' }, '902'],
    [{ '903': '' }, '903'],
    [{ '903': '0' }, '903'],
    [{ '902': '10' }, '903'],
    [{ '903': '279999' }, '903'],
    [{ '902': '6' }, '903'],
    [{ '909': '' }, '909'],
    [{ '909': 'x' }, '909'],
    [{ '914': '' }, '914'],
    [{ '914': '0' }, '914'],
    [{ '915': '0' }, '915'],
    [{ '915': '8' }, '915'],
    [{ '919': '308003:주문가격이 없습니다' }, '919'],
    [{ '905': '매수정정' }, '904'],
  ])('with %j is not guessed at: FID %s', (change, fault) => {
    expect(noticesOf(change)).toEqual({ fault, entry: 0 });
  });

  it('of a replaced order is one of the new number, and names the old', () => {
    expect(noticesOf({ '905': '+매수정정', '904': '0000016' })).toMatchObject([
      { type: 'FILLED', command: 'REPLACE', brokerOrderId: '17', originalBrokerOrderId: '16' },
    ]);
  });

  it('never carries an account number', () => {
    expect(JSON.stringify(noticesOf({}))).not.toContain('1234567890');
  });
});

describe('a notice', () => {
  const quiet = { '909': '', '910': '', '911': '', '914': '', '915': '', '903': '0', '902': '10' };
  const expected: Readonly<Record<string, readonly string[]>> = {
    접수: ['ACCEPTED', 'ACCEPTED', 'ACCEPTED'],
    확인: ['ACCEPTED', 'REPLACED', 'CANCELED'],
    취소: ['EXPIRED', 'EXPIRED', 'EXPIRED'],
    거부: ['REJECTED', 'REJECTED', 'REJECTED'],
  };
  const rows = Object.entries(kiwoomOrderStates)
    .filter(([, type]) => type !== 'FILLED')
    .flatMap(([state]) => Object.entries(kiwoomOrderKinds).map(([kind, row]) => [state, kind, row] as const));

  it.each(rows)('of %s for %s is what the tables say', (state, kind, { side, command }) => {
    const original = command === 'NEW' ? '0000000' : '0000016';
    for (const sign of ['', '+', '-']) {
      const change = { ...quiet, '913': state, '905': sign + kind, '904': original, '907': side === 'BUY' ? '2' : '1' };
      const type = expected[state]?.[['NEW', 'REPLACE', 'CANCEL'].indexOf(command)];
      expect(noticesOf(change)).toMatchObject([{ type, command, side }]);
    }
  });

  it.each(['접수', '거부'])('of %s with a reason is a refusal that says why', (state) => {
    expect(noticesOf({ ...quiet, '913': state, '919': '308003:주문가격이 없습니다' })).toMatchObject([
      { type: 'REJECTED', reason: { code: '308003', message: '주문가격이 없습니다' } },
    ]);
  });

  it('of an acceptance that tells a fill is not guessed at', () => {
    expect(noticesOf({ '913': '접수' })).toEqual({ fault: '913', entry: 0 });
  });

  it('that cannot be read takes the others of its message with it: the reads decide', () => {
    const text = real(
      entry('00', '', notice),
      entry('0B', '005930', trade),
      entry('00', '', { ...notice, '9203': '' }),
    );
    expect(decodeNotices(text, stamp)).toEqual({ fault: '9203', entry: 2 });
  });
});

describe('a fill number', () => {
  it('that comes again with another content is no fill: the reads decide', () => {
    const told: unknown[] = [];
    const decoder = createKiwoomFrameDecoder({
      market: { route: () => undefined, drift: () => undefined },
      orders: { notice: (draft) => told.push(draft.fill?.quantity), unreadable: (reason) => told.push(reason) },
    });
    for (const change of [{}, {}, { '915': '5' }, { '909': '847464' }]) {
      const text = real(entry('00', '005930', { ...notice, ...change }));
      decoder.entries(text, scanFrame(text), stamp);
    }
    expect(told).toEqual([4, 4, 'FILL_NUMBER_REUSED', 4]);
  });
});

describe('an answer of the stream server', () => {
  it.each(Object.entries(kiwoomStreamCodes))('with %s is what the table of codes says', (code, { kind, retry }) => {
    const isSystem = code === 'R10001';
    const found = readKiwoomControlMessage(
      JSON.stringify(isSystem ? { trnm: 'SYSTEM', code, message: 'text' } : { trnm: 'REG', return_code: Number(code) }),
    );
    if (kind === 'SUCCESS') expect(found).toEqual({ kind: 'REGISTERED' });
    else
      expect(found).toMatchObject({
        kind: 'REFUSED',
        ofSession: isSystem,
        refusal: { retry: { NO: 'NEVER', AFTER_DELAY: 'LATER', AFTER_NEW_TOKEN: 'NEW_CREDENTIALS' }[retry] },
      });
  });

  const login = (gatewayCode: string): string =>
    JSON.stringify({ trnm: 'LOGIN', return_code: 805004, return_msg: `인증 실패[CODE=${gatewayCode}, MESSAGE=text]` });

  it.each([
    ['8005', 'TOKEN_REFUSED', 'NEW_CREDENTIALS'],
    ['8103', 'TOKEN_REFUSED', 'NEW_CREDENTIALS'],
    ['8030', 'WRONG_ENVIRONMENT', 'NEVER'],
    ['8031', 'WRONG_ENVIRONMENT', 'NEVER'],
    ['8050', 'NOT_PERMITTED', 'NEVER'],
    ['8001', 'APP_KEY_REFUSED', 'NEVER'],
    ['9999', 'TOKEN_REFUSED', 'NEW_CREDENTIALS'],
  ])('to a login with %s in its text says %s', (gatewayCode, reason, retry) => {
    expect(readKiwoomControlMessage(login(gatewayCode))).toMatchObject({
      kind: 'REFUSED',
      ofSession: true,
      refusal: { reason, retry, nativeCode: `805004 ${gatewayCode}` },
    });
  });

  it.each<[unknown, string]>([
    [0, 'REGISTERED'],
    ['0', 'REGISTERED'],
    ['0000', 'REGISTERED'],
    [7, 'REFUSED'],
    ['toString', 'UNREADABLE'],
    [undefined, 'UNREADABLE'],
    [0.5, 'UNREADABLE'],
  ])('with the return code %j is %s', (returnCode, kind) => {
    expect(readKiwoomControlMessage(JSON.stringify({ trnm: 'REG', return_code: returnCode })).kind).toBe(kind);
  });

  it.each(['PING', '{"trnm":"PING"}', ' { "trnm" : "PING" } '])('knows %j as a heartbeat', (text) => {
    expect(readKiwoomControlMessage(text)).toEqual({ kind: 'PING' });
  });

  it('to a removal says nothing of a registration', () => {
    expect(readKiwoomControlMessage('{"trnm":"REMOVE","return_code":1}')).toEqual({ kind: 'REMOVED' });
  });

  it.each(['', '{', '[]', 'null', '7', '{"trnm":"SYSTEM"}', '{"trnm":"CNSRLST","return_code":0}', '{"trnm":"REAL"}'])(
    'is none in %j',
    (text) => {
      expect(readKiwoomControlMessage(text)).toEqual({ kind: 'UNREADABLE' });
    },
  );
});

describe('a message of REAL', () => {
  const found = (text: string): number => scanFrame(bytesOf(text));

  it.each([
    '{"trnm":"REAL","data":[]}',
    '{"data":[],"trnm":"REAL"}',
    ' {\n"data" : [ ] ,\t"trnm":"REAL" } ',
    '{"more":{"a":[1,-2.5e3,true,null,"x",{}]},"data":[],"trnm":"REAL"}',
  ])('is one in %j', (text) => {
    expect(found(text)).toBe(0);
  });

  it.each([
    '',
    '{}',
    '{"trnm":"REAL"}',
    '{"data":[]}',
    '{"trnm":"LOGIN","data":[]}',
    '{"trnm":"REAL","data":[]',
    '{"trnm":"REAL","data":[]}x',
    '{"trnm":"REAL","data":[],}',
    '{"trnm":"REAL","data":[1]}',
    '{"trnm":"REAL","data":[{}]}',
    '{"trnm":"REAL","data":[{"type":"0B","item":"005930"}]}',
    '{"trnm":"REAL","data":[{"type":"0B","values":{}}]}',
    '{"trnm":"REAL","data":[{"type":1,"item":"","values":{}}]}',
    '{"trnm":"REAL","data":[{"type":"0B","item":"","values":[]}]}',
    '{"trnm":"REAL","data":{}}',
    '{"trnm":"REAL","data":[],"x":01}',
    '{"trnm":"REAL","data":[],"x":tru}',
    '{"trnm":"REAL","data":[],"x":"\u0001"}',
    '{"trnm":"REAL","data":[],"x":"\\q"}',
    '{"trnm":"REAL","data":[],"x":"\\',
    '{"trnm":"REAL","data":[]}\u0000',
  ])('is none in %j', (text) => {
    expect(found(text)).toBe(-1);
  });

  it('may spell its names and values with escapes', () => {
    const text =
      '{"\\u0074rnm":"REAL","data":[{"type":"0B","item":"005930","values":{"20":"100001","10":"-7\\u00300","15":"1","13":"1"}}]}';
    expect(quotesOf(bytesOf(text))).toMatchObject([{ kind: 'trade', priceKrw: 700 }]);
  });

  it('of more entries than a session could fill is none', () => {
    const one = entry('0B', '005930', trade);
    expect(scanFrame(real(...Array.from({ length: 1_024 }, () => one)))).toBe(1_024);
    expect(scanFrame(real(...Array.from({ length: 1_025 }, () => one)))).toBe(-1);
  });

  it('longer than a transport takes is none', () => {
    expect(found(`{"trnm":"REAL","data":[],"x":"${'가'.repeat(400_000)}"}`)).toBe(-1);
  });
});

describe('the address of a session', () => {
  it.each([
    ['LIVE', undefined, 'wss://api.kiwoom.com:10000/api/dostk/websocket'],
    ['PAPER', undefined, 'wss://mockapi.kiwoom.com:10000/api/dostk/websocket'],
    ['LIVE', 'http://127.0.0.1:7', 'ws://127.0.0.1:7/api/dostk/websocket'],
  ] as const)('of %s at %s is %s', (environment, simulatedOrigin, url) => {
    expect(streamUrlOf(environment, simulatedOrigin)).toBe(url);
  });
});

describe('a subscription', () => {
  it('that Kiwoom offers has a key of its type and item', () => {
    expect(toKiwoomRegistration({ channel: 'BOOK', symbol: '005930' as never, venue: 'SOR' }, 'LIVE')).toEqual({
      key: '0D 005930_AL',
      name: '0D 005930_AL',
      quoteOf: { symbol: '005930', venue: 'SOR' },
    });
    expect(toKiwoomRegistration({ channel: 'MARKET_STATUS', symbol: '005930' as never }, 'PAPER')).toEqual({
      key: '1h 005930',
      name: '1h 005930',
    });
  });

  it.each(['', '5930', 'A005930', '005930_NX', ' 00593', '005930\n'])('of %j is refused by its shape', (symbol) => {
    expect(() => toKiwoomRegistration({ channel: 'TRADES', symbol: symbol as never }, 'LIVE')).toThrow(/short code/);
  });
});

it('has a fixture behind every type but the interruption, of which none is public', () => {
  const folder = join(import.meta.dirname, '../../test/fixtures/ws');
  const text = ['trade-stream', 'sample-0D-book', 'sample-0H-expected', 'sample-0s-session']
    .map((name) => readFileSync(join(folder, `${name}.json`), 'utf8'))
    .join('');
  const seen = kiwoomQuoteStreams.map(({ type }) => type).filter((type) => text.includes(`"type": "${type}"`));
  expect(seen).toEqual(['0B', '0D', '0H', '0s']);
});
