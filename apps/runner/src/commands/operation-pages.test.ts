import { ConfigurationError } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { operationsCommand } from './operation-pages.ts';

function tr(word?: string, broker?: string, json = false): string {
  let text = '';
  const named = { ...(word === undefined ? {} : { word }), ...(broker === undefined ? {} : { broker }) };
  operationsCommand({ ...named, json, out: (part) => (text += part) });
  return text;
}

describe('`tr`', () => {
  it('shows a stream by its id: what registers it, its limit, and its columns with their Korean names', () => {
    expect(tr('H0STCNT0')).toMatch(/^H0STCNT0 — 국내주식 실시간체결가 \(KRX\) \(kis, WebSocket\)\n/);
    expect(tr('h0stcnt0')).toContain('"tr_id":"H0STCNT0","tr_key":"005930"');
    expect(tr('H0STCNT0')).toMatch(/ACML_VOL +누적 거래량 +accumulated volume/);
    expect(tr('0B')).toMatch(/^0B — 주식체결 \(kiwoom, WebSocket\)\n/);
    expect(tr('0B')).toMatch(/100 registrations[\s\S]* 13 +누적거래량 +volume so far/);
  });

  it('lists operations and streams, and how many there are', () => {
    const all = tr();
    expect(all).toMatch(/^kis +H0STASP0 +국내주식 실시간호가 \(KRX\) +LIVE PAPER /m);
    expect(all).toMatch(/^kiwoom +00 +주문체결 +LIVE PAPER /m);
    const rows = (id: string, columns: number): number =>
      all.split('\n').filter((line) => line.startsWith(`${id} `) && line.split(/ {2,}/).length === columns).length;
    const [, kis, kisStreams] = /kis (\d+) operations and (\d+) streams/.exec(all) ?? [];
    expect([rows('kis', 6), rows('kis', 5)]).toEqual([Number(kis), Number(kisStreams)]);
    expect(kisStreams).toBe('10');
  });

  it('finds a word in the fields of streams, too, of one broker when it is named', () => {
    expect(tr('체결강도', 'kiwoom')).toMatch(
      /^broker +stream [\s\S]*^kiwoom +0B [\s\S]*kis 0 operations and 0 streams/m,
    );
    const found = JSON.parse(tr('체결강도', 'kis', true)) as readonly { readonly id: string }[];
    expect(found.map(({ id }) => id)).toContain('H0STCNT0');
  });

  it('says that a stream which is not spoken is not', () => {
    expect(() => tr('HDFSCNT0')).toThrow(ConfigurationError);
  });
});
