import { Secret } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { createKisStreamProtocol } from '../stream/kis-stream-protocol.ts';
import { kisNoticeStreams, kisQuoteStreams } from '../stream/kis-stream-table.ts';
import { kisStreamCatalogue } from './streams.ts';

const protocol = createKisStreamProtocol({
  ...{ url: 'ws://127.0.0.1', customerType: 'P', nowMs: () => 0 },
  issueApprovalKey: () => Promise.resolve(new Secret('<approval key>')),
  sink: { quotes: () => undefined, notices: () => undefined, keys: () => undefined, unreadable: () => undefined },
});

/** Columns that a line stands for: a row of ten, or one. */
const columnsOf = (name: string): number => (name.includes(' … ') ? 10 : 1);

describe('the pages of streams', () => {
  it('are of every stream that is spoken', () => {
    expect(kisStreamCatalogue.map(({ id }) => id)).toEqual([
      ...kisQuoteStreams.map(({ trId }) => trId),
      ...Object.values(kisNoticeStreams),
    ]);
  });

  it.each(kisStreamCatalogue.map((page) => [page.id, page] as const))('tell %s in full', (id, page) => {
    expect(page.summary).toMatch(/^[A-Z].*\.$/);
    for (const { korean, meaning } of page.fields) expect([korean, meaning]).not.toContain('');
    const widths = kisQuoteStreams.find(({ trId }) => trId === id)?.widths ?? [26];
    expect(page.fields.reduce((sum, { name }) => sum + columnsOf(name), 0)).toBe(Math.max(...widths));
  });

  it('show the message that is sent, and the limit that is kept', async () => {
    await protocol.prepare(new AbortController().signal);
    for (const { id, registration, limits } of kisStreamCatalogue) {
      const key = id.startsWith('H0STCNI') ? '<HTS id>' : '005930';
      expect(JSON.parse(protocol.registerText(`${id} ${key}`))).toEqual(registration);
      expect(limits).toContain(`${protocol.registrationMax} registrations`);
    }
  });
});
