import { describe, expect, it } from 'vitest';
import { captured, capturedText } from './captured.ts';
import { account, instruments, tradingDate } from './kis-client.ts';
import {
  connect,
  decrypt,
  fetchApprovalKey,
  htsId,
  readData,
  registration,
  startStreams,
  symbol,
} from './stream-client.ts';

describe('a KIS registration', () => {
  it('is confirmed in the words of the captured answer, with an iv of 16 and a key of 32 characters', () => {
    const client = startStreams().connect();
    const answer = client.register('H0STCNT0', symbol);
    const expected = captured('ack.H0STCNT0.subscribe-success') as unknown as NonNullable<typeof answer>;
    expect(answer).toEqual({
      header: { ...expected.header, tr_key: symbol },
      body: { ...expected.body, output: answer?.body.output },
    });
    expect(answer?.body.output?.iv).toHaveLength(16);
    expect(answer?.body.output?.key).toHaveLength(32);
    expect(Object.keys(answer?.header ?? {})).toEqual(Object.keys(expected.header));
  });

  it.each<[string, string, string]>([
    ['text that is no JSON', 'nonsense', 'OPSP9999'],
    ['no header', '{}', 'OPSP9998'],
    ['no key', '{"header":{}}', 'OPSP9996'],
    ['no customer type', '{"header":{"approval_key":"x"}}', 'OPSP9997'],
    ['another customer type', '{"header":{"approval_key":"x","custtype":"X"}}', 'OPSP8998'],
    ['another type of request', '{"header":{"approval_key":"x","custtype":"P","tr_type":"0"}}', 'OPSP8997'],
    ['no body', '{"header":{"approval_key":"x","custtype":"P","tr_type":"1"}}', 'OPSP9992'],
    ['no input', '{"header":{"approval_key":"x","custtype":"P","tr_type":"1"},"body":{}}', 'OPSP9991'],
    ['a key nobody issued', registration('x', '1', 'H0STCNT0', symbol), 'OPSP0011'],
  ])('with %s is refused without the name of its stream', (_, text, code) => {
    const client = startStreams().connect();
    client.session.receive(text);
    expect(client.answers()).toMatchObject([{ header: { tr_id: '(null)' }, body: { msg_cd: code, rt_cd: '1' } }]);
  });

  it.each([
    ['a stream nobody has', 'H0XXXXX0', symbol, 'OPSP8991'],
    ['a stream of paper on live', 'H0STCNI9', htsId, 'OPSP8991'],
    ['no code', 'H0STCNT0', '', 'OPSP9990'],
    ['a code nobody has', 'H0STCNT0', '999999', 'OPSP8992'],
    ['another HTS id', 'H0STCNI0', 'SOMEBODY', 'OPSP0007'],
  ])('of %s is refused, and the others live on', (_, name, key, code) => {
    const venue = startStreams();
    const client = venue.connect();
    client.register('H0STCNT0', symbol);
    expect(client.register(name, key)).toMatchObject({ header: { tr_id: name, tr_key: key }, body: { msg_cd: code } });
    expect(client.session.isOpen).toBe(true);
    expect(venue.venue.streams()[0]?.subscriptions).toEqual([`H0STCNT0 ${symbol}`]);
  });

  it('knows what is registered already, and what is not', () => {
    const client = startStreams().connect();
    client.register('H0STCNT0', symbol);
    expect(client.register('H0STCNT0', symbol)).toMatchObject({ body: { msg_cd: 'OPSP0002' } });
    expect(client.remove('H0STCNT0', symbol)).toMatchObject({ body: { rt_cd: '0', msg_cd: 'OPSP0001' } });
    expect(client.remove('H0STCNT0', symbol)).toMatchObject({ body: { msg_cd: 'OPSP0003' } });
  });

  it('number 42 of a session is refused', () => {
    const many = Array.from({ length: 42 }, (_, index) => ({
      symbol: String(910_000 + index),
      name: `모형${index}`,
      market: 'KOSPI' as const,
      productClass: 'STOCK' as const,
      basePriceKrw: 10_000,
    }));
    const client = startStreams({ instruments: [...instruments, ...many] }).connect();
    const codes = many.map((each) => client.register('H0STCNT0', each.symbol)?.body.msg_cd);
    expect(codes.slice(0, 41)).toEqual(Array.from({ length: 41 }, () => 'OPSP0000'));
    expect(codes[41]).toBe('OPSP0008');
  });

  it('on paper has trades, books and notices of paper alone', () => {
    const client = startStreams({ environment: 'PAPER' }).connect();
    expect(client.register('H0STASP0', symbol)?.body.msg_cd).toBe('OPSP0000');
    expect(client.register('H0UNCNT0', symbol)?.body.msg_cd).toBe('OPSP8991');
    expect(client.register('H0STCNI9', htsId)).toMatchObject({ header: { encrypt: 'Y' }, body: { rt_cd: '0' } });
  });
});

describe('a KIS session', () => {
  it('has its app key to itself until it has gone', () => {
    const venue = startStreams();
    const first = venue.connect();
    first.register('H0STCNT0', symbol);
    const second = venue.connect();
    expect(second.register('H0STCNT0', symbol)).toMatchObject({
      header: { tr_id: '(null)' },
      body: { rt_cd: '9', msg_cd: 'OPSP8996', msg1: 'ALREADY IN USE appkey' },
    });
    first.session.close();
    expect(second.register('H0STCNT0', symbol)?.body.msg_cd).toBe('OPSP0000');
  });

  it('is pinged, and ended when three pings stay without an echo', () => {
    const venue = startStreams();
    const answering = venue.connect();
    const silent = connect(venue.venue, venue.approvalKey, { echoes: false });
    venue.advance(120_000);
    expect(answering.session.isOpen).toBe(true);
    expect(silent.pings()).toHaveLength(3);
    expect(silent.ends).toEqual([{ code: 1006, reason: '' }]);
    const expected = captured('pingpong') as { header: Record<string, string> };
    const ping = JSON.parse(silent.pings()[0] ?? '') as typeof expected;
    expect(Object.keys(ping.header)).toEqual(Object.keys(expected.header));
    expect(ping.header['datetime']).toBe('20261120100030');
  });

  it('is opened under the paths of the broker alone', () => {
    const venue = startStreams();
    expect(venue.connect('/tryitout/H0STCNT0').session.isOpen).toBe(true);
    expect(venue.connect('/').session.isOpen).toBe(true);
    const other = venue.connect('/elsewhere');
    expect(other.ends).toEqual([{ code: 1006, reason: '' }]);
    expect(other.session.isOpen).toBe(false);
  });

  it('needs an approval key of the last 24 hours', () => {
    const venue = startStreams({ startAt: '08:00' });
    const client = venue.connect();
    expect(client.register('H0STCNT0', symbol)?.body.msg_cd).toBe('OPSP0000');
    venue.advance(24 * 3_600_000);
    const late = connect(venue.venue, venue.approvalKey);
    expect(late.register('H0STCNT0', symbol)?.body.msg_cd).toBe('OPSP0011');
    client.session.close();
    const fresh = fetchApprovalKey(venue.venue, account.appKey, account.appSecret);
    expect(connect(venue.venue, fresh).register('H0STCNT0', symbol)?.body.msg_cd).toBe('OPSP0000');
  });
});

describe('KIS market data', () => {
  it('tells trades with the columns of the day, those of one instant in one message', () => {
    const venue = startStreams();
    const client = venue.connect();
    client.register('H0STCNT0', symbol);
    for (const priceKrw of [70_100, 70_200, 70_300]) venue.market('SELL', 10, priceKrw);
    venue.market('BUY', 25, 70_300);
    venue.advance(1);
    const [frame, ...more] = client.data('H0STCNT0');
    expect(more).toEqual([]);
    expect(frame).toMatchObject({ isEncrypted: false, count: 3 });
    const records = [0, 47, 94].map((from) => frame?.fields.slice(from, from + 47) ?? []);
    expect(frame?.fields).toHaveLength(3 * 47);
    // price, quantity, volume so far, who took, market session
    expect(records.map((record) => [2, 12, 13, 21, 46].map((index) => record[index]))).toEqual([
      ['70100', '10', '10', '1', '2'],
      ['70200', '10', '20', '1', '2'],
      ['70300', '5', '25', '1', '2'],
    ]);
    const view = venue.venue.exchange.getInstrument(symbol);
    expect(records[2]?.[13]).toBe(String(view?.volume));
    expect(records[2]?.[14]).toBe(String(view?.turnoverKrw));
  });

  it('has at most six records in a message', () => {
    const venue = startStreams();
    const client = venue.connect();
    client.register('H0STCNT0', symbol);
    for (let each = 0; each < 8; each += 1) venue.market('SELL', 1, 70_100);
    venue.market('BUY', 8, 70_100);
    venue.advance(1);
    expect(client.data('H0STCNT0').map(({ count }) => count)).toEqual([6, 2]);
  });

  it.each([
    ['2026-11-20', 47, 63, 66],
    ['2026-06-26', 46, 62, 65],
    ['2025-06-27', 46, 59, 65],
  ])('has the widths of %s', (date, trade, book, unifiedBook) => {
    const venue = startStreams({ tradingDate: date });
    const client = venue.connect();
    for (const name of ['H0STCNT0', 'H0UNCNT0', 'H0NXCNT0', 'H0STASP0', 'H0UNASP0', 'H0NXASP0']) {
      client.register(name, symbol);
    }
    venue.market('SELL', 10, 70_100);
    venue.market('BUY', 5, 70_100);
    venue.advance(300);
    const widths = (name: string): readonly number[] => client.data(name).map(({ fields }) => fields.length);
    expect(widths('H0STCNT0')).toEqual([trade]);
    expect(widths('H0UNCNT0')).toEqual([trade]);
    expect(widths('H0NXCNT0')).toEqual([trade]);
    expect(widths('H0STASP0')[0]).toBe(book);
    expect(widths('H0UNASP0')[0]).toBe(unifiedBook);
    expect(widths('H0NXASP0')[0]).toBe(65);
  });

  it('has the shapes of the published trade and of the captured book, column by column', () => {
    const shape = (field: string): string =>
      /^-?\d+(\.\d+)?$/.test(field) ? 'number' : field === '' ? 'empty' : 'text';
    const venue = startStreams({ tradingDate: '2026-06-26' });
    const client = venue.connect();
    client.register('H0STCNT0', symbol);
    client.register('H0STASP0', symbol);
    for (let level = 1; level <= 10; level += 1) {
      venue.market('SELL', 10, 70_000 + level * 100);
      venue.market('BUY', 10, 70_000 - level * 100);
    }
    venue.market('BUY', 5, 70_100);
    venue.advance(300);
    const pairs = [
      [client.data('H0STCNT0')[0], readData(capturedText('H0STCNT0.46.published.txt'))],
      [client.data('H0STASP0')[0], readData(capturedText('H0STASP0.62.captured-live.txt'))],
    ] as const;
    for (const [ours, theirs] of pairs) {
      expect(ours?.fields).toHaveLength(theirs.fields.length);
      expect(ours?.fields.map(shape)).toEqual(theirs.fields.map(shape));
    }
  });

  it('tells a book to who has had none, and after that when it has changed', () => {
    const venue = startStreams();
    const client = venue.connect();
    venue.market('SELL', 10, 70_100);
    client.register('H0STASP0', symbol);
    venue.advance(1000);
    expect(client.data('H0STASP0')).toHaveLength(1);
    venue.market('SELL', 7, 70_200);
    venue.advance(1000);
    const books = client.data('H0STASP0');
    expect(books).toHaveLength(2);
    expect(books[1]?.fields.slice(3, 5)).toEqual(['70100', '70200']);
    expect(books[1]?.fields.slice(23, 25)).toEqual(['10', '7']);
    client.remove('H0STASP0', symbol);
    venue.market('SELL', 7, 70_300);
    venue.advance(1000);
    expect(client.data('H0STASP0')).toHaveLength(2);
  });

  it('tells the match that an auction expects, and the change of phases', () => {
    const venue = startStreams({ startAt: '08:50' });
    const client = venue.connect();
    client.register('H0STANC0', symbol);
    client.register('H0STMKO0', symbol);
    venue.market('SELL', 10, 70_000);
    venue.market('BUY', 4, 70_000);
    venue.advance(1000);
    const [expected] = client.data('H0STANC0');
    expect(expected?.fields).toHaveLength(45);
    expect([2, 12, 43].map((index) => expected?.fields[index])).toEqual(['70000', '4', 'B']);
    venue.advance(11 * 60_000);
    const [operation] = client.data('H0STMKO0');
    const published = readData(capturedText('H0STMKO0.10.published.txt'));
    expect(operation?.fields).toHaveLength(published.fields.length);
    expect(operation?.fields.slice(0, 4)).toEqual([symbol, 'N', '(null)', '112']);
  });
});

describe('KIS notices', () => {
  const indexed = (fields: readonly string[] | 'BAD' | undefined, ...indices: readonly number[]) =>
    indices.map((index) => (fields === 'BAD' ? 'BAD' : fields?.[index]));

  it('tell the life of an order: accepted, filled in parts, the rest canceled', () => {
    const venue = startStreams();
    const client = venue.connect();
    expect(client.register('H0STCNI0', htsId)).toMatchObject({ header: { encrypt: 'Y', tr_key: htsId } });
    const number = String(venue.order('BUY', 10, 70_000)).padStart(10, '0');
    venue.advance(19);
    expect(client.data('H0STCNI0')).toEqual([]);
    venue.advance(1);
    venue.market('SELL', 3, 70_000);
    venue.advance(20);
    venue.venue.exchange.cancelOrder({ accountId: account.accountId, orderNumber: Number(number) });
    venue.advance(20);
    const notices = client.notices();
    expect(notices.every((fields) => fields.length === 26)).toBe(true);
    // number, original, command, quantity, price, refused, word, acceptance
    expect(notices.map((fields) => indexed(fields, 3, 5, 9, 10, 12, 13, 14))).toEqual([
      ['', '0', '0000000010', '000000000', '0', '1', '1'],
      ['', '0', '0000000003', '000070000', '0', '2', '2'],
      [number, '2', '0000000007', '000000000', '0', '1', '1'],
      [number, '2', '0000000007', '000000000', '0', '1', '2'],
    ]);
    expect(indexed(notices[0], 0, 1, 2, 4, 6, 8, 16, 25)).toEqual([
      htsId,
      '1234567801',
      number,
      '02',
      '00',
      symbol,
      '000000010',
      '000070000',
    ]);
  });

  it('tell a replace and the fill of what replaced', () => {
    const venue = startStreams();
    const client = venue.connect();
    client.register('H0STCNI0', htsId);
    const orderNumber = venue.order('BUY', 10, 69_000);
    venue.venue.exchange.replaceOrder({
      accountId: account.accountId,
      orderNumber,
      orderType: 'LIMIT',
      timeInForce: 'DAY',
      session: 'REGULAR',
      limitPriceKrw: 70_000,
    });
    venue.market('SELL', 10, 70_000);
    venue.advance(20);
    const original = String(orderNumber).padStart(10, '0');
    expect(client.notices().map((fields) => indexed(fields, 3, 5, 13, 14))).toEqual([
      ['', '0', '1', '1'],
      [original, '1', '1', '1'],
      [original, '1', '1', '2'],
      [original, '1', '2', '2'],
    ]);
  });

  it('tell what an IOC order did not get, behind what it got', () => {
    const venue = startStreams();
    const client = venue.connect();
    client.register('H0STCNI0', htsId);
    venue.market('SELL', 4, 70_000);
    venue.venue.exchange.placeOrder({
      accountId: account.accountId,
      symbol,
      side: 'BUY',
      quantity: 10,
      orderType: 'LIMIT',
      timeInForce: 'IOC',
      session: 'REGULAR',
      limitPriceKrw: 70_000,
      stopPriceKrw: 0,
    });
    venue.advance(20);
    expect(client.notices().map((fields) => indexed(fields, 7, 9, 13, 14))).toEqual([
      ['1', '0000000010', '1', '1'],
      ['1', '0000000004', '2', '2'],
      ['1', '0000000006', '1', '3'],
    ]);
  });

  it('tell that the exchange refused an order which nobody had answered', () => {
    const venue = startStreams();
    const client = venue.connect();
    client.register('H0STCNI0', htsId);
    venue.venue.exchange.rejectOrder({
      accountId: account.accountId,
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
    // quantity, refused, word
    expect(client.notices().map((fields) => indexed(fields, 9, 12, 13))).toEqual([
      ['0000000003', '0', '1'],
      ['0000000003', '1', '1'],
    ]);
  });

  it('on paper have the old layout, as the published acceptance and execution have it', () => {
    const venue = startStreams({ environment: 'PAPER' });
    const client = venue.connect();
    client.register('H0STCNI9', htsId);
    venue.market('SELL', 1, 70_000);
    venue.venue.exchange.placeOrder({
      accountId: account.accountId,
      symbol,
      side: 'BUY',
      quantity: 1,
      orderType: 'MARKET',
      timeInForce: 'DAY',
      session: 'REGULAR',
      limitPriceKrw: 0,
      stopPriceKrw: 0,
    });
    venue.advance(20);
    const published = capturedText('H0STCNI0.23.published.plain.txt')
      .trim()
      .split('\n')
      .map((line) => line.split('^'));
    const notices = client.notices('H0STCNI9');
    expect(notices.map((fields) => fields.length)).toEqual(published.map((fields) => fields.length));
    const layout = (fields: readonly string[] | 'BAD') =>
      (fields === 'BAD' ? [] : fields).map((field, index) =>
        // names and times are their own; everything else of a market order for one share is alike
        [0, 1, 2, 8, 10, 11, 15, 17, 18, 21].includes(index) ? field.length > 0 : field,
      );
    expect(notices.map(layout)).toEqual(published.map(layout));
  });

  it('are those of the HTS id, and stop when they are not wanted', () => {
    const other = { ...account, accountId: 'other', accountNumber: '87654321-01', appKey: 'other', htsId: 'OTHER' };
    const venue = startStreams({ accounts: [{ ...account, htsId }, other] });
    const client = venue.connect();
    client.register('H0STCNI0', htsId);
    const foreign = connect(venue.venue, fetchApprovalKey(venue.venue, 'other', account.appSecret));
    expect(foreign.register('H0STCNI0', htsId)).toMatchObject({ body: { msg_cd: 'OPSP0007' } });
    foreign.register('H0STCNI0', 'OTHER');
    venue.order('BUY', 1, 69_000);
    venue.advance(20);
    expect(client.notices()).toHaveLength(1);
    expect(foreign.notices()).toEqual([]);
    client.remove('H0STCNI0', htsId);
    venue.order('BUY', 1, 69_000);
    venue.advance(20);
    expect(client.data('H0STCNI0')).toHaveLength(1);
  });

  it('can be read by the key and iv of their own registration, as the fixture is by its', () => {
    const ack = captured('H0STCNI0.encrypted.derived.ack') as { body: { output: { key: string; iv: string } } };
    const [line = ''] = capturedText('H0STCNI0.encrypted.derived.txt').split('\n');
    expect(decrypt(readData(line).body, ack.body.output)).toHaveLength(23);
    const venue = startStreams();
    const client = venue.connect();
    const first = client.register('H0STCNI0', htsId)?.body.output;
    venue.order('BUY', 1, 69_000);
    venue.advance(20);
    client.remove('H0STCNI0', htsId);
    const second = client.register('H0STCNI0', htsId)?.body.output;
    expect(second).not.toEqual(first);
    const [notice] = client.data('H0STCNI0');
    expect(decrypt(notice?.body ?? '', first ?? { key: '', iv: '' })).toHaveLength(26);
    expect(second && decrypt(notice?.body ?? '', second)).not.toHaveLength(26);
  });

  it('of what happened while nobody was there are never sent again', () => {
    const venue = startStreams();
    const client = venue.connect();
    client.register('H0STCNI0', htsId);
    venue.order('BUY', 5, 70_000);
    venue.advance(20);
    client.session.close(false);
    venue.market('SELL', 2, 70_000);
    venue.advance(1000);
    const again = venue.connect();
    again.register('H0STCNI0', htsId);
    venue.market('SELL', 3, 70_000);
    venue.advance(1000);
    expect(again.notices().map((fields) => indexed(fields, 9, 13))).toEqual([['0000000003', '2']]);
  });
});

it(`plays a day without streams as before on ${tradingDate}`, () => {
  const { venue, clock } = startStreams();
  clock.advanceTo(clock.nowMs() + 3_600_000);
  expect(venue.streams()).toEqual([]);
});
