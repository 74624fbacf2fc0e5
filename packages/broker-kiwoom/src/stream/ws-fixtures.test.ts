import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type StreamProtocol } from '@qts/broker-kit';
import { Secret } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { readKiwoomControlMessage } from './control-message.ts';
import { decodeNotices } from './decode-notices.ts';
import { decodeQuotes } from './decode-quotes.ts';
import { scanFrame } from './frame-scan.ts';
import { createKiwoomStreamProtocol } from './kiwoom-stream-protocol.ts';
import { type KiwoomStreamTrade } from './quote-events.ts';
import { kiwoomTradeFids, readKiwoomTradeColumns } from './trade-columns.ts';

const folder = join(import.meta.dirname, '../../test/fixtures/ws');
/** 2026-09-11 11:56:40 in Korea, in whose minute most was captured. */
const stamp = { receivedMonotonicMs: 5, receivedAtMs: Date.parse('2026-09-11T11:56:40+09:00') };

interface Step {
  readonly dir: 'in' | 'out';
  readonly frame?: Readonly<Record<string, unknown>>;
}
interface Fixture {
  readonly frames?: readonly Step[];
  readonly events?: readonly { readonly fids: object }[];
}

const fixtureOf = (file: string): Fixture => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Fixture;
const framesOf = (file: string, dir: 'in' | 'out'): readonly string[] =>
  (fixtureOf(file).frames ?? []).flatMap((step) =>
    step.dir === dir && step.frame !== undefined ? [JSON.stringify(step.frame)] : [],
  );

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What production makes of a message. */
function readingOf(text: string): unknown {
  const message = bytesOf(text);
  const entries = scanFrame(message);
  if (entries < 0) return readKiwoomControlMessage(text);
  const found: unknown[] = [];
  const hasNotices = decodeQuotes(message, entries, stamp, {
    wants: () => true,
    deliver: (event) => found.push('frame' in event ? { ...event, frame: '…' } : event),
    typeUnknown: (type) => found.push({ typeUnknown: type }),
    entryWrong: (type, fid) => found.push({ entryWrong: { type, fid } }),
    textUnreadable: (type, fid) => found.push({ textUnreadable: { type, fid } }),
  });
  return hasNotices ? [...found, decodeNotices(message, stamp)] : found;
}

const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

describe('what the streams of Kiwoom really sent', () => {
  it.each(files)('reads as ever: %s', (file) => {
    const { events = [] } = fixtureOf(file);
    // Events of the older API have the same FIDs without the message around them.
    const wrapped = events.map(({ fids }) =>
      JSON.stringify({ trnm: 'REAL', data: [{ type: '00', name: '', item: '005930', values: fids }] }),
    );
    const readings = [...framesOf(file, 'in'), ...wrapped].map(readingOf);
    expect(readings.length).toBeGreaterThan(0);
    expect(readings).toMatchSnapshot();
  });

  it('has no message that cannot be read', () => {
    const all = JSON.stringify(files.flatMap((file) => framesOf(file, 'in')).map(readingOf));
    expect(all).not.toContain('UNREADABLE');
    expect(all).not.toContain('entryWrong');
    expect(all).not.toContain('textUnreadable');
    expect(all).not.toContain('fault');
  });

  it('tells volumes that grow by what was traded: no hole in what was captured', () => {
    const trades = framesOf('trade-stream.json', 'in').flatMap((text) => readingOf(text) as KiwoomStreamTrade[]);
    expect(trades.length).toBeGreaterThan(10);
    for (const [index, trade] of trades.slice(1).entries()) {
      const before = trades[index]?.accumulatedVolume ?? 0;
      expect((trade.accumulatedVolume ?? 0) - before).toBe(trade.quantity);
    }
  });

  it('is read whole: every FID of a captured trade has a row, and a figure where the row says so', () => {
    const [text = ''] = framesOf('trade-stream.json', 'in');
    const [trade] = readingOf(text) as readonly KiwoomStreamTrade[];
    if (trade === undefined) throw new Error('no trade');
    const { values, more } = readKiwoomTradeColumns({ ...trade, frame: bytesOf(text) });
    expect(more.size).toBe(0);
    expect([...values.keys()].sort()).toEqual(kiwoomTradeFids.map(({ fid }) => fid).sort());
    for (const { fid, kind } of kiwoomTradeFids) {
      expect(typeof values.get(fid), fid).toBe(kind === 'TEXT' ? 'string' : 'number');
      expect(values.get(fid), fid).not.toBeNaN();
    }
    expect(Object.fromEntries(values)).toMatchSnapshot();
    const grown = readKiwoomTradeColumns({ ...trade, frame: bytesOf(text.replace('"20":', '"99999":"new","20":')) });
    expect([...grown.more]).toEqual([['99999', 'new']]);
    expect(grown.values.size).toBe(kiwoomTradeFids.length);
  });

  it.each<[string, (protocol: StreamProtocol) => string]>([
    ['register-account.json', (protocol) => protocol.registerText('00')],
    ['register-trades.json', (protocol) => protocol.registerText('0B 005930')],
    ['login-ok.json', (protocol) => protocol.loginText?.() ?? ''],
  ])('asks with the words of %s', async (file, textOf) => {
    const [asked = ''] = framesOf(file, 'out');
    // The group is ours to choose.
    expect(JSON.parse(textOf(await readyProtocol()).replace(/"grp_no":"[0-9]"/, '"grp_no":"1"'))).toEqual(
      JSON.parse(asked),
    );
  });

  it('removes by item and type, in the group of the type', async () => {
    const protocol = await readyProtocol();
    expect(JSON.parse(protocol.removeText('0D 005930_AL'))).toEqual({
      trnm: 'REMOVE',
      grp_no: '3',
      data: [{ item: ['005930_AL'], type: ['0D'] }],
    });
  });
});

async function readyProtocol(): Promise<StreamProtocol> {
  const protocol = createKiwoomStreamProtocol({
    url: 'wss://127.0.0.1:1',
    nowMs: () => 0,
    getAccessToken: () => Promise.resolve(new Secret('TOKEN')),
    sink: { entries: () => undefined, unreadable: () => undefined },
  });
  await protocol.prepare(new AbortController().signal);
  return protocol;
}
