import { Secret, type SymbolCode } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { readKisControlMessage } from './control-message.ts';
import { kisStreamCodes } from '../error-map/stream.ts';
import { decodeNotices } from './decode-notices.ts';
import { fieldDecimal, fieldUnsigned, readFrameHead, scanFields } from './frame-scan.ts';
import { decodeQuotes } from './decode-quotes.ts';
import { createKisFrameDecoder } from './kis-frame-decoder.ts';
import { createKisStreamProtocol } from './kis-stream-protocol.ts';
import { kisQuoteStreams } from './kis-stream-table.ts';
import { kisMarketPhases, type KisTrade, readTrade } from './quote-events.ts';
import { readKisTradeColumns } from './trade-columns.ts';

const stamp = { receivedMonotonicMs: 1, receivedAtMs: Date.parse('2026-11-20T10:00:00+09:00') };
const account = '1234567801';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A notice of 26 columns, made up. */
function notice(change: Readonly<Record<number, string>>): string {
  const fields = [
    'USER',
    account,
    '0000000017',
    '',
    '02',
    '0',
    '00',
    '0',
    '005930',
    '0000000003',
    '000070000',
    '100001',
  ];
  const rest = [
    '0',
    '2',
    '2',
    '03930',
    '0000000010',
    '홍길동',
    '000000000',
    '4',
    'Y',
    '',
    '10',
    '',
    '삼성전자',
    '000070100',
  ];
  return [...fields, ...rest].map((value, index) => change[index] ?? value).join('^');
}

describe('a notice of 26 columns', () => {
  it('tells one execution, provisional, with the venue that it happened on', () => {
    expect(decodeNotices(notice({}), 1, account, stamp)).toEqual([
      {
        kind: 'order-notice',
        brokerId: 'kis',
        type: 'FILLED',
        command: 'NEW',
        tradingDate: '2026-11-20',
        brokerOrderId: '17',
        symbol: '005930',
        side: 'BUY',
        venue: 'NXT',
        orderedQuantity: 10,
        limitPriceKrw: 70_100,
        fill: { quantity: 3, priceKrw: 70_000 },
        proof: 'PROVISIONAL',
        native: { BRNC_NO: '03930', ODER_KIND: '00', ODER_COND: '0' },
        exchangeAtMs: Date.parse('2026-11-20T10:00:01+09:00'),
        ...stamp,
      },
    ]);
  });

  it.each([
    [{ 13: '1', 14: '1' }, 'ACCEPTED', 'NEW'],
    [{ 5: '1', 13: '1', 14: '1' }, 'ACCEPTED', 'REPLACE'],
    [{ 5: '1', 13: '1', 14: '2', 3: '0000000016' }, 'REPLACED', 'REPLACE'],
    [{ 5: '2', 13: '1', 14: '2', 3: '0000000016' }, 'CANCELED', 'CANCEL'],
    [{ 13: '1', 14: '3', 7: '1' }, 'EXPIRED', 'NEW'],
    [{ 12: '1', 13: '1', 14: '1' }, 'REJECTED', 'NEW'],
    [{ 12: '1', 13: '1', 14: '2', 5: '2' }, 'REJECTED', 'CANCEL'],
  ])('with %j is %s of %s', (change, type, command) => {
    expect(decodeNotices(notice(change), 1, account, stamp)).toMatchObject([{ type, command }]);
  });

  it('of another account of the same login is not ours', () => {
    expect(decodeNotices(notice({ 1: '9999999901' }), 1, account, stamp)).toEqual([]);
  });

  it.each([
    [{ 2: '' }, 'ODER_NO'],
    [{ 4: '05' }, 'SELN_BYOV_CLS'],
    [{ 5: '9' }, 'RCTF_CLS'],
    [{ 8: '??' }, 'STCK_SHRN_ISCD'],
    [{ 9: '000000000x' }, 'CNTG_QTY'],
    [{ 10: '' }, 'CNTG_UNPR'],
    [{ 11: '250000' }, 'STCK_CNTG_HOUR'],
    [{ 13: '3' }, 'RFUS_YN, CNTG_YN, ACPT_YN'],
    [{ 16: '-1' }, 'ODER_QTY'],
  ])('with %j is not guessed at: %s', (change, fault) => {
    expect(decodeNotices(notice(change), 1, account, stamp)).toEqual({ fault, width: 26 });
  });

  it.each([20, 24, 25, 27, 28])('is not guessed at when it has %i fields', (width) => {
    const fields = [...notice({}).split('^'), 'x', 'y'].slice(0, width);
    expect(decodeNotices(fields.join('^'), 1, account, stamp)).toEqual({ fault: 'WIDTH', width });
  });

  it('of two records in one text is two notices', () => {
    const two = `${notice({})}^${notice({ 9: '0000000007' })}`;
    expect(decodeNotices(two, 2, account, stamp)).toMatchObject([{ fill: { quantity: 3 } }, { fill: { quantity: 7 } }]);
  });

  it('of the old layout cut to 22 fields is read, without the order price', () => {
    const old = [
      'USER',
      account,
      '0000002891',
      '',
      '02',
      '0',
      '01',
      '0',
      '136480',
      '0000000001',
      '000000000',
      '094941',
    ];
    const text = [...old, '0', '1', '1', '06010', '000000001', '홍길동', '하림', '10', '', '하림'].join('^');
    expect(decodeNotices(text, 1, account, stamp)).toMatchObject([{ type: 'ACCEPTED', orderedQuantity: 1 }]);
  });
});

describe('the head of a frame', () => {
  it.each([
    '',
    '{}',
    '0',
    '0|',
    '2|H0STCNT0|001|x',
    '0|H0STCNT0|1|x',
    '0|H0STCNT0|000|x',
    '0||001|x',
    '0|H0STCNT0|0a1|x',
  ])('is none in %j', (text) => {
    expect(readFrameHead(bytesOf(text))).toBeUndefined();
  });

  it('tells where the fields begin', () => {
    expect(readFrameHead(bytesOf('1|H0STCNI0|012|abc'))).toEqual({
      encrypted: true,
      trId: 'H0STCNI0',
      count: 12,
      body: 15,
    });
  });
});

describe('a figure of the wire', () => {
  it.each([
    ['72023.83', 72_023.83],
    ['-0.14', -0.14],
    ['-100', -100],
    ['0', 0],
    ['-0.00', 0],
    ['219853241700', 219_853_241_700],
    ['', Number.NaN],
    ['-', Number.NaN],
    ['1.', Number.NaN],
    ['.5', Number.NaN],
    ['1.2.3', Number.NaN],
    ['1e5', Number.NaN],
    ['12345678901234567', Number.NaN],
  ])('%j reads as %d', (text, value) => {
    scanFields(bytesOf(`x^${text}^x`), 0);
    expect(fieldDecimal(1)).toBe(value);
  });

  it('of shares is digits and nothing else', () => {
    scanFields(bytesOf('0012^^-1^1.0^ 1^1234567890123456^123456789012345^/^:^12345678x'), 0);
    expect(Array.from({ length: 10 }, (_, field) => fieldUnsigned(field))).toEqual([
      ...[12, NaN, NaN, NaN, NaN, NaN],
      ...[123_456_789_012_345, NaN, NaN, NaN],
    ]);
  });
});

const report = {
  textUnreadable(): never {
    throw new Error('a text that is no UTF-8');
  },
};

describe('the columns of a trade', () => {
  it('are read whole, whichever frame was scanned last', () => {
    const fields = Array.from({ length: 48 }, (_, index) => String(index + 1));
    fields[0] = '005930';
    fields[1] = '100001';
    fields[13] = '900';
    fields[33] = '20261120';
    const frame = bytesOf(`0|H0STCNT0|002|${[...fields, ...fields].join('^')}`);
    const whole = { MKSC_SHRN_ISCD: '005930', CNTG_VOL: 13, VI_STND_PRC: 46, MARKET_CLS_CODE: '47', more: ['48'] };
    scanFields(frame, 15);
    const second = readTrade(frame, 48, 48, 'KRX', '005930' as SymbolCode, stamp, report) as KisTrade;
    const columns = readKisTradeColumns(second);
    expect(columns.toJSON()).toMatchObject(whole);
    scanFields(bytesOf('0|H0STCNT0|001|x^y'), 15);
    expect(columns.CNTG_VOL).toBe(13);
    expect(JSON.parse(JSON.stringify(columns))).toMatchObject(whole);
  });

  it('do not disturb the records that follow in the frame when a listener reads another', () => {
    const [stream] = kisQuoteStreams;
    const fields = Array.from({ length: 46 }, () => '7');
    fields[1] = '100001';
    fields[33] = '20261120';
    const frame = bytesOf(
      `0|H0STCNT0|003|${[1, 2, 3].map((price) => fields.with(2, String(price)).join('^')).join('^')}`,
    );
    const head = readFrameHead(frame);
    if (stream === undefined || head === undefined) throw new Error('no frame');
    const prices: unknown[] = [];
    const fail = (): never => {
      throw new Error('not read');
    };
    decodeQuotes(stream, frame, head, stamp, {
      wants: () => true,
      deliver(event) {
        prices.push('priceKrw' in event ? event.priceKrw : 0);
        scanFields(bytesOf('0|H0STCNT0|001|x^y'), 15);
      },
      ...{ widthUnknown: fail, countWrong: fail, recordWrong: fail, textUnreadable: fail },
    });
    expect(prices).toEqual([1, 2, 3]);
  });
});

/** A text with 전자 in EUC-KR in the place of `?`. */
const inEucKr = (text: string): Uint8Array => Buffer.from(text.replaceAll('?', '\xc0\xfc\xc0\xda'), 'latin1');

describe('a message in another encoding', () => {
  it('is read without a text that is no UTF-8, and that is told', () => {
    const told: unknown[] = [];
    const route = { deliver: (event: unknown) => told.push(event), registration: { key: '', name: '' } };
    const decoder = createKisFrameDecoder({
      market: { route: () => route, drift: (_prefix, reason, facts) => told.push({ reason, ...facts }) },
      orders: { notice: () => undefined, unreadable: () => undefined },
      account: () => account,
    });
    const frame = inEucKr('0|H0STMKO0|001|005930^Y^?^112^^^^^Y^');
    const head = readFrameHead(frame);
    if (head === undefined) throw new Error('no frame');
    decoder.quotes(frame, head, stamp);
    expect(told).toMatchObject([
      { reason: 'TEXT_NOT_UTF8', column: 'TR_SUSP_REAS_CNTT' },
      { kind: 'market-status', symbol: '005930', halted: true, viActive: true },
    ]);
  });

  it('is no control message: it is told, and the session goes on', async () => {
    const told: string[] = [];
    const say = (what: string) => () => told.push(what);
    const protocol = createKisStreamProtocol({
      ...{ url: 'ws://127.0.0.1:1', customerType: 'P', nowMs: () => 0 },
      issueApprovalKey: () => Promise.resolve(new Secret('KEY')),
      sink: { quotes: say('quotes'), notices: say('notices'), keys: say('keys'), unreadable: say('unreadable') },
    });
    await protocol.prepare(new AbortController().signal);
    const port = { echo: say('echo'), loggedIn: say('loggedIn'), registered: say('registered') };
    const message = inEucKr('{"header":{"tr_id":"PINGPONG","datetime":"?"}}');
    protocol.receive(message, 0, { ...port, refused: say('refused'), sessionRefused: say('sessionRefused') });
    expect(told).toEqual(['unreadable']);
  });
});

describe('an answer to a registration', () => {
  const answer = (code: string, header: object = { tr_id: 'H0STCNT0', tr_key: '005930' }): string =>
    JSON.stringify({ header, body: { rt_cd: code === 'OPSP0000' ? '0' : '1', msg_cd: code, msg1: 'text' } });

  it.each(Object.entries(kisStreamCodes))('with %s is what the table of codes says', (code, row) => {
    const { kind } = readKisControlMessage(answer(code));
    const removal = code === 'OPSP0001' || code === 'OPSP0003';
    const good = row.kind === 'SUCCESS' || row.kind === 'WS_IDEMPOTENT';
    expect(kind).toBe(removal ? 'REMOVED' : good ? 'REGISTERED' : 'REFUSED');
  });

  it.each([
    ['OPSP0008', 'REGISTRATION_LIMIT', 'LATER', false],
    ['OPSP8991', 'SUBSCRIPTION_NOT_VALID', 'NEVER', false],
    ['OPSP8996', 'KEY_IN_USE_ELSEWHERE', 'LATER', true],
    ['OPSP0011', 'APPROVAL_KEY_REFUSED', 'NEW_CREDENTIALS', false],
    ['OPSP9993', 'BROKER_TROUBLE', 'LATER', false],
    ['OPSP7777', 'BROKER_TROUBLE', 'LATER', false],
  ])('with %s says %s', (code, reason, retry, ofSession) => {
    const found = readKisControlMessage(answer(code));
    expect(found).toMatchObject({ kind: 'REFUSED', key: 'H0STCNT0 005930', ofSession });
    expect(found).toHaveProperty('refusal.reason', reason);
    expect(found).toHaveProperty('refusal.retry', retry);
  });

  it('that names a login id wrongly says which setting to look at', () => {
    const found = readKisControlMessage(answer('OPSP0007', { tr_id: 'H0STCNI0', tr_key: 'me' }));
    expect(found).toHaveProperty('refusal.reason', 'LOGIN_ID_OR_BROKER_TROUBLE');
  });

  it('without names is about the one that waits', () => {
    expect(readKisControlMessage(answer('OPSP8991', { tr_id: '(null)', tr_key: '' }))).toMatchObject({
      key: undefined,
    });
  });

  it.each(['', '{', '[]', 'null', '{"header":1}', '{"header":{"tr_id":"X"}}', '{"header":{"tr_id":"X"},"body":{}}'])(
    'is none in %j',
    (text) => {
      expect(readKisControlMessage(text)).toEqual({ kind: 'UNREADABLE' });
    },
  );
});

describe('the phases of the market', () => {
  it('leave out what only announces', () => {
    expect(Object.keys(kisMarketPhases).filter((code) => /^[FP]/.test(code))).toEqual([]);
    expect(kisMarketPhases['174']).toBe('CIRCUIT_BREAKER_STARTED');
  });
});
