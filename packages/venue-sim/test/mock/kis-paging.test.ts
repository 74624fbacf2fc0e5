import { afterEach, describe, expect, it } from 'vitest';
import {
  balanceFields,
  dailyFields,
  orderFields,
  rowsOf,
  startKis,
  type KisReply,
  type KisTestVenue,
} from './kis-client.ts';
import { type Instrument } from '../../src/index.ts';
import { account } from './kis-client.ts';

let kis: KisTestVenue | undefined;

afterEach(async () => {
  await kis?.close();
  kis = undefined;
});

/** Follows the cursors to the last page. */
async function allPages(
  ask: (cursors: Readonly<Record<string, string>>, header: string) => Promise<KisReply>,
): Promise<readonly KisReply[]> {
  const pages: KisReply[] = [];
  let cursors = { CTX_AREA_FK100: '', CTX_AREA_NK100: '' };
  for (;;) {
    const page = await ask(cursors, pages.length === 0 ? '' : 'N');
    pages.push(page);
    expect(page.body['rt_cd']).toBe('0');
    if (!['F', 'M'].includes(String(page.headers['tr_cont']))) return pages;
    cursors = {
      CTX_AREA_FK100: String(page.body['ctx_area_fk100']),
      CTX_AREA_NK100: String(page.body['ctx_area_nk100']),
    };
  }
}

function placeMany(venue: KisTestVenue, count: number): void {
  for (let index = 0; index < count; index += 1) {
    const result = venue.venue.exchange.placeOrder({
      accountId: 'first',
      symbol: '900010',
      side: 'BUY',
      quantity: 1,
      orderType: 'LIMIT',
      timeInForce: 'DAY',
      session: 'REGULAR',
      limitPriceKrw: 60_000,
      stopPriceKrw: 0,
    });
    expect(result.ok).toBe(true);
  }
}

const dailyOf =
  (venue: KisTestVenue, trId: string, overrides: Readonly<Record<string, string>> = {}) =>
  (cursors: Readonly<Record<string, string>>, header: string): Promise<KisReply> =>
    venue.call({
      trId,
      operation: 'inquire-daily-ccld',
      fields: dailyFields({ ...overrides, ...cursors }),
      headers: { tr_cont: header },
    });

const numbersOf = (pages: readonly KisReply[]): readonly (string | undefined)[] =>
  pages.flatMap((page) => rowsOf(page, 'output1').map(({ odno }) => odno));

describe('inquire-daily-ccld', () => {
  it('gives 250 orders in pages of 100 on live, each once', async () => {
    kis = await startKis();
    placeMany(kis, 250);
    const pages = await allPages(dailyOf(kis, 'TTTC0081R'));
    expect(pages.map((page) => rowsOf(page, 'output1').length)).toEqual([100, 100, 50]);
    expect(pages.map(({ headers }) => headers['tr_cont'])).toEqual(['F', 'M', 'E']);
    expect(pages.map(({ body }) => body['msg_cd'])).toEqual(['KIOK0500', 'KIOK0500', 'KIOK0460']);
    expect(new Set(numbersOf(pages)).size).toBe(250);
    expect(pages.map(({ body }) => (body['output2'] as Record<string, string>)['tot_ord_qty'])).toEqual([
      '250',
      '250',
      '250',
    ]);
  });

  it('gives pages of 15 on paper', async () => {
    kis = await startKis({ environment: 'PAPER' });
    placeMany(kis, 31);
    const pages = await allPages(dailyOf(kis, 'VTTC0081R'));
    expect(pages.map((page) => rowsOf(page, 'output1').length)).toEqual([15, 15, 1]);
    expect(new Set(numbersOf(pages)).size).toBe(31);
  });

  it('ends with a full page when the rows come out even', async () => {
    kis = await startKis();
    placeMany(kis, 100);
    const pages = await allPages(dailyOf(kis, 'TTTC0081R'));
    expect(pages.map(({ headers }) => headers['tr_cont'])).toEqual(['D']);
  });

  it('pads both cursors to 100 and blanks the place on the last page only', async () => {
    kis = await startKis();
    placeMany(kis, 101);
    const pages = await allPages(dailyOf(kis, 'TTTC0081R'));
    for (const { body } of pages) {
      expect(body['ctx_area_fk100']).toHaveLength(100);
      expect(body['ctx_area_nk100']).toHaveLength(100);
      expect(String(body['ctx_area_fk100']).trim()).not.toBe('');
    }
    expect(pages.map(({ body }) => String(body['ctx_area_nk100']).trim() === '')).toEqual([false, true]);
  });

  it('shifts rows when an order comes in between: newest first repeats one and loses none', async () => {
    const venue = await startKis();
    kis = venue;
    placeMany(venue, 150);
    const ask = dailyOf(venue, 'TTTC0081R', { INQR_DVSN: '00' });
    const pages = await allPages(async (cursors, header) => {
      const page = await ask(cursors, header);
      if (header === '') placeMany(venue, 1);
      return page;
    });
    const numbers = numbersOf(pages);
    expect(numbers).toHaveLength(151);
    expect(new Set(numbers).size).toBe(150);
  });

  it('starts over without tr_cont N, whatever the cursors say', async () => {
    kis = await startKis();
    placeMany(kis, 101);
    const ask = dailyOf(kis, 'TTTC0081R');
    const first = await ask({}, '');
    const again = await ask(
      { CTX_AREA_FK100: String(first.body['ctx_area_fk100']), CTX_AREA_NK100: String(first.body['ctx_area_nk100']) },
      '',
    );
    expect(again.body).toEqual(first.body);
  });

  it('refuses the cursor of another search', async () => {
    kis = await startKis();
    placeMany(kis, 101);
    const first = await dailyOf(kis, 'TTTC0081R')({}, '');
    const cursors = {
      CTX_AREA_FK100: String(first.body['ctx_area_fk100']),
      CTX_AREA_NK100: String(first.body['ctx_area_nk100']),
    };
    const other = await dailyOf(kis, 'TTTC0081R', { CCLD_DVSN: '02' })(cursors, 'N');
    expect(other.body).toMatchObject({ msg_cd: 'OPSQ2001', msg1: 'ERROR : INPUT INVALID_CHECK_CTX_AREA_FK100' });
  });
});

describe('inquire-psbl-rvsecncl', () => {
  it('gives open orders in pages of 50', async () => {
    const venue = await startKis();
    kis = venue;
    placeMany(venue, 120);
    const pages = await allPages((cursors, header) =>
      venue.call({
        trId: 'TTTC0084R',
        operation: 'inquire-psbl-rvsecncl',
        fields: { ...cursors, INQR_DVSN_1: '0', INQR_DVSN_2: '0' },
        headers: { tr_cont: header },
      }),
    );
    expect(pages.map((page) => rowsOf(page, 'output').length)).toEqual([50, 50, 20]);
  });
});

describe('inquire-balance', () => {
  const many: readonly Instrument[] = Array.from({ length: 51 }, (_, index) => ({
    symbol: String(800_000 + index),
    name: `모형 ${index}`,
    market: 'KOSPI',
    productClass: 'STOCK',
    basePriceKrw: 1000,
  }));
  const holdings = many.map(({ symbol }) => ({ symbol, quantity: 1, costKrw: 1000 }));

  it.each([
    ['LIVE', 'TTTC8434R', [50, 1]],
    ['PAPER', 'VTTC8434R', [20, 20, 11]],
  ] as const)('gives holdings on %s in the pages of that world', async (environment, trId, sizes) => {
    const venue = await startKis({ environment, instruments: many, accounts: [{ ...account, holdings }] });
    kis = venue;
    const pages = await allPages((cursors, header) =>
      venue.call({
        trId,
        operation: 'inquire-balance',
        fields: { ...balanceFields, ...cursors },
        headers: { tr_cont: header },
      }),
    );
    expect(pages.map((page) => rowsOf(page, 'output1').length)).toEqual(sizes);
    expect(pages.map((page) => rowsOf(page, 'output2').length)).toEqual(sizes.map(() => 1));
  });
});

describe('chk-holiday', () => {
  const ask = (venue: KisTestVenue, fields: Readonly<Record<string, string>>, header = ''): Promise<KisReply> =>
    venue.call({
      trId: 'CTCA0903R',
      operation: 'chk-holiday',
      fields: { BASS_DT: '20250731', CTX_AREA_NK: '', CTX_AREA_FK: '', ...fields },
      headers: { tr_cont: header },
    });

  it('gives 24 calendar days and goes on with the day after', async () => {
    kis = await startKis();
    const first = await ask(kis, {});
    const days = rowsOf(first, 'output');
    // The captured page of this date: first, second and last row, both cursors, code and text.
    expect([days[0], days[1], days[23]]).toEqual([
      { bass_dt: '20250731', wday_dvsn_cd: '05', bzdy_yn: 'Y', tr_day_yn: 'Y', opnd_yn: 'Y', sttl_day_yn: 'Y' },
      { bass_dt: '20250801', wday_dvsn_cd: '06', bzdy_yn: 'Y', tr_day_yn: 'Y', opnd_yn: 'Y', sttl_day_yn: 'Y' },
      { bass_dt: '20250823', wday_dvsn_cd: '07', bzdy_yn: 'N', tr_day_yn: 'Y', opnd_yn: 'N', sttl_day_yn: 'N' },
    ]);
    expect(first.body).toMatchObject({
      ctx_area_nk: '20250823            ',
      ctx_area_fk: '20250731            ',
      msg_cd: 'KIOK0500',
      msg1: '조회가 계속됩니다..다음버튼을 Click 하십시오.                                   ',
    });
    const second = await ask(
      kis,
      { CTX_AREA_NK: String(first.body['ctx_area_nk']), CTX_AREA_FK: String(first.body['ctx_area_fk']) },
      'N',
    );
    expect(rowsOf(second, 'output')[0]?.['bass_dt']).toBe('20250824');
  });

  it('closes holidays and keeps the banks open on the last weekday of the year', async () => {
    kis = await startKis();
    const days = rowsOf(await ask(kis, { BASS_DT: '20261224' }), 'output');
    const flags = (date: string): readonly (string | undefined)[] => {
      const day = days.find(({ bass_dt }) => bass_dt === date);
      return [day?.['bzdy_yn'], day?.['opnd_yn']];
    };
    expect([flags('20261224'), flags('20261225'), flags('20261231')]).toEqual([
      ['Y', 'Y'],
      ['N', 'N'],
      ['Y', 'N'],
    ]);
  });

  it('ends where the calendar ends', async () => {
    kis = await startKis();
    const last = await ask(kis, { BASS_DT: '20271220' });
    expect(last.body['msg_cd']).toBe('KIOK0460');
    expect(last.headers['tr_cont']).toBe('D');
    expect(rowsOf(last, 'output').at(-1)?.['bass_dt']).toBe('20271231');
  });

  it.each(['20260230', 'today'])('refuses %s, which is no date', async (date) => {
    kis = await startKis();
    expect((await ask(kis, { BASS_DT: date })).body['msg_cd']).toBe('OPSQ2001');
  });
});

describe('a fresh page', () => {
  it('is the whole answer for one order', async () => {
    kis = await startKis();
    await kis.call({ trId: 'TTTC0012U', operation: 'order-cash', fields: orderFields() });
    const pages = await allPages(dailyOf(kis, 'TTTC0081R'));
    expect(pages.map((page) => rowsOf(page, 'output1').length)).toEqual([1]);
  });
});
