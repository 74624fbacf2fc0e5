import { Secret } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { createKiwoomStreamProtocol } from '../stream/kiwoom-stream-protocol.ts';
import { kiwoomNoticeStream, kiwoomQuoteStreams } from '../stream/kiwoom-stream-table.ts';
import { kiwoomTradeFids } from '../stream/trade-columns.ts';
import { kiwoomStreamCatalogue } from './streams.ts';

const protocol = createKiwoomStreamProtocol({
  ...{ url: 'ws://127.0.0.1', nowMs: () => 0, getAccessToken: () => Promise.resolve(new Secret('token')) },
  sink: { entries: () => undefined, unreadable: () => undefined },
});

/** FIDs that a line stands for: `41 … 50`, or one. */
function fidsOf(name: string): readonly number[] {
  const [first = 0, last = first] = name.split(' … ').map(Number);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** FIDs of each type (the guide). */
const counts: Readonly<Record<string, number>> = { '0B': 43, '0D': 163, '0H': 7, '1h': 19, '0s': 3, '00': 35 };

describe('the pages of streams', () => {
  it('are of every type that is spoken', () => {
    expect(kiwoomStreamCatalogue.map(({ id }) => id)).toEqual([
      ...kiwoomQuoteStreams.map(({ type }) => type),
      kiwoomNoticeStream.type,
    ]);
  });

  it.each(kiwoomStreamCatalogue.map((page) => [page.id, page] as const))('tell %s in full', (id, page) => {
    expect(page.summary).toMatch(/^[A-Z].*\.$/);
    for (const { korean, meaning } of page.fields) expect([korean, meaning]).not.toContain('');
    const fids = page.fields.flatMap(({ name }) => fidsOf(name));
    expect([fids.length, new Set(fids).size]).toEqual([counts[id], counts[id]]);
    expect(fids).toEqual(
      expect.arrayContaining([...(kiwoomQuoteStreams.find(({ type }) => type === id)?.needs ?? [])]),
    );
  });

  it('name the FIDs of a trade as the reading does', () => {
    const page = kiwoomStreamCatalogue.find(({ id }) => id === '0B');
    expect(page?.fields.map(({ name, korean }) => [name, korean])).toEqual(
      kiwoomTradeFids.map(({ fid, korean }) => [fid, korean]),
    );
  });

  it('show the message that is sent, and the limit that is kept', () => {
    for (const { id, registration, limits } of kiwoomStreamCatalogue) {
      const item = id === '00' || id === '0s' ? '' : ' 005930';
      expect(JSON.parse(protocol.registerText(`${id}${item}`))).toEqual(registration);
      expect(limits).toContain(`${protocol.registrationMax} registrations`);
    }
  });
});
