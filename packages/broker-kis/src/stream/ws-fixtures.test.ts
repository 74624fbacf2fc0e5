import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MarketEvent, Secret } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { readKisControlMessage } from './control-message.ts';
import { decodeNotices } from './decode-notices.ts';
import { decodeQuotes } from './decode-quotes.ts';
import { readFrameHead } from './frame-scan.ts';
import { createKisStreamProtocol } from './kis-stream-protocol.ts';
import { kisQuoteStreams } from './kis-stream-table.ts';
import { decryptNotice } from './notice-cipher.ts';

const folder = join(import.meta.dirname, '../../test/fixtures/ws');
/** 2023-06-12 09:33:54 in Korea, in whose minute the published trade happened. */
const stamp = { receivedMonotonicMs: 5, receivedAtMs: Date.parse('2023-06-12T09:33:54+09:00') };
const account = '1234567801';

const linesOf = (file: string): readonly string[] => readFileSync(join(folder, file), 'utf8').trimEnd().split('\n');
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const jsonOf = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));

/** What production makes of a frame of quotes: events, and what was found wrong. */
function quotesOf(text: string): readonly unknown[] {
  const frame = bytesOf(text);
  const head = readFrameHead(frame);
  const stream = kisQuoteStreams.find(({ trId }) => trId === head?.trId);
  if (head === undefined || stream === undefined) throw new Error('no frame of a stream');
  const found: unknown[] = [];
  decodeQuotes(stream, frame, head, stamp, {
    wants: () => true,
    deliver: (event: MarketEvent) => found.push(event),
    widthUnknown: (width) => found.push({ widthUnknown: width }),
    countWrong: (fields, count) => found.push({ countWrong: { fields, count } }),
    recordWrong: (column, width) => found.push({ recordWrong: { column, width } }),
    textUnreadable: (column, width) => found.push({ textUnreadable: { column, width } }),
  });
  return found.map((each) =>
    typeof each === 'object' && each !== null && 'frame' in each ? { ...each, frame: '…' } : each,
  );
}

async function requestOf(type: 'registerText' | 'removeText'): Promise<unknown> {
  const protocol = createKisStreamProtocol({
    url: 'ws://127.0.0.1:1',
    customerType: 'P',
    nowMs: () => 0,
    issueApprovalKey: () => Promise.resolve(new Secret('00000000-0000-0000-0000-000000000000')),
    sink: { quotes: () => undefined, notices: () => undefined, keys: () => undefined, unreadable: () => undefined },
  });
  await protocol.prepare(new AbortController().signal);
  return JSON.parse(protocol[type]('H0STCNT0 005930'));
}

const plainNotices = (file: string): unknown => linesOf(file).map((line) => decodeNotices(line, 1, account, stamp));

const readings: Readonly<Record<string, () => unknown>> = {
  'H0STASP0.62.captured-live.txt': () => linesOf('H0STASP0.62.captured-live.txt').map(quotesOf),
  'H0STCNI0.23.published.plain.txt': () => plainNotices('H0STCNI0.23.published.plain.txt'),
  'H0STCNI0.26.derived.plain.txt': () => plainNotices('H0STCNI0.26.derived.plain.txt'),
  'H0STCNI0.encrypted.derived.ack.json': () =>
    readKisControlMessage(JSON.stringify(jsonOf('H0STCNI0.encrypted.derived.ack.json'))),
  'H0STCNI0.encrypted.derived.txt': () => linesOf('H0STCNI0.encrypted.derived.txt').map(decrypted),
  'H0STCNT0.46.published.txt': () => linesOf('H0STCNT0.46.published.txt').map(quotesOf),
  'H0STCNT0.46.two-records.derived.txt': () => linesOf('H0STCNT0.46.two-records.derived.txt').map(quotesOf),
  'H0STMKO0.10.published.txt': () => linesOf('H0STMKO0.10.published.txt').map(quotesOf),
  'ack.H0STCNT0.subscribe-success.json': () =>
    readKisControlMessage(JSON.stringify(jsonOf('ack.H0STCNT0.subscribe-success.json'))),
  'pingpong.json': () => readKisControlMessage(JSON.stringify(jsonOf('pingpong.json'))),
  'request.subscribe.json': () => requestOf('registerText'),
  'request.unsubscribe.json': () => requestOf('removeText'),
};

function decrypted(text: string): string | undefined {
  const ack = readKisControlMessage(JSON.stringify(jsonOf('H0STCNI0.encrypted.derived.ack.json')));
  const head = readFrameHead(bytesOf(text));
  if (head === undefined || ack.kind !== 'REGISTERED' || ack.keys === undefined) throw new Error('no keys');
  return decryptNotice(text.slice(head.body), ack.keys);
}

describe('what the streams of KIS really sent', () => {
  it('is read to the last file', () => {
    const files = readdirSync(folder).filter((name) => name !== 'README.md');
    expect(files.sort()).toEqual(Object.keys(readings).sort());
  });

  it.each(Object.entries(readings))('reads as ever: %s', async (_file, read) => {
    expect(await read()).toMatchSnapshot();
  });

  it('asks with the words of the official sample', async () => {
    expect(await requestOf('registerText')).toEqual(jsonOf('request.subscribe.json'));
    expect(await requestOf('removeText')).toEqual(jsonOf('request.unsubscribe.json'));
  });

  it('decrypts to what was published in the clear', () => {
    expect(linesOf('H0STCNI0.encrypted.derived.txt').map(decrypted)).toEqual(
      linesOf('H0STCNI0.23.published.plain.txt'),
    );
  });

  it.each([
    ['H0STCNT0.46.published.txt', 47, '^2'],
    ['H0STASP0.62.captured-live.txt', 63, '^2'],
  ])('reads %s grown to %i fields without a word', (file, _width, more) => {
    const [frame = ''] = linesOf(file);
    const grown = quotesOf(frame + more);
    expect(grown).toHaveLength(1);
    expect(grown[0]).toMatchObject({ kind: file.startsWith('H0STCNT0') ? 'trade' : 'book' });
  });

  it('reads the captured book cut to 59 fields without a word', () => {
    const [frame = ''] = linesOf('H0STASP0.62.captured-live.txt');
    expect(quotesOf(frame.split('^').slice(0, 59).join('^'))).toMatchObject([{ kind: 'book' }]);
  });

  it.each([48, 49])('reads trades of %i fields by position, and tells the width', (width) => {
    const [frame = ''] = linesOf('H0STCNT0.46.published.txt');
    expect(quotesOf(frame + '^2'.repeat(width - 46))).toMatchObject([
      { widthUnknown: width },
      { kind: 'trade', priceKrw: 71_900, quantity: 1, aggressor: 'BUY' },
    ]);
  });

  it('reads two grown records in one frame, each at its own place', () => {
    const [frame = ''] = linesOf('H0STCNT0.46.two-records.derived.txt');
    const fields = frame.slice('0|H0STCNT0|002|'.length).split('^');
    const grown = `0|H0STCNT0|002|${[...fields.slice(0, 46), '2', ...fields.slice(46), '2'].join('^')}`;
    expect(quotesOf(grown)).toMatchObject([{ kind: 'trade' }, { kind: 'trade' }]);
  });

  it('drops a frame whose fields are not its count of records', () => {
    const [frame = ''] = linesOf('H0STCNT0.46.published.txt');
    expect(quotesOf(frame.replace('|001|', '|003|'))).toEqual([{ countWrong: { fields: 46, count: 3 } }]);
  });
});
